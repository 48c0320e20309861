//! What is stored: packed bytes, snapshots, journals; spoilt, and then made to look whole again.

use arbitrary::{Result, Unstructured};
use kezek::{Event, Policy, Register, Snapshot};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::deck::scenario as told;
use crate::edit::spoil;
use crate::wire::live;

/// The sum at the end of packed bytes.
const SUM: usize = 32;

/// Refused, or a register with which one can go on.
pub fn bytes(bytes: &[u8]) {
    let _ = try_bytes(&mut Unstructured::new(bytes));
}

fn try_bytes(bytes: &mut Unstructured<'_>) -> Result<()> {
    let story = told(bytes)?;
    let Ok(policy) = Policy::from_json(&story["policy"]) else { return Ok(()) };
    let Ok(mut register) = Register::new(policy) else { return Ok(()) };
    let steps = story["steps"].as_array().map(Vec::as_slice).unwrap_or_default();
    let (past, future) = steps.split_at(bytes.int_in_range(0..=steps.len())?);
    past.iter().for_each(|step| live(&mut register, step));
    let read = match bytes.int_in_range(0..=4_u8)? {
        0 => Register::unpack(bytes.peek_bytes(bytes.len()).unwrap_or_default()).ok(),
        1 => packed(&register, bytes)?,
        2 => snapshot(&register, bytes, false)?,
        3 => snapshot(&register, bytes, true)?,
        _ => journal(&register, bytes)?,
    };
    if let Some(mut read) = read {
        future.iter().for_each(|step| live(&mut read, step));
        let again = Register::unpack(&read.pack()).expect("what was packed can be unpacked");
        assert_eq!(again.digest(), read.digest());
    }
    Ok(())
}

/// Changed bytes under a sum that is right: who has the sum's algorithm can make them.
fn packed(register: &Register, bytes: &mut Unstructured<'_>) -> Result<Option<Register>> {
    let mut packed = register.pack();
    packed.truncate(packed.len().saturating_sub(SUM));
    for _ in 0..bytes.int_in_range(1..=4)? {
        let at = bytes.int_in_range(0..=packed.len().saturating_sub(1))?;
        match bytes.int_in_range(0..=3)? {
            0 => drop(packed.get(at).is_some().then(|| packed.remove(at))),
            1 => packed.insert(at, bytes.arbitrary()?),
            2 => packed.truncate(at),
            _ => packed
                .get_mut(at)
                .into_iter()
                .try_for_each(|byte| bytes.arbitrary().map(|other| *byte = other))?,
        }
    }
    let sum = Sha256::digest(&packed);
    packed.extend_from_slice(&sum);
    Ok(Register::unpack(&packed).ok())
}

/// A changed snapshot; where the digest is to be forged, it is that of what the change made.
fn snapshot(register: &Register, bytes: &mut Unstructured<'_>, forged: bool) -> Result<Option<Register>> {
    let mut snapshot = serde_json::to_value(register.snapshot()).expect("a snapshot is JSON");
    for _ in 0..bytes.int_in_range(1..=3)? {
        spoil(&mut snapshot, bytes)?;
    }
    let read = Snapshot::from_json(snapshot.clone()).and_then(Register::restore);
    let Err(error) = read else { return Ok(read.ok()) };
    if !forged {
        return Ok(None);
    }
    // The error names the sum that it expected: whoever forges one reads it there.
    let expected = error.expected();
    for key in ["digest", "sum"] {
        if error.path() == key {
            snapshot[key] = Value::from(expected);
        }
    }
    Ok(Snapshot::from_json(snapshot).and_then(Register::restore).ok())
}

/// A journal in which something was changed, left out, doubled or put elsewhere.
fn journal(register: &Register, bytes: &mut Unstructured<'_>) -> Result<Option<Register>> {
    let mut journal: Vec<Value> = register.events().iter().map(|event| register.write(event)).collect();
    for _ in 0..bytes.int_in_range(1..=3)? {
        let at = bytes.int_in_range(0..=journal.len().saturating_sub(1))?;
        match bytes.int_in_range(0..=5)? {
            0 if at < journal.len() => drop(journal.remove(at)),
            1 => journal.extend(journal.get(at).cloned()),
            2 if at < journal.len() => journal.swap(at, 0),
            _ => journal.get_mut(at).into_iter().try_for_each(|event| spoil(event, bytes))?,
        }
    }
    let events: std::result::Result<Vec<Event>, _> =
        journal.into_iter().map(serde_json::from_value).collect();
    let Ok(events) = events else { return Ok(None) };
    let cut = bytes.int_in_range(0..=events.len())?;
    let mut followed = Register::replay(events.iter().take(cut).cloned()).ok();
    if let Some(followed) = &mut followed {
        let before = followed.digest();
        if followed.follow(events.iter().skip(cut).cloned()).is_err() {
            assert_eq!(followed.digest(), before, "nothing is half followed");
        }
    }
    let replayed = Register::replay(events);
    if let (Ok(one), Some(other)) = (&replayed, &followed) {
        assert_eq!(one.digest(), other.digest(), "replay, and replay with follow");
    }
    Ok(replayed.ok().or(followed))
}

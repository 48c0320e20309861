//! JSON that is nearly good: scenarios, policies, cards.

use arbitrary::{Result, Unstructured};
use kezek::{Card, CardRow, Desk, Form, Opening, Policy, Register, Snapshot};
use serde_json::{Value, json};

use crate::deck::scenario as told;
use crate::edit::spoil;

/// A scenario, spoilt in some places, and lived as far as it goes.
pub fn scenario(bytes: &[u8]) {
    let _ = try_scenario(&mut Unstructured::new(bytes));
}

fn try_scenario(bytes: &mut Unstructured<'_>) -> Result<()> {
    let spoilt = spoilt(bytes)?;
    let Ok(policy) = Policy::from_json(&spoilt["policy"]) else { return Ok(()) };
    let opening = Opening::new(policy).prefix(spoilt["prefix"].as_str().unwrap_or("UO"));
    let Ok(mut register) = opening.open() else { return Ok(()) };
    for step in spoilt["steps"].as_array().into_iter().flatten() {
        live(&mut register, step);
    }
    is_whole(&register);
    Ok(())
}

/// A scenario in which something is wrong, sometimes with the steps of another among its own.
pub(crate) fn spoilt(bytes: &mut Unstructured<'_>) -> Result<Value> {
    let mut one = told(bytes)?.clone();
    let steps = one["steps"].as_array().map_or(0, Vec::len);
    if bytes.ratio(1, 4)? {
        // The steps of another are put among them.
        let other = told(bytes)?["steps"].as_array().cloned().unwrap_or_default();
        let at = bytes.int_in_range(0..=steps)?;
        if let Some(steps) = one["steps"].as_array_mut() {
            steps.splice(at..at, other);
        }
    }
    for _ in 0..bytes.int_in_range(1..=8)? {
        spoil(&mut one, bytes)?;
    }
    Ok(one)
}

/// One step: what is refused changes nothing.
pub(crate) fn live(register: &mut Register, step: &Value) {
    let at = step["at"].as_str().unwrap_or_default();
    let _ = register.check_json(&step["check"], at);
    let _ = register.check_json(&step["do"], at);
    let _ = register.ask_json(&step["ask"], at);
    let before = (register.revision(), register.digest(), register.now());
    let answer = if step.get("advance").is_some() {
        register.advance_json(at)
    } else {
        register.apply_json(&step["do"], at)
    };
    match answer {
        Ok(answer) => assert!(answer.is_object()),
        Err(error) => {
            assert!(!error.to_string().is_empty());
            assert_eq!((register.revision(), register.digest(), register.now()), before, "after {error}");
        }
    }
}

/// Everything that is stored comes back as the same register.
pub(crate) fn is_whole(register: &Register) {
    let digest = register.digest();
    let journal = register.events().iter().map(|event| register.write(event));
    let events: std::result::Result<Vec<kezek::Event>, _> = journal.map(serde_json::from_value).collect();
    let replayed = Register::replay(events.expect("the journal can be read"));
    assert_eq!(replayed.expect("the journal can be replayed").digest(), digest);
    let snapshot = serde_json::to_value(register.snapshot()).expect("a snapshot is JSON");
    let restored = Snapshot::from_json(snapshot).and_then(Register::restore);
    assert_eq!(restored.expect("the snapshot can be restored").digest(), digest);
    let unpacked = Register::unpack(&register.pack()).expect("the bytes can be read");
    assert_eq!(unpacked.digest(), digest);
    assert_eq!(unpacked.next_deadline(), register.next_deadline());
}

/// A policy of ours or of a scenario, spoilt; what is taken for one can be lived by, and is written as it was read.
pub fn policy(bytes: &[u8]) {
    let _ = try_policy(&mut Unstructured::new(bytes));
}

fn try_policy(bytes: &mut Unstructured<'_>) -> Result<()> {
    if bytes.ratio(1, 16)? {
        // Whatever it is.
        let raw = serde_json::from_slice::<Value>(bytes.peek_bytes(bytes.len()).unwrap_or_default());
        if let Ok(raw) = raw {
            let _ = Policy::from_json(&raw);
            let _ = Form::from_json(&raw);
        }
        return Ok(());
    }
    let story = told(bytes)?;
    let mut policy = match bytes.int_in_range(0..=5_u8)? {
        0 => named("akmola-2018"),
        1 => named("aktobe-2018"),
        2 => named("astana-2018"),
        3 => named("astana-2019"),
        4 => named("kz-2025"),
        _ => story["policy"].clone(),
    };
    for _ in 0..bytes.int_in_range(1..=4)? {
        spoil(&mut policy, bytes)?;
    }
    match Policy::from_json(&policy) {
        Err(error) => assert!(error.fields().next().is_some() && !error.to_string().is_empty()),
        Ok(read) => {
            let written = serde_json::to_value(&read).expect("a policy is JSON");
            assert_eq!(Policy::from_json(&written).as_ref(), Ok(&read), "as it was written");
            let Ok(mut register) = Register::new(read) else { return Ok(()) };
            for step in story["steps"].as_array().into_iter().flatten() {
                live(&mut register, step);
            }
            is_whole(&register);
        }
    }
    Ok(())
}

fn named(name: &str) -> Value {
    serde_json::to_value(Policy::named(name).expect("a policy of ours")).expect("a policy is JSON")
}

/// A card out of a scenario, or its row, spoilt: refused, or something that can be asked and acted on.
pub fn card(bytes: &[u8]) {
    let _ = try_card(&mut Unstructured::new(bytes));
}

fn try_card(bytes: &mut Unstructured<'_>) -> Result<()> {
    let story = told(bytes)?;
    let steps = story["steps"].as_array().map(Vec::as_slice).unwrap_or_default();
    let Ok(policy) = Policy::from_json(&story["policy"]) else { return Ok(()) };
    let Ok(mut register) = Register::new(policy) else { return Ok(()) };
    let until = bytes.int_in_range(0..=steps.len())?;
    let (past, future) = steps.split_at(until);
    past.iter().for_each(|step| live(&mut register, step));
    let Some(now) = register.now() else { return Ok(()) };
    let now = now.in_zone(register.policy().zone()).to_string();
    let archive = register.ask_json(&json!({"view": "history", "application": "UO.2018.000001.1"}), &now);
    drop(archive);
    let numbers: Vec<String> = register
        .events()
        .iter()
        .filter_map(|event| event.fact.application().map(ToString::to_string))
        .collect();
    if numbers.is_empty() {
        return Ok(());
    }
    let number = bytes.choose(&numbers)?;
    let Ok(mut written) = register.ask_json(&json!({"view": "card", "application": number}), &now) else {
        return Ok(());
    };
    let columns = bytes.ratio(1, 3)?;
    for _ in 0..bytes.int_in_range(0..=4)? {
        spoil(&mut written, bytes)?;
    }
    let card = if columns {
        Card::of_columns(register.policy().clone(), register.calendar().clone(), written)
    } else {
        Card::from_json(&written)
    };
    let Ok(card) = card else { return Ok(()) };
    // Its row makes the same card, and so does its JSON.
    let row: CardRow = card.row();
    if let Ok(again) = Card::of(row) {
        assert_eq!(again.revision(), card.revision());
    }
    let text = serde_json::to_value(&card).expect("a card is JSON");
    let again = Card::from_json(&text).expect("a card that was written can be read");
    assert_eq!(serde_json::to_value(&again).expect("a card is JSON"), text);
    for step in future {
        let at = step["at"].as_str().unwrap_or_default();
        let _ = card.ask_json(&step["ask"], at);
        let _ = card.ask_json(&json!({"view": "permissions"}), at);
        let _ = card.ask_json(&json!({"view": "buttons", "by": {"role": "family"}}), at);
        let _ = card.advance_json(at);
        let checked = card.check_json(&step["do"], at);
        let done = card.apply_json(&step["do"], at);
        if let (Ok(checked), Ok(done)) = (checked, done) {
            assert_eq!(checked["denials"], done["denials"], "check and apply agree");
        }
    }
    let desk = Desk::new(card.policy().clone());
    let _ = desk.number(bytes.arbitrary()?, kezek::Moment::from_unix(bytes.arbitrary()?));
    Ok(())
}

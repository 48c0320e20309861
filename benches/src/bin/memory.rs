//! What a settlement of so many live applications weighs, counted by the allocator: `memory LIVE` prints one line of
//! JSON with bytes an application.
//!
//! `history` is what [`Register::leave_history`](kezek::Register::leave_history) gives away, `state` what is left: the
//! applications, every index and the texts. `texts` are the letters of the numbers and of the two persons' names, with
//! the sixteen bytes that a shared text has in front of it: each stands once. `packed` is the state on disk. No command
//! has a key here, so that there is no list of keys.

use std::sync::Arc;

use kezek::{Event, Fact, Person};
use kezek_benches::{Failure, Town};
use peak_alloc::PeakAlloc;
use serde_json::json;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// The two counts in front of the letters of an `Arc<str>`.
const COUNTS: usize = 16;

fn main() -> Result<(), Failure> {
    let live: usize = std::env::args().nth(1).unwrap_or_default().parse()?;
    let begin = MEMORY.current_usage();
    let town = Town::of(live)?;
    let texts: usize = town.register.events().iter().map(letters).sum();
    // A copy is as large as what it holds: no room that a list keeps for more.
    let mut register = town.register.clone();
    drop(town);
    let whole = MEMORY.current_usage().saturating_sub(begin);
    drop(register.leave_history());
    let state = MEMORY.current_usage().saturating_sub(begin);
    let packed = register.pack().len();
    let each = |bytes: usize| bytes / live.max(1);
    let history = each(whole.saturating_sub(state));
    let (state, texts, packed) = (each(state), each(texts), each(packed));
    println!(
        "{}",
        json!({ "rows": live, "history": history, "state": state, "texts": texts, "packed": packed })
    );
    Ok(())
}

/// The texts of a registered application, in bytes.
fn letters(event: &Arc<Event>) -> usize {
    let of = |person: &Person| person.reveal().len() + COUNTS;
    if let Fact::Registered { applicant, child, .. } = &event.fact {
        of(applicant) + of(&child.iin)
    } else {
        0
    }
}

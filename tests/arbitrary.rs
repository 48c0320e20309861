//! Commands out of any bytes (feature `arbitrary`): each can be written and read back, and no register panics at them.

#![allow(clippy::unwrap_used, reason = "a failed expectation stops a test")]

use std::collections::BTreeSet;

use arbitrary::{Arbitrary, Unstructured};
use kezek::{Command, Moment, Policy, Register};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

const START: i64 = 1_516_946_400;

#[test]
fn a_command_out_of_any_bytes() {
    let mut random = ChaCha8Rng::seed_from_u64(17);
    let mut register = Register::new(Policy::named("akmola-2018").unwrap()).unwrap();
    let mut done = BTreeSet::new();
    let mut asked = BTreeSet::new();
    for step in 0..20_000 {
        let mut bytes = [0; 256];
        random.fill_bytes(&mut bytes);
        let Ok(command) = Command::arbitrary(&mut Unstructured::new(&bytes)) else { continue };
        let written = serde_json::to_value(&command).unwrap();
        // (A text that is too long for a wire's field, a key of nothing: what a host may build and no wire carries.)
        if let Ok(read) = Command::from_json(&written) {
            assert_eq!(serde_json::to_value(read).unwrap(), written);
        }
        asked.insert(command.action.name());
        let name = command.action.name();
        if name == "pause" {
            // Nothing else would be done.
            continue;
        }
        if let Ok(outcome) = register.apply(command, Moment::from_unix(START + step))
            && outcome.denials.is_empty()
        {
            done.insert(name);
        }
    }
    assert!(asked.len() > 25 && done.len() > 4, "{} asked for, done: {done:?}", asked.len());
}

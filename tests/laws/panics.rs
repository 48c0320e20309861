//! Law 11: no input, however made, panics.

use kezek::{ErrorCode, Event, Policy, Register, Snapshot};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::cases;
use crate::support::checks::*;
use crate::support::garbage::{spoil, values};
use crate::support::play::Luck;
use crate::support::story::stories;

proptest! {
    #![proptest_config(cases(16))]

    // 11: no command and no question, however made, panics; an error leaves everything as it was.
    #[test]
    fn no_command_and_no_question_panics(
        story in stories(), garbage in prop::collection::vec(values(), 12), luck in any::<u64>(),
    ) {
        let mut luck = Luck(luck);
        let mut register = story.opened();
        let tale = story.tell();
        for (told, other) in tale.told.iter().zip(garbage.iter().cycle()) {
            let now = told.now.in_zone(register.policy().zone()).to_string();
            let spoilt = spoil(&told.json, &mut luck, other);
            for (text, command) in [
                (now.as_str(), other),
                (now.as_str(), &spoilt),
                (other.as_str().unwrap_or("2018-02-30T00:00:00Z"), &told.json),
                (now.as_str(), &told.json),
            ] {
                let _ = register.check_json(command, text);
                let _ = register.ask_json(command, text);
                let before = look(&register);
                if register.apply_json(command, text).is_err() {
                    prop_assert_eq!(look(&register), before, "after an error");
                }
            }
            let question = a_question(&register, &mut luck);
            let _ = register.ask_json(&question, &now);
            let _ = register.ask_json(&spoil(&question, &mut luck, other), &now);
        }
    }

    // 11: no policy panics; what is taken for one can be lived by.
    #[test]
    fn no_policy_panics(story in stories(), garbage in values(), luck in any::<u64>(), spoilt in 1..4_usize) {
        let mut luck = Luck(luck);
        prop_assert!(Policy::from_json(&garbage).is_err() || garbage == json!("akmola-2018"));
        let whole = serde_json::to_value(story.town.policy()).expect("a policy is JSON");
        let mut policy = if luck.pick(2) == 0 { whole } else { story.town.policy.clone() };
        for _ in 0..spoilt {
            policy = spoil(&policy, &mut luck, &garbage);
        }
        match Policy::from_json(&policy) {
            Err(error) => prop_assert!(!error.fields().any(str::is_empty) || error.code() != ErrorCode::InvalidPolicy),
            Ok(read) => {
                let written = serde_json::to_value(&read).expect("a policy is JSON");
                prop_assert_eq!(Policy::from_json(&written), Ok(read.clone()));
                if let Ok(mut register) = Register::new(read) {
                    live(&mut register, &story.tell().told);
                }
            }
        }
    }

    // 11: no journal and no snapshot panics; what is taken for one can be gone on with.
    #[test]
    fn no_journal_and_no_snapshot_panics(story in stories(), garbage in values(), luck in any::<u64>()) {
        let mut luck = Luck(luck);
        let tale = story.tell();
        let (first, rest) = tale.told.split_at(tale.told.len() / 2);
        let mut register = story.opened();
        live(&mut register, first);
        prop_assert!(Snapshot::from_json(garbage.clone()).is_err());
        prop_assert!(serde_json::from_value::<Event>(garbage.clone()).is_err());
        let mut journal: Vec<Value> = register.events().iter().map(|event| register.write(event)).collect();
        let n = luck.pick(journal.len());
        journal[n] = spoil(&journal[n], &mut luck, &garbage);
        let events: Result<Vec<Event>, _> = journal.into_iter().map(serde_json::from_value).collect();
        if let Ok(Ok(mut replayed)) = events.map(Register::replay) {
            live(&mut replayed, rest);
        }
        let snapshot = serde_json::to_value(register.snapshot()).expect("a snapshot is JSON");
        let snapshot = spoil(&snapshot, &mut luck, &garbage);
        if let Ok(Ok(mut restored)) = Snapshot::from_json(snapshot.clone()).map(Register::restore) {
            live(&mut restored, rest);
        }
        if let Some(mut restored) = forged(snapshot) {
            live(&mut restored, rest);
        }
    }
}

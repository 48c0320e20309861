//! The laws of the house (docs: "Laws"): what holds for every policy, every town and every order of commands.
//!
//! Each law is judged on random stories (`support/`): a policy over `akmola-2018`, some children, and a few dozen
//! commands with jumps of the clock between them. `PROPTEST_CASES=1000` tells more of them. A broken law prints
//! its story as a scenario (wire.md 7).
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::wildcard_enum_match_arm,
    reason = "a test may stop where its own town is broken, and asks about some facts only"
)]

mod support;

#[path = "laws/agenda.rs"]
mod agenda;
#[path = "laws/card.rs"]
mod card;
#[path = "laws/explain.rs"]
mod explain;
#[path = "laws/forecast.rs"]
mod forecast;
#[path = "laws/form.rs"]
mod form;
#[path = "laws/operator.rs"]
mod operator;
#[path = "laws/order.rs"]
mod order;
#[path = "laws/panics.rs"]
mod panics;
#[path = "laws/proof.rs"]
mod proof;
#[path = "laws/public.rs"]
mod public;
#[path = "laws/rows.rs"]
mod rows;

use std::collections::BTreeSet;

use kezek::{Action, Command, ErrorCode, Event, Register, Snapshot, VacancyFilter};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use support::checks::*;
use support::model::Model;
use support::play::Luck;
use support::story::{Told, stories};
use support::{cases, numbers};

proptest! {
    #![proptest_config(cases(16))]

    // 1: advance(b) = advance(a); advance(b). The whole story again, with stops wherever something is due, one
    // second before that, and anywhere between.
    #[test]
    fn stops_on_the_way_change_nothing(story in stories(), luck in any::<u64>()) {
        let tale = story.tell();
        let mut strolling = story.opened();
        let mut luck = Luck(luck);
        for told in &tale.told {
            let revision = told.command.as_ref().and_then(|command| command.expected_revision);
            let back = strolling.now().is_some_and(|now| told.now < now);
            // What is judged before anything is settled must find the register as it was.
            // And an error changes nothing, not even the clock.
            let error = told.tell(&mut strolling.clone()).is_err();
            if revision.is_none() && !back && !error {
                stroll(&mut strolling, told.now, &mut luck);
            }
            let _ = told.tell(&mut strolling);
        }
        let judged = same(&tale.register, &strolling);
        judged.map_err(|broken| story.explain(broken, &tale.told))?;
    }

    // 2: the journal, read again, is the register; so is the snapshot; and both go on as it would have.
    #[test]
    fn a_journal_and_a_snapshot_are_the_register(story in stories(), cut in 0..100_usize) {
        let tale = story.tell();
        let cut = tale.told.len() * cut / 100;
        let (first, rest) = tale.told.split_at(cut);
        let mut register = story.opened();
        for told in first {
            let _ = told.tell(&mut register);
        }
        let stored = serde_json::to_value(register.snapshot()).expect("a snapshot is JSON");
        let restored = Snapshot::from_json(stored).and_then(Register::restore).expect("a register");
        let mut replayed = Register::replay(through_json(&register)).expect("a register");
        let judged = goes_on(register, [restored], &[]).and_then(|register| {
            // A journal does not tell when the clock was last looked at.
            if let Some(now) = register.now() {
                let caught_up = replayed.advance(now).expect("a later moment");
                prop_assert_eq!(caught_up.events, vec![]);
            }
            let stored = serde_json::to_value(register.snapshot()).expect("a snapshot is JSON");
            let restored = Snapshot::from_json(stored).and_then(Register::restore).expect("a register");
            let unpacked = Register::unpack(&register.pack()).expect("a register");
            goes_on(register, [replayed, restored, unpacked], rest)
        });
        judged.map(|_| ()).map_err(|broken| story.explain(broken, &tale.told))?;
    }

    // 2: every event is the same after a way over the wire, whatever the zone it is written in.
    #[test]
    fn an_event_survives_the_wire(story in stories()) {
        let tale = story.tell();
        let judged = tale.register.events().iter().try_for_each(|event| {
            let utc = serde_json::to_value(event).expect("an event is JSON");
            for written in [utc, tale.register.write(event)] {
                let read: Event = serde_json::from_value(written).expect("an event");
                prop_assert_eq!(&read, &**event);
            }
            Ok(())
        });
        judged.map_err(|broken| story.explain(broken, &tale.told))?;
    }

    // 2: apply, then rollback, and nothing has happened; what comes then comes as if it never had.
    #[test]
    fn a_rollback_is_exact(story in stories()) {
        let mut twin: Option<Register> = None;
        story.judge(|turn| {
            let mut back = turn.after.clone();
            if turn.result.is_ok() {
                prop_assert!(back.rollback());
                prop_assert_eq!(look(&back), look(turn.before));
                prop_assert!(!back.rollback(), "an outcome is taken back once");
            }
            // The same again, on the register that took it back; and on one that takes everything back twice.
            let again = turn.told.tell(&mut back);
            prop_assert_eq!(&again, turn.result);
            let twin = twin.get_or_insert_with(|| turn.before.clone());
            prop_assert_eq!(&turn.told.tell(twin), turn.result);
            if turn.result.is_ok() {
                prop_assert!(twin.rollback());
                prop_assert_eq!(&turn.told.tell(twin), turn.result);
            }
            prop_assert_eq!(look(&back), look(turn.after));
            prop_assert_eq!(look(twin), look(turn.after));
            Ok(())
        })?;
    }

    // 2: who follows every outcome is the same register, and answers the same; what it followed it can take back.
    #[test]
    fn who_follows_is_the_same_register(story in stories()) {
        let mut follower = story.opened();
        let mut keyed: Option<Told> = None;
        story.judge(|turn| {
            // The next command would be answered alike.
            prop_assert_eq!(&turn.told.tell(&mut follower.clone()), turn.result);
            let news: Vec<Event> = new_events(turn).iter().map(|event| Event::clone(event)).collect();
            let before = look(&follower);
            prop_assert_eq!(follower.follow(news.clone()), Ok(()));
            if !news.is_empty() {
                prop_assert_eq!(follower.digest(), turn.after.digest());
                prop_assert!(follower.rollback());
                prop_assert_eq!(look(&follower), before);
                prop_assert_eq!(follower.follow(news.clone()), Ok(()));
                // A gap, or the same again, is none of its journal.
                let twice = follower.follow(news).map_err(|error| error.code());
                prop_assert_eq!(twice, Err(ErrorCode::CorruptHistory));
            }
            // A journal does not tell when the clock was last looked at.
            if let Some(now) = turn.after.now() {
                prop_assert_eq!(follower.advance(now).expect("a later moment").events, vec![]);
            }
            prop_assert_eq!(look(&follower), look(turn.after));
            let done = turn.result.as_ref().is_ok_and(|outcome| outcome.denials.is_empty());
            let key = turn.told.command.as_ref().is_some_and(|command| command.key.is_some());
            if done && key {
                keyed = Some(turn.told.clone());
            }
            if let Some(told) = &keyed {
                prop_assert_eq!(told.tell(&mut follower.clone()), told.tell(&mut turn.after.clone()));
            }
            Ok(())
        })?;
    }

    // A key that was used is answered with the same outcome; nothing is settled, and rollback takes nothing back.
    #[test]
    fn a_key_is_answered_with_the_first_outcome(story in stories()) {
        let mut done: Vec<(Told, kezek::Outcome)> = Vec::new();
        let tale = story.judge(|turn| {
            for (told, outcome) in &done {
                let mut register = turn.after.clone();
                let answered = told.tell(&mut register);
                prop_assert_eq!(answered.as_ref(), Ok(outcome));
                prop_assert_eq!(look(&register), look(turn.after));
                let _ = register.rollback();
                prop_assert_eq!(look(&register), look(turn.after), "an answer is no outcome to take back");
            }
            if let (Some(command), Ok(outcome)) = (&turn.told.command, turn.result)
                && command.key.is_some() && outcome.denials.is_empty() && done.len() < 4
            {
                let kept = Told { command: Some(command.clone()), ..turn.told.clone() };
                done.push((kept, outcome.clone()));
            }
            Ok(())
        })?;
        // A journal remembers as much.
        let mut replayed = Register::replay(through_json(&tale.register)).expect("a register");
        for (told, outcome) in &done {
            let answered = told.tell(&mut replayed);
            prop_assert_eq!(answered.as_ref(), Ok(outcome));
            let other = told.command.clone().map(|command| Command::from(Action::Withdraw {
                application: "another".parse().expect("a number"),
            }).key(command.key.unwrap_or_default()));
            let conflict = other.map(|other| replayed.apply(other, told.now));
            let code = conflict.and_then(Result::err).map(|error| error.code());
            prop_assert_eq!(code, Some(ErrorCode::KeyConflict));
        }
    }

    // 3: a denied command changes nothing beyond what had fallen due; an error nothing at all.
    #[test]
    fn a_no_changes_nothing(story in stories()) {
        story.judge(|turn| {
            match turn.result {
                Err(_) => prop_assert_eq!(look(turn.after), look(turn.before)),
                Ok(outcome) if !outcome.denials.is_empty() => {
                    let mut only_time = turn.before.clone();
                    let settled = only_time.advance(turn.told.now).expect("the same moment");
                    prop_assert_eq!(&settled.events, &outcome.events);
                    prop_assert_eq!(look(&only_time), look(turn.after));
                }
                Ok(_) => {}
            }
            Ok(())
        })?;
    }

    // 4: check says what apply does.
    #[test]
    fn check_and_apply_agree(story in stories()) {
        story.judge(|turn| {
            let Some(mut command) = turn.told.command.clone() else { return Ok(()) };
            let mut settled = turn.before.clone();
            let advanced = settled.advance(turn.told.now);
            if advanced.is_ok_and(|outcome| !outcome.events.is_empty()) {
                let early = turn.before.check(command.clone(), turn.told.now);
                if command.expected_revision.is_none() {
                    // What is malformed for the moment comes before it, and is the same error as in `apply`.
                    let momentary = turn.result.as_ref().err().map(|error| error.code()).filter(|code| {
                        matches!(code, ErrorCode::Malformed | ErrorCode::InvalidPolicy)
                    });
                    let expected = momentary.unwrap_or(ErrorCode::NotSettled);
                    prop_assert_eq!(early.map_err(|error| error.code()), Err(expected));
                }
                // It was the revision before what fell due.
                command.expected_revision = None;
                if turn.result.is_err() {
                    return Ok(());
                }
            }
            let before = look(&settled);
            let checked = settled.check(command, turn.told.now);
            prop_assert_eq!(look(&settled), before);
            let applied = turn.result.as_ref().map(|outcome| &outcome.denials);
            prop_assert_eq!(checked.as_ref(), applied);
            Ok(())
        })?;
    }

    // 5: at rest the next deadline lies ahead; and it is exact: a second before it nothing happens, at it what it
    // brings.
    #[test]
    fn the_next_deadline_is_exact(story in stories()) {
        story.judge(|turn| {
            prop_assert_eq!(rested(turn.after).is_some(), turn.after.now().is_some(), "at rest, and not settled");
            let Some(next) = turn.after.next_deadline() else { return Ok(()) };
            prop_assert!(turn.after.now().is_none_or(|now| now < next.at), "not ahead: {next:?}");
            // Beyond 2100 no clock goes.
            if turn.after.policy().zone().day(next.at).year() > 2100 {
                return Ok(());
            }
            let mut register = turn.after.clone();
            let early = register.advance(next.at.plus_seconds(-1)).expect("a later moment");
            prop_assert_eq!(early.events, vec![]);
            prop_assert_eq!(register.next_deadline(), Some(next.clone()));
            let due = register.advance(next.at).expect("a later moment");
            let brings = |event: &&std::sync::Arc<Event>| {
                event.fact.name() == next.brings
                    && (next.application.is_none() || event.fact.application() == next.application.as_ref())
            };
            prop_assert!(due.events.iter().any(|event| brings(&event)), "{next:?} brought {:?}", due.events);
            prop_assert!(due.events.iter().all(|event| event.at == Some(next.at)));
            Ok(())
        })?;
    }

    // 5: the deadlines of an application are those that come, while nobody does anything else.
    #[test]
    fn the_next_deadline_is_one_of_its_application(story in stories()) {
        story.judge(|turn| {
            let (Some(next), Some(view)) = (turn.after.next_deadline(), rested(turn.after)) else { return Ok(()) };
            let Some(number) = &next.application else { return Ok(()) };
            let own = view.deadlines(number).expect("an application");
            prop_assert!(own.contains(&next), "{next:?} is none of {own:?}");
            prop_assert!(own.windows(2).all(|two| two[0].at <= two[1].at), "not in order: {own:?}");
            Ok(())
        })?;
    }

    // 6 (one place, one child), by the base of free places, the book and the events.
    #[test]
    fn one_place_one_child(story in stories()) {
        let mut model = Model::new(&story.town.policy());
        let tale = story.judge(|turn| {
            for event in new_events(turn) {
                right(model.take(event))?;
            }
            let Some(view) = rested(turn.after) else { return Ok(()) };
            for row in view.vacancies(&VacancyFilter::default()) {
                let sum = row.waiting + row.open + row.referred + row.filled + row.gone;
                prop_assert_eq!(row.total, sum);
                right(model.agrees_with(&row))?;
            }
            one_each(view, turn.after)
        })?;
        let judged = the_book_is_sound(&tale.register);
        judged.map_err(|broken| story.explain(broken, &tale.told))?;
    }

    // 9: every denial, deadline and event names one rule, and every denial the policy.
    #[test]
    fn every_answer_names_its_rule(story in stories()) {
        story.judge(|turn| {
            let Ok(outcome) = turn.result else { return Ok(()) };
            for event in &outcome.events {
                right(a_rule(&event.rule.to_string()))?;
                prop_assert_eq!(event.command.is_none(), event.cause == kezek::Cause::Due);
            }
            for denial in &outcome.denials {
                right(a_rule(&denial.rule.to_string()))?;
                let written = turn.after.write(denial);
                prop_assert_eq!(written["code"].as_str(), Some(denial.code()));
                prop_assert_eq!(written["policy"].as_str(), Some(turn.after.policy().name()));
            }
            if let Some(next) = turn.after.next_deadline() {
                right(a_rule(&next.rule.to_string()))?;
            }
            Ok(())
        })?;
    }

    // 4: permissions say what check would, whoever asks.
    #[test]
    fn permissions_and_check_agree(story in stories(), luck in any::<u64>()) {
        let mut luck = Luck(luck);
        story.judge(|turn| {
            let Some(number) = luck.one(&numbers(turn.after)) else { return Ok(()) };
            for by in actors(turn.after, &number) {
                permitted(turn.after, &number, by.as_ref())?;
            }
            Ok(())
        })?;
    }

    // A permission's `until` is honest: while nothing of others falls due the answer is the same until then, and
    // then another.
    #[test]
    fn a_permission_changes_when_it_says(story in stories(), luck in any::<u64>()) {
        let mut luck = Luck(luck);
        story.judge(|turn| {
            match luck.one(&numbers(turn.after)) {
                Some(number) => honest(turn.after, &number),
                None => Ok(()),
            }
        })?;
    }
}

/// The laws are worth as much as their stories. These are always the same ones: these tell of every
/// fact but the opening, and of every denial.
#[test]
fn the_stories_tell_of_everything() {
    let mut runner = TestRunner::deterministic();
    let (mut told, mut refused) = (BTreeSet::new(), BTreeSet::new());
    for _ in 0..400 {
        let story = stories().new_tree(&mut runner).expect("a story").current();
        let judged = story.judge(|turn| {
            told.extend(new_events(turn).iter().map(|event| event.fact.name()));
            refused.extend(turn.result.iter().flat_map(|outcome| &outcome.denials).map(kezek::Denial::code));
            Ok(())
        });
        assert!(judged.is_ok());
    }
    assert_eq!((told.len(), refused.len()), (42, 34), "{told:?}, {refused:?}");
}

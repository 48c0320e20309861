//! The laws of the operator's commands, and of what they change for all: policies, calendars and pauses.

use std::collections::BTreeSet;

use kezek::{
    Action, ApplicationNumber, ApplicationView, Authority, AuthorityKind, Cause, Command, Deed, Fact, Moment,
    Operation, Policy, PolicyEffect, Reason, View, Which,
};
use proptest::prelude::*;

use crate::support::checks::*;
use crate::support::play::Luck;
use crate::support::story::{Turned, stories};
use crate::support::{cases, numbers, paused};

proptest! {
    #![proptest_config(cases(16))]

    // Every event of an operator's command says so, and no other one does.
    #[test]
    fn an_override_is_open(story in stories()) {
        let tale = story.judge(|turn| {
            let operates = deed(turn).is_some();
            for event in new_events(turn) {
                prop_assert_eq!(event.overrides, operates && event.cause == Cause::Command, "{:?}", event);
                let written = turn.after.write(event);
                let said = written.get("override").and_then(serde_json::Value::as_bool);
                prop_assert_eq!(said, event.overrides.then_some(true));
            }
            Ok(())
        })?;
        // The log of overrides names each of them once, with its grounds.
        let Some(view) = rested(&tale.register) else { return Ok(()) };
        let first = |event: &&std::sync::Arc<kezek::Event>| event.overrides && event.command == Some(event.seq);
        let done: Vec<u64> = tale.register.events().iter().filter(first).map(|event| event.seq).collect();
        let listed: Vec<u64> = view.overrides().unwrap().iter().map(|row| row.seq).collect();
        prop_assert_eq!(listed, done);
        prop_assert!(view.overrides().unwrap().iter().all(|row| row.grounds.is_some()));
    }

    // While paused nothing falls due and nothing but `resume` is done.
    #[test]
    fn a_pause_holds_everything(story in stories()) {
        story.judge(|turn| {
            if paused(turn.before).is_some() {
                let resumes = matches!(deed(turn), Some(Deed::Resume));
                let asks = turn.told.json["type"] == "resume";
                prop_assert!(resumes || new_events(turn).is_empty(), "{:?}", new_events(turn));
                prop_assert!(turn.after.next_deadline().is_none() || resumes);
                if let Ok(outcome) = turn.result && !asks && turn.told.command.is_some() {
                    let first = outcome.denials.first().map(kezek::Denial::code);
                    let answered = !outcome.events.is_empty();
                    prop_assert!(matches!(first, Some("paused" | "not_found")) || answered, "{:?}", outcome);
                }
            }
            if paused(turn.after).is_some() {
                prop_assert_eq!(turn.after.next_deadline(), None);
                let mut later = turn.after.clone();
                let years = turn.told.now.plus_seconds(700 * 86_400);
                let due = later.advance(years).expect("a later moment");
                prop_assert_eq!(due.events, vec![]);
            }
            Ok(())
        })?;
    }

    // No end gets shorter: by a calendar, by a pause, or by a policy, which keeps them all.
    #[test]
    fn no_running_end_gets_shorter(story in stories()) {
        story.judge(|turn| {
            for event in new_events(turn) {
                if let Fact::DeadlineMoved { from, to, .. } = &event.fact {
                    prop_assert!(from < to, "{:?}", event);
                }
            }
            let moves = match deed(turn) {
                Some(Deed::ChangePolicy { .. }) => false,
                Some(Deed::ChangeCalendar { .. } | Deed::Resume) => true,
                _ => return Ok(()),
            };
            let Some(after) = rested(turn.after) else { return Ok(()) };
            let mut before = turn.before.clone();
            let _ = before.advance(turn.told.now).expect("the same moment");
            let Some(before) = rested(&before) else { return Ok(()) };
            for number in numbers(turn.before) {
                // Whoever something else happened to has other ends.
                let touched = new_events(turn).iter().any(|event| {
                    event.fact.application() == Some(&number)
                        && !matches!(event.fact, Fact::DeadlineMoved { .. })
                });
                if touched {
                    continue;
                }
                let (then, now) = (ends(before, &number), ends(after, &number));
                for ((name, then), (_, now)) in then.into_iter().zip(now) {
                    prop_assert_eq!(then.is_some(), now.is_some(), "{} of {}", name, number);
                    let right = if moves { then <= now } else { then == now };
                    prop_assert!(right, "{name} of {number}: {then:?}, then {now:?}");
                }
            }
            Ok(())
        })?;
    }

    // A term of hours gains by a pause exactly the time that passed.
    #[test]
    fn hours_gain_what_passed(story in stories()) {
        story.judge(|turn| {
            let (Some(Deed::Resume), Some(since)) = (deed(turn), paused(turn.before)) else { return Ok(()) };
            let passed = turn.told.now.unix() - since.unix();
            let hours = |term: Option<kezek::Term>| term.is_some_and(|term| term.unit() == kezek::Unit::Hours);
            for event in new_events(turn) {
                let Fact::DeadlineMoved { application, of: kezek::MovedEnd::ChooseBy, from, to, .. } = &event.fact
                else { continue };
                let own = turn.before.events().iter().rev().find_map(|event| match &event.fact {
                    Fact::TurnCame { application: other, terms, .. } if other == application => Some(terms),
                    _ => None,
                });
                if own.is_some_and(|terms| hours(terms.choose_by)) {
                    prop_assert_eq!(to.unix() - from.unix(), passed);
                }
            }
            Ok(())
        })?;
    }

    // Somebody is reminded of an end at most once for each reminder, and never when it is past.
    #[test]
    fn nobody_is_reminded_twice_or_too_late(story in stories()) {
        let mut given = BTreeSet::new();
        story.judge(|turn| {
            for event in new_events(turn) {
                match &event.fact {
                    Fact::ReminderDue { application, of, before, until } => {
                        prop_assert!(event.at < Some(*until), "too late: {:?}", event);
                        let reminder = (application.to_string(), format!("{of:?} {before}"), *until);
                        prop_assert!(given.insert(reminder), "twice: {:?}", event);
                    }
                    // Another term, although it may end when the last one did.
                    Fact::TurnCame { application, .. }
                    | Fact::ReferralIssued { application, .. }
                    | Fact::EnrolmentVoided { application, .. } => {
                        given.retain(|(other, of, _)| *other != application.to_string() || of.starts_with("Interest"));
                    }
                    _ => {}
                }
            }
            Ok(())
        })?;
    }

    // What a policy would change is what it then does change.
    #[test]
    fn a_preview_tells_what_a_policy_does(story in stories(), luck in any::<u64>()) {
        let mut luck = Luck(luck);
        let policies: Vec<Policy> =
            story.town.others.iter().map(|other| Policy::from_json(other).expect("a legal policy")).collect();
        story.judge(|turn| {
            if !luck.rarely(6) || paused(turn.after).is_some() {
                return Ok(());
            }
            let Some(view) = rested(turn.after) else { return Ok(()) };
            let now = turn.after.now().expect("rested");
            let policy = luck.one(&policies).expect("two policies");
            let told = view.preview_policy(&policy).expect("the same zone");
            let mut then = turn.after.clone();
            let changed = then.apply(change(policy, now), now).expect("a good command");
            prop_assert_eq!(changed.denials, vec![]);
            let then = then.at(now).expect("settled");
            for number in numbers(turn.after) {
                if !view.application(&number).expect("an application").stage.is_active() {
                    prop_assert!(told.iter().all(|effect| effect.application != number));
                    continue;
                }
                let own = told.iter().find(|effect| effect.application == number);
                prop_assert_eq!(own.cloned(), effect(view, then, &number), "{}", number);
            }
            Ok(())
        })?;
    }
}

/// What the operator did, where it was done.
fn deed<'a>(turn: &Turned<'a>) -> Option<&'a Deed> {
    let done = turn.result.as_ref().is_ok_and(|outcome| outcome.denials.is_empty());
    match &turn.told.command.as_ref().filter(|_| done)?.action {
        // An answer to a key does nothing.
        Action::Operate(operation) if !new_events(turn).is_empty() => Some(&operation.deed),
        _ => None,
    }
}

fn ends(view: View<'_>, number: &ApplicationNumber) -> Vec<(&'static str, Option<Moment>)> {
    let ApplicationView { choose_by, expires_at, recall_until, until, next_due, .. } =
        view.application(number).expect("an application");
    vec![
        ("choose_by", choose_by),
        ("expires_at", expires_at),
        ("recall_until", recall_until),
        ("until", until),
        ("next_due", next_due),
    ]
}

fn change(policy: Policy, from: Moment) -> Command {
    Command::from(Action::Operate(Box::new(Operation {
        deed: Deed::ChangePolicy { policy: Box::new(policy), from },
        reason: Reason::text("by order"),
        authority: Authority { kind: AuthorityKind::Operator, document: "7".to_owned() },
    })))
}

/// What differs for an application between two registers.
fn effect(now: View<'_>, then: View<'_>, number: &ApplicationNumber) -> Option<PolicyEffect> {
    let position = [now, then].map(|view| view.position(number).expect("an application"));
    let deadlines = [now, then].map(|view| view.deadlines(number).expect("an application"));
    let permissions = [now, then]
        .map(|view| view.permissions(&Which::Application(number.clone()), None).expect("an application"));
    let [may, will] = permissions;
    let changed: Vec<_> = may
        .iter()
        .zip(will)
        .filter(|(may, will)| may.allowed != will.allowed)
        .map(|(_, will)| (will.action, will.allowed))
        .collect();
    let [before, after] = position;
    let [early, late] = deadlines;
    let same = before == after && early == late && changed.is_empty();
    (!same).then(|| PolicyEffect {
        application: number.clone(),
        position: (before != after).then_some((before, after)),
        deadlines: (early != late).then_some((early, late)),
        permissions: changed,
    })
}

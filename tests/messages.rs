//! Messages, over every scenario: who is told of what, and whether a message is late, held against what the views
//! say at the same moment.

#![allow(clippy::expect_used, clippy::wildcard_enum_match_arm, reason = "what cannot be read fails the test")]

#[path = "support/scenario.rs"]
mod scenario;

use std::collections::BTreeSet;

use kezek::{Actor, Contact, Event, Fact, Message, Moment, Register, Stage, View};

/// All events with their messages at a moment.
fn told<'r>(register: &'r Register, view: View<'r>) -> Vec<(&'r Event, Vec<Message>)> {
    register
        .events()
        .iter()
        .map(|event| (event.as_ref(), view.messages(event).expect("an event of the journal")))
        .collect()
}

/// Whether a fact is the last one of its kind about its application.
fn is_last(register: &Register, event: &Event) -> bool {
    let same = |other: &&std::sync::Arc<Event>| {
        other.fact.name() == event.fact.name() && other.fact.application() == event.fact.application()
    };
    register.events().iter().rfind(same).is_some_and(|last| last.seq == event.seq)
}

/// What the view of the application says about the matter of a message; none where it does not say.
fn matters(register: &Register, view: View<'_>, event: &Event, now: Moment) -> Option<bool> {
    let application = view.application(event.fact.application()?).expect("an application");
    let last = is_last(register, event);
    match &event.fact {
        Fact::TurnCame { .. } => Some(last && application.stage == Stage::Notified),
        Fact::StopListed { .. } => Some(last && application.stage == Stage::StopListed),
        Fact::MadeInactive { .. } => Some(last && application.stage == Stage::Inactive),
        Fact::Refused { .. } => Some(last && application.stage == Stage::UnderReview),
        Fact::Closed { .. } => Some(last && application.stage == Stage::Closed),
        Fact::Enrolled { .. } => {
            // Once departed the child was enrolled all the same.
            let after = [Stage::Enrolled, Stage::Closed].contains(&application.stage);
            Some(after || !last)
        }
        .filter(|_| last),
        Fact::ReferralIssued { referral, .. } => {
            let waits = application.expires_at.is_some() && application.stage == Stage::Referred;
            // A voided enrolment has a message of its own.
            let again = register
                .events()
                .iter()
                .any(|later| later.seq > event.seq && matches!(later.fact, Fact::EnrolmentVoided { .. }));
            Some(waits && application.referral == Some(*referral)).filter(|_| !again)
        }
        Fact::RefusalOverturned { .. } => Some(last && application.must_accept == Some(true)),
        Fact::ReminderDue { until, .. } if *until <= now => Some(false),
        _ => None,
    }
}

#[test]
fn a_message_is_late_when_the_views_say_that_its_matter_is_over() {
    let mut judged = BTreeSet::new();
    for scenario in scenario::all() {
        let _ = scenario::play(&scenario, |register, now, _| {
            let Ok(view) = register.at(now) else { return };
            for (event, messages) in told(register, view) {
                let Some(matters) = matters(register, view, event, now) else { continue };
                for message in messages {
                    judged.insert((message.kind, message.late));
                    assert_eq!(message.late, !matters, "{}: {event:?} at {now}", scenario["title"]);
                }
            }
        });
    }
    for kind in
        ["turn_came", "stop_listed", "made_inactive", "refused", "closed", "enrolled", "referral_issued"]
    {
        assert!(judged.contains(&(kind, true)) && judged.contains(&(kind, false)), "{kind}: {judged:?}");
    }
}

#[test]
fn the_parents_of_an_application_are_told_and_nobody_else_is() {
    let mut silent = BTreeSet::new();
    for scenario in scenario::all() {
        let _ = scenario::play(&scenario, |register, now, _| {
            let Ok(view) = register.at(now) else { return };
            for (event, messages) in told(register, view) {
                if messages.is_empty() {
                    silent.insert(event.fact.name());
                }
                for message in &messages {
                    assert_eq!((message.event, message.kind), (event.seq, event.fact.name()));
                    assert_eq!(Some(&message.application), event.fact.application());
                    assert_eq!(message.channels, [Contact::Email, Contact::Phone]);
                    assert_eq!(message.rule.to_string() == "R38", message.kind == "turn_came");
                    if let Actor::Applicant { iin } = &message.to {
                        let own = view.journal(iin);
                        let own = own.iter().any(|own| own.application == message.application);
                        assert!(own || message.kind == "parent_unlinked", "{event:?} is told to a stranger");
                    }
                }
                let to: Vec<_> =
                    messages.iter().map(|message| serde_json::json!(message.to).to_string()).collect();
                let each: BTreeSet<_> = to.iter().collect();
                assert_eq!(each.len(), to.len(), "somebody is told twice: {event:?}");
            }
        });
    }
    let nobody = [
        "calendar_changed",
        "imported",
        "opened",
        "paused",
        "places_withdrawn",
        "policy_announced",
        "policy_changed",
        "resumed",
        "seat_returned",
        "seats_opened",
        "turn_moved",
        "vacancy_published",
    ];
    assert_eq!(silent, BTreeSet::from(nobody), "R39: and nothing else");
}

#[test]
fn an_office_learns_no_person() {
    for scenario in scenario::all() {
        let _ = scenario::play(&scenario, |register, now, _| {
            let Ok(view) = register.at(now) else { return };
            for message in told(register, view).into_iter().flat_map(|(_, messages)| messages) {
                let texts = [message.kk, message.ru, message.en];
                let person = |text: &String| text.contains("p:") || text.contains("99123");
                assert!(!texts.iter().flatten().any(person), "{texts:?}");
            }
        });
    }
}

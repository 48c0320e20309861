//! The laws of `explain_position`: the parts are the whole, at whatever moments, and nobody is named.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use kezek::{
    ApplicationNumber, ChangeCause, ChangePart, CloseReason, ErrorCode, Event, Fact, Moment, NumberChange,
    PositionChange, PositionView, Register,
};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use crate::support::checks::*;
use crate::support::play::Luck;
use crate::support::story::{Judged, stories};
use crate::support::{cases, filed, numbers};

/// What everybody's numbers were at the moments at which somebody looked.
type Seen = BTreeMap<Moment, HashMap<ApplicationNumber, PositionView>>;

proptest! {
    #![proptest_config(cases(16))]

    // For every application and any two moments: what was before and after is what `position` said then, and the
    // parts sum to the change.
    #[test]
    fn the_parts_are_the_whole(story in stories(), luck in any::<u64>()) {
        let mut luck = Luck(luck);
        let mut seen = Seen::new();
        let tale = story.judge(|turn| {
            if rested(turn.after).is_some() && let Some(now) = turn.after.now() {
                // At one moment the last word counts.
                seen.insert(now, positions(turn.after).into_iter().collect());
            }
            Ok(())
        })?;
        let moments: Vec<Moment> = seen.keys().copied().collect();
        let judged = (0..40).try_for_each(|_| {
            let (Some(one), Some(other)) = (luck.one(&moments), luck.one(&moments)) else { return Ok(()) };
            let (from, to) = (one.min(other), one.max(other));
            numbers(&tale.register).iter().try_for_each(|number| {
                let then = |at: Moment| seen[&at].get(number).copied();
                explained(&tale.register, number, (from, then(from)), (to, then(to)))
            })
        });
        judged.map_err(|broken| story.explain(broken, &tale.told))?;
    }

    // From A to C is from A to B and from B to C, part by part.
    #[test]
    fn a_stop_on_the_way_changes_no_part(story in stories(), luck in any::<u64>()) {
        let mut luck = Luck(luck);
        let tale = story.tell();
        let Some(view) = rested(&tale.register) else { return Ok(()) };
        let happened: Vec<Moment> = tale.register.events().iter().filter_map(|event| event.at).collect();
        let judged = (0..20).try_for_each(|_| {
            let mut moments: Vec<Moment> = (0..3).filter_map(|_| luck.one(&happened)).collect();
            moments.sort_unstable();
            let [a, b, c] = moments[..] else { return Ok(()) };
            numbers(&tale.register).iter().try_for_each(|number| {
                // Who is not there yet is explained from its registration on.
                let Ok(first) = view.explain_position(number, a, b) else { return Ok(()) };
                let second = view.explain_position(number, b, c).expect("still there");
                let whole = view.explain_position(number, a, c).expect("still there");
                for of in NUMBERS {
                    let both: Vec<_> = of(&first).causes.iter().chain(&of(&second).causes).cloned().collect();
                    prop_assert_eq!(merged(both), merged(of(&whole).causes.clone()), "{}", number);
                }
                Ok(())
            })
        });
        judged.map_err(|broken| story.explain(broken, &tale.told))?;
    }

    // A part names events that are there, of its cause, and nobody.
    #[test]
    fn a_part_names_its_events_and_nobody(story in stories()) {
        let tale = story.tell();
        let (register, zone) = (&tale.register, tale.register.policy().zone());
        let Some(view) = rested(register) else { return Ok(()) };
        let Some(now) = register.now() else { return Ok(()) };
        let from = story.town.begins.plus_seconds(-1);
        let people: Vec<String> = filed(register)
            .flat_map(|filed| [filed.applicant.reveal(), filed.child.iin.reveal()])
            .collect();
        let all = numbers(register);
        let judged = all.iter().try_for_each(|number| {
            let why = view.explain_position(number, from, now).expect("there");
            for change in NUMBERS.map(|of| of(&why)) {
                for part in &change.causes {
                    let events = part.events.iter().map(|seq| event(register, *seq));
                    let fit = events.filter(|event| fits(event, part.cause, part.reason, number)).count();
                    prop_assert_eq!(fit, part.count, "{:?} of {}", part, number);
                }
            }
            // City-wide, and by benefit, each of the others counts for one.
            for part in why.number.causes.iter().chain(&why.in_benefit.causes) {
                if format!("{:?}", part.cause).starts_with("Own") { continue }
                prop_assert_eq!(part.change.unsigned_abs(), u64::try_from(part.count).expect("a few"));
            }
            let (from, now) = (from.in_zone(zone).to_string(), now.in_zone(zone).to_string());
            let question = serde_json::json!({
                "view": "explain_position", "application": number.to_string(), "from": from, "to": now,
            });
            let answer = register.ask_json(&question, &now).expect("an answer");
            prop_assert_eq!(&answer, &register.write(&why));
            let text = answer.to_string();
            let others = all.iter().filter(|other| *other != number).map(ToString::to_string);
            for name in people.iter().cloned().chain(others) {
                prop_assert!(!text.contains(&format!("\"{name}\"")), "{} is named in {}", name, text);
            }
            Ok(())
        });
        judged.map_err(|broken| story.explain(broken, &tale.told))?;
    }
}

// The laws are worth as much as their stories: these tell of every cause.
#[test]
fn the_stories_tell_of_every_cause() {
    let mut runner = TestRunner::deterministic();
    let mut told = BTreeSet::new();
    for _ in 0..120 {
        let story = stories().new_tree(&mut runner).expect("a story").current();
        let tale = story.tell();
        let (Some(view), Some(now)) = (rested(&tale.register), tale.register.now()) else { continue };
        for number in numbers(&tale.register) {
            let from = story.town.begins.plus_seconds(-1);
            let why = view.explain_position(&number, from, now).expect("there");
            let parts = NUMBERS.iter().flat_map(|of| &of(&why).causes);
            told.extend(parts.map(|part| part.cause));
        }
    }
    assert_eq!(told.len(), 22, "{told:?}");
}

/// The three numbers of an answer.
const NUMBERS: [fn(&PositionChange) -> &NumberChange; 3] =
    [|why| &why.number, |why| &why.in_group_year, |why| &why.in_benefit];

type Then = (Moment, Option<PositionView>);

/// The register's own events and the same out of the host's journal give one answer, and that is right.
fn explained(register: &Register, number: &ApplicationNumber, from: Then, to: Then) -> Judged {
    let view = rested(register).expect("at rest");
    let answer = view.explain_position(number, from.0, to.0);
    let Some(after) = to.1 else {
        prop_assert_eq!(answer.map_err(|error| error.code()), Err(ErrorCode::NotFound));
        return Ok(());
    };
    let why = answer.expect("an answer");
    prop_assert_eq!((&why.application, why.from, why.to), (number, from.0, to.0));
    let before = from.1.unwrap_or_default();
    let three = |view: PositionView| [view.number, view.in_group_year, view.in_benefit];
    for ((of, before), after) in NUMBERS.iter().zip(three(before)).zip(three(after)) {
        let change = of(&why);
        prop_assert_eq!((change.before, change.after), (before, after), "{}", number);
        prop_assert_eq!(change.change, i64::from(after) - i64::from(before));
        prop_assert_eq!(change.causes.iter().map(|part| part.change).sum::<i64>(), change.change);
        for part in &change.causes {
            prop_assert!(part.change != 0 && part.count == part.events.len() && part.count > 0);
            prop_assert!(part.events.is_sorted(), "{:?}", part.events);
            for seq in &part.events {
                let at = event(register, *seq).at;
                prop_assert!(Some(from.0) < at && at <= Some(to.0), "{} is not between", seq);
            }
        }
        let order = |causes: &[ChangePart]| {
            causes.iter().map(|part| (part.cause, part.reason, part.change > 0)).collect::<Vec<_>>()
        };
        prop_assert!(order(&change.causes).is_sorted_by(|one, next| one < next), "{:?}", change.causes);
    }
    let journal = register.events().iter().map(|event| Event::clone(event));
    prop_assert_eq!(PositionChange::of(journal, number, from.0, to.0), Ok(why));
    Ok(())
}

fn event(register: &Register, seq: u64) -> &Event {
    &register.events()[usize::try_from(seq).expect("a few") - 1]
}

/// A cause, its reason, and whether it moved the number back.
type Sort = (ChangeCause, Option<CloseReason>, bool);

/// The parts of two answers as those of one.
fn merged(parts: Vec<ChangePart>) -> BTreeMap<Sort, (i64, Vec<u64>)> {
    let mut all = BTreeMap::new();
    for part in parts {
        let (change, events) =
            all.entry((part.cause, part.reason, part.change > 0)).or_insert((0, Vec::new()));
        *change += part.change;
        events.extend(part.events);
    }
    all
}

/// Whether an event can be what a part says: by its name, and by whom it is about.
fn fits(event: &Event, cause: ChangeCause, reason: Option<CloseReason>, number: &ApplicationNumber) -> bool {
    use ChangeCause as C;
    let own = event.fact.application() == Some(number);
    let closed = |wanted: fn(CloseReason) -> bool| match event.fact {
        Fact::Closed { reason: why, .. } => wanted(why) && reason.is_none_or(|reason| reason == why),
        _ => false,
    };
    let name = event.fact.name();
    match cause {
        C::OwnRegistered => own && name == "registered",
        C::OwnImported => own && name == "imported",
        C::OwnReinstated => own && name == "reinstated",
        C::OwnReturned => own && name == "enrolment_voided",
        C::OwnBenefitChanged => own && name == "benefit_changed",
        C::OwnBenefitLost => own && name == "benefit_lost",
        C::OwnCorrected => own && name == "corrected",
        C::OwnEnrolled => own && name == "enrolled",
        C::OwnLeft => own && closed(|_| true) && reason.is_some(),
        C::LeftEnrolled => !own && name == "enrolled",
        C::LeftWithdrawn => !own && closed(|why| why == CloseReason::Withdrawn) && reason.is_none(),
        C::LeftClosed => !own && closed(|why| why != CloseReason::Withdrawn) && reason.is_some(),
        C::LeftBenefitChanged | C::JoinedBenefitChanged => {
            !own && matches!(name, "benefit_changed" | "benefit_lost")
        }
        C::LeftCorrected | C::JoinedCorrected => !own && name == "corrected",
        C::JoinedRegistered => !own && name == "registered",
        C::JoinedImported => !own && name == "imported",
        C::JoinedReinstated => !own && name == "reinstated",
        C::JoinedReturned => !own && name == "enrolment_voided",
        C::TurnsGiven => name == "turn_came",
        C::PolicyChanged => name == "policy_changed",
        _ => false,
    }
}

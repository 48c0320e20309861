//! 4: a card says what its register would, at its revision, before its `valid_until`.

use std::collections::BTreeMap;

use kezek::{
    Action, Card, CardOutcome, Command, Error, ErrorCode, Event, Fact, Moment, Outcome, Register, Which,
};
use proptest::prelude::*;

use crate::support::checks::{actors, rested, which};
use crate::support::play::Luck;
use crate::support::story::{Judged, stories};
use crate::support::{cases, filed, numbers};

/// The card, and the same card after a way over the wire.
fn cards(register: &Register, number: &kezek::ApplicationNumber) -> Option<[Card; 2]> {
    let card = rested(register)?.card(number).expect("an application");
    let json = serde_json::to_value(&card).expect("a card is JSON");
    let read = Card::from_json(&json).expect("a card");
    assert_eq!(serde_json::to_value(&read).expect("JSON"), json, "a card survives the wire");
    Some([card, read])
}

/// What happened to the application, without where it stands in the journal.
type Seen = (Moment, Fact, kezek::Cause, Option<Box<kezek::Envelope>>);

fn seen<'a>(
    events: impl IntoIterator<Item = &'a std::sync::Arc<Event>>,
    number: &kezek::ApplicationNumber,
) -> Vec<Seen> {
    let own = events.into_iter().filter(|event| event.fact.application() == Some(number));
    own.map(|event| (event.at.expect("a moment"), event.fact.clone(), event.cause, event.envelope.clone()))
        .collect()
}

/// The same answer, and the same application after it.
fn same(
    number: &kezek::ApplicationNumber,
    card: &Result<CardOutcome, Error>,
    register: &Result<Outcome, Error>,
    after: &Register,
) -> Judged {
    let (card, outcome) = match (card, register) {
        (Ok(card), Ok(outcome)) => (card, outcome),
        (Err(card), Err(error)) => {
            prop_assert_eq!(card.code(), error.code());
            return Ok(());
        }
        (card, register) => {
            prop_assert!(false, "card: {card:?}, register: {register:?}");
            return Ok(());
        }
    };
    prop_assert_eq!(&card.outcome.denials, &outcome.denials);
    prop_assert_eq!(seen(&card.outcome.events, number), seen(&outcome.events, number));
    for event in &card.outcome.events {
        if let Fact::SeatsOpened { .. } = &event.fact {
            prop_assert!(
                outcome.events.iter().any(|other| (other.at, &other.fact) == (event.at, &event.fact))
            );
        }
    }
    let view = after.at(after.now().expect("a moment")).expect("a settled register");
    prop_assert_eq!(card.card.application(), view.application(number).expect("an application"));
    Ok(())
}

/// Whether the card's own deadlines give a place to others before a moment: from there on only they know.
fn gone(card: &Card, before: Moment) -> bool {
    let mut card = card.clone();
    while let Some(due) = card.next_deadline().filter(|due| *due < before) {
        card = card.advance(due).expect("its own deadline").card;
        if card.valid_until().is_some_and(|until| until <= due) {
            return true;
        }
    }
    false
}

/// Whether the register has answered by looking its keys up.
fn keyed(command: &Command) -> bool {
    command.key.is_some()
}

proptest! {
    #![proptest_config(cases(12))]

    // The command that the story goes on with, on the card of every application.
    #[test]
    fn a_card_acts_as_its_register(story in stories()) {
        story.judge(|turn| {
            let Some(command) = turn.told.command.as_ref().filter(|command| !keyed(command)) else { return Ok(()) };
            let (before, now) = (turn.before, turn.told.now);
            // A correction of the operator is for a register.
            let corrects = matches!(command.action, Action::Operate(_));
            for number in numbers(before) {
                // Which of a child's applications is meant only the register knows, but for the active one.
                let active = |stage: kezek::Stage| stage.is_active();
                let known = |view: kezek::View<'_>| active(view.application(&number).expect("one").stage);
                if turn.told.json["child"].is_string() && !rested(before).is_some_and(known) {
                    continue;
                }
                let Some(cards) = cards(before, &number) else { return Ok(()) };
                for card in cards {
                    let vacancy = if let Action::Choose { vacancy, .. } = &command.action { Some(*vacancy) } else { None };
                    let view = rested(before).expect("it was");
                    let offer = vacancy.and_then(|vacancy| view.offer(&number, vacancy).ok());
                    let unknown = vacancy.is_some() && offer.is_none();
                    let card = offer.into_iter().fold(card, Card::with_offer);
                    let answer = card.apply(command.clone(), now);
                    let code = answer.as_ref().err().map(Error::code);
                    prop_assert!(!corrects || code == Some(ErrorCode::Malformed));
                    let stale = card.valid_until().is_some_and(|until| until <= now);
                    match code {
                        // Somebody else's, or nobody's, or a vacancy that there is not.
                        Some(ErrorCode::NotFound | ErrorCode::Malformed) => {
                            let judged = turn.result.as_ref().is_ok_and(|outcome| {
                                outcome.denials.iter().all(|denial| denial.code() != "not_found")
                            });
                            let own = Which::Application(number.clone());
                            let by_number = command_names(command).is_some_and(|which| which == own);
                            prop_assert!(corrects || !(by_number && judged && !unknown), "{:?}", answer);
                        }
                        Some(ErrorCode::NotSettled) if stale => {}
                        Some(ErrorCode::NotSettled) => prop_assert!(gone(&card, now.plus_seconds(1))),
                        _ => {
                            prop_assert!(!stale);
                            same(&number, &answer, turn.result, turn.after)?;
                            prop_assert_eq!(
                                card.check(command.clone(), now).map_err(|error| error.code()),
                                before.check(command.clone(), now).map_err(|error| error.code())
                            );
                        }
                    }
                }
            }
            Ok(())
        })?;
    }

    // Time alone, up to `valid_until`; and what may be done then, and what falls due then.
    #[test]
    fn a_card_sees_what_its_register_sees(story in stories(), luck in any::<u64>()) {
        let mut luck = Luck(luck);
        story.judge(|turn| {
            let register = turn.after;
            let Some(now) = rested(register).and(register.now()) else { return Ok(()) };
            let all = numbers(register);
            let Some(number) = luck.one(&all) else { return Ok(()) };
            for card in cards(register, &number).into_iter().flatten() {
                let mut ends = vec![now, now.plus_seconds(1)];
                ends.extend(card.deadlines(now).expect("a settled card").iter().map(|deadline| deadline.at));
                ends.extend(card.valid_until().map(|until| until.plus_seconds(-1)));
                for then in ends.into_iter().filter(|then| {
                    card.valid_until().is_none_or(|until| *then < until) && *then >= now
                }) {
                    let mut later = register.clone();
                    let result = later.advance(then);
                    let answer = card.advance(then);
                    if gone(&card, then) {
                        prop_assert_eq!(answer.map(|done| done.effects).map_err(|error| error.code()), Err(ErrorCode::NotSettled));
                        continue;
                    }
                    same(&number, &answer, &result, &later)?;
                    let Ok(CardOutcome { card, .. }) = answer else { continue };
                    // A place went to others: it is for them to say what it is now.
                    if card.valid_until().is_some_and(|until| until <= then) {
                        continue;
                    }
                    let view = later.at(then).expect("a settled register");
                    prop_assert_eq!(card.deadlines(then), view.deadlines(&number));
                    for by in actors(&later, &number) {
                        let (of, by) = (which(&number), by.as_ref());
                        prop_assert_eq!(card.permissions(then, by), view.permissions(&of, by));
                    }
                }
            }
            Ok(())
        })?;
    }

    // Where the order is a key, the key is the order.
    #[test]
    fn an_order_key_orders_each_line(story in stories()) {
        let tale = story.tell();
        let Some(view) = rested(&tale.register) else { return Ok(()) };
        let mut lines: BTreeMap<u16, Vec<(Option<String>, u32)>> = BTreeMap::new();
        for filed in filed(&tale.register) {
            let seen = view.application(filed.number).expect("an application");
            if seen.stage.is_active() {
                let place = view.position(filed.number).expect("an application").in_group_year;
                let key = view.card(filed.number).expect("a card").order_key();
                lines.entry(seen.group_year).or_default().push((key, place));
            }
        }
        for mut line in lines.into_values() {
            if line.iter().any(|(key, _)| key.is_none()) {
                prop_assert!(line.iter().all(|(key, _)| key.is_none()), "one policy, one answer");
                continue;
            }
            line.sort();
            let places: Vec<u32> = line.iter().map(|(_, place)| *place).collect();
            prop_assert!(places.is_sorted(), "{places:?}");
        }
    }
}

/// The application that a command names by its number.
fn command_names(command: &Command) -> Option<Which> {
    let json = serde_json::to_value(command).expect("a command is JSON");
    if json["type"] == "submit" {
        return None;
    }
    json["application"].as_str().map(|number| Which::Application(number.parse().expect("a number")))
}

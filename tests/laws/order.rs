//! The laws of the order: turns, positions, and who keeps a place.

use std::collections::BTreeMap;

use kezek::{ApplicationNumber, Moment};
use proptest::prelude::*;

use crate::support::checks::*;
use crate::support::model::Model;
use crate::support::story::stories;
use crate::support::{cases, numbers};

proptest! {
    #![proptest_config(cases(16))]

    // 7 (a turn has a seat). And every turn is for the oldest place and the first who may be notified; at rest
    // nobody is passed over.
    #[test]
    fn a_turn_has_a_seat(story in stories()) {
        let mut model = Model::new(&story.town.policy());
        story.judge(|turn| {
            for event in new_events(turn) {
                right(model.take(event))?;
            }
            let Some(view) = rested(turn.after) else { return Ok(()) };
            right(model.turns_have_seats())?;
            right(model.at_rest(turn.after.now().expect("rested")))?;
            for number in numbers(turn.after) {
                let stage = view.application(&number).expect("an application").stage;
                prop_assert_eq!(model.stage(&number), Some(stage), "{}", number);
            }
            Ok(())
        })?;
    }

    // 8: the numbers are 1..n without gaps, city-wide, in each line and in each benefit; nobody is overtaken.
    #[test]
    fn positions_have_no_gaps_and_nobody_is_overtaken(story in stories()) {
        let mut before: BTreeMap<String, Vec<ApplicationNumber>> = BTreeMap::new();
        story.judge(|turn| {
            let after = orders(turn.after)?;
            for (order, now) in &after {
                let Some(then) = before.get(order) else { continue };
                // A benefit may be taken up late: then one enters between others, and they keep their order.
                let kept_then: Vec<_> = then.iter().filter(|number| now.contains(number)).collect();
                let kept_now: Vec<_> = now.iter().filter(|number| then.contains(number)).collect();
                prop_assert_eq!(kept_then, kept_now, "{}", order);
            }
            before = after;
            Ok(())
        })?;
    }

    // 8: the place of everybody in a line is that of a naive serving of all of them, from the present phase.
    #[test]
    fn a_position_is_the_order_of_service(story in stories()) {
        let mut model = Model::new(&story.town.policy());
        story.judge(|turn| {
            for event in new_events(turn) {
                right(model.take(event))?;
            }
            let Some(view) = rested(turn.after) else { return Ok(()) };
            for line in model.lines() {
                let order = model.in_order(line);
                for (number, place) in order.iter().zip(1..) {
                    let shown = view.position(number).expect("an application").in_group_year;
                    prop_assert_eq!(shown, place, "{} of {:?}", number, order);
                }
                let shown = view.queue(line, kezek::Rounding::Second, 0, usize::MAX);
                prop_assert_eq!(shown.len(), order.len());
                for (row, number) in shown.iter().zip(&order) {
                    let own = view.application(number).expect("an application");
                    prop_assert_eq!(row.registered_at, own.registered_at);
                    prop_assert_eq!((row.has_benefit, row.stage), (own.benefit.is_some(), own.stage));
                    // Named or not (tests/laws/public.rs), never another one.
                    prop_assert!(row.benefit.is_none() || row.benefit == own.benefit);
                }
            }
            Ok(())
        })?;
    }

    // 10: an application that keeps its number keeps its place: the order is that of registration, for ever.
    #[test]
    fn who_keeps_the_number_keeps_the_place(story in stories()) {
        let mut registered: BTreeMap<String, Moment> = BTreeMap::new();
        story.judge(|turn| {
            let Some(view) = rested(turn.after) else { return Ok(()) };
            let mut row = Vec::new();
            for (serial, number) in numbers(turn.after).into_iter().enumerate() {
                let seen = view.application(&number).expect("an application");
                let first = *registered.entry(number.to_string()).or_insert(seen.registered_at);
                prop_assert_eq!(first, seen.registered_at);
                let place = view.position(&number).expect("an application").number;
                prop_assert_eq!(place > 0, seen.stage.is_active());
                row.push((place, (first, serial)));
            }
            row.retain(|(place, _)| *place > 0);
            row.sort_unstable();
            prop_assert!(row.windows(2).all(|two| two[0].1 < two[1].1), "{row:?}");
            Ok(())
        })?;
    }
}

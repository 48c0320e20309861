//! 5, 8: what is told of all at once is what is told of each.

use std::collections::BTreeSet;

use kezek::{DeadlineView, Moment, PositionView, VacancyFilter};
use proptest::prelude::*;

use crate::support::checks::rested;
use crate::support::story::stories;
use crate::support::{cases, numbers};

proptest! {
    #![proptest_config(cases(16))]

    // 5: the agenda begins with the next deadline, is in order, and of each application has what its own view has.
    #[test]
    fn the_agenda_is_every_deadline(story in stories()) {
        story.judge(|turn| {
            let Some(view) = rested(turn.after) else { return Ok(()) };
            let agenda = view.agenda();
            prop_assert_eq!(agenda.first().cloned(), turn.after.next_deadline());
            prop_assert!(agenda.is_sorted_by_key(|row| row.at), "not in order: {agenda:?}");
            let mut told = 0;
            for number in numbers(turn.after) {
                let own: Vec<_> = agenda.iter().filter(|row| row.application.as_ref() == Some(&number)).collect();
                let alone = view.deadlines(&number).expect("an application");
                prop_assert_eq!(&own, &alone.iter().collect::<Vec<_>>(), "{}", number);
                told += own.len();
            }
            let of_nobody: Vec<_> = agenda.iter().filter(|row| row.application.is_none()).collect();
            prop_assert_eq!(told + of_nobody.len(), agenda.len(), "a deadline of nobody that is known");
            let opens = |row: &&&DeadlineView| row.brings == "seats_opened";
            prop_assert!(of_nobody.iter().all(|row| opens(&row) || row.brings == "policy_changed"));
            // Every place that a card shows as free opens when the agenda says, one row for a vacancy and a moment.
            let rows: Vec<Moment> = of_nobody.iter().filter(opens).map(|row| row.at).collect();
            let mut shown: BTreeSet<(u64, Moment)> = BTreeSet::new();
            for number in numbers(turn.after) {
                let card = serde_json::to_value(view.card(&number).expect("an application")).expect("JSON");
                for offer in card["vacancies"].as_array().into_iter().flatten() {
                    let id = offer["vacancy"].as_u64().expect("a vacancy");
                    for run in offer["free"].as_array().into_iter().flatten() {
                        let at = run["opens_at"].as_str().expect("an instant").parse().expect("an instant");
                        shown.insert((id, at));
                    }
                }
            }
            if !agenda.is_empty() {
                for (id, at) in &shown {
                    let here = rows.iter().filter(|row| *row == at).count();
                    let seen = shown.iter().filter(|(_, other)| other == at).count();
                    prop_assert!(here >= seen, "vacancy {id} opens at {at}, and {rows:?}");
                }
            }
            let waiting: u16 = view.vacancies(&VacancyFilter::default()).iter().map(|row| row.waiting).sum();
            prop_assert!(rows.len() <= usize::from(waiting));
            Ok(())
        })?;
    }

    // 8: the numbers of all are those of each, in the order of serials; who does not count is not among them.
    #[test]
    fn positions_of_all_are_those_of_each(story in stories()) {
        story.judge(|turn| {
            let Some(view) = rested(turn.after) else { return Ok(()) };
            let mut rows = view.positions().into_iter();
            for number in numbers(turn.after) {
                let own = view.position(&number).expect("an application");
                let application = view.application(&number).expect("an application");
                let stage = serde_json::to_value(application.stage).expect("JSON");
                prop_assert_eq!(stage.as_str(), Some(application.stage.as_str()));
                if !application.stage.is_active() {
                    prop_assert_eq!(own, PositionView::default());
                    continue;
                }
                let row = rows.next().expect("a row for everybody who counts");
                prop_assert_eq!(row.position, own);
                prop_assert_eq!((row.application, row.stage), (&number, application.stage));
                prop_assert_eq!(row.group_year, application.group_year);
                prop_assert_eq!(row.benefit, application.benefit.as_ref());
            }
            prop_assert_eq!(rows.next(), None);
            Ok(())
        })?;
    }
}

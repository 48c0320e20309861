//! Forecasts in every town: they answer, exactly one way, and equal journals give equal answers.

use kezek::Register;
use proptest::prelude::*;

use crate::support::story::stories;
use crate::support::{cases, numbers};

proptest! {
    #![proptest_config(cases(16))]

    #[test]
    fn a_forecast_is_told_or_says_why_not(story in stories()) {
        let tale = story.tell();
        let Some(now) = tale.register.now() else { return Ok(()) };
        let again = Register::replay(tale.register.events().iter().map(|event| (**event).clone()));
        let again = again.expect("a journal that replays");
        let (view, other) = (tale.register.at(now).expect("settled"), again.at(now).expect("settled"));
        let (forecaster, same) = (view.forecaster().unwrap(), other.forecaster().unwrap());
        for number in numbers(&tale.register) {
            let forecast = forecaster.of(&number).expect("a number that exists");
            prop_assert_eq!(&forecast, &same.of(&number).expect("the same number"));
            prop_assert!(forecast.turn.is_some() != forecast.cannot_tell.is_some());
            if let Some(turn) = forecast.turn {
                let zone = tale.register.policy().zone();
                prop_assert!(zone.day(now) <= turn.from && turn.from <= turn.to);
                prop_assert!((50..=100).contains(&turn.confidence));
            }
            // R26: those ahead are the ones that the number tells.
            let position = view.position(&number).expect("the same number");
            prop_assert_eq!(forecast.ahead, position.in_group_year.saturating_sub(1));
            prop_assert!(forecast.waiting_ahead <= forecast.ahead);
        }
        let tested = kezek::backtest(tale.register.events().iter().map(|event| (**event).clone()), 5);
        let all = tested.expect("a journal that replays").all;
        prop_assert_eq!(
            all.asked,
            all.held + all.earlier + all.later + all.left + all.open + all.cannot_tell
        );
    }
}

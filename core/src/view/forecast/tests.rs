#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop where its own town is broken"
)]

use std::ops::RangeInclusive;

use serde_json::{Value, json};

use super::backtest::past_forecasts;
use super::misses::{Came, came};
use super::tally::Step;
use super::{CannotTell, Forecast, backtest};
use crate::{ApplicationNumber, Day, Event, Fact, Moment, Policy, Register};

/// A small town where every month brings what it is told to, and every turn is taken at once.
struct Town {
    register: Register,
    children: usize,
    today: Day,
}

impl Town {
    fn opened(day: &str) -> Town {
        Town::under(Policy::named("akmola-2018").unwrap(), day)
    }

    fn under(policy: Policy, day: &str) -> Town {
        Town { register: Register::new(policy).unwrap(), children: 0, today: day.parse().unwrap() }
    }

    fn now(&self) -> Moment {
        let zone = self.register.policy().zone();
        zone.moment(self.today, 9 * 3600)
    }

    fn told(&mut self, command: &Value) -> Vec<Event> {
        let now = self.now();
        let command = crate::Command::from_json(command).unwrap();
        let events = self.register.apply(command, now).unwrap().accepted().expect("a command that is done");
        events.iter().map(|event| (**event).clone()).collect()
    }

    fn submits(&mut self, born: &str) -> ApplicationNumber {
        self.children += 1;
        let n = self.children;
        let child = json!({ "iin": format!("p:child-{n}"), "born": born });
        let done =
            self.told(&json!({ "type": "submit", "applicant": format!("p:parent-{n}"), "child": child }));
        done.last().unwrap().fact.application().unwrap().clone()
    }

    /// So many places; whoever's turn comes takes it, and the child is accepted.
    fn places(&mut self, group_year: u16, places: u16) {
        let done = self.told(&json!({
            "type": "publish_vacancy", "kindergarten": "bobek", "group_year": group_year, "language": "kk",
            "places": places
        }));
        for event in done {
            if let Fact::TurnCame { application, vacancy, .. } = &event.fact {
                self.told(&json!({ "type": "choose", "application": application, "vacancy": vacancy }));
                self.told(&json!({ "type": "accept", "application": application }));
            }
        }
    }

    fn later(&mut self, day: Day) {
        self.today = day;
        let now = self.now();
        let _ = self.register.advance(now).unwrap();
    }

    fn month_on(&mut self) {
        self.later(self.today.plus_months(1));
    }

    fn forecast(&self, number: &ApplicationNumber) -> Forecast {
        self.register.at(self.now()).unwrap().forecast(number).unwrap()
    }

    fn why(&self, number: &ApplicationNumber) -> CannotTell {
        let forecast = self.forecast(number);
        assert_eq!(forecast.turn, None);
        forecast.cannot_tell.unwrap()
    }

    fn turn_of(&self, number: &ApplicationNumber) -> Option<Day> {
        let zone = self.register.policy().zone();
        let came = |event: &&std::sync::Arc<Event>| matches!(&event.fact, Fact::TurnCame { application, .. } if application == number);
        self.register.events().iter().find(came).map(|event| zone.day(event.moment()))
    }
}

/// One line of 80 and one place a month, for three and a half years; asked in the middle of a month.
fn steady() -> (Town, Vec<ApplicationNumber>) {
    let mut town = Town::opened("2019-01-05");
    let numbers = (0..80).map(|_| town.submits("2016-12-20")).collect();
    for _ in 0..42 {
        town.places(2016, 1);
        town.month_on();
    }
    town.places(2016, 1);
    town.later(town.today.plus_days(15));
    (town, numbers)
}

/// Lines of six years; every month one place for each line of three- to five-year-olds, and two new children in
/// the line of the year.
fn growing() -> Town {
    let mut town = Town::opened("2016-01-11");
    for year in 2011..=2015 {
        for _ in 0..40 {
            town.submits(&format!("{year}-03-15"));
        }
    }
    for month in 0..48 {
        let year = town.today.year();
        if month % 2 == 1 {
            let born = town.today.minus_months(1).to_string();
            town.submits(&born);
            town.submits(&born);
        }
        for line in (year - 5)..=(year - 3) {
            town.places(u16::try_from(line).unwrap(), 1);
        }
        town.month_on();
    }
    town
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

#[test]
fn steady_line_of_one_place_a_month() {
    let (mut town, numbers) = steady();
    // 43 have been served; those who stand at 1, 4 and 12 are told, and then the town goes on.
    let told: Vec<_> = [43, 46, 54].map(|at| (at, town.forecast(&numbers[at]))).into_iter().collect();
    for (at, forecast) in &told {
        assert_eq!(forecast.ahead, u32::try_from(at - 43).unwrap());
        assert_eq!((forecast.waiting_ahead, forecast.free_now), (forecast.ahead, 0));
        assert_eq!((forecast.basis.turns, forecast.basis.places), (12, 12));
        assert_eq!((forecast.basis.left, forecast.basis.lapsed, forecast.basis.joined), (0, 0, 0));
    }
    town.later(town.today.plus_days(16));
    for _ in 0..14 {
        town.places(2016, 1);
        town.month_on();
    }
    for (at, forecast) in told {
        let turn = forecast.turn.expect("a steady line can be told");
        let came = town.turn_of(&numbers[at]).expect("it has come");
        assert!((turn.from..=turn.to).contains(&came), "{at}: {turn:?}, {came}");
        assert!(turn.confidence >= 90, "{at}: {turn:?}");
        assert!(turn.to.epoch() - turn.from.epoch() <= 92, "{at}: {turn:?}");
    }
}

#[test]
fn steady_line_reaches_the_age_limit() {
    let (town, numbers) = steady();
    // One place a month until 20 December 2023: 17 more turns.
    let limit = day("2023-12-20");
    assert_eq!(town.why(&numbers[79]), CannotTell::TooOldBefore { limit });
    let mut told = 0;
    for number in &numbers[43..] {
        let forecast = town.forecast(number);
        if let Some(turn) = forecast.turn {
            assert!(turn.from <= turn.to && turn.to < limit, "{turn:?}");
            told += 1;
        }
    }
    assert!((12..=18).contains(&told), "{told}");
}

#[test]
fn a_young_register_cannot_tell() {
    let mut town = Town::opened("2018-01-05");
    let number = town.submits("2015-05-02");
    assert_eq!(town.why(&number), CannotTell::YoungRegister { since: Some(day("2018-01-05")) });
    town.later(day("2019-01-03"));
    assert_eq!(town.why(&number).name(), "young_register");
    town.later(day("2019-01-04"));
    assert_eq!(town.why(&number).name(), "no_places_seen");
}

#[test]
fn no_places_seen() {
    let mut town = Town::opened("2018-01-05");
    let number = town.submits("2015-05-02");
    town.later(day("2020-01-05"));
    assert_eq!(town.why(&number), CannotTell::NoPlacesSeen {});
    assert_eq!(town.forecast(&number).basis.places, 0);
}

#[test]
fn thin_data_is_not_guessed_from() {
    let mut town = Town::opened("2018-01-05");
    let numbers: Vec<_> = (0..5).map(|_| town.submits("2015-05-02")).collect();
    for _ in 0..3 {
        town.places(2015, 1);
        town.later(town.today.plus_months(6));
    }
    let CannotTell::ThinData { samples, needed } = town.why(&numbers[3]) else {
        assert_eq!(town.why(&numbers[3]).name(), "thin_data");
        return;
    };
    assert!(samples < needed, "{samples} of {needed}");
}

#[test]
fn a_child_that_is_too_young_waits_for_its_birthday() {
    let mut town = growing();
    let baby = town.submits("2019-12-20");
    let old_enough = day("2021-12-20");
    let forecast = town.forecast(&baby);
    assert_eq!(forecast.basis.precedent, 2019);
    match (forecast.turn, forecast.cannot_tell) {
        (Some(turn), None) => assert!(turn.from >= old_enough, "{turn:?}"),
        (None, Some(_)) => {}
        both => assert_eq!(both, (None, None), "exactly one is there"),
    }
    // Some of those who are too young today are told a date, and none before the birthday.
    let forecasts = past_forecasts(&town.register, 50);
    let born = |number: &ApplicationNumber| {
        let book = town.register.book();
        book.application(book.holder(number).unwrap()).unwrap().child.born
    };
    let mut young = 0;
    for asked in &forecasts {
        let Some(turn) = asked.forecast.turn else { continue };
        let two = born(&asked.forecast.application).birthday(24);
        assert!(turn.from >= two && turn.from <= turn.to);
        young += u32::from(two.epoch() > asked.on);
    }
    assert!(young > 0, "of {} forecasts", forecasts.len());
}

#[test]
fn only_what_was_known_then_is_used() {
    let town = growing();
    let events: Vec<Event> = town.register.events().iter().map(|event| (**event).clone()).collect();
    let zone = town.register.policy().zone();
    let asked = past_forecasts(&town.register, 5);
    let mut months: Vec<_> = asked.iter().map(|asked| asked.on).collect();
    months.dedup();
    assert!(months.len() > 40, "{}", months.len());
    let mut told = 0;
    for month in months.into_iter().step_by(7) {
        let now = zone.midnight(super::day(month));
        let then =
            Register::replay(events.iter().filter(|event| event.at.is_none_or(|at| at <= now)).cloned());
        let then = then.unwrap();
        let forecaster = then.at(now).unwrap().forecaster().unwrap();
        for one in asked.iter().filter(|asked| asked.on == month) {
            assert_eq!(forecaster.of(&one.forecast.application).unwrap(), one.forecast);
            told += u32::from(one.forecast.turn.is_some());
        }
    }
    assert!(told > 0);
}

#[test]
fn equal_journals_give_equal_forecasts() {
    let (town, numbers) = steady();
    let again = Register::replay(town.register.events().iter().map(|event| (**event).clone())).unwrap();
    let forecaster = again.at(town.now()).unwrap().forecaster().unwrap();
    for number in &numbers {
        assert_eq!(forecaster.of(number).unwrap(), town.forecast(number));
        if forecaster.of(number).unwrap().turn.is_some() {
            break;
        }
    }
    let question = json!({ "view": "forecast", "application": numbers[43] });
    let now = town.now().to_string();
    let (one, other) = (town.register.ask_json(&question, &now), again.ask_json(&question, &now));
    assert_eq!(one.unwrap(), other.unwrap());
}

#[test]
fn a_turn_that_has_come_and_a_place_that_is_had() {
    let (mut town, numbers) = steady();
    town.told(&json!({
        "type": "publish_vacancy", "kindergarten": "bobek", "group_year": 2016, "language": "kk", "places": 1
    }));
    let turn = town.forecast(&numbers[43]).turn.unwrap();
    assert_eq!((turn.from, turn.to, turn.confidence, turn.samples), (town.today, town.today, 100, 0));
    assert_eq!(town.why(&numbers[0]).name(), "not_in_queue");
    // The turn is given up: its place is in free choice, for everybody of the line.
    town.told(&json!({ "type": "pass_turn", "application": numbers[43] }));
    assert_eq!(town.forecast(&numbers[60]).free_now, 1);
    assert_eq!(town.forecast(&numbers[0]).free_now, 0);
}

#[test]
fn while_every_clock_stands_nothing_is_told() {
    let (mut town, numbers) = steady();
    let authority = json!({ "kind": "department", "document": "order 1" });
    town.told(&json!({ "type": "pause", "reason": "works", "authority": authority }));
    assert_eq!(town.why(&numbers[43]), CannotTell::Paused {});
}

#[test]
fn an_unknown_number_is_not_found() {
    let (town, _) = steady();
    let error = town.register.at(town.now()).unwrap().forecast(&"UO.2018.999999.1".parse().unwrap());
    assert_eq!(error.unwrap_err().code(), crate::ErrorCode::NotFound);
}

#[test]
fn what_became_of_a_range() {
    let range: RangeInclusive<i32> = 10..=20;
    for (ended, until, expected) in [
        (Some((10, Step::Turn)), 30, Came::InRange),
        (Some((20, Step::Turn)), 30, Came::InRange),
        (Some((9, Step::Turn)), 30, Came::Earlier),
        (Some((21, Step::Turn)), 30, Came::Later),
        (Some((21, Step::Out)), 30, Came::Later),
        (Some((20, Step::Out)), 30, Came::Left),
        (Some((5, Step::Referred)), 30, Came::Left),
        (None, 21, Came::Later),
        (None, 20, Came::Open),
    ] {
        assert_eq!(came(&range, ended, until), expected, "{ended:?} until {until}");
    }
}

#[test]
fn a_steady_line_backtests_well() {
    let (town, _) = steady();
    let tested = backtest(town.register.events().iter().map(|event| (**event).clone()), 50).unwrap();
    let all = tested.all;
    assert_eq!(tested.asked_on.first(), Some(&day("2019-02-01")));
    assert_eq!(all.asked, all.held + all.earlier + all.later + all.left + all.open + all.cannot_tell);
    assert!(all.held > 50 && all.held_percent >= Some(90), "{all:?}");
    let told: u32 = tested.horizons.iter().map(|horizon| horizon.counts.asked).sum();
    assert_eq!(told, all.asked - all.cannot_tell);
    assert_eq!(tested.cannot_tell.values().sum::<u32>(), all.cannot_tell);
}

//! A town of so many live applications, made by its own commands.

use kezek::{
    Action, ApplicationNumber, Child, Day, Error, GroupYear, Language, Moment, Outcome, Policy, Register,
};

use crate::Failure;

/// A prime: leaps over a list in which no neighbours are met.
pub const LEAP: usize = 7_919;

/// The birth years of the children, a quarter in each: old enough for a place, and not yet for school.
pub const YEARS: [GroupYear; 4] = [2012, 2013, 2014, 2015];

/// One application in so many has a benefit: of five kinds, in turn.
const ONE_IN: usize = 8;
const BENEFITS: [&str; 5] =
    ["disabled-parent", "no-parental-care", "orphan", "large-family", "veteran-equated"];

/// The most places that one vacancy may have.
const PLACES: usize = 999;

/// Up to so many applications the town keeps its history: of more, it is no longer what is measured.
const WITH_HISTORY: usize = 1_000_000;

/// A settlement under `akmola-2018`: one application a second since 3 January 2018, and nothing else yet.
#[derive(Clone, Debug)]
pub struct Town {
    /// Its register, with everything settled up to `now`.
    pub register: Register,
    /// When the last application came.
    pub now: Moment,
    /// The numbers of its applications, in their order.
    pub numbers: Vec<ApplicationNumber>,
}

impl Town {
    /// Of so many live applications.
    ///
    /// # Errors
    /// Where the register does not take an application.
    pub fn of(live: usize) -> Result<Town, Failure> {
        let mut now: Moment = "2018-01-03T09:00:00+06:00".parse()?;
        let mut register = Register::new(Policy::named("akmola-2018")?)?;
        let mut numbers = Vec::with_capacity(live);
        for at in 0..live {
            now = now.plus_seconds(1);
            let outcome = register.apply(application(at)?, now)?;
            let number = outcome.events.iter().find_map(|event| event.fact.application());
            numbers.push(number.ok_or("an application is not taken")?.clone());
            if live > WITH_HISTORY && at % PLACES == 0 {
                drop(register.leave_history());
            }
        }
        Ok(Town { register, now, numbers })
    }

    /// So many numbers, in no order that a cache could know.
    #[must_use]
    pub fn some(&self, count: usize) -> Vec<ApplicationNumber> {
        self.numbers.iter().cycle().step_by(LEAP).take(count).cloned().collect()
    }

    /// The applications of the first group year, in their order.
    pub fn of_one_year(&self) -> impl Iterator<Item = &ApplicationNumber> + Clone {
        self.numbers.iter().step_by(YEARS.len())
    }

    /// What happens next, on a copy.
    #[must_use]
    pub fn story(&self) -> Story {
        Story { register: self.register.clone(), now: self.now }
    }
}

/// A town in which something goes on.
#[derive(Clone, Debug)]
pub struct Story {
    /// Its register.
    pub register: Register,
    /// Its clock.
    pub now: Moment,
}

impl Story {
    /// The commands that publish so many places, in vacancies of one group year after another, all at one moment.
    ///
    /// # Errors
    /// Never: the kindergarten has a name.
    pub fn publications(places: usize, years: &[GroupYear]) -> Result<Vec<Action>, Failure> {
        let vacancies = places.div_ceil(PLACES);
        let of = |(at, year): (usize, &GroupYear)| {
            let places = places.saturating_sub(at * PLACES).min(PLACES);
            Ok(Action::PublishVacancy {
                kindergarten: "bobek".parse()?,
                group_year: *year,
                language: Language::Kk,
                places: i64::try_from(places)?,
                kind: None,
            })
        };
        years.iter().cycle().take(vacancies).enumerate().map(of).collect()
    }

    /// Publishes places, and gives the turns for them at once. What each command brought.
    ///
    /// # Errors
    /// Where the register does not answer.
    pub fn publish(&mut self, publications: Vec<Action>) -> Result<Vec<Outcome>, Error> {
        publications.into_iter().map(|one| self.register.apply(one, self.now)).collect()
    }

    /// Goes on to the next deadline: everything that falls on it happens.
    ///
    /// # Errors
    /// Where there is none.
    pub fn to_the_next_deadline(&mut self) -> Result<Moment, Failure> {
        let deadline = self.register.next_deadline().ok_or("no deadline")?;
        self.now = deadline.at;
        Ok(self.now)
    }
}

/// The application that comes after so many others.
fn application(at: usize) -> Result<Action, Failure> {
    let year = YEARS.get(at % YEARS.len()).copied().unwrap_or(2012);
    let day = i32::try_from(at / YEARS.len() % 365)?;
    let born = Day::new(i32::from(year), 1, 1).ok_or("no day")?.plus_days(day);
    let benefit = at.is_multiple_of(ONE_IN).then(|| BENEFITS.get(at / ONE_IN % BENEFITS.len())).flatten();
    Ok(Action::Submit {
        applicant: format!("p:parent-{at}").parse()?,
        child: Child { iin: format!("p:child-{at}").parse()?, born },
        benefit: benefit.map(|name| name.parse()).transpose()?,
        documents: benefit.map(|_| 1),
        channel: None,
        channel_number: None,
        application: None,
    })
}

//! Asking: every view of a register, at a moment at which it is settled. Nothing here changes anything.

mod application;
mod card;
mod explain;
#[cfg(test)]
mod explain_tests;
mod forecast;
mod history;
mod message;
mod operator;
mod permission;
mod proof;
mod public;
mod staff;
mod told;

use std::sync::Arc;

pub use application::{PositionRow, PositionView};
pub use explain::{ChangeCause, ChangePart, NumberChange, PositionChange};
pub use forecast::{
    Backtest, BacktestCounts, Calibration, CannotTell, Forecast, ForecastBasis, ForecastHorizon,
    ForecastTurn, Forecaster, backtest,
};
pub use history::{DocumentKind, DocumentView};
pub use message::{Contact, Message};
pub use operator::{OverrideRow, PolicyEffect};
pub use proof::Prover;
pub use public::{QueueRow, Rounding};
pub use staff::{EnrolledRow, ReferralView, VacancyFilter, VacancyRow};

use crate::application::Application;
use crate::error::ErrorCode;
use crate::{ApplicationNumber, Error, Event, Moment, Register, Which};

/// A settled register at a moment: what may be asked. From [`Register::at`].
///
/// ```
/// # use kezek::{Action, Child, Policy, Register};
/// # let mut register = Register::new(Policy::named("akmola-2018")?)?;
/// # let child = Child { iin: "p:child-1".parse()?, born: "2015-05-02".parse()? };
/// # let submit = Action::Submit { applicant: "p:parent-1".parse()?, child, benefit: None, documents: None,
/// #     channel: None, channel_number: None, application: None };
/// let now = "2018-01-10T09:00:00+06:00".parse()?;
/// let _ = register.apply(submit, now)?.accepted()?;
/// let position = register.at(now)?.position(&"UO.2018.000001.1".parse()?)?;
/// assert_eq!((position.number, position.in_benefit), (1, 0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    register: &'a Register,
    now: Moment,
}

impl Register {
    /// What may be asked at a moment.
    ///
    /// # Errors
    /// [`ErrorCode::NotSettled`] while something is due by `now` (call [`Register::advance`] first);
    /// [`ErrorCode::ClockMovedBack`], [`ErrorCode::OutsideCalendar`].
    pub fn at(&self, now: Moment) -> Result<View<'_>, Error> {
        self.check_settled(now)?;
        Ok(View { register: self, now })
    }
}

impl<'a> View<'a> {
    /// The application of that number; its holder too.
    fn find(self, number: &ApplicationNumber) -> Result<(u32, &'a Application), Error> {
        self.find_which(&Which::Application(number.clone()))
    }

    fn find_which(self, which: &Which) -> Result<(u32, &'a Application), Error> {
        let found = self.register.find(which);
        found.and_then(|holder| Some((holder, self.register.application(holder)?))).ok_or_else(|| {
            let (path, found) = match which {
                Which::Referral(number) => ("referral", number.to_string()),
                Which::Application(number) => ("application", number.to_string()),
                Which::Child(child) => ("child", format!("{child:?}")),
            };
            Error::new(ErrorCode::NotFound, path, "one that is in the register", found)
        })
    }

    /// All applications with their holders.
    fn applications(self) -> impl Iterator<Item = (u32, &'a Application)> {
        (0..).zip(&self.register.book().applications)
    }

    /// The history of an application (История изменений / өзгерістер тарихы), complete, R25.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`], at `events` where the host keeps them.
    pub fn history(self, number: &ApplicationNumber) -> Result<Vec<&'a Arc<Event>>, Error> {
        let (_, application) = self.find(number)?;
        let own = |event: &&Arc<Event>| event.fact.application() == Some(&application.number);
        Ok(self.register.whole_history()?.iter().filter(own).collect())
    }
}

/// A part of a list: `limit` rows after `offset` of them.
fn page<T>(rows: impl Iterator<Item = T>, offset: usize, limit: usize) -> Vec<T> {
    rows.skip(offset).take(limit).collect()
}

//! The second door: one application, and what the rules need to know around it.
//!
//! A card asks and acts through the same rules as the register: [`Application::judge`], its facts, and how it
//! takes them in. What others do is beyond it, so it says until when it is good.

mod act;
mod button;
mod desk;
#[cfg(test)]
mod desk_tests;
mod effect;
#[cfg(test)]
mod filled_tests;
mod follow;
mod offer;
mod order;
mod permission;
mod read;
mod row;
#[cfg(test)]
mod row_tests;
mod sound;
#[cfg(test)]
mod tests;

use std::sync::Arc;

pub use act::{Called, CardOutcome};
pub use button::ButtonRow;
pub use desk::{Desk, Filed, Registration};
pub use effect::Effect;
pub use offer::{FreePlaces, LinePlaces, Offer};
pub use order::order_key;
pub use permission::Permission;
pub use row::{CardDetails, CardRow};

use crate::application::Application;
use crate::application::judge::Around;
use crate::command::About;
use crate::error::ErrorCode;
use crate::policy::Clock;
use crate::sorted;
use crate::{
    Actor, ApplicationNumber, ApplicationView, Calendar, Command, DeadlineView, Denial, DenialReason, Error,
    Moment, Policy, ReferralNumber, VacancyId, Which,
};

/// One application and what the rules need to know around it: for pages, and for portals that keep their own
/// rows.
///
/// A register makes one ([`View::card`](crate::View::card)), or a portal fills one from its rows
/// ([`CardRow`]). It says what the register would say at its [`revision`](Card::revision), for every `now`
/// before [`valid_until`](Card::valid_until): the first moment at which something of anybody else falls due. A
/// command of anybody else makes it old at once, as the revision tells.
///
/// A portal stores [`row`](Card::row)`().application` and `.details` as they are; policy, calendar, vacancies,
/// places, revision and `valid_until` it takes fresh from its own rows whenever it makes a card.
///
/// ```
/// use kezek::{Action, Child, Policy, Register};
/// let mut register = Register::new(Policy::named("akmola-2018")?)?;
/// # let submit = Action::Submit {
/// #     applicant: "p:parent-1".parse()?,
/// #     child: Child { iin: "p:child-1".parse()?, born: "2015-05-02".parse()? },
/// #     benefit: None, documents: None, channel: None, channel_number: None, application: None,
/// # };
/// let now = "2018-01-10T09:00:00+06:00".parse()?;
/// let _ = register.apply(submit, now)?.accepted()?;
///
/// // The page gets the card as JSON, and knows which buttons to show without asking again.
/// let json = serde_json::to_value(register.at(now)?.card(&"UO.2018.000001.1".parse()?)?)?;
/// let card = kezek::Card::from_json(&json)?;
/// let withdraw = card.permissions("2018-01-11T10:00:00+06:00".parse()?, None)?
///     .into_iter().find(|row| row.action == "withdraw").ok_or("a row")?;
/// assert!(withdraw.allowed);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
#[doc(alias = "карточка заявления", alias = "өтініш карточкасы")]
pub struct Card {
    application: Application,
    line: Line,
    rules: Rules,
    revision: u64,
    /// The last moment that it has seen.
    now: Option<Moment>,
    valid_until: Option<Moment>,
}

/// What stands around the application.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// Another application with which the child is enrolled.
    pub(crate) enrolled_with: Option<ApplicationNumber>,
    /// The number that its next referral gets; none when there is none left.
    pub(crate) next_referral: Option<ReferralNumber>,
    /// All places of its line together.
    pub(crate) places: LinePlaces,
    /// The vacancies that it can be asked about, in order of their numbers.
    pub(crate) offers: Vec<Offer>,
    /// Where the line's cycle of benefit shares stands (F11).
    pub(crate) cycle: u32,
}

/// The rules that hold.
#[derive(Clone, Debug)]
pub(crate) struct Rules {
    pub(crate) policy: Arc<Policy>,
    pub(crate) calendar: Calendar,
    /// Since when the policy holds without a pause, where that is not from the beginning.
    pub(crate) since: Option<Moment>,
    pub(crate) paused: bool,
}

impl Rules {
    pub(crate) fn clock(&self) -> Clock<'_> {
        Clock { policy: &self.policy, calendar: &self.calendar, since: self.since }
    }

    pub(crate) fn denials(&self, reasons: Vec<DenialReason>) -> Vec<Denial> {
        let policy: Arc<str> = self.policy.name().into();
        let name = |reason: DenialReason| Denial { rule: reason.rule(), policy: Arc::clone(&policy), reason };
        reasons.into_iter().map(name).collect()
    }
}

impl Card {
    pub(crate) fn new(
        application: Application,
        line: Line,
        rules: Rules,
        (revision, now, valid_until): (u64, Option<Moment>, Option<Moment>),
    ) -> Card {
        Card { application, line, rules, revision, now, valid_until }
    }

    /// The application as it stands.
    #[must_use]
    pub fn application(&self) -> ApplicationView {
        ApplicationView::of(&self.application)
    }

    /// The policy that it asks.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.rules.policy
    }

    /// The revision of the register that it tells of.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The first moment at which it may no longer be right; none when nothing of anybody else falls due.
    #[must_use]
    pub fn valid_until(&self) -> Option<Moment> {
        self.valid_until
    }

    /// What the application does by itself, the earliest first.
    ///
    /// # Errors
    /// As [`Card::check`], without those of a command.
    ///
    /// ```
    /// # use kezek::{Action, Child, Policy, Register};
    /// # let mut register = Register::new(Policy::named("aktobe-2018")?)?;
    /// # let now = "2018-07-31T17:29:09+05:00".parse()?;
    /// # let _ = register.apply(Action::Submit {
    /// #     applicant: "p:parent-1".parse()?,
    /// #     child: Child { iin: "p:child-1".parse()?, born: "2017-05-02".parse()? },
    /// #     benefit: None, documents: None, channel: None, channel_number: None, application: None,
    /// # }, now)?.accepted()?;
    /// let card = register.at(now)?.card(&"UO.2018.000001.1".parse()?)?;
    /// let first = &card.deadlines(now)?[0];
    /// assert_eq!((first.brings, first.rule.to_string().as_str()), ("closed", "R31"));
    /// assert_eq!(first.at, "2019-08-01T00:00:00+05:00".parse()?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn deadlines(&self, now: Moment) -> Result<Vec<DeadlineView>, Error> {
        self.check_settled(now)?;
        // While every clock stands nothing falls due.
        if self.rules.paused {
            return Ok(Vec::new());
        }
        let own = self.application.deadlines(self.rules.clock());
        let birthday = self.birthday(now).map(|at| DeadlineView::birthday(at, &self.application.number));
        Ok(sorted::by(own.chain(birthday).collect(), |deadline| (deadline.at.unix(), 0)))
    }

    /// What stands against a command on this application: nothing, or every unmet condition. It changes
    /// nothing.
    ///
    /// The commands are those of the parents, the staff and the department that name an application. One that
    /// names the child means this application: which of a child's applications it is, the host knows (R69). A
    /// choice is judged by the vacancy's row on the card ([`Card::with_offer`] adds one).
    ///
    /// # Errors
    /// [`ErrorCode::Malformed`] for another command; [`ErrorCode::NotFound`] for another application, or a
    /// vacancy that is not on the card; [`ErrorCode::StaleRevision`]; [`ErrorCode::OutsideCalendar`];
    /// [`ErrorCode::ClockMovedBack`]; [`ErrorCode::NotSettled`] while something is due by `now`: at `now` when it
    /// is the application's own (call [`Card::advance`]), at `valid_until` when it is somebody else's (make a
    /// new card); [`ErrorCode::NumbersExhausted`] for a hundredth referral.
    pub fn check(&self, command: impl Into<Command>, now: Moment) -> Result<Vec<Denial>, Error> {
        let command = command.into();
        let asked = self.asked(&command)?;
        check_revision(&command, self.revision)?;
        self.check_settled(now)?;
        let reasons = self.judge(&command, &asked, now);
        if reasons.is_empty() {
            self.possible(&asked)?;
        }
        Ok(self.rules.denials(reasons))
    }

    /// What may be done with the application now, one row for each command that names it, in the order of the
    /// command table; with `by`, for that person. Other fields of a command are taken as right, and no
    /// signature is asked.
    ///
    /// # Errors
    /// As [`Card::check`], without those of a command.
    pub fn permissions(&self, now: Moment, by: Option<&Actor>) -> Result<Vec<Permission>, Error> {
        self.check_settled(now)?;
        Ok(self.permitted(now, by, None))
    }

    /// What its place in line is to a database: see [`order_key`].
    #[must_use]
    pub fn order_key(&self) -> Option<String> {
        let Application { registered_at, serial, benefit, .. } = &self.application;
        order_key(*registered_at, *serial, benefit.as_ref(), &self.rules.policy)
    }

    /// The same card with another vacancy on it, or with a newer row of one.
    #[must_use]
    pub fn with_offer(mut self, offer: Offer) -> Card {
        self.line.offers.retain(|other| other.vacancy != offer.vacancy);
        let at = self.line.offers.partition_point(|other| other.vacancy < offer.vacancy);
        self.line.offers.insert(at, offer);
        self
    }

    /// What a command names: that it is this application, and the vacancy of a choice.
    fn asked(&self, command: &Command) -> Result<Asked, Error> {
        let About::Application(which) = command.action.about() else {
            let expected = "a command of a parent, of staff or of the department on one application";
            return Err(Error::malformed("type", expected, command.action.name()));
        };
        let number = self.names(&which)?;
        let vacancy = command.action.vacancy();
        if let Some(id) = vacancy
            && self.offer(id).is_none()
        {
            return Err(Error::new(
                ErrorCode::NotFound,
                "vacancy",
                "one that is on the card",
                id.to_string(),
            ));
        }
        Ok(Asked { referral: number, vacancy })
    }

    /// The referral that is meant, where it is named; an error when it is another application's.
    fn names(&self, which: &Which) -> Result<Option<ReferralNumber>, Error> {
        let own = &self.application;
        let (is_own, path, found) = match which {
            Which::Application(number) => (*number == own.number, "application", number.to_string()),
            Which::Child(child) => (*child == own.child.iin, "child", format!("{child:?}")),
            Which::Referral(number) => (own.was_issued(*number), "referral", number.to_string()),
        };
        match which {
            _ if !is_own => Err(Error::new(ErrorCode::NotFound, path, "the card's application", found)),
            Which::Referral(number) => Ok(Some(*number)),
            Which::Application(_) | Which::Child(_) => Ok(None),
        }
    }

    fn offer(&self, id: VacancyId) -> Option<&Offer> {
        self.line.offers.iter().find(|offer| offer.vacancy == id)
    }

    fn judge(&self, command: &Command, asked: &Asked, now: Moment) -> Vec<DenialReason> {
        let around = Around {
            asked: asked.referral,
            enrolled_with: self.line.enrolled_with.clone(),
            vacancy: asked.vacancy.and_then(|id| self.offer(id)).map(Offer::places),
        };
        let own = self.application.judge(command, &around, self.rules.clock(), now);
        self.rules.paused.then_some(DenialReason::Paused).into_iter().chain(own).collect()
    }

    /// What may stand in the way of a command although no rule does.
    fn possible(&self, asked: &Asked) -> Result<(), Error> {
        if asked.vacancy.is_some() && self.line.next_referral.is_none() {
            let (expected, found) = ("99 of one application at the most", "one more");
            return Err(Error::new(ErrorCode::NumbersExhausted, "referral", expected, found));
        }
        Ok(())
    }

    fn check_clock(&self, now: Moment) -> Result<(), Error> {
        self.rules.clock().check(now, self.now)?;
        match self.valid_until {
            Some(until) if until <= now => {
                let zone = self.rules.policy.zone();
                let expected = format!("a moment before {}, or a new card", until.in_zone(zone));
                Err(Error::new(ErrorCode::NotSettled, "valid_until", expected, now.in_zone(zone).to_string()))
            }
            Some(_) | None => Ok(()),
        }
    }

    fn check_settled(&self, now: Moment) -> Result<(), Error> {
        self.check_clock(now)?;
        match self.next_due() {
            Some(due) if due <= now => {
                let zone = self.rules.policy.zone();
                let expected = format!("advance({})", now.in_zone(zone));
                let found = format!("something due at {}", due.in_zone(zone));
                Err(Error::new(ErrorCode::NotSettled, "now", expected, found))
            }
            Some(_) | None => Ok(()),
        }
    }
}

/// What a command on a card names.
struct Asked {
    referral: Option<ReferralNumber>,
    vacancy: Option<VacancyId>,
}

/// Whether a command was meant for what stands now.
fn check_revision(command: &Command, revision: u64) -> Result<(), Error> {
    match command.expected_revision {
        Some(expected) if expected != revision => {
            let (expected, found) = (format!("revision {expected}"), format!("revision {revision}"));
            Err(Error::new(ErrorCode::StaleRevision, "expected_revision", expected, found))
        }
        Some(_) | None => Ok(()),
    }
}

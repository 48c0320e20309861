//! What falls due: each with the rule that sets it and the event that it brings.

use serde::Serialize;
use serde_json::Value;

use super::Application;
use crate::fields::Fields;
use crate::policy::{Clock, Reminder};
use crate::{ApplicationNumber, Error, Moment, Rule};

/// What an application does by itself, and when, if nothing is commanded before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Due {
    AgeLimit,
    Interest,
    Turn,
    Proof,
    Referral,
    StopList,
    Inactive,
    Reminder(Reminder),
}

impl Due {
    /// The rule that sets the deadline.
    pub(crate) fn rule(self) -> Rule {
        match self {
            Due::AgeLimit => Rule::o(28),
            Due::Interest => Rule::r(31),
            Due::Turn => Rule::r(40),
            Due::Referral => Rule::r(47),
            Due::StopList => Rule::r(48),
            Due::Proof => Rule::f(18),
            Due::Inactive => Rule::f(26),
            Due::Reminder(_) => Rule::o(24),
        }
    }

    /// The fact that it brings.
    pub(crate) fn brings(self) -> &'static str {
        match self {
            Due::AgeLimit | Due::Interest | Due::Inactive => "closed",
            Due::Turn => "turn_lapsed",
            Due::Referral | Due::Proof => "referral_expired",
            Due::Reminder(_) => "reminder_due",
            Due::StopList => "stop_list_ended",
        }
    }
}

/// A deadline: a moment at which the register will record something if nothing is commanded before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DeadlineView {
    /// When.
    pub at: Moment,
    /// The rule that sets it.
    pub rule: Rule,
    /// Whose it is; none for places that open.
    pub application: Option<ApplicationNumber>,
    /// A year of the calendar that is only projected was counted.
    pub projected: bool,
    /// The event that it brings.
    pub brings: &'static str,
}

/// The events that deadlines bring.
const BRINGS: [&str; 8] = [
    "closed",
    "turn_lapsed",
    "referral_expired",
    "reminder_due",
    "stop_list_ended",
    "turn_came",
    "seats_opened",
    "policy_changed",
];

impl DeadlineView {
    /// A deadline out of its JSON, as a page or a host kept it: for [`Texts::deadline`](crate::Texts::deadline).
    ///
    /// # Errors
    /// [`ErrorCode::Malformed`](crate::ErrorCode::Malformed), with the path of the field.
    pub fn from_json(value: Value) -> Result<DeadlineView, Error> {
        let mut from = Fields::of(value, "a deadline")?;
        let named: String = from.need("brings")?;
        let known = BRINGS.into_iter().find(|brings| *brings == named);
        let brings = known.ok_or_else(|| {
            Error::malformed("brings", format!("one of {}", BRINGS.join(", ")), format!("{named:?}"))
        })?;
        let deadline = DeadlineView {
            at: from.need("at")?,
            rule: from.need("rule")?,
            application: from.may("application")?,
            projected: from.need("projected")?,
            brings,
        };
        from.end()?;
        Ok(deadline)
    }

    /// The birthday on which a child becomes old enough to be called (R36).
    pub(crate) fn birthday(at: Moment, number: &ApplicationNumber) -> DeadlineView {
        let application = Some(number.clone());
        DeadlineView { at, rule: Rule::r(36), application, projected: false, brings: "turn_came" }
    }
}

impl Application {
    /// Its own deadlines, as others see them, in no order: what is due of it, and its interest, which is judged
    /// after its return (O22).
    pub(crate) fn deadlines<'a>(&'a self, clock: Clock<'a>) -> impl Iterator<Item = DeadlineView> + 'a {
        let after_return = self.interest_after_return(clock).map(|at| (at, Due::Interest));
        self.dues(clock).chain(after_return).map(|(at, due)| self.deadline(at, due))
    }

    /// What is due of it, as others see it.
    pub(crate) fn deadline(&self, at: Moment, due: Due) -> DeadlineView {
        DeadlineView {
            at,
            rule: due.rule(),
            application: Some(self.number.clone()),
            projected: self.projected(due),
            brings: due.brings(),
        }
    }
}

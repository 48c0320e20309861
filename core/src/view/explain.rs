//! Why a number changed: its change between two moments, split exactly into what caused it.
//!
//! Every event between the two is taken in again, and the three numbers are compared before and after it. What
//! differs is the work of that event alone; so the parts always sum to the change, under every policy.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::View;
use crate::error::ErrorCode;
use crate::sorted;
use crate::{ApplicationNumber, CloseReason, Error, Event, Fact, Moment, Register};

/// Why the numbers of an application changed between two moments: «Почему изменился номер в очереди» /
/// «Кезек нөмірі неге өзгерді» (R26, R42, F13). It holds no personal data, and of other applications only the
/// numbers of events and how many there were.
///
/// ```
/// use kezek::{Action, ChangeCause, Child, Policy, Register};
/// let mut register = Register::new(Policy::named("akmola-2018")?)?;
/// for (n, at) in [(1, "2018-01-10T09:00:00+06:00"), (2, "2018-01-10T09:05:00+06:00")] {
///     let child = Child { iin: format!("p:child-{n}").parse()?, born: "2015-05-02".parse()? };
///     let submit = Action::Submit { applicant: "p:parent".parse()?, child, benefit: None, documents: None,
///         channel: None, channel_number: None, application: None };
///     let _ = register.apply(submit, at.parse()?)?.accepted()?;
/// }
/// let (then, now) = ("2018-01-11T09:00:00+06:00".parse()?, "2018-01-12T09:00:00+06:00".parse()?);
/// let _ = register.apply(Action::Withdraw { application: "UO.2018.000001.1".parse()? }, now)?.accepted()?;
///
/// let why = register.at(now)?.explain_position(&"UO.2018.000002.1".parse()?, then, now)?;
/// assert_eq!((why.number.before, why.number.after, why.number.change), (2, 1, -1));
/// assert_eq!(why.number.causes[0].cause, ChangeCause::LeftWithdrawn);
/// assert_eq!(why.number.causes[0].events, [4]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[doc(alias = "номер очереди", alias = "кезек нөмірі")]
pub struct PositionChange {
    /// Which application.
    pub application: ApplicationNumber,
    /// After all that happened up to then.
    pub from: Moment,
    /// After all that happened up to then.
    pub to: Moment,
    /// City-wide, by registration.
    pub number: NumberChange,
    /// In its group year, in the order of service.
    pub in_group_year: NumberChange,
    /// Among those with the same benefit; 0 without one.
    pub in_benefit: NumberChange,
}

/// How one number changed, and what made it so.
///
/// INVARIANT (the parts are the whole): `before` and the changes of all `causes` sum to `after`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NumberChange {
    /// The number at the earlier moment; 0 where the application did not count, or was not there yet.
    pub before: u32,
    /// The number at the later moment; 0 where it does not count.
    pub after: u32,
    /// `after` less `before`: below 0 is nearer to the front.
    pub change: i64,
    /// The parts of the change: one for each cause, reason and direction, in the order of [`ChangeCause`]; of
    /// one cause what moved it forward comes first.
    pub causes: Vec<ChangePart>,
}

/// A part of a change: all events of one cause that moved the number in one direction. What moved it forward
/// never hides what moved it back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangePart {
    /// What moved it.
    pub cause: ChangeCause,
    /// With [`ChangeCause::LeftClosed`] and [`ChangeCause::OwnLeft`]: why it was closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<CloseReason>,
    /// By how much, together; never 0.
    pub change: i64,
    /// How many events.
    pub count: usize,
    /// Their places in the journal (`seq`), the oldest first.
    pub events: Vec<u64>,
}

/// What moves a number. `own_…` is about the application itself; `left_…` and `joined_…` about others that went
/// from before it or came before it, in the order that the number counts.
///
/// Under shares (F11) one applicant who comes or goes can move the number in the group year by more than one:
/// the slots of the cycle are dealt anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ChangeCause {
    /// It was registered: from 0.
    OwnRegistered,
    /// It was taken over from a running portal: from 0.
    OwnImported,
    /// It was reinstated: from 0.
    OwnReinstated,
    /// Its enrolment was voided, it is in the queue again: from 0.
    OwnReturned,
    /// Its benefit was changed.
    OwnBenefitChanged,
    /// Its benefit was not proved in time (F18).
    OwnBenefitLost,
    /// An operator corrected its line or its benefit.
    OwnCorrected,
    /// It was enrolled: to 0 (O34).
    OwnEnrolled,
    /// It was closed, with the reason: to 0.
    OwnLeft,
    /// Somebody before it was enrolled (F13, O34).
    LeftEnrolled,
    /// Somebody before it left the queue by his own wish.
    LeftWithdrawn,
    /// Somebody before it was closed for another reason, which stands beside it.
    LeftClosed,
    /// Somebody's benefit was changed or lost: he no longer stands before it, or no longer has the same benefit.
    LeftBenefitChanged,
    /// Somebody was corrected by an operator: into another line, or behind it.
    LeftCorrected,
    /// Somebody registered and stands before it, for his benefit.
    JoinedRegistered,
    /// Somebody was taken over whose registration, or benefit, puts him before it.
    JoinedImported,
    /// Somebody before it was reinstated.
    JoinedReinstated,
    /// Somebody before it is in the queue again: an enrolment was voided.
    JoinedReturned,
    /// Somebody's benefit was changed or lost: he now stands before it, or has the same benefit.
    JoinedBenefitChanged,
    /// Somebody was corrected by an operator: into its line, or before it.
    JoinedCorrected,
    /// A turn was given, and the cycle of its line moved on (F11).
    TurnsGiven,
    /// Other rules order the line from then on.
    PolicyChanged,
}

impl ChangeCause {
    /// What a fact moves a number by, and why an application was closed where that is it; `None` for a fact that
    /// moves nobody's. `own`: it is about the application whose number it is; `back`: that number grew.
    fn of(fact: &Fact, own: bool, back: bool) -> Option<(ChangeCause, Option<CloseReason>)> {
        use ChangeCause as Cause;
        let whose = |its_own: Cause, others: Cause| if own { its_own } else { others };
        let either = |left: Cause, joined: Cause| if back { joined } else { left };
        let mut reason = None;
        let cause = match fact {
            // One more in the queue, by registration behind all others, by benefit perhaps before them.
            Fact::Registered { .. } => whose(Cause::OwnRegistered, Cause::JoinedRegistered),
            // One more, in the place of its old registration.
            Fact::Imported(_) => whose(Cause::OwnImported, Cause::JoinedImported),
            // A closed one counts again, in its old place.
            Fact::Reinstated { .. } => whose(Cause::OwnReinstated, Cause::JoinedReinstated),
            // An enrolled one counts again, in its old place.
            Fact::EnrolmentVoided { .. } => whose(Cause::OwnReturned, Cause::JoinedReturned),
            // Another class, and another count by benefit.
            Fact::BenefitChanged { .. } => whose(
                Cause::OwnBenefitChanged,
                either(Cause::LeftBenefitChanged, Cause::JoinedBenefitChanged),
            ),
            // F18: back to the general place, out of the count by benefit.
            Fact::BenefitLost { .. } => {
                whose(Cause::OwnBenefitLost, either(Cause::LeftBenefitChanged, Cause::JoinedBenefitChanged))
            }
            // Another line, another class, another count by benefit.
            Fact::Corrected { .. } => {
                whose(Cause::OwnCorrected, either(Cause::LeftCorrected, Cause::JoinedCorrected))
            }
            // O34: the queue moves at enrolment.
            Fact::Enrolled { .. } => whose(Cause::OwnEnrolled, Cause::LeftEnrolled),
            // Out of the queue for good. (A child that has departed counted no more before.)
            Fact::Closed { reason: why, .. } => {
                let withdrawn = !own && *why == CloseReason::Withdrawn;
                reason = Some(*why).filter(|_| !withdrawn);
                whose(Cause::OwnLeft, if withdrawn { Cause::LeftWithdrawn } else { Cause::LeftClosed })
            }
            // F11: a turn in its slot moves the cycle of the line.
            Fact::TurnCame { .. } => Cause::TurnsGiven,
            // O30: another order of service.
            Fact::PolicyChanged { .. } => Cause::PolicyChanged,
            // R42, O10-O12, O34: a turn, a referral and the stop-list leave everybody where he stands, and so
            // does what is about places, persons, terms and clocks alone. One whose departure is voided is
            // enrolled again, and counts neither before nor after.
            Fact::Opened { .. }
            | Fact::BenefitProved { .. }
            | Fact::InterestConfirmed { .. }
            | Fact::ParentLinked { .. }
            | Fact::VacancyPublished { .. }
            | Fact::TurnLapsed { .. }
            | Fact::SeatsOpened { .. }
            | Fact::TurnMoved { .. }
            | Fact::SeatReturned { .. }
            | Fact::ReferralIssued { .. }
            | Fact::ReferralExtended { .. }
            | Fact::ReferralRecalled { .. }
            | Fact::ReferralExpired { .. }
            | Fact::ReminderDue { .. }
            | Fact::MadeInactive { .. }
            | Fact::Restored { .. }
            | Fact::StopListed { .. }
            | Fact::StopListEnded { .. }
            | Fact::Visited { .. }
            | Fact::Refused { .. }
            | Fact::RefusalUpheld { .. }
            | Fact::RefusalOverturned { .. }
            | Fact::Departed { .. }
            | Fact::ReferralVoided { .. }
            | Fact::DepartureVoided { .. }
            | Fact::PlacesWithdrawn { .. }
            | Fact::ParentUnlinked { .. }
            | Fact::PolicyAnnounced { .. }
            | Fact::CalendarChanged { .. }
            | Fact::Paused {}
            | Fact::Resumed { .. }
            | Fact::DeadlineMoved { .. } => return None,
        };
        Some((cause, reason))
    }
}

impl NumberChange {
    fn from(before: u32) -> NumberChange {
        NumberChange { before, after: before, ..NumberChange::default() }
    }

    /// The number after an event. What it moved is put down to that event.
    fn moved(&mut self, after: u32, event: &Event, own: bool) {
        let change = i64::from(after) - i64::from(self.after);
        let why = ChangeCause::of(&event.fact, own, change > 0).filter(|_| change != 0);
        let Some((cause, reason)) = why else { return };
        self.after = after;
        self.change += change;
        let same = |part: &&mut ChangePart| {
            (part.cause, part.reason, part.change > 0) == (cause, reason, change > 0)
        };
        if let Some(part) = self.causes.iter_mut().find(same) {
            part.change += change;
            part.count += 1;
            part.events.push(event.seq);
        } else {
            self.causes.push(ChangePart { cause, reason, change, count: 1, events: vec![event.seq] });
        }
    }

    fn in_order(mut self) -> NumberChange {
        // By cause, then by reason, then those that moved it forward.
        self.causes = sorted::by(self.causes, |part| {
            let reason = part.reason.map_or(0, |reason| reason as u32 + 1);
            (part.cause as i64, 2 * reason + u32::from(part.change > 0))
        });
        self
    }
}

impl PositionChange {
    /// The same out of a whole journal that a host keeps, with the calendar of Kazakhstan. With a calendar of
    /// the host's own: [`Register::replay_with`], then [`PositionChange::in_register`].
    ///
    /// # Errors
    /// As [`Register::replay`] and [`View::explain_position`]; [`ErrorCode::NotSettled`] also for a journal that
    /// ends before what fell due up to `to`.
    pub fn of(
        events: impl IntoIterator<Item = impl Into<Arc<Event>>>,
        application: &ApplicationNumber,
        from: Moment,
        to: Moment,
    ) -> Result<PositionChange, Error> {
        PositionChange::in_register(&Register::replay(events)?, application, from, to)
    }

    /// The same in a register, whatever was due after `to`: [`View::explain_position`] asks for a settled one.
    ///
    /// # Errors
    /// As [`View::explain_position`].
    pub fn in_register(
        register: &Register,
        application: &ApplicationNumber,
        from: Moment,
        to: Moment,
    ) -> Result<PositionChange, Error> {
        if to < from {
            let in_zone = |at: Moment| at.in_zone(register.policy().zone()).to_string();
            return Err(Error::malformed("to", format!("{} or later", in_zone(from)), in_zone(to)));
        }
        register.check_settled_by("to", to)?;
        let (mut past, since) = register.past(from)?;
        let first = past.standing(application);
        let mut number = NumberChange::from(first.number);
        let mut in_group_year = NumberChange::from(first.in_group_year);
        let mut in_benefit = NumberChange::from(first.in_benefit);
        for event in since.iter().take_while(|event| event.moment() <= to) {
            if past.take_in(event) {
                let own = event.fact.application() == Some(application);
                let now = past.standing(application);
                number.moved(now.number, event, own);
                in_group_year.moved(now.in_group_year, event, own);
                in_benefit.moved(now.in_benefit, event, own);
            }
        }
        if !past.knows(application) {
            let expected = "one that was in the register by then";
            return Err(Error::new(ErrorCode::NotFound, "application", expected, application.to_string()));
        }
        Ok(PositionChange {
            application: application.clone(),
            from,
            to,
            number: number.in_order(),
            in_group_year: in_group_year.in_order(),
            in_benefit: in_benefit.in_order(),
        })
    }
}

impl View<'_> {
    /// Why the numbers of an application changed between two moments, each after all that happened up to it: the
    /// change of each number, split into causes that sum to it (R26, R42, F13).
    ///
    /// The history up to `to` is taken in once more; what that costs grows with its length alone.
    ///
    /// # Errors
    /// [`ErrorCode::Malformed`] at `to` when it lies before `from`; [`ErrorCode::NotSettled`] at `to` while
    /// something falls due by then (a `to` after now, for which nothing is due, is as good as now);
    /// [`ErrorCode::NotFound`] for an application that is not there by `to`.
    #[doc(alias = "номер очереди", alias = "кезек нөмірі")]
    pub fn explain_position(
        self,
        application: &ApplicationNumber,
        from: Moment,
        to: Moment,
    ) -> Result<PositionChange, Error> {
        PositionChange::in_register(self.register, application, from, to)
    }
}

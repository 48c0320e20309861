//! Permissions: which of the portal's buttons a person may press, why not, and until when (rules.md A4).

use serde::Serialize;

use super::Card;
use super::act::Notes;
use crate::application::judge::Around;
use crate::event::Trigger;
use crate::{
    Action, Actor, ApplicationNumber, Command, Denial, DenialReason, Moment, Reason, ReferralNumber, Which,
};

/// Whether an action is allowed now, with every reason against it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Permission {
    /// The command.
    pub action: &'static str,
    /// Whether it would be done.
    pub allowed: bool,
    /// What stands against it.
    pub denials: Vec<Denial>,
    /// The first moment at which this answer changes by itself; none when none is known. Not a deadline to
    /// show: a choice is still allowed after the window if the place then opens. Ends are in
    /// [`ButtonRow::ends`](crate::ButtonRow) and the deadlines.
    pub until: Option<Moment>,
}

impl Card {
    /// One row for each command that names the application; `asked`: the referral by which it was asked about.
    pub(crate) fn permitted(
        &self,
        now: Moment,
        by: Option<&Actor>,
        asked: Option<ReferralNumber>,
    ) -> Vec<Permission> {
        let mut card = self.clone();
        card.now = Some(now);
        let rows = card.answers(now, by, asked);
        let mut found: Vec<Option<Moment>> = vec![None; rows.len()];
        // The application's own moments, and those at which places open that nobody can be offered. Others may
        // change the answer too, but by what they do or let pass.
        let mut at = now;
        while let Some(next) = card.next_moment(at) {
            at = next;
            card.settle_moment(at, &mut Trigger::Due, &mut Notes::default());
            let later = card.answers(at, by, asked);
            for ((until, (_, before)), (_, after)) in found.iter_mut().zip(&rows).zip(&later) {
                if until.is_none() && codes(before) != codes(after) {
                    *until = Some(at);
                }
            }
            if found.iter().all(Option::is_some) {
                break;
            }
        }
        let permission = |((action, reasons), until): ((&'static str, Vec<DenialReason>), Option<Moment>)| {
            let allowed = reasons.is_empty();
            Permission { action, allowed, denials: self.rules.denials(reasons), until }
        };
        rows.into_iter().zip(found).map(permission).collect()
    }

    /// Every command that names the application, with what stands against it.
    fn answers(
        &self,
        now: Moment,
        by: Option<&Actor>,
        asked: Option<ReferralNumber>,
    ) -> Vec<(&'static str, Vec<DenialReason>)> {
        let clock = self.rules.clock();
        let around = Around {
            asked,
            enrolled_with: self.line.enrolled_with.clone(),
            vacancy: Some(self.line.places.places(self.application.group_year)),
        };
        let judge = |action: Action| {
            let name = action.name();
            let signature = Some("as right".to_owned());
            let command = Command { by: by.cloned(), signature, ..Command::from(action) };
            let own = self.application.judge(&command, &around, clock, now);
            let paused = self.rules.paused.then_some(DenialReason::Paused);
            let mut reasons: Vec<_> = paused.into_iter().chain(own).collect();
            // Fields that are taken as right.
            reasons.retain(|reason| {
                !matches!(
                    reason,
                    DenialReason::ExtensionNotLater { .. } | DenialReason::ExtensionTooLong { .. }
                )
            });
            (name, reasons)
        };
        all_of(&self.application.number, clock.day(now)).into_iter().map(judge).collect()
    }

    /// The next moment at which something about it may change by itself.
    fn next_moment(&self, after: Moment) -> Option<Moment> {
        let (clock, paused) = (self.rules.clock(), self.rules.paused);
        let born = self.application.child.born;
        let recall = self.application.referral().and_then(|live| live.recall_until);
        let ages = [clock.policy.old_enough_at(born), clock.policy.too_old_at(born)];
        let dues = self.application.dues(clock).map(|(at, _)| at).filter(|_| !paused);
        let free = self.own_line().flat_map(|offer| &offer.free);
        let openings = free.map(|free| free.opens_at).filter(|_| !paused);
        // An enrolled child may be asked about too: it grows too old to choose.
        let moments = dues.chain(ages).chain(openings).chain(recall.map(|deadline| deadline.at));
        moments.filter(|at| after < *at).min()
    }
}

fn codes(reasons: &[DenialReason]) -> Vec<&'static str> {
    reasons.iter().map(DenialReason::code).collect()
}

/// The commands that name an application or its referral, in the order of the command table.
pub(super) fn all_of(number: &ApplicationNumber, today: crate::Day) -> [Action; 14] {
    let application = || number.clone();
    let of = || Which::Application(number.clone());
    let reason = || Reason::text("as right");
    [
        Action::ChangeBenefit { application: application(), benefit: None, documents: None },
        Action::ConfirmInterest { application: application() },
        Action::Withdraw { application: application() },
        Action::PassTurn { application: application() },
        Action::Choose { application: application(), vacancy: 0 },
        Action::ExtendReferral { of: of(), until: today, reason: reason() },
        Action::RecallReferral { of: of(), reason: reason() },
        Action::RecordVisit { of: of() },
        Action::ProveBenefit { application: application() },
        Action::Accept { of: of() },
        Action::Refuse { of: of(), reason: reason() },
        Action::UpholdRefusal { of: of() },
        Action::OverturnRefusal { of: of() },
        Action::MarkDeparture { application: application(), date: today, reason: reason() },
    ]
}

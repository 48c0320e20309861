//! What an application looks like from outside: the view `application`.

use serde::Serialize;

use super::begin::group_year_of;
use super::{Application, Standing};
use crate::fields::{Fields, Record, record};
use crate::{
    ApplicationNumber, BenefitId, Child, CloseReason, Error, GroupYear, Kindergarten, Moment, ReferralNumber,
    Stage,
};

/// An application as its parent sees it. What does not apply where it stands is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ApplicationView {
    /// Its number.
    pub application: ApplicationNumber,
    /// Where it stands.
    pub stage: Stage,
    /// Why it was closed.
    pub reason: Option<CloseReason>,
    /// The benefit.
    pub benefit: Option<BenefitId>,
    /// Its line.
    pub group_year: GroupYear,
    /// Since when it is in the queue («в очереди с»).
    pub registered_at: Moment,
    /// Referrals that were let expire (R51).
    #[serde(default)]
    pub lapses: u16,
    /// The referral: a live one, or the one that it was enrolled with.
    pub referral: Option<ReferralNumber>,
    /// Of this kindergarten.
    pub kindergarten: Option<Kindergarten>,
    /// With a referral: whether the kindergarten must accept the child (R76).
    pub must_accept: Option<bool>,
    /// The first instant that is too late to choose (R40).
    pub choose_by: Option<Moment>,
    /// The first instant that is too late to come (R47).
    pub expires_at: Option<Moment>,
    /// The first instant that is too late to give the referral back (R56).
    pub recall_until: Option<Moment>,
    /// The first instant after the stop-list (R48).
    pub until: Option<Moment>,
    /// The first instant that is too late to confirm interest (R31).
    pub next_due: Option<Moment>,
}

impl Record for ApplicationView {
    const WHAT: &'static str = "an application";

    fn read(from: &mut Fields) -> Result<ApplicationView, Error> {
        Ok(record!(from, ApplicationView { application, stage, group_year, registered_at } may {
            reason, benefit, lapses, referral, kindergarten, must_accept, choose_by, expires_at, recall_until,
            until, next_due
        }))
    }
}

impl ApplicationView {
    /// One that has just been registered.
    pub(crate) fn queued(
        application: ApplicationNumber,
        child: &Child,
        registered_at: Moment,
    ) -> ApplicationView {
        ApplicationView {
            application,
            stage: Stage::Queued,
            reason: None,
            benefit: None,
            group_year: group_year_of(child.born),
            registered_at,
            lapses: 0,
            referral: None,
            kindergarten: None,
            must_accept: None,
            choose_by: None,
            expires_at: None,
            recall_until: None,
            until: None,
            next_due: None,
        }
    }

    pub(crate) fn of(application: &Application) -> ApplicationView {
        let mut view = ApplicationView {
            application: application.number.clone(),
            stage: application.stage(),
            reason: None,
            benefit: application.benefit.clone(),
            group_year: application.group_year,
            registered_at: application.registered_at,
            lapses: application.lapses,
            referral: application.referral().map(|live| live.number),
            kindergarten: application.referral().map(|live| live.kindergarten.clone()),
            must_accept: None,
            choose_by: None,
            expires_at: None,
            recall_until: None,
            until: None,
            next_due: application.next_due.filter(|_| application.is_active()),
        };
        match &application.standing {
            Standing::Queued | Standing::UnderReview { .. } => {}
            Standing::Notified { choose_by, .. } => view.choose_by = Some(choose_by.at),
            Standing::Referred { referral, expires_at, must_accept, .. } => {
                view.must_accept = Some(*must_accept);
                view.expires_at = expires_at.map(|deadline| deadline.at);
                view.recall_until = referral.recall_until.map(|deadline| deadline.at);
            }
            Standing::StopListed { until } | Standing::Inactive { until } => view.until = Some(until.at),
            Standing::Enrolled(enrolment) => {
                view.referral = enrolment.referral;
                view.kindergarten = Some(enrolment.kindergarten.clone());
            }
            Standing::Closed { reason, .. } => view.reason = Some(*reason),
        }
        view
    }
}

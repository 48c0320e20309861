//! Judging an operator's commands: corrections in the open. They may set a rule aside, never an invariant.

use super::Register;
use super::judge::{Case, no_vacancy, not_found};
use crate::application::begin::group_year_of;
use crate::application::judge::{too_old, unknown_benefit};
use crate::application::{Application, Standing};
use crate::vacancy::{Place, Vacancy};
use crate::{
    Actor, CloseReason, Command, Deed, DenialReason, Import, Moment, Operation, Stage, VacancyId, Which,
};

/// What stands against a command, and what it is about.
type Judged = Result<(Vec<DenialReason>, Case), Vec<DenialReason>>;

impl Register {
    pub(super) fn judge_operation(&self, command: &Command, operation: &Operation, now: Moment) -> Judged {
        let mut unmet = Vec::new();
        if let Some(actor) = &command.by
            && !matches!(actor, Actor::Operator { .. })
        {
            unmet.push(DenialReason::NotYours { expected: "the operator".into() });
        }
        let holder = self.subject(&operation.deed)?;
        let application = holder.and_then(|holder| self.application(holder));
        let subject = holder.zip(application);
        match &operation.deed {
            Deed::Import(import) => self.judge_import(import, &mut unmet)?,
            Deed::IssueReferral { vacancy, .. } => {
                if let Some((_, application)) = subject {
                    self.judge_issue(application, *vacancy, &mut unmet)?;
                }
            }
            Deed::Reinstate { .. } => {
                if let Some((holder, application)) = subject {
                    self.other_application(holder, application, false, &mut unmet);
                    unmet.extend(too_old(application.child.born, self.policy(), now));
                }
            }
            Deed::VoidReferral { .. } | Deed::VoidEnrolment { .. } | Deed::VoidDeparture { .. } => {
                if let Some((holder, application)) = subject {
                    self.other_application(holder, application, true, &mut unmet);
                }
            }
            Deed::Correct { benefit: Some(Some(benefit)), .. } if !self.policy().knows_benefit(benefit) => {
                unmet.push(unknown_benefit(self.policy(), Some(benefit.to_string())));
            }
            Deed::WithdrawPlaces { vacancy, places } => {
                let published = self.book().vacancy(*vacancy).ok_or_else(|| vec![no_vacancy(*vacancy)])?;
                let free = i64::try_from(takeable(published).count()).unwrap_or(i64::MAX);
                if free < *places {
                    unmet.push(DenialReason::NoFreePlace { found: Some(*vacancy) });
                }
            }
            Deed::Correct { .. }
            | Deed::UnlinkParent { .. }
            | Deed::MoveOut { .. }
            | Deed::ChangePolicy { .. }
            | Deed::ChangeCalendar { .. }
            | Deed::Pause
            | Deed::Resume => {}
        }
        if operation.reason.is_blank() {
            unmet.push(DenialReason::ReasonRequired);
        }
        if let Deed::WithdrawPlaces { places, .. } = &operation.deed
            && !(1..=999).contains(places)
        {
            unmet.push(DenialReason::PlacesOutOfRange { expected: "1 to 999".into(), found: *places });
        }
        if let Some(application) = application {
            unmet.extend(wrong_stage(&operation.deed, application));
        }
        // The last one who may act for it stays.
        if let (Deed::UnlinkParent { parent, .. }, Some(application)) = (&operation.deed, application) {
            if !application.belongs_to(parent) {
                return Err(vec![not_found(&Which::Child(parent.clone()))]);
            }
            if application.parents.is_empty() {
                unmet.push(DenialReason::LastParent);
            }
        }
        if operation.deed == Deed::Resume && self.book().rules.paused.is_none() {
            unmet.push(DenialReason::NotPaused);
        }
        Ok((unmet, Case::Operation(holder)))
    }

    /// The application that a deed is about.
    fn subject(&self, deed: &Deed) -> Result<Option<u32>, Vec<DenialReason>> {
        let which = match deed {
            Deed::VoidReferral { of } => of.clone(),
            Deed::Reinstate { application, .. }
            | Deed::IssueReferral { application, .. }
            | Deed::VoidEnrolment { application }
            | Deed::VoidDeparture { application }
            | Deed::UnlinkParent { application, .. }
            | Deed::Correct { application, .. }
            | Deed::MoveOut { application } => Which::Application(application.clone()),
            Deed::Import(_)
            | Deed::WithdrawPlaces { .. }
            | Deed::ChangePolicy { .. }
            | Deed::ChangeCalendar { .. }
            | Deed::Pause
            | Deed::Resume => return Ok(None),
        };
        self.find(&which).map(Some).ok_or_else(|| vec![not_found(&which)])
    }

    /// O27: one active application for a child; where it is to be enrolled again, none that is enrolled either.
    fn other_application(
        &self,
        own: u32,
        of: &Application,
        enrolled_too: bool,
        unmet: &mut Vec<DenialReason>,
    ) {
        let counts = |stage: Stage| stage.is_active() || (enrolled_too && stage == Stage::Enrolled);
        let others = self.index().of_child(self.book(), &of.child.iin);
        let others = others.filter(|(other, found)| *other != own && counts(found.stage()));
        if let Some((_, other)) = others.min_by_key(|(other, _)| *other) {
            unmet.push(DenialReason::AlreadyInQueue { found: other.number.to_string() });
        }
    }

    fn judge_import(&self, import: &Import, unmet: &mut Vec<DenialReason>) -> Result<(), Vec<DenialReason>> {
        let vacancy = match import.vacancy {
            Some(id) => Some((id, self.book().vacancy(id).ok_or_else(|| vec![no_vacancy(id)])?)),
            None => None,
        };
        // R80, R83: numbers belong to one application, and to one referral.
        if let Some(taken) = self.find(&Which::Application(import.application.clone())) {
            let found = self.application(taken).map(|taken| taken.number.to_string()).unwrap_or_default();
            unmet.push(DenialReason::NumberTaken { found });
        } else if let Some(referral) = import.referral
            && self.find(&Which::Referral(referral)).is_some()
        {
            unmet.push(DenialReason::NumberTaken { found: referral.to_string() });
        }
        // O27.
        if let Some(active) = self.active_of(&import.child.iin)
            && import.stage.is_active()
        {
            unmet.push(DenialReason::AlreadyInQueue { found: active.number.to_string() });
        }
        if let Some(with) = self.enrolled_with(u32::MAX, &import.child.iin)
            && import.stage == Stage::Enrolled
        {
            unmet.push(DenialReason::AlreadyEnrolled { found: with.to_string() });
        }
        let year = group_year_of(import.child.born);
        if let Some((_, vacancy)) = vacancy
            && vacancy.group_year != year
        {
            unmet.push(DenialReason::WrongGroupYear { expected: year, found: vacancy.group_year });
        }
        if let Some(benefit) = &import.benefit
            && !self.policy().knows_benefit(benefit)
        {
            unmet.push(unknown_benefit(self.policy(), Some(benefit.to_string())));
        }
        if let Some((id, vacancy)) = vacancy
            && place_for(vacancy, import.stage).is_none()
        {
            unmet.push(DenialReason::NoFreePlace { found: Some(id) });
        }
        Ok(())
    }

    fn judge_issue(
        &self,
        application: &Application,
        id: VacancyId,
        unmet: &mut Vec<DenialReason>,
    ) -> Result<(), Vec<DenialReason>> {
        let vacancy = self.book().vacancy(id).ok_or_else(|| vec![no_vacancy(id)])?;
        if vacancy.group_year != application.group_year {
            let (expected, found) = (application.group_year, vacancy.group_year);
            unmet.push(DenialReason::WrongGroupYear { expected, found });
        }
        if takeable(vacancy).next().is_none() {
            unmet.push(DenialReason::NoFreePlace { found: Some(id) });
        }
        Ok(())
    }
}

/// Whether nobody has a right to it.
pub(super) fn is_takeable(place: &Place) -> bool {
    *place == Place::Open || place.unoffered().is_some()
}

/// The places that nobody has a right to: open ones, then waiting ones that no turn is for.
pub(super) fn takeable(vacancy: &Vacancy) -> impl Iterator<Item = u16> + '_ {
    let open = vacancy.places().filter(|(_, place)| **place == Place::Open);
    let unoffered = vacancy.places().filter(|(_, place)| place.unoffered().is_some());
    open.chain(unoffered).map(|(number, _)| number)
}

/// The place that an application holds which is taken over.
pub(super) fn place_for(vacancy: &Vacancy, stage: Stage) -> Option<u16> {
    if stage == Stage::Notified {
        return vacancy.places().find(|(_, place)| place.unoffered().is_some()).map(|(number, _)| number);
    }
    takeable(vacancy).next()
}

/// In which stages a deed can be done.
fn stages(deed: &Deed) -> &'static [Stage] {
    use Stage::{Closed, Enrolled, Inactive, Notified, Queued, Referred, StopListed, UnderReview};
    match deed {
        Deed::Reinstate { .. } => &[Closed, StopListed],
        Deed::IssueReferral { .. } | Deed::MoveOut { .. } => &[Queued, Notified, StopListed, Inactive],
        Deed::VoidReferral { .. } => &[Referred, UnderReview],
        Deed::VoidEnrolment { .. } => &[Enrolled],
        Deed::VoidDeparture { .. } => &[Closed],
        Deed::Correct { .. } => &[Queued, StopListed, Inactive],
        Deed::UnlinkParent { .. } => {
            &[Queued, Notified, Referred, UnderReview, StopListed, Inactive, Enrolled, Closed]
        }
        Deed::Import(_)
        | Deed::WithdrawPlaces { .. }
        | Deed::ChangePolicy { .. }
        | Deed::ChangeCalendar { .. }
        | Deed::Pause
        | Deed::Resume => &[],
    }
}

fn wrong_stage(deed: &Deed, application: &Application) -> Option<DenialReason> {
    let (expected, found) = (stages(deed), application.stage());
    let departed = matches!(&application.standing, Standing::Closed { reason: CloseReason::Departed, .. });
    let fits = match deed {
        // A departure is annulled as such.
        Deed::Reinstate { .. } => !departed,
        Deed::VoidDeparture { .. } => departed,
        // Not the one that is live for a number of another.
        Deed::VoidReferral { of: Which::Referral(number) } => {
            application.referral().is_some_and(|live| live.number == *number)
        }
        // Nothing to come back to without a place and a referral.
        Deed::VoidEnrolment { .. } => {
            application.enrolment().is_some_and(|own| own.seat.is_some() && own.referral.is_some())
        }
        Deed::Import(_)
        | Deed::IssueReferral { .. }
        | Deed::VoidReferral { .. }
        | Deed::WithdrawPlaces { .. }
        | Deed::UnlinkParent { .. }
        | Deed::Correct { .. }
        | Deed::MoveOut { .. }
        | Deed::ChangePolicy { .. }
        | Deed::ChangeCalendar { .. }
        | Deed::Pause
        | Deed::Resume => true,
    };
    (!expected.contains(&found) || !fits)
        .then_some(DenialReason::WrongStage { expected: expected.into(), found })
}

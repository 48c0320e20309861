//! An operator's commands: corrections in the open. They may set a rule aside, never an invariant.

use super::judge::{Case, no_vacancy, not_found};
use super::{Register, Trigger};
use crate::application::judge::{too_old, unknown_benefit};
use crate::application::{Application, Standing};
use crate::event::{Imported, StartedTerms};
use crate::policy::Start;
use crate::vacancy::{Place, Vacancy};
use crate::{
    Actor, CloseReason, Command, Deed, DenialReason, Error, Fact, Import, Moment, Operation, Seat, Stage,
    VacancyId, Which,
};

/// What stands against a command, and what it is about.
type Judged = Result<(Vec<DenialReason>, Case), Vec<DenialReason>>;

impl Register {
    pub(super) fn judge_operation(&self, command: &Command, operation: &Operation, now: Moment) -> Judged {
        let mut unmet = Vec::new();
        if let Some(actor) = &command.by
            && !matches!(actor, Actor::Operator { .. })
        {
            unmet.push(DenialReason::NotYours { expected: "the operator" });
        }
        let holder = self.subject(&operation.deed)?;
        let application = holder.and_then(|holder| self.application(holder));
        match (&operation.deed, holder.zip(application)) {
            (Deed::Import(import), _) => self.judge_import(import, &mut unmet)?,
            (Deed::IssueReferral { vacancy, .. }, Some((_, application))) => {
                self.judge_issue(application, *vacancy, &mut unmet)?;
            }
            (Deed::Reinstate { .. }, Some((holder, application))) => {
                self.other_application(holder, application, false, &mut unmet);
                unmet.extend(too_old(application.child.born, self.clock(), now));
            }
            (
                Deed::VoidReferral { .. } | Deed::VoidEnrolment { .. } | Deed::VoidDeparture { .. },
                Some((holder, application)),
            ) => self.other_application(holder, application, true, &mut unmet),
            (Deed::Correct { benefit: Some(Some(benefit)), .. }, _)
                if !self.policy().knows_benefit(benefit) =>
            {
                unmet.push(unknown_benefit(self.clock(), Some(benefit.to_string())));
            }
            (Deed::WithdrawPlaces { vacancy, places }, _) => {
                let published = self.book().vacancy(*vacancy).ok_or_else(|| vec![no_vacancy(*vacancy)])?;
                let free = i64::try_from(takeable(published).count()).unwrap_or(i64::MAX);
                if free < *places {
                    unmet.push(DenialReason::NoFreePlace { found: Some(*vacancy) });
                }
            }
            _judged_by_stage_alone => {}
        }
        if operation.reason.is_blank() {
            unmet.push(DenialReason::ReasonRequired);
        }
        if let Deed::WithdrawPlaces { places, .. } = &operation.deed
            && !(1..=999).contains(places)
        {
            unmet.push(DenialReason::PlacesOutOfRange { expected: "1 to 999", found: *places });
        }
        if let Some(application) = application {
            unmet.extend(wrong_stage(&operation.deed, application));
        }
        match (&operation.deed, application) {
            // The last one who may act for it stays.
            (Deed::UnlinkParent { parent, .. }, Some(application)) => {
                if !application.belongs_to(parent) {
                    return Err(vec![not_found(&Which::Child(parent.clone()))]);
                }
                if application.parents.is_empty() {
                    unmet.push(DenialReason::LastParent);
                }
            }
            (Deed::Resume, _) if self.book().rules.paused.is_none() => unmet.push(DenialReason::NotPaused),
            _others => {}
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
        let others = self.index().of_child(&of.child.iin).iter().filter(|other| **other != own);
        let mut others = others.filter_map(|other| self.application(*other));
        let counts = |stage: Stage| stage.is_active() || (enrolled_too && stage == Stage::Enrolled);
        if let Some(other) = others.find(|other| counts(other.stage())) {
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
            unmet.push(unknown_benefit(self.clock(), Some(benefit.to_string())));
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

    /// What may stand in the way of a deed although no rule does.
    pub(super) fn possible_operation(
        &self,
        deed: &Deed,
        holder: Option<u32>,
        now: Moment,
    ) -> Result<(), Error> {
        match (deed, holder.and_then(|holder| self.application(holder))) {
            (Deed::Import(import), _) => self.imported(import, now).map(|_| ()),
            (Deed::IssueReferral { .. }, Some(application)) => self.next_referral(application).map(|_| ()),
            (Deed::ChangePolicy { policy, from }, _) => self.possible_policy(policy, *from, now),
            (Deed::ChangeCalendar { calendar }, _) => self.changed_calendar(calendar).map(|_| ()),
            _another => Ok(()),
        }
    }

    /// Does what nothing stands against.
    pub(super) fn operate(&mut self, deed: &Deed, holder: Option<u32>, now: Moment, by: &mut Trigger) {
        let passed = self.passed(deed, holder);
        if let Trigger::Command { envelope: Some(envelope), .. } = by {
            envelope.passed = passed;
        }
        match (deed, holder) {
            (Deed::Import(import), _) => {
                if let Ok(fact) = self.imported(import, now) {
                    self.record(fact, now, by);
                }
            }
            (Deed::IssueReferral { vacancy, .. }, Some(holder)) => {
                let place = self.book().vacancy(*vacancy).and_then(|vacancy| takeable(vacancy).next());
                if let Some(place) = place {
                    self.issue_at(holder, Seat { vacancy: *vacancy, place }, now, by);
                }
            }
            (Deed::WithdrawPlaces { vacancy, places }, _) => {
                let wanted = usize::try_from(*places).unwrap_or_default();
                let seats: Vec<u16> = self
                    .book()
                    .vacancy(*vacancy)
                    .map(|vacancy| takeable(vacancy).take(wanted).collect())
                    .unwrap_or_default();
                let places = u16::try_from(seats.len()).unwrap_or(u16::MAX);
                self.record(Fact::PlacesWithdrawn { vacancy: *vacancy, places, seats }, now, by);
            }
            (Deed::ChangePolicy { policy, from }, _) => self.change_policy(policy, *from, now, by),
            (Deed::ChangeCalendar { calendar }, _) => self.change_calendar(calendar, now, by),
            (Deed::Pause, _) => self.record(Fact::Paused {}, now, by),
            (Deed::Resume, _) => self.resume(now, by),
            (deed, Some(holder)) => {
                if let Some(first) = self.correction(deed, holder, now) {
                    self.record_chain(holder, first, now, by);
                }
            }
            (_, None) => {}
        }
    }

    /// The fact with which a deed on one application begins.
    fn correction(&self, deed: &Deed, holder: u32, now: Moment) -> Option<Fact> {
        let case = self.application(holder)?;
        let application = case.number.clone();
        match deed {
            // Reinstating counts as a confirmation; the number is kept.
            Deed::Reinstate { lapses, .. } => Some(Fact::Reinstated {
                application,
                lapses: lapses.unwrap_or(case.lapses.saturating_sub(1)),
                next_due: self.clock().interest_after(case.registered_at, now),
            }),
            Deed::VoidReferral { .. } => {
                Some(Fact::ReferralVoided { application, referral: case.referral()?.number })
            }
            Deed::VoidEnrolment { .. } => {
                let referral = case.enrolment()?.referral?;
                let term = self.policy().referral_term;
                let expires_at = self.clock().end(term, Start { at: now, by_itself: false });
                Some(Fact::EnrolmentVoided {
                    application,
                    referral,
                    expires_at: expires_at.at,
                    terms: StartedTerms { expires_at: Some(term), ..StartedTerms::default() },
                    projected: expires_at.projected,
                })
            }
            Deed::VoidDeparture { .. } => {
                let Standing::Closed { left: Some(left), .. } = &case.standing else { return None };
                let kindergarten = left.kindergarten.clone();
                Some(Fact::DepartureVoided { application, referral: left.referral, kindergarten })
            }
            Deed::UnlinkParent { parent, .. } => {
                Some(Fact::ParentUnlinked { application, parent: parent.clone() })
            }
            Deed::Correct { born, group_year, benefit, .. } => Some(Fact::Corrected {
                application,
                born: born.unwrap_or(case.child.born),
                group_year: group_year.or(born.map(group_year_of)).unwrap_or(case.group_year),
                benefit: benefit.clone().unwrap_or(case.benefit.clone()),
            }),
            Deed::MoveOut { .. } => Some(Fact::Closed { application, reason: CloseReason::Moved }),
            Deed::Import(_)
            | Deed::IssueReferral { .. }
            | Deed::WithdrawPlaces { .. }
            | Deed::ChangePolicy { .. }
            | Deed::ChangeCalendar { .. }
            | Deed::Pause
            | Deed::Resume => None,
        }
    }

    fn imported(&self, import: &Import, now: Moment) -> Result<Fact, Error> {
        import.complete()?;
        if import.registered_at > now {
            let zone = self.policy().zone();
            let expected = format!("an instant up to now, {}", now.in_zone(zone));
            return Err(Error::malformed(
                "registered_at",
                expected,
                import.registered_at.in_zone(zone).to_string(),
            ));
        }
        let (application, serial) = self.next_number(Some(&import.application), now)?;
        let vacancy = import.vacancy.and_then(|id| self.book().vacancy(id));
        let holds_referral = matches!(import.stage, Stage::Referred | Stage::UnderReview);
        let own_number = || crate::ReferralNumber::of(serial, 1);
        Ok(Fact::Imported(Box::new(Imported {
            application,
            serial,
            applicant: import.applicant.clone(),
            parents: import.parents.clone(),
            child: import.child.clone(),
            group_year: group_year_of(import.child.born),
            benefit: import.benefit.clone(),
            registered_at: import.registered_at,
            stage: import.stage,
            choose_by: import.choose_by,
            expires_at: import.expires_at,
            recall_until: import.recall_until,
            until: import.until,
            next_due: import.next_due.or_else(|| self.clock().interest_running(import.registered_at, now)),
            lapses: import.lapses.unwrap_or_default(),
            extensions: import.extensions.unwrap_or_default(),
            referral: import.referral.or_else(|| holds_referral.then(own_number)),
            vacancy: import.vacancy,
            place: vacancy.and_then(|vacancy| place_for(vacancy, import.stage)),
            kindergarten: vacancy
                .map(|vacancy| vacancy.kindergarten.clone())
                .or_else(|| import.kindergarten.clone()),
            birth_date_differs: import.child.iin.differs_from(import.child.born),
        })))
    }

    /// How many waiting applications a deed puts behind one that stood after them.
    fn passed(&self, deed: &Deed, holder: Option<u32>) -> Option<u32> {
        let Deed::IssueReferral { .. } = deed else { return None };
        let application = self.application(holder?)?;
        let cycle = self.book().cycle(application.group_year);
        let waits = |holder: &u32| {
            let stage = self.application(*holder).map(Application::stage);
            matches!(stage, Some(Stage::Queued | Stage::Notified))
        };
        let line = self.index().queue.line(application.group_year, cycle).map(|key| key.holder);
        let before = line.take_while(|other| Some(*other) != holder).filter(waits).count();
        u32::try_from(before).ok()
    }
}

/// O29: the birth year.
pub(super) fn group_year_of(born: crate::Day) -> u16 {
    u16::try_from(born.year()).unwrap_or_default()
}

/// The places that nobody has a right to: open ones, then waiting ones that no turn is for.
fn takeable(vacancy: &Vacancy) -> impl Iterator<Item = u16> + '_ {
    let open = vacancy.places().filter(|(_, place)| **place == Place::Open);
    let unoffered = vacancy.places().filter(|(_, place)| place.unoffered().is_some());
    open.chain(unoffered).map(|(number, _)| number)
}

/// The place that an application holds which is taken over.
fn place_for(vacancy: &Vacancy, stage: Stage) -> Option<u16> {
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
    (!expected.contains(&found) || !fits).then_some(DenialReason::WrongStage { expected, found })
}

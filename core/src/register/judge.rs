//! Judging a command: what it is about, and every condition that is not met.

use super::Register;
use crate::application::judge::{
    Around, Places, not_born, signature, too_old, undocumented, unknown_benefit,
};
use crate::application::{Application, Standing};
use crate::{
    Action, Actor, BenefitId, Child, Command, Deed, DenialReason, Moment, Person, Stage, VacancyId, Which,
};

/// What a command that may be done is about.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Case {
    /// A new application.
    Registration,
    /// A new vacancy.
    Publication,
    /// A choice: an application and the vacancy.
    Choice(u32, VacancyId),
    /// An operator's command, and the application that it is about.
    Operation(Option<u32>),
    /// An application.
    Application(u32),
}

impl Register {
    /// What a command is about; or every unmet condition, the main one first.
    pub(crate) fn judge(&self, command: &Command, now: Moment) -> Result<Case, Vec<DenialReason>> {
        let (unmet, case) = match &command.action {
            Action::Submit { .. } => (self.judge_submit(command, now), Case::Registration),
            Action::PublishVacancy { .. } => (self.judge_publish(command, now), Case::Publication),
            Action::Operate(operation) => self.judge_operation(command, operation, now)?,
            Action::ChangeBenefit { application, .. }
            | Action::ConfirmInterest { application }
            | Action::LinkParent { application, .. }
            | Action::Withdraw { application }
            | Action::PassTurn { application }
            | Action::Choose { application, .. }
            | Action::ProveBenefit { application }
            | Action::MarkDeparture { application, .. } => {
                let which = Which::Application(application.clone());
                self.judge_application(command, &which, now)?
            }
            Action::ExtendReferral { of, .. }
            | Action::RecallReferral { of, .. }
            | Action::RecordVisit { of }
            | Action::Accept { of }
            | Action::Refuse { of, .. }
            | Action::UpholdRefusal { of }
            | Action::OverturnRefusal { of } => self.judge_application(command, of, now)?,
        };
        // While the register is paused nothing else is done.
        let resumes = matches!(&command.action, Action::Operate(operation) if operation.deed == Deed::Resume);
        let paused = self.book.rules.paused.is_some() && !resumes;
        let unmet: Vec<_> = paused.then_some(DenialReason::Paused).into_iter().chain(unmet).collect();
        if unmet.is_empty() { Ok(case) } else { Err(unmet) }
    }

    fn judge_application(
        &self,
        command: &Command,
        which: &Which,
        now: Moment,
    ) -> Result<(Vec<DenialReason>, Case), Vec<DenialReason>> {
        let holder = self.find(which).ok_or_else(|| vec![not_found(which)])?;
        let application = self.application(holder).ok_or_else(|| vec![not_found(which)])?;
        let vacancy = match command.action.vacancy() {
            Some(id) => Some(self.places(id).ok_or_else(|| vec![no_vacancy(id)])?),
            None => None,
        };
        let around = Around {
            asked: match which {
                Which::Referral(number) => Some(*number),
                Which::Application(_) | Which::Child(_) => None,
            },
            enrolled_with: self.enrolled_with(holder, &application.child.iin),
            vacancy,
        };
        let case = match command.action.vacancy() {
            Some(vacancy) => Case::Choice(holder, vacancy),
            None => Case::Application(holder),
        };
        Ok((application.judge(command, &around, self.clock(), now), case))
    }

    /// R12-R24: putting a child in the queue, at any hour (R21).
    fn judge_submit(&self, command: &Command, now: Moment) -> Vec<DenialReason> {
        let Action::Submit { applicant, child, benefit, documents, application, .. } = &command.action else {
            return Vec::new();
        };
        let mut unmet = Vec::new();
        // R05: the applicant files it.
        if let Some(actor) = &command.by
            && !matches!(actor, Actor::Applicant { iin } if iin == applicant)
        {
            unmet.push(DenialReason::NotYours { expected: "the applicant" });
        }
        unmet.extend(signature(command, self.clock()));
        // R80, R82: a number belongs to one application.
        if let Some(number) = application
            && let Some(taken) = self.book.holder(number).and_then(|holder| self.application(holder))
        {
            unmet.push(DenialReason::NumberTaken { found: taken.number.to_string() });
        }
        self.child_conditions(child, benefit.as_ref(), now, &mut unmet);
        unmet.extend(undocumented(benefit.is_some(), *documents));
        unmet
    }

    fn child_conditions(
        &self,
        child: &Child,
        benefit: Option<&BenefitId>,
        now: Moment,
        unmet: &mut Vec<DenialReason>,
    ) {
        let policy = self.policy();
        // O27: one active application for a child.
        if let Some(active) = self.active_of(&child.iin) {
            unmet.push(DenialReason::AlreadyInQueue { found: active.number.to_string() });
        }
        unmet.extend(not_born(child.born, policy, now));
        unmet.extend(too_old(child.born, policy, now));
        if let Some(benefit) = benefit
            && !policy.knows_benefit(benefit)
        {
            unmet.push(unknown_benefit(policy, Some(benefit.to_string())));
        }
    }

    /// R60-R68: publishing places, at any hour (R66).
    fn judge_publish(&self, command: &Command, now: Moment) -> Vec<DenialReason> {
        let Action::PublishVacancy { kindergarten, places, .. } = &command.action else { return Vec::new() };
        let mut unmet = Vec::new();
        // R08, R10: staff, for a kindergarten that they serve.
        if let Some(actor) = &command.by
            && !matches!(actor, Actor::Staff { kindergartens } if kindergartens.contains(kindergarten))
        {
            unmet.push(DenialReason::NotYours { expected: "staff of the kindergarten" });
        }
        if !(1..=999).contains(places) {
            unmet.push(DenialReason::PlacesOutOfRange { expected: "1 to 999", found: *places });
        }
        // F09: not on a day without publications.
        let today = self.clock().day(now);
        if self.policy().blackouts.contains(&today) {
            unmet.push(DenialReason::PublicationClosed { found: today });
        }
        unmet
    }

    /// The application that is meant.
    pub(crate) fn find(&self, which: &Which) -> Option<u32> {
        match which {
            Which::Application(number) => self.book.holder(number),
            Which::Referral(number) => {
                if let Some(holder) = self.index.of_foreign(*number) {
                    return Some(holder);
                }
                let (serial, ordinal) = number.parts()?;
                let holder = self.book.with_serial(serial)?;
                let issued = u32::from(self.application(holder)?.referrals);
                (1..=issued).contains(&ordinal).then_some(holder)
            }
            // R69: its active application, else the enrolled one, else the latest closed one.
            Which::Child(child) => {
                let own = self.index.of_child(child);
                let stage = |holder: &u32| self.application(*holder).map(Application::stage);
                let active = own.iter().rev().find(|holder| stage(holder).is_some_and(Stage::is_active));
                let enrolled = || own.iter().rev().find(|holder| stage(holder) == Some(Stage::Enrolled));
                active.or_else(enrolled).or_else(|| own.last()).copied()
            }
        }
    }

    /// O27: the child's active application.
    pub(super) fn active_of(&self, child: &Person) -> Option<&Application> {
        let own = self.index.of_child(child).iter().filter_map(|holder| self.application(*holder));
        own.into_iter().find(|application| application.is_active())
    }

    pub(crate) fn enrolled_with(&self, holder: u32, child: &Person) -> Option<crate::ApplicationNumber> {
        let others = self.index.of_child(child).iter().filter(|other| **other != holder);
        let enrolled = |application: &&Application| matches!(application.standing, Standing::Enrolled(_));
        others.filter_map(|other| self.application(*other)).find(enrolled).map(|other| other.number.clone())
    }

    pub(crate) fn places(&self, id: VacancyId) -> Option<Places> {
        let vacancy = self.book.vacancy(id)?;
        Some(Places {
            vacancy: Some(id),
            group_year: vacancy.group_year,
            waiting: vacancy.waiting(),
            open: vacancy.open(),
            state: vacancy.state(),
        })
    }
}

pub(super) fn not_found(which: &Which) -> DenialReason {
    let (expected, found) = match which {
        Which::Referral(number) => ("referral", number.to_string()),
        Which::Application(number) => ("application", number.to_string()),
        Which::Child(child) => ("child", format!("{child:?}")),
    };
    DenialReason::NotFound { expected, found }
}

pub(super) fn no_vacancy(id: VacancyId) -> DenialReason {
    DenialReason::NotFound { expected: "vacancy", found: id.to_string() }
}

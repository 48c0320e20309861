//! Judging a command: what it is about, and every condition that is not met.

use super::Register;
use crate::application::judge::{Around, Places};
use crate::application::submit::{Others, judge_submit};
use crate::application::{Application, Standing};
use crate::command::About;
use crate::vacancy::judge_publish;
use crate::{
    Action, ApplicationNumber, Command, Deed, DenialReason, Moment, Person, Stage, VacancyId, Which,
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
        let (unmet, case) = match command.action.about() {
            About::Registration(number, child) => {
                let others = self.others(number, &child.iin);
                (judge_submit(command, &others, self.clock(), now), Case::Registration)
            }
            About::Publication => (judge_publish(command, self.clock(), now), Case::Publication),
            About::Operation(operation) => self.judge_operation(command, operation, now)?,
            About::Application(which) => self.judge_application(command, &which, now)?,
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

    /// What a registration needs to know of the other applications.
    pub(super) fn others(&self, number: Option<&ApplicationNumber>, child: &Person) -> Others {
        let taken = number.and_then(|number| self.application(self.book.holder(number)?));
        Others {
            taken: taken.map(|taken| taken.number.clone()),
            active: self.active_of(child).map(|active| active.number.clone()),
        }
    }

    /// The application that is meant.
    pub(crate) fn find(&self, which: &Which) -> Option<u32> {
        match which {
            Which::Application(number) => self.book.holder(number),
            Which::Referral(number) => {
                if let Some(holder) = self.index.of_foreign(&self.book, *number) {
                    return Some(holder);
                }
                let (serial, ordinal) = number.parts()?;
                let holder = self.book.with_serial(serial)?;
                let issued = u32::from(self.application(holder)?.referrals);
                (1..=issued).contains(&ordinal).then_some(holder)
            }
            // R69: its active application, else the enrolled one, else the latest closed one.
            Which::Child(child) => {
                let own = self.index.of_child(&self.book, child);
                let last = own
                    .max_by_key(|(holder, own)| (own.is_active(), own.stage() == Stage::Enrolled, *holder));
                last.map(|(holder, _)| holder)
            }
        }
    }

    /// O27: the child's active application.
    pub(super) fn active_of(&self, child: &Person) -> Option<&Application> {
        let mut own = self.index.of_child(&self.book, child);
        own.find(|(_, application)| application.is_active()).map(|(_, application)| application)
    }

    pub(crate) fn enrolled_with(&self, holder: u32, child: &Person) -> Option<ApplicationNumber> {
        let others = self.index.of_child(&self.book, child).filter(|(other, _)| *other != holder);
        let enrolled = others.filter(|(_, own)| matches!(own.standing, Standing::Enrolled(_)));
        enrolled.min_by_key(|(other, _)| *other).map(|(_, other)| other.number.clone())
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
    DenialReason::NotFound { expected: expected.into(), found }
}

pub(super) fn no_vacancy(id: VacancyId) -> DenialReason {
    DenialReason::NotFound { expected: "vacancy".into(), found: id.to_string() }
}

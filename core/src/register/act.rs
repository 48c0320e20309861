//! Doing a command that nothing stands against: its first fact, what that brings about, and then whatever has
//! become due, turns and openings at the same moment.

use super::judge::Case;
use super::{Register, Trigger};
use crate::application::{Application, Held, Standing};
use crate::error::ErrorCode;
use crate::event::{Envelope, StartedTerms};
use crate::policy::Start;
use crate::vacancy::{Place, Vacancy};
use crate::{
    Action, ApplicationNumber, CloseReason, Command, Error, Fact, KindergartenKind, Moment, ReferralNumber,
    Seat, VacancyId,
};

/// Serials have six digits, referrals two (R80, R84).
const LAST_SERIAL: u32 = 999_999;
const LAST_REFERRAL: u16 = 99;

impl Register {
    pub(super) fn act(
        &mut self,
        command: &Command,
        case: Case,
        envelope: Option<Box<Envelope>>,
        now: Moment,
    ) {
        let overrides = matches!(command.action, Action::Operate(_));
        let mut by = Trigger::Command { first: None, envelope, overrides };
        match case {
            Case::Registration => {
                if let Some(fact) = self.registered(&command.action, now) {
                    self.record(fact, now, &mut by);
                }
            }
            Case::Publication => {
                if let Some(fact) = self.published(&command.action, now) {
                    self.record(fact, now, &mut by);
                }
            }
            Case::Choice(holder, vacancy) => self.choose(holder, vacancy, now, &mut by),
            Case::Operation(holder) => {
                if let Action::Operate(operation) = &command.action {
                    self.operate(&operation.deed, holder, now, &mut by);
                }
            }
            Case::Application(holder) => {
                if let Some(first) = self.first_fact(holder, &command.action, now) {
                    self.record_chain(holder, first, now, &mut by);
                }
            }
        }
        self.settle_moment(now, &mut by);
    }

    /// What may stand in the way of a command although no rule does: errors, which change nothing.
    pub(super) fn possible(&self, command: &Command, case: Case, now: Moment) -> Result<(), Error> {
        match (case, &command.action) {
            (Case::Registration, Action::Submit { application, .. }) => {
                self.next_number(application.as_ref(), now).map(|_| ())
            }
            (Case::Choice(holder, _), _) => match self.application(holder) {
                Some(application) => self.next_referral(application).map(|_| ()),
                None => Ok(()),
            },
            (Case::Operation(holder), Action::Operate(operation)) => {
                self.possible_operation(&operation.deed, holder, now)
            }
            (Case::Registration | Case::Publication | Case::Application(_) | Case::Operation(_), _) => Ok(()),
        }
    }

    /// R20: a registered application is in the queue at once.
    fn registered(&self, action: &Action, now: Moment) -> Option<Fact> {
        let Action::Submit { applicant, child, benefit, documents, channel, channel_number, application } =
            action
        else {
            return None;
        };
        let (number, serial) = self.next_number(application.as_ref(), now).ok()?;
        Some(Fact::Registered {
            application: number,
            serial,
            applicant: applicant.clone(),
            child: child.clone(),
            // O29: the birth year.
            group_year: super::operate::group_year_of(child.born),
            benefit: benefit.clone(),
            documents: documents.unwrap_or_default(),
            channel: *channel,
            channel_number: channel_number.clone(),
            registered_at: now,
            next_due: self.clock().interest_from(now),
            // F35: a mismatch is a warning.
            birth_date_differs: child.iin.differs_from(child.born),
        })
    }

    /// The host's number, or the register's own (R80); a serial whose number is taken is skipped.
    pub(super) fn next_number(
        &self,
        own: Option<&ApplicationNumber>,
        now: Moment,
    ) -> Result<(ApplicationNumber, u32), Error> {
        let year = self.clock().day(now).year();
        let mut serial = self.book.serial.saturating_add(1);
        while serial <= LAST_SERIAL {
            let number = match own {
                Some(number) => return Ok((number.clone(), serial)),
                None => ApplicationNumber::of(&self.book.prefix, year, serial),
            };
            if self.book.holder(&number).is_none() {
                return Ok((number, serial));
            }
            serial = serial.saturating_add(1);
        }
        Err(Error::new(
            ErrorCode::NumbersExhausted,
            "application",
            "a serial up to 999999",
            serial.to_string(),
        ))
    }

    /// R60: the places wait for those whose turn it is, at most for one choice window.
    fn published(&self, action: &Action, now: Moment) -> Option<Fact> {
        let Action::PublishVacancy { kindergarten, group_year, language, places, kind } = action else {
            return None;
        };
        let window = self.policy().choice_window;
        let opens_at = self.clock().end(window, Start { at: now, by_itself: false });
        Some(Fact::VacancyPublished {
            vacancy: VacancyId::try_from(self.book.vacancies.len())
                .unwrap_or(VacancyId::MAX)
                .saturating_add(1),
            kindergarten: kindergarten.clone(),
            kind: kind.unwrap_or(KindergartenKind::State),
            group_year: *group_year,
            language: *language,
            places: u16::try_from(*places).unwrap_or_default(),
            opens_at: opens_at.at,
            terms: StartedTerms { opens_at: Some(window), ..StartedTerms::default() },
            projected: opens_at.projected,
        })
    }

    /// R44: choosing issues the referral at once.
    fn choose(&mut self, holder: u32, vacancy: VacancyId, now: Moment, by: &mut Trigger) {
        let turn = match self.application(holder).map(Application::held) {
            Some(Held::Turn(seat)) => Some(seat),
            Some(Held::Referral(_) | Held::Nothing) | None => None,
        };
        let published = self.book.vacancy(vacancy);
        let Some((place, displaced)) =
            published.and_then(|published| place_to_take(published, vacancy, turn))
        else {
            return;
        };
        self.issue_at(holder, Seat { vacancy, place }, now, by);
        // The turn whose place was taken is from now on for the place that this one's was for.
        if let (Some(displaced), Some(own)) = (displaced.and_then(|other| self.application(other)), turn) {
            let application = displaced.number.clone();
            self.record(Fact::TurnMoved { application, vacancy: own.vacancy, place: own.place }, now, by);
        }
    }

    /// Issues a referral to a place.
    pub(super) fn issue_at(&mut self, holder: u32, seat: Seat, now: Moment, by: &mut Trigger) {
        let (Some(application), Some(vacancy)) = (self.application(holder), self.book.vacancy(seat.vacancy))
        else {
            return;
        };
        let Ok(referral) = self.next_referral(application) else { return };
        let clock = self.clock();
        let start = Start { at: now, by_itself: false };
        let expires_at = clock.end(clock.policy.referral_term, start);
        let recall_until = clock.policy.recall_window.map(|window| clock.end(window, start));
        // F18: the benefit is to be proved within a term of the issue.
        let to_prove = application.benefit.as_ref().filter(|_| !application.proved);
        let prove_within =
            to_prove.and_then(|id| clock.policy.benefit(id)).and_then(|benefit| benefit.prove_within);
        let prove_by = prove_within.map(|term| clock.end(term, start));
        let ends = [Some(expires_at), recall_until, prove_by];
        let fact = Fact::ReferralIssued {
            application: application.number.clone(),
            referral,
            vacancy: seat.vacancy,
            place: seat.place,
            kindergarten: vacancy.kindergarten.clone(),
            recall_until: recall_until.map(|until| until.at),
            expires_at: expires_at.at,
            prove_by: prove_by.map(|until| until.at),
            terms: StartedTerms {
                expires_at: Some(clock.policy.referral_term),
                recall_until: clock.policy.recall_window,
                prove_by: prove_within,
                ..StartedTerms::default()
            },
            projected: ends.iter().flatten().any(|end| end.projected),
        };
        self.record(fact, now, by);
    }

    /// R84: the serial and the ordinal; one that was taken over under that number is skipped.
    pub(super) fn next_referral(&self, application: &Application) -> Result<ReferralNumber, Error> {
        self.referral_after(application.serial, application.referrals)
    }

    /// The first referral number of a serial, after so many, that was not taken over.
    pub(super) fn referral_after(&self, serial: u32, issued: u16) -> Result<ReferralNumber, Error> {
        let mut ordinals = issued.saturating_add(1)..=LAST_REFERRAL;
        let number = |ordinal: u16| ReferralNumber::of(serial, u32::from(ordinal));
        ordinals.find(|ordinal| self.index.of_foreign(number(*ordinal)).is_none()).map(number).ok_or_else(
            || {
                let found = format!("the referral {}", u32::from(issued) + 1);
                Error::new(
                    ErrorCode::NumbersExhausted,
                    "referral",
                    "99 of one application at the most",
                    found,
                )
            },
        )
    }

    /// The fact with which every other command begins.
    fn first_fact(&self, holder: u32, action: &Action, now: Moment) -> Option<Fact> {
        let case = self.application(holder)?;
        let application = case.number.clone();
        let referral = || case.referral().map(|live| live.number);
        Some(match action {
            // R27.
            Action::ChangeBenefit { benefit, documents, .. } => Fact::BenefitChanged {
                application,
                benefit: benefit.clone(),
                documents: documents.unwrap_or_default(),
            },
            // R31, O20, O21: it counts for the period that is running.
            Action::ConfirmInterest { .. } => Fact::InterestConfirmed {
                application,
                next_due: self.clock().interest_after(case.registered_at, now),
            },
            // R06.
            Action::LinkParent { parent, .. } => Fact::ParentLinked { application, parent: parent.clone() },
            // R28.
            Action::Withdraw { .. } => Fact::Closed { application, reason: CloseReason::Withdrawn },
            // As if the turn lapsed now.
            Action::PassTurn { .. } => case.fall_due(crate::application::decide::Due::Turn)?,
            // R53: the new last good day.
            Action::ExtendReferral { until, reason, .. } => Fact::ReferralExtended {
                application,
                referral: referral()?,
                reason: reason.clone(),
                expires_at: self.clock().after(*until, case.referral()?.issued_at),
            },
            // R56.
            Action::RecallReferral { reason, .. } => {
                Fact::ReferralRecalled { application, referral: referral()?, reason: reason.clone() }
            }
            // O25.
            Action::RecordVisit { .. } => Fact::Visited { application, referral: referral()? },
            // F18.
            Action::ProveBenefit { .. } => Fact::BenefitProved { application },
            // R71.
            Action::Accept { .. } => enrolled(case)?,
            // R73, R74.
            Action::Refuse { reason, .. } => {
                Fact::Refused { application, referral: referral()?, reason: reason.clone() }
            }
            // R75.
            Action::UpholdRefusal { .. } => Fact::RefusalUpheld { application, referral: referral()? },
            // R76.
            Action::OverturnRefusal { .. } => Fact::RefusalOverturned { application, referral: referral()? },
            // R78.
            Action::MarkDeparture { date, reason, .. } => departed(case, *date, reason)?,
            Action::Submit { .. }
            | Action::PublishVacancy { .. }
            | Action::Choose { .. }
            | Action::Operate(_) => return None,
        })
    }
}

fn enrolled(case: &Application) -> Option<Fact> {
    let live = case.referral()?;
    Some(Fact::Enrolled {
        application: case.number.clone(),
        referral: live.number,
        kindergarten: live.kindergarten.clone(),
    })
}

fn departed(case: &Application, date: crate::Day, reason: &crate::Reason) -> Option<Fact> {
    let Standing::Enrolled(enrolment) = &case.standing else { return None };
    Some(Fact::Departed {
        application: case.number.clone(),
        referral: enrolment.referral,
        kindergarten: enrolment.kindergarten.clone(),
        date,
        reason: reason.clone(),
    })
}

/// Which place a choice takes, and whose turn was for it.
///
/// With a turn: his own turn's, then one that no turn is for, then the first in order of places, else an open
/// one. Without: an open one.
fn place_to_take(vacancy: &Vacancy, id: VacancyId, turn: Option<Seat>) -> Option<(u16, Option<u32>)> {
    let open =
        || vacancy.places().find(|(_, place)| **place == Place::Open).map(|(number, _)| (number, None));
    let Some(own) = turn else { return open() };
    let waiting = || {
        vacancy.places().filter_map(|(number, place)| match place {
            Place::Waiting { turn, .. } => Some((number, *turn)),
            Place::Open | Place::Referred { .. } | Place::Filled { .. } | Place::Gone => None,
        })
    };
    if own.vacancy == id && waiting().any(|(number, _)| number == own.place) {
        return Some((own.place, None));
    }
    waiting().find(|(_, turn)| turn.is_none()).or_else(|| waiting().next()).or_else(open)
}

//! Doing an operator's commands: each effect an event that says so.

use super::operate::{place_for, takeable};
use super::{Register, member};
use crate::application::begin::group_year_of;
use crate::application::{Application, Standing};
use crate::event::{Imported, StartedTerms, Trigger};
use crate::policy::Start;
use crate::queue::{Class, Key};
use crate::{Action, CloseReason, Command, Deed, Error, Fact, Import, Moment, Seat, Stage};

impl Register {
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
            (
                Deed::IssueReferral { .. }
                | Deed::Reinstate { .. }
                | Deed::VoidReferral { .. }
                | Deed::VoidEnrolment { .. }
                | Deed::VoidDeparture { .. }
                | Deed::WithdrawPlaces { .. }
                | Deed::UnlinkParent { .. }
                | Deed::Correct { .. }
                | Deed::MoveOut { .. }
                | Deed::ChangePolicy { .. }
                | Deed::ChangeCalendar { .. }
                | Deed::Pause
                | Deed::Resume,
                _,
            ) => Ok(()),
        }
    }

    /// What is malformed because of the moment or of this register: an error, whatever else stands against it.
    pub(super) fn well_formed(&self, command: &Command, now: Moment) -> Result<(), Error> {
        let Action::Operate(operation) = &command.action else { return Ok(()) };
        match &operation.deed {
            Deed::Import(import) => {
                import.complete()?;
                if import.registered_at <= now {
                    return Ok(());
                }
                let zone = self.policy().zone();
                let expected = format!("an instant up to now, {}", now.in_zone(zone));
                let found = import.registered_at.in_zone(zone).to_string();
                Err(Error::malformed("registered_at", expected, found))
            }
            Deed::ChangePolicy { policy, from } => self.possible_policy(policy, *from, now),
            Deed::ChangeCalendar { calendar } => self.changed_calendar(calendar).map(|_| ()),
            Deed::Reinstate { .. }
            | Deed::IssueReferral { .. }
            | Deed::VoidReferral { .. }
            | Deed::VoidEnrolment { .. }
            | Deed::VoidDeparture { .. }
            | Deed::WithdrawPlaces { .. }
            | Deed::UnlinkParent { .. }
            | Deed::Correct { .. }
            | Deed::MoveOut { .. }
            | Deed::Pause
            | Deed::Resume => Ok(()),
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
        let (application, serial) = self.next_number(Some(&import.application), now)?;
        let vacancy = import.vacancy.and_then(|id| self.book().vacancy(id));
        // Whoever came to a place came with a referral: an enrolment that is voided runs on it again.
        let holds_referral = match import.stage {
            Stage::Referred | Stage::UnderReview => true,
            Stage::Enrolled => import.vacancy.is_some(),
            Stage::Queued | Stage::Notified | Stage::StopListed | Stage::Inactive | Stage::Closed => false,
        };
        let referral = match import.referral {
            None if holds_referral => Some(self.referral_after(serial, 0)?),
            given => given,
        };
        // R06: whoever is linked is linked once.
        let mut parents = Vec::new();
        for parent in &import.parents {
            if *parent != import.applicant && !parents.contains(parent) {
                parents.push(parent.clone());
            }
        }
        Ok(Fact::Imported(Box::new(Imported {
            application,
            serial,
            applicant: import.applicant.clone(),
            parents,
            child: import.child.clone(),
            group_year: group_year_of(import.child.born),
            benefit: import.benefit.clone(),
            registered_at: import.registered_at,
            stage: import.stage,
            choose_by: import.choose_by,
            expires_at: import.expires_at,
            recall_until: import.recall_until,
            until: import.until,
            // Without an interest rule nothing is due (R31).
            next_due: import
                .next_due
                .filter(|_| self.policy().interest.is_some())
                .or_else(|| self.clock().interest_running(import.registered_at, now)),
            lapses: import.lapses.unwrap_or_default(),
            extensions: import.extensions.unwrap_or_default(),
            referral,
            vacancy: import.vacancy,
            place: vacancy.and_then(|vacancy| place_for(vacancy, import.stage)),
            kindergarten: vacancy
                .map(|vacancy| vacancy.kindergarten.clone())
                .or_else(|| import.kindergarten.clone()),
            birth_date_differs: import.child.iin.differs_from(import.child.born),
        })))
    }

    /// How many waiting applications of its line a deed puts behind the one that it is about.
    fn passed(&self, deed: &Deed, holder: Option<u32>) -> Option<u32> {
        let own = holder.and_then(|holder| self.application(holder));
        let policy = self.policy();
        // Where it will stand: its line, its class and its registration.
        let (line, place) = match (deed, own) {
            (Deed::Import(import), _) => {
                let holder = u32::try_from(self.book().applications.len()).unwrap_or(u32::MAX);
                let key = Key { registered_at: import.registered_at, holder };
                (group_year_of(import.child.born), Some((Class::of(import.benefit.as_ref(), policy), key)))
            }
            (Deed::Correct { born, group_year, benefit, .. }, Some(own)) => {
                let line = group_year.or(born.map(group_year_of)).unwrap_or(own.group_year);
                let benefit = benefit.as_ref().unwrap_or(&own.benefit);
                let key = Key { registered_at: own.registered_at, holder: holder? };
                (line, Some((Class::of(benefit.as_ref(), policy), key)))
            }
            (Deed::Reinstate { .. }, Some(own)) => {
                let member = member(holder?, own, policy);
                (own.group_year, Some((member.class, member.key)))
            }
            // Served now: before everybody who stands before it.
            (Deed::IssueReferral { .. }, Some(own)) => (own.group_year, None),
            (
                Deed::IssueReferral { .. }
                | Deed::Reinstate { .. }
                | Deed::Correct { .. }
                | Deed::VoidReferral { .. }
                | Deed::VoidEnrolment { .. }
                | Deed::VoidDeparture { .. }
                | Deed::WithdrawPlaces { .. }
                | Deed::UnlinkParent { .. }
                | Deed::MoveOut { .. }
                | Deed::ChangePolicy { .. }
                | Deed::ChangeCalendar { .. }
                | Deed::Pause
                | Deed::Resume,
                _,
            ) => return None,
        };
        let waits = |other: &u32| {
            let stage = self.application(*other).map(Application::stage);
            Some(*other) != holder && matches!(stage, Some(Stage::Queued | Stage::Notified))
        };
        let mut order = self.index().queue.line(line, self.book().cycle(line)).map(|key| key.holder);
        let count = match place {
            None => order.by_ref().take_while(|other| Some(*other) != holder).filter(waits).count(),
            Some(place) => {
                let after = |other: &u32| {
                    let other =
                        self.application(*other).map(|application| member(*other, application, policy));
                    other.is_some_and(|other| place < (other.class, other.key))
                };
                order.filter(waits).filter(after).count()
            }
        };
        u32::try_from(count).ok()
    }
}

//! How an application takes in what happened: it only assigns, and decides nothing.

use std::sync::Arc;

use super::{Application, Enrolment, Referral, Reminded, Standing};
use crate::event::{Cause, Event, Imported};
use crate::policy::{Deadline, Start};
use crate::sorted::Few;
use crate::{Fact, Moment, Seat, Stage, Term};

impl Application {
    /// The application that a registration makes; `None` for any other fact.
    pub(crate) fn registered(fact: &Fact) -> Option<Application> {
        let Fact::Registered {
            application,
            serial,
            applicant,
            child,
            group_year,
            benefit,
            documents,
            channel,
            channel_number,
            registered_at,
            next_due,
            birth_date_differs: _,
        } = fact
        else {
            return None;
        };
        Some(Application {
            number: application.clone(),
            serial: *serial,
            applicant: applicant.clone(),
            parents: Few::default(),
            child: child.clone(),
            group_year: *group_year,
            benefit: benefit.clone(),
            proved: false,
            documents: *documents,
            channel: *channel,
            channel_number: channel_number.clone().map(Box::new),
            registered_at: *registered_at,
            next_due: *next_due,
            interest_since: *registered_at,
            lapses: 0,
            extensions: 0,
            referrals: 0,
            inactivations: 0,
            foreign: None,
            reminded: Few::default(),
            last_kindergarten: None,
            standing: Standing::Queued,
        })
    }

    /// Takes in a fact about this application.
    pub(crate) fn absorb(&mut self, event: &Event) {
        match &event.fact {
            Fact::BenefitChanged { benefit, documents, .. } => {
                self.benefit.clone_from(benefit);
                self.documents = *documents;
                self.proved = false;
            }
            Fact::BenefitProved { .. } => self.proved = true,
            Fact::InterestConfirmed { next_due, .. } => {
                self.next_due = *next_due;
                self.interest_since = event.moment();
            }
            Fact::ParentLinked { parent, .. } => {
                if !self.belongs_to(parent) {
                    self.parents = self.parents.iter().chain([parent]).cloned().collect();
                }
            }
            Fact::TurnCame { vacancy, place, choose_by, terms, projected, .. } => {
                self.standing = Standing::Notified {
                    seat: Seat { vacancy: *vacancy, place: *place },
                    choose_by: started(event, *choose_by, terms.choose_by, *projected),
                };
            }
            Fact::TurnMoved { vacancy, place, .. } => {
                if let Standing::Notified { seat, .. } = &mut self.standing {
                    *seat = Seat { vacancy: *vacancy, place: *place };
                }
            }
            Fact::TurnLapsed { .. }
            | Fact::ReferralRecalled { .. }
            | Fact::StopListEnded { .. }
            | Fact::Restored { .. } => self.standing = Standing::Queued,
            Fact::ReferralIssued {
                referral,
                vacancy,
                place,
                kindergarten,
                recall_until,
                expires_at,
                prove_by,
                terms,
                projected,
                ..
            } => {
                let recall_until = recall_until.map(|at| started(event, at, terms.recall_until, *projected));
                // R84: one that was taken over may have been skipped.
                let ordinal = referral.parts().and_then(|(_, ordinal)| u16::try_from(ordinal).ok());
                self.referrals = ordinal.unwrap_or(self.referrals.saturating_add(1));
                self.last_kindergarten = Some(kindergarten.clone());
                self.standing = Standing::Referred {
                    referral: Arc::new(Referral {
                        number: *referral,
                        seat: Seat { vacancy: *vacancy, place: *place },
                        kindergarten: kindergarten.clone(),
                        issued_at: event.moment(),
                        recall_until,
                        extensions: 0,
                    }),
                    expires_at: Some(started(event, *expires_at, terms.expires_at, *projected)),
                    prove_by: prove_by.map(|at| Box::new(started(event, at, terms.prove_by, *projected))),
                    visited: false,
                    must_accept: false,
                };
            }
            Fact::ReferralExtended { expires_at: until, .. } => {
                self.extensions = self.extensions.saturating_add(1);
                if let Standing::Referred { referral, expires_at, .. } = &mut self.standing {
                    let referral = Arc::make_mut(referral);
                    referral.extensions = referral.extensions.saturating_add(1);
                    *expires_at = Some(started(event, *until, None, false));
                }
            }
            Fact::ReferralExpired { lapses, .. } => {
                self.lapses = *lapses;
                self.standing = Standing::Queued;
            }
            Fact::StopListed { until, terms, projected, .. } => {
                self.standing =
                    Standing::StopListed { until: started(event, *until, terms.until, *projected) };
            }
            Fact::MadeInactive { until, terms, projected, .. } => {
                self.inactivations = self.inactivations.saturating_add(1);
                self.standing = Standing::Inactive { until: started(event, *until, terms.until, *projected) };
            }
            Fact::BenefitLost { .. } => {
                self.benefit = None;
                self.proved = false;
            }
            Fact::ReminderDue { of, before, until, .. } => {
                // A reminder of an end that no longer stands is forgotten.
                let stands = |given: &Reminded| given.of != *of || given.until == *until;
                let new = Reminded { of: *of, before: *before, until: *until };
                self.reminded = self.reminded.iter().copied().filter(stands).chain([new]).collect();
            }
            Fact::Visited { .. } => {
                if let Standing::Referred { expires_at, visited, .. } = &mut self.standing {
                    *expires_at = None;
                    *visited = true;
                }
            }
            Fact::Refused { .. } => {
                if let Standing::Referred { referral, visited, .. } = &self.standing {
                    self.standing = Standing::UnderReview { referral: referral.clone(), visited: *visited };
                }
            }
            Fact::RefusalOverturned { .. } => {
                if let Standing::UnderReview { referral, visited } = &self.standing {
                    self.standing = Standing::Referred {
                        referral: referral.clone(),
                        expires_at: None,
                        prove_by: None,
                        visited: *visited,
                        must_accept: true,
                    };
                }
            }
            Fact::Enrolled { referral, kindergarten, .. } => {
                if let Some(seat) = self.referral().map(|live| live.seat) {
                    self.standing = Standing::Enrolled(Arc::new(Enrolment {
                        referral: Some(*referral),
                        seat: Some(seat),
                        kindergarten: kindergarten.clone(),
                    }));
                }
            }
            Fact::Closed { reason, .. } => {
                let left = match std::mem::replace(&mut self.standing, Standing::Queued) {
                    Standing::Enrolled(enrolment) => Some(enrolment),
                    Standing::Queued
                    | Standing::Notified { .. }
                    | Standing::Referred { .. }
                    | Standing::UnderReview { .. }
                    | Standing::StopListed { .. }
                    | Standing::Inactive { .. }
                    | Standing::Closed { .. } => None,
                };
                self.standing = Standing::Closed { reason: *reason, left };
            }
            Fact::Reinstated { lapses, next_due, .. } => {
                self.lapses = *lapses;
                self.next_due = *next_due;
                self.interest_since = event.moment();
                self.standing = Standing::Queued;
            }
            Fact::ReferralVoided { .. } => self.standing = Standing::Queued,
            Fact::EnrolmentVoided { .. } => self.absorb_voided_enrolment(event),
            Fact::DepartureVoided { .. } => {
                if let Standing::Closed { left: Some(enrolment), .. } = &self.standing {
                    self.standing = Standing::Enrolled(enrolment.clone());
                }
            }
            Fact::ParentUnlinked { parent, .. } => {
                if self.applicant == *parent
                    && let [next, others @ ..] = &*self.parents
                {
                    (self.applicant, self.parents) = (next.clone(), others.iter().cloned().collect());
                } else {
                    let others = self.parents.iter().filter(|linked| *linked != parent);
                    self.parents = others.cloned().collect();
                }
            }
            Fact::Corrected { born, group_year, benefit, .. } => {
                if self.benefit != *benefit {
                    self.proved = false;
                }
                self.child.born = *born;
                self.group_year = *group_year;
                self.benefit.clone_from(benefit);
            }
            Fact::DeadlineMoved { of, to, gained, projected, .. } => {
                if let Some(end) = self.end_mut(*of) {
                    *end = Deadline { at: *to, gained: *gained, projected: *projected, ..*end };
                }
            }
            Fact::Opened { .. }
            | Fact::Registered { .. }
            | Fact::VacancyPublished { .. }
            | Fact::SeatsOpened { .. }
            | Fact::SeatReturned { .. }
            | Fact::RefusalUpheld { .. }
            | Fact::Departed { .. }
            | Fact::Imported(_)
            | Fact::PlacesWithdrawn { .. }
            | Fact::PolicyAnnounced { .. }
            | Fact::PolicyChanged { .. }
            | Fact::CalendarChanged { .. }
            | Fact::Paused {}
            | Fact::Resumed { .. } => {}
        }
    }

    /// Referred again, with a new term.
    fn absorb_voided_enrolment(&mut self, event: &Event) {
        let Fact::EnrolmentVoided { referral, expires_at, terms, projected, .. } = &event.fact else {
            return;
        };
        let Standing::Enrolled(enrolment) = &self.standing else { return };
        let Enrolment { seat: Some(seat), kindergarten, .. } = enrolment.as_ref() else { return };
        // O24: an end of interest that passed meanwhile is judged on the return, and nobody is reminded of it.
        if self.next_due.is_some_and(|end| end <= event.moment()) {
            self.interest_since = event.moment();
        }
        self.standing = Standing::Referred {
            referral: Arc::new(Referral {
                number: *referral,
                seat: *seat,
                kindergarten: kindergarten.clone(),
                issued_at: event.moment(),
                recall_until: None,
                extensions: 0,
            }),
            expires_at: Some(started(event, *expires_at, terms.expires_at, *projected)),
            prove_by: None,
            visited: false,
            must_accept: false,
        };
    }

    /// The application that an import makes; `None` where an end is missing that its stage needs.
    pub(crate) fn imported(imported: &Imported, event: &Event) -> Option<Application> {
        let end = |at: Moment| started(event, at, None, false);
        let seat = imported.vacancy.zip(imported.place).map(|(vacancy, place)| Seat { vacancy, place });
        let referral = || {
            Some(Arc::new(Referral {
                number: imported.referral?,
                seat: seat?,
                kindergarten: imported.kindergarten.clone()?,
                issued_at: event.moment(),
                recall_until: imported.recall_until.map(end),
                extensions: imported.extensions,
            }))
        };
        let standing = match imported.stage {
            Stage::Queued => Standing::Queued,
            Stage::Notified => Standing::Notified { seat: seat?, choose_by: end(imported.choose_by?) },
            Stage::Referred => Standing::Referred {
                referral: referral()?,
                expires_at: Some(end(imported.expires_at?)),
                prove_by: None,
                visited: false,
                must_accept: false,
            },
            Stage::UnderReview => Standing::UnderReview { referral: referral()?, visited: false },
            Stage::StopListed => Standing::StopListed { until: end(imported.until?) },
            Stage::Inactive => Standing::Inactive { until: end(imported.until?) },
            Stage::Enrolled => Standing::Enrolled(Arc::new(Enrolment {
                referral: imported.referral,
                seat,
                kindergarten: imported.kindergarten.clone()?,
            })),
            Stage::Closed => return None,
        };
        Some(Application {
            number: imported.application.clone(),
            serial: imported.serial,
            applicant: imported.applicant.clone(),
            parents: imported.parents.iter().cloned().collect(),
            child: imported.child.clone(),
            group_year: imported.group_year,
            benefit: imported.benefit.clone(),
            proved: false,
            documents: 0,
            channel: None,
            channel_number: None,
            registered_at: imported.registered_at,
            next_due: imported.next_due,
            // A reminder whose day was before it was the other portal's.
            interest_since: event.moment(),
            lapses: imported.lapses,
            extensions: imported.extensions,
            referrals: 0,
            inactivations: 0,
            reminded: Few::default(),
            foreign: imported.referral,
            // R71: a turn is no referral, and no kindergarten's staff act on it.
            last_kindergarten: imported.kindergarten.clone().filter(|_| imported.stage != Stage::Notified),
            standing,
        })
    }
}

impl Event {
    /// When it happened; the opening, which has no moment, before everything.
    pub(crate) fn moment(&self) -> Moment {
        self.at.unwrap_or(Moment::from_unix(i64::MIN))
    }
}

/// A term that an event starts, as the state keeps it.
fn started(event: &Event, at: Moment, term: Option<Term>, projected: bool) -> Deadline {
    let start = Start { at: event.moment(), by_itself: event.cause == Cause::Due };
    Deadline { at, projected, start, term, gained: 0, counted: None }
}

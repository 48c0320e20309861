//! What a fact about the application means for the places around it: on the card, and in the host's rows.

use super::Card;
use super::act::Notes;
use super::effect::Effect;
use super::offer::Move;
use crate::application::Held;
use crate::policy::LapsedTurnSeat;
use crate::{Fact, Moment, Seat, SeatGoes};

impl Card {
    /// What a fact means for the places around. `held` is the place that the application held before.
    pub(super) fn follow(&mut self, fact: &Fact, held: Held, at: Moment, notes: &mut Notes) {
        match fact {
            Fact::TurnCame { vacancy, place, cycle, .. } => {
                self.line.cycle = cycle.unwrap_or(self.line.cycle);
                notes.effects.push(Effect::PlaceOffered { vacancy: *vacancy, place: *place });
                if let Some(offer) = self.line.offers.iter_mut().find(|offer| offer.vacancy == *vacancy) {
                    offer.offered(*place);
                }
            }
            Fact::TurnMoved { vacancy, place, .. } => {
                notes.effects.push(Effect::PlaceOffered { vacancy: *vacancy, place: *place });
            }
            // F28: the place is offered on; else it opens, which `seats_opened` says.
            Fact::TurnLapsed { vacancy, place, .. } => {
                notes.able = true;
                if self.rules.policy.after_choice_window.seat == LapsedTurnSeat::NextInLine {
                    let (vacancy, place) = (*vacancy, *place);
                    notes.effects.push(Effect::PlaceLeft { vacancy, place, passed_by: true });
                    notes.free(at);
                }
            }
            Fact::SeatsOpened { vacancy, seats, .. } => {
                for place in seats {
                    notes.effects.push(Effect::PlaceOpened { vacancy: *vacancy, place: *place });
                    self.shift(*vacancy, *place, Move::Opens);
                }
            }
            Fact::ReferralIssued { vacancy, place, .. } => {
                let seat = Seat { vacancy: *vacancy, place: *place };
                let turn = if let Held::Turn(own) = held { Some(own) } else { None };
                notes.effects.push(Effect::PlaceTaken { vacancy: *vacancy, place: *place });
                if let Some(own) = turn.filter(|own| *own != seat) {
                    let Seat { vacancy, place } = own;
                    notes.effects.push(Effect::PlaceLeft { vacancy, place, passed_by: false });
                    notes.free(at);
                }
                let waited = self.offer(*vacancy).is_some_and(|offer| offer.waits(*place, turn));
                self.shift(*vacancy, *place, if waited { Move::LeavesWaiting } else { Move::LeavesOpen });
                self.line.next_referral = self.application.next_referral();
            }
            Fact::SeatReturned { vacancy, place, to, .. } => {
                notes.effects.push(Effect::PlaceGivenBack { vacancy: *vacancy, place: *place, to: *to });
                match to {
                    SeatGoes::NextInLine => {
                        self.shift(*vacancy, *place, Move::Waits);
                        notes.free(at);
                    }
                    SeatGoes::FreeChoice => self.shift(*vacancy, *place, Move::ComesOpen),
                    SeatGoes::Staff => {}
                }
            }
            Fact::Closed { .. } => {
                // Leaving while notified frees the place of the turn.
                if let Held::Turn(Seat { vacancy, place }) = held {
                    notes.effects.push(Effect::PlaceLeft { vacancy, place, passed_by: false });
                    notes.free(at);
                }
            }
            Fact::Enrolled { .. } => {
                if let Held::Referral(Seat { vacancy, place }) = held {
                    notes.effects.push(Effect::PlaceFilled { vacancy, place });
                }
            }
            // It may be called again, if it stays in the queue.
            Fact::Registered { .. }
            | Fact::ReferralExpired { .. }
            | Fact::ReferralRecalled { .. }
            | Fact::StopListEnded { .. }
            | Fact::Restored { .. } => notes.able = true,
            Fact::Opened { .. }
            | Fact::BenefitChanged { .. }
            | Fact::BenefitProved { .. }
            | Fact::InterestConfirmed { .. }
            | Fact::ParentLinked { .. }
            | Fact::VacancyPublished { .. }
            | Fact::ReferralExtended { .. }
            | Fact::BenefitLost { .. }
            | Fact::ReminderDue { .. }
            | Fact::MadeInactive { .. }
            | Fact::StopListed { .. }
            | Fact::Visited { .. }
            | Fact::Refused { .. }
            | Fact::RefusalUpheld { .. }
            | Fact::RefusalOverturned { .. }
            | Fact::Departed { .. }
            | Fact::Imported(_)
            | Fact::Reinstated { .. }
            | Fact::ReferralVoided { .. }
            | Fact::EnrolmentVoided { .. }
            | Fact::DepartureVoided { .. }
            | Fact::PlacesWithdrawn { .. }
            | Fact::ParentUnlinked { .. }
            | Fact::Corrected { .. }
            | Fact::PolicyAnnounced { .. }
            | Fact::PolicyChanged { .. }
            | Fact::CalendarChanged { .. }
            | Fact::Paused {}
            | Fact::Resumed { .. }
            | Fact::DeadlineMoved { .. } => {}
        }
    }

    /// A place changes hands, in its vacancy and in its line.
    fn shift(&mut self, vacancy: u32, place: u16, how: Move) {
        if let Some(offer) = self.line.offers.iter_mut().find(|offer| offer.vacancy == vacancy) {
            offer.change(place, how);
        }
        self.line.places.change(how);
    }
}

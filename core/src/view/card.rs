//! Making a card: one application and what the rules need to know around it.

use std::sync::Arc;

use super::View;
use crate::application::Application;
use crate::card::{Line, Rules};
use crate::vacancy::{Place, Vacancy};
use crate::{ApplicationNumber, Card, Error, FreePlaces, LinePlaces, Offer, Seat, VacancyId};

impl View<'_> {
    /// The card of an application, for its page. It shows the vacancies of its line that have a place left.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`](crate::ErrorCode::NotFound).
    pub fn card(self, number: &ApplicationNumber) -> Result<Card, Error> {
        let (holder, application) = self.find(number)?;
        Ok(self.card_of(holder, application))
    }

    /// A vacancy as the card of an application shows it: one that the card does not have, because nothing of it
    /// is left or it is of another line.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`](crate::ErrorCode::NotFound), of the application or of the vacancy.
    pub fn offer(self, of: &ApplicationNumber, vacancy: VacancyId) -> Result<Offer, Error> {
        let (holder, application) = self.find(of)?;
        let found = self.register.book().vacancy(vacancy);
        let found = found.map(|row| offer(vacancy, row, holder, application));
        found.ok_or_else(|| {
            let expected = "one that is in the register";
            Error::new(crate::ErrorCode::NotFound, "vacancy", expected, vacancy.to_string())
        })
    }

    pub(super) fn card_of(self, holder: u32, application: &Application) -> Card {
        let register = self.register;
        let vacancies = register.book().vacancies.iter().zip(1..);
        let line = vacancies.filter(|(vacancy, _)| vacancy.group_year == application.group_year);
        let mut places = LinePlaces::default();
        let mut offers = Vec::new();
        for (vacancy, id) in line {
            places = places.with(vacancy.waiting(), vacancy.open(), vacancy.state());
            if vacancy.waiting() > 0 || vacancy.open() > 0 {
                offers.push(offer(id, vacancy, holder, application));
            }
        }
        let line = Line {
            enrolled_with: register.enrolled_with(holder, &application.child.iin),
            next_referral: register.next_referral(application).ok(),
            places,
            offers,
            cycle: register.book().cycle(application.group_year),
        };
        let rules = Rules {
            policy: Arc::clone(&register.book().rules.policy),
            calendar: register.calendar().clone(),
            since: register.book().rules.since,
            paused: register.is_paused(),
        };
        let valid_until = register.next_of_others(holder);
        Card::new(application.clone(), line, rules, (register.revision(), Some(self.now), valid_until))
    }
}

fn offer(id: VacancyId, vacancy: &Vacancy, holder: u32, application: &Application) -> Offer {
    let own = |place: u16| application.held() == crate::application::Held::Turn(Seat { vacancy: id, place });
    let waiting = || {
        vacancy.places().filter_map(|(place, is)| match is {
            Place::Waiting { turn, .. } => Some((place, *turn)).filter(|_| !own(place)),
            Place::Open | Place::Referred { .. } | Place::Filled { .. } | Place::Gone => None,
        })
    };
    let unoffered = waiting().find(|(_, turn)| turn.is_none());
    Offer {
        vacancy: id,
        kindergarten: vacancy.kindergarten.clone(),
        group_year: vacancy.group_year,
        waiting: vacancy.waiting(),
        open: vacancy.open(),
        state: vacancy.state(),
        waiting_place: unoffered.or_else(|| waiting().next()).map(|(place, _)| place),
        open_place: vacancy.places().find(|(_, is)| **is == Place::Open).map(|(place, _)| place),
        free: free_places(vacancy, holder),
    }
}

/// The places that no turn is for and that it could be offered, in runs.
fn free_places(vacancy: &Vacancy, holder: u32) -> Vec<FreePlaces> {
    let mut runs: Vec<FreePlaces> = Vec::new();
    for (place, is) in vacancy.places() {
        let Some((opens_at, passed_by)) = is.unoffered() else { continue };
        if passed_by.contains(&holder) {
            continue;
        }
        match runs.last_mut() {
            Some(run) if run.opens_at == opens_at && run.to.saturating_add(1) == place => run.to = place,
            Some(_) | None => runs.push(FreePlaces { from: place, to: place, opens_at }),
        }
    }
    runs
}

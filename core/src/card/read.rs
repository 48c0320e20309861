//! Reading a card: out of a portal's row, and out of JSON.

use std::sync::Arc;

use serde_json::Value;

use super::offer::waiting;
use super::row::policy;
use super::{Card, CardDetails, CardRow, FreePlaces, Line, LinePlaces, Offer, Rules};
use crate::application::{Application, Enrolment, Held, Referral, Reminded, Standing};
use crate::fields::{Fields, FromJson as _, Record, door, missing, record, records};
use crate::policy::{Clock, Deadline, Start};
use crate::sorted;
use crate::{ApplicationView, Calendar, Error, MovedEnd, ReferralNumber, Stage, VacancyState};

impl Card {
    /// A card out of a portal's row.
    ///
    /// # Errors
    /// [`ErrorCode::Malformed`](crate::ErrorCode::Malformed) with the path of what the stage needs and the row
    /// does not have, such as `application.choose_by` of one that is notified.
    pub fn of(row: CardRow) -> Result<Card, Error> {
        row.check()?;
        let application = row.application()?;
        let own = row.vacancies.iter().filter(|offer| offer.group_year == application.group_year);
        let listed =
            own.fold(LinePlaces::default(), |all, offer| all.with(offer.waiting, offer.open, offer.state));
        // A turn has a seat, listed or not.
        let turn = if let Held::Turn(seat) = application.held() { Some(seat.vacancy) } else { None };
        let unlisted = turn.is_some_and(|turn| row.vacancies.iter().all(|offer| offer.vacancy != turn));
        let together = listed.with(u16::from(unlisted), 0, VacancyState::Waiting);
        let line = Line {
            enrolled_with: row.enrolled_with,
            next_referral: row.next_referral.or_else(|| application.next_referral()),
            places: row.places.unwrap_or(together),
            // No vacancy is listed twice.
            offers: sorted::by(row.vacancies, |offer| (offer.vacancy.into(), 0)),
            cycle: row.cycle,
        };
        let rules = Rules {
            policy: Arc::new(row.policy),
            calendar: row.calendar,
            since: row.policy_since,
            paused: row.paused,
        };
        Ok(Card::new(application, line, rules, (row.revision, row.made_at, row.valid_until)))
    }

    /// A card out of its JSON.
    ///
    /// # Errors
    /// As [`Card::of`], and for what cannot be read, each with its path.
    pub fn from_json(value: &Value) -> Result<Card, Error> {
        Card::of(CardRow::of_json(value.clone())?)
    }
}

door!(Card, |value| Card::from_json(&value));
door!(CardRow);
door!(Offer);
door!(FreePlaces);
door!(LinePlaces);

records! {
    "a vacancy: an object with its number" Offer { vacancy, kindergarten, group_year, state }
        may { waiting, open, waiting_place, open_place, free }
    "free places: an object with from and to" FreePlaces { from, to, opens_at }
    "a reminder that was given" Reminded { of, before, until }
    "an end: an object with at" Deadline { at, projected, start, gained } may { term, counted }
    "a start: an object with at" Start { at, by_itself }
}

impl Record for CardRow {
    const WHAT: &'static str = "a card: an object with an application";

    fn read(from: &mut Fields) -> Result<CardRow, Error> {
        let application: ApplicationView = from.need("application")?;
        let details = from.raw("details").map(CardDetails::of_json).transpose();
        let policy = policy(&from.raw("policy").ok_or_else(|| missing("policy"))?)?;
        let number = application.application.clone();
        let (serial, applicant) = (from.need("serial")?, from.need("applicant")?);
        let new =
            CardRow::new(policy, number, serial, applicant, from.need("child")?, application.registered_at);
        Ok(CardRow {
            application,
            details: details.map_err(|error| error.under("details"))?.unwrap_or_default(),
            calendar: from.may("calendar")?.unwrap_or_else(Calendar::kazakhstan),
            ..new.with_what_is_around(from)?
        })
    }
}

impl CardRow {
    /// The same row with what stands around the application, each where it is given.
    pub(crate) fn with_what_is_around(self, from: &mut Fields) -> Result<CardRow, Error> {
        Ok(CardRow {
            parents: from.may("parents")?.unwrap_or_default(),
            policy_since: from.may("policy_since")?,
            paused: from.may("paused")?.unwrap_or_default(),
            turn: from.may("turn")?,
            places: from.may("places")?,
            vacancies: from.may("vacancies")?.unwrap_or_default(),
            cycle: from.may("cycle")?.unwrap_or_default(),
            enrolled_with: from.may("enrolled_with")?,
            next_referral: from.may("next_referral")?,
            revision: from.may("revision")?.unwrap_or_default(),
            made_at: from.may("made_at")?,
            valid_until: from.may("valid_until")?,
            ..self
        })
    }
}

impl Record for CardDetails {
    const WHAT: &'static str = "an object";

    fn read(from: &mut Fields) -> Result<CardDetails, Error> {
        Ok(record!(from, CardDetails {} may {
            seat, issued_at, referral_extensions, visited, proved, extensions, referrals, inactivations,
            interest_since, last_kindergarten, foreign, reminded, ends
        }))
    }
}

impl CardRow {
    fn application(&self) -> Result<Application, Error> {
        let (seen, details) = (&self.application, &self.details);
        let kindergarten = details.last_kindergarten.clone().or_else(|| seen.kindergarten.clone());
        // R84: a referral with the row's own serial tells how many there were at least; another number was taken
        // over, or is of the host's numbering.
        let named = seen.referral.filter(|named| details.foreign != Some(*named));
        let own = |(serial, ordinal): (u32, u32)| {
            u16::try_from(ordinal).ok().filter(|ordinal| serial == self.serial && *ordinal > 0)
        };
        let ordinal = named.and_then(ReferralNumber::parts).and_then(own);
        Ok(Application {
            number: seen.application.clone(),
            serial: self.serial,
            applicant: self.applicant.clone(),
            parents: self.parents.iter().cloned().collect(),
            child: self.child.clone(),
            group_year: seen.group_year,
            benefit: seen.benefit.clone(),
            proved: details.proved,
            documents: 0,
            channel: None,
            channel_number: None,
            registered_at: seen.registered_at,
            next_due: seen.next_due,
            interest_since: details.interest_since.or(self.made_at).unwrap_or(seen.registered_at),
            lapses: seen.lapses,
            extensions: details.extensions.max(details.referral_extensions),
            referrals: details.referrals.max(ordinal.unwrap_or_default()),
            inactivations: details.inactivations,
            reminded: details.reminded.iter().copied().collect(),
            foreign: details.foreign.or(named.filter(|_| ordinal.is_none())),
            last_kindergarten: kindergarten,
            standing: self.standing()?,
        })
    }

    fn standing(&self) -> Result<Standing, Error> {
        let (seen, details) = (&self.application, &self.details);
        Ok(match seen.stage {
            Stage::Queued => Standing::Queued,
            Stage::Notified => Standing::Notified {
                seat: need(details.seat, "details.seat", "the place that the turn is for")?,
                choose_by: need(
                    self.end(MovedEnd::ChooseBy)?,
                    "application.choose_by",
                    "the end of the choice window",
                )?,
            },
            Stage::Referred => Standing::Referred {
                referral: Arc::new(self.referral()?),
                expires_at: self.term()?,
                prove_by: self.end(MovedEnd::ProveBy)?.map(Box::new),
                visited: details.visited,
                must_accept: seen.must_accept.unwrap_or_default(),
            },
            Stage::UnderReview => {
                Standing::UnderReview { referral: Arc::new(self.referral()?), visited: details.visited }
            }
            Stage::StopListed => Standing::StopListed {
                until: need(self.end(MovedEnd::Until)?, "application.until", "the end of the stop-list")?,
            },
            Stage::Inactive => Standing::Inactive {
                until: need(
                    self.end(MovedEnd::Until)?,
                    "application.until",
                    "the end of the time to come back",
                )?,
            },
            Stage::Enrolled => Standing::Enrolled(Arc::new(Enrolment {
                referral: seen.referral,
                seat: details.seat,
                kindergarten: need(
                    seen.kindergarten.clone(),
                    "application.kindergarten",
                    "where the child is enrolled",
                )?,
            })),
            Stage::Closed => Standing::Closed {
                reason: need(seen.reason, "application.reason", "why it was closed")?,
                left: None,
            },
        })
    }

    /// R47, O23, O25: a term runs until the family comes, or the department has decided.
    fn term(&self) -> Result<Option<Deadline>, Error> {
        let end = self.end(MovedEnd::ExpiresAt)?;
        if self.term_runs() {
            need(end, "application.expires_at", "the end of the referral").map(Some)
        } else {
            Ok(end)
        }
    }

    fn referral(&self) -> Result<Referral, Error> {
        let (seen, details) = (&self.application, &self.details);
        Ok(Referral {
            number: need(seen.referral, "application.referral", "the number of the referral")?,
            seat: need(details.seat, "details.seat", "the place that the referral is to")?,
            kindergarten: need(
                seen.kindergarten.clone(),
                "application.kindergarten",
                "the kindergarten of the referral",
            )?,
            issued_at: need(details.issued_at, "details.issued_at", "when the referral was issued")?,
            recall_until: self.recall_window()?,
            extensions: details.referral_extensions,
        })
    }

    /// R56: of a referral whose end a portal has filled in, the window follows from the issue. (A row that a card
    /// has written tells in its details what set that end.)
    fn recall_window(&self) -> Result<Option<Deadline>, Error> {
        let told = self.end(MovedEnd::RecallUntil)?;
        let filled =
            self.application.expires_at.is_some() && !self.details.ends.contains(MovedEnd::ExpiresAt);
        if told.is_some() || !filled {
            return Ok(told);
        }
        let clock = Clock { policy: &self.policy, calendar: &self.calendar, since: None };
        let window = self.policy.recall_window.zip(self.details.issued_at);
        Ok(window.map(|(window, at)| clock.end(window, Start { at, by_itself: false })))
    }

    /// An end that runs: what set it is told in the details, or nothing is known of that.
    fn end(&self, which: MovedEnd) -> Result<Option<Deadline>, Error> {
        let seen = &self.application;
        let (shown, path) = match which {
            MovedEnd::ChooseBy => (seen.choose_by, "application.choose_by"),
            MovedEnd::ExpiresAt => (seen.expires_at, "application.expires_at"),
            MovedEnd::RecallUntil => (seen.recall_until, "application.recall_until"),
            MovedEnd::Until => (seen.until, "application.until"),
            MovedEnd::ProveBy => (None, ""),
        };
        let told = self.details.ends.get(which).copied();
        match (shown, told) {
            (Some(shown), Some(told)) if shown != told.at => {
                let expected = format!("{}, as in details.ends", told.at);
                Err(Error::malformed(path, expected, shown.to_string()))
            }
            (_, Some(told)) => Ok(Some(told)),
            (Some(at), None) => {
                // What was to be reminded of before the row was made, the host has.
                let since = self.made_at.or(self.details.issued_at).unwrap_or(seen.registered_at);
                let start = Start { at: since, by_itself: false };
                Ok(Some(Deadline { at, projected: false, start, term: None, gained: 0, counted: None }))
            }
            (None, None) => Ok(None),
        }
    }
}

/// What a stage needs.
fn need<T>(value: Option<T>, path: &str, expected: &str) -> Result<T, Error> {
    value.ok_or_else(|| Error::malformed(path, expected, "nothing"))
}

impl Record for LinePlaces {
    const WHAT: &'static str = "the places of the line";

    fn read(from: &mut Fields) -> Result<LinePlaces, Error> {
        Ok(LinePlaces {
            waiting: from.may("waiting")?.unwrap_or_default(),
            open: from.may("open")?.unwrap_or_default(),
            state: from.may("state")?.unwrap_or_else(waiting),
        })
    }
}

//! Reading events. A journal outlives its programs: a field that nobody knows is passed over.

use serde_json::Value;

use super::{CalendarStamp, Cause, Envelope, Event, Fact, Imported, LaterOpening, MovedEnd, StartedTerms};
use crate::Error;
use crate::command::actor_in;
use crate::fields::{Fields, FromJson, Record, door, record, words};

impl Event {
    /// An event of a journal, out of its JSON.
    ///
    /// # Errors
    /// [`ErrorCode::Malformed`](crate::ErrorCode::Malformed) with the path of what cannot be read.
    ///
    /// ```
    /// use kezek::Event;
    /// let row = serde_json::json!({"seq": 2, "at": "2018-01-10T09:00:00+06:00", "type": "closed",
    ///     "application": "UO.2018.000001.1", "reason": "tired", "rule": "R28", "cause": "command", "command": 2});
    /// let error = Event::from_json(row).unwrap_err();
    /// assert_eq!((error.code(), error.path()), (kezek::ErrorCode::Malformed, "reason"));
    /// ```
    pub fn from_json(value: Value) -> Result<Event, Error> {
        let mut fields = Fields::of(value, "an event: an object with a type")?;
        let from = &mut fields;
        Ok(Event {
            seq: from.need("seq")?,
            at: from.may("at")?,
            rule: from.need("rule")?,
            cause: from.need("cause")?,
            command: from.may("command")?,
            overrides: from.may("override")?.unwrap_or_default(),
            envelope: envelope(from)?,
            chain: from.may("chain")?.map(Box::new),
            fact: fact(from)?,
        })
    }
}

impl FromJson for Event {
    fn of_json(value: Value) -> Result<Event, Error> {
        Event::from_json(value)
    }
}

words!(Cause, MovedEnd);

door!(Event);
door!(CalendarStamp);
door!(StartedTerms);
door!(LaterOpening);

/// What came with the command; nothing is none.
fn envelope(from: &mut Fields) -> Result<Option<Box<Envelope>>, Error> {
    let envelope = Envelope {
        by: actor_in(from)?,
        signature: from.may("signature")?,
        key: from.may("key")?,
        body: from.may("body")?,
        settled: from.may("settled")?,
        authority: from.may("authority")?,
        grounds: from.may("grounds")?,
        passed: from.may("passed")?,
        ext: from.may("ext")?,
    };
    Ok((envelope != Envelope::default()).then(|| Box::new(envelope)))
}

fn fact(from: &mut Fields) -> Result<Fact, Error> {
    let name: String = from.need("type")?;
    Ok(match name.as_str() {
        "opened" => record!(from, Fact::Opened { format, register, policy, calendar, prefix }),
        "registered" => record!(from, Fact::Registered {
            application, serial, applicant, child, group_year, documents, registered_at,
            birth_date_differs,
        } may { benefit, channel, channel_number, next_due }),
        "benefit_changed" => record!(from, Fact::BenefitChanged { application, documents } may { benefit }),
        "benefit_proved" => record!(from, Fact::BenefitProved { application }),
        "interest_confirmed" => record!(from, Fact::InterestConfirmed { application } may { next_due }),
        "parent_linked" => record!(from, Fact::ParentLinked { application, parent }),
        "vacancy_published" => record!(from, Fact::VacancyPublished {
            vacancy, kindergarten, kind, group_year, language, places, opens_at, terms,
        } may { projected }),
        "turn_came" => record!(from, Fact::TurnCame {
            application, vacancy, place, choose_by, terms,
        } may { projected, cycle }),
        "turn_lapsed" => record!(from, Fact::TurnLapsed { application, vacancy, place }),
        "seats_opened" => record!(from, Fact::SeatsOpened { vacancy, places, seats }),
        "turn_moved" => record!(from, Fact::TurnMoved { application, vacancy, place }),
        "seat_returned" => record!(from, Fact::SeatReturned { vacancy, place, to, given_back_by }),
        "referral_issued" => record!(from, Fact::ReferralIssued {
            application, referral, vacancy, place, kindergarten, expires_at, terms,
        } may { recall_until, prove_by, projected }),
        "referral_extended" => {
            record!(from, Fact::ReferralExtended { application, referral, reason, expires_at })
        }
        "referral_recalled" => record!(from, Fact::ReferralRecalled { application, referral, reason }),
        "referral_expired" => record!(from, Fact::ReferralExpired {
            application, referral, lapses,
        } may { unproved }),
        "benefit_lost" => record!(from, Fact::BenefitLost { application }),
        "reminder_due" => record!(from, Fact::ReminderDue { application, of, before, until }),
        "made_inactive" => record!(from, Fact::MadeInactive {
            application, until, terms,
        } may { projected }),
        "restored" => record!(from, Fact::Restored { application }),
        "stop_listed" => record!(from, Fact::StopListed { application, until, terms } may { projected }),
        "stop_list_ended" => record!(from, Fact::StopListEnded { application }),
        "visited" => record!(from, Fact::Visited { application, referral }),
        "refused" => record!(from, Fact::Refused { application, referral, reason }),
        "refusal_upheld" => record!(from, Fact::RefusalUpheld { application, referral }),
        "refusal_overturned" => record!(from, Fact::RefusalOverturned { application, referral }),
        "enrolled" => record!(from, Fact::Enrolled { application, referral, kindergarten }),
        "departed" => record!(from, Fact::Departed {
            application, kindergarten, date, reason,
        } may { referral }),
        "closed" => record!(from, Fact::Closed { application, reason }),
        "imported" => Fact::Imported(Box::new(Imported::read(from)?)),
        "reinstated" => record!(from, Fact::Reinstated { application, lapses } may { next_due }),
        "referral_voided" => record!(from, Fact::ReferralVoided { application, referral }),
        "enrolment_voided" => record!(from, Fact::EnrolmentVoided {
            application, referral, expires_at, terms,
        } may { projected }),
        "departure_voided" => record!(from, Fact::DepartureVoided {
            application, kindergarten,
        } may { referral }),
        "places_withdrawn" => record!(from, Fact::PlacesWithdrawn { vacancy, places, seats }),
        "parent_unlinked" => record!(from, Fact::ParentUnlinked { application, parent }),
        "corrected" => record!(from, Fact::Corrected { application, born, group_year } may { benefit }),
        "policy_announced" => record!(from, Fact::PolicyAnnounced { policy, from }),
        "policy_changed" => record!(from, Fact::PolicyChanged { policy, from }),
        "calendar_changed" => record!(from, Fact::CalendarChanged { calendar, stamp } may { vacancies }),
        "paused" => record!(from, Fact::Paused {}),
        "resumed" => record!(from, Fact::Resumed {} may { vacancies }),
        "deadline_moved" => record!(from, Fact::DeadlineMoved {
            application, of, from, to,
        } may { gained, projected }),
        other => return Err(Error::malformed("type", "the type of an event", format!("{other:?}"))),
    })
}

impl Record for Imported {
    const WHAT: &'static str = "an application";

    fn read(from: &mut Fields) -> Result<Imported, Error> {
        Ok(record!(from, Imported {
            application, serial, applicant, child, group_year, registered_at, stage, lapses, extensions,
            birth_date_differs,
        } may {
            parents, benefit, choose_by, expires_at, recall_until, until, next_due, referral, vacancy, place,
            kindergarten,
        }))
    }
}

impl Record for CalendarStamp {
    const WHAT: &'static str = "a calendar's id, date and hash";
    const OPEN: bool = true;

    fn read(from: &mut Fields) -> Result<CalendarStamp, Error> {
        Ok(record!(from, CalendarStamp { id, known_at, hash }))
    }
}

impl Record for StartedTerms {
    const WHAT: &'static str = "terms by the field that each ends";
    const OPEN: bool = true;

    fn read(from: &mut Fields) -> Result<StartedTerms, Error> {
        Ok(record!(from, StartedTerms {} may {
            choose_by, expires_at, recall_until, until, prove_by, opens_at,
        }))
    }
}

impl Record for LaterOpening {
    const WHAT: &'static str = "a vacancy and when it opens";
    const OPEN: bool = true;

    fn read(from: &mut Fields) -> Result<LaterOpening, Error> {
        Ok(record!(from, LaterOpening { vacancy, opens_at } may { gained }))
    }
}

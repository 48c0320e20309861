//! What a row must not say: what does not apply to its stage, what is out of every range, what contradicts itself.

use super::{CardRow, FreePlaces, Offer};
use crate::sorted::Set;
use crate::{Error, Seat, Stage};

/// R60: so many places are published at the most, numbered from 1.
const LAST_PLACE: u16 = 999;

impl CardRow {
    /// INVARIANT (a card is sound): what a card is made of has passed this.
    ///
    /// # Errors
    /// [`ErrorCode::Malformed`](crate::ErrorCode::Malformed), with the path.
    pub(super) fn check(&self) -> Result<(), Error> {
        if !(1..=999_999).contains(&self.serial) {
            return Err(Error::malformed("serial", "1 to 999999", self.serial.to_string()));
        }
        let calendar = self.policy.calendar();
        if self.calendar.id() != calendar {
            let expected = format!("{calendar:?}, by which the policy counts");
            return Err(Error::malformed("calendar.id", expected, format!("{:?}", self.calendar.id())));
        }
        self.check_stage()?;
        self.check_moments()?;
        if let Some(Seat { vacancy, place }) = self.details.seat {
            positive(u64::from(vacancy), "details.seat.vacancy")?;
            place_number(place).map_err(|error| error.under("details.seat.place"))?;
        }
        self.check_offers()
    }

    /// Whether the term of a referral runs: until the family comes, or the department has decided (O23, O25).
    pub(super) fn term_runs(&self) -> bool {
        let decided = self.application.must_accept == Some(true);
        self.application.stage == Stage::Referred && !self.details.visited && !decided
    }

    fn check_stage(&self) -> Result<(), Error> {
        let (seen, stage) = (&self.application, self.application.stage);
        let found = format!("{stage:?}");
        if self.turn.is_some_and(|turn| turn != (stage == Stage::Notified)) {
            let expected = "true for one that is notified, and for no other";
            return Err(Error::malformed("turn", expected, found));
        }
        let with_referral = matches!(stage, Stage::Referred | Stage::UnderReview);
        let enrolled = stage == Stage::Enrolled;
        let blocked = matches!(stage, Stage::StopListed | Stage::Inactive);
        let notified = stage == Stage::Notified;
        let fields = [
            ("application.reason", seen.reason.is_some(), stage == Stage::Closed),
            ("application.referral", seen.referral.is_some(), with_referral || enrolled),
            ("application.must_accept", seen.must_accept == Some(true), stage == Stage::Referred),
            ("application.choose_by", seen.choose_by.is_some(), notified),
            ("application.expires_at", seen.expires_at.is_some(), self.term_runs()),
            ("application.recall_until", seen.recall_until.is_some(), with_referral),
            ("application.until", seen.until.is_some(), blocked),
            ("details.seat", self.details.seat.is_some(), notified || with_referral || enrolled),
        ];
        match fields.into_iter().find(|(_, told, applies)| *told && !applies) {
            Some((path, _, _)) => {
                Err(Error::malformed(path, format!("nothing for one that is {found}"), "it"))
            }
            None => Ok(()),
        }
    }

    /// What has happened lies before the row was made.
    fn check_moments(&self) -> Result<(), Error> {
        let Some(made_at) = self.made_at else {
            // R36: whether the birthday that brings a turn is past.
            let offered = self.vacancies.iter().any(|offer| !offer.free.is_empty());
            let expected = "when the row was made, with places that it may be offered";
            return if offered { Err(Error::malformed("made_at", expected, "nothing")) } else { Ok(()) };
        };
        let past = [
            ("application.registered_at", Some(self.application.registered_at)),
            ("details.issued_at", self.details.issued_at),
        ];
        let zone = self.policy.zone();
        for (path, at) in past.into_iter().filter_map(|(path, at)| Some((path, at?))) {
            if made_at < at {
                let expected = format!("{}, when the row was made, or before", made_at.in_zone(zone));
                return Err(Error::malformed(path, expected, at.in_zone(zone).to_string()));
            }
        }
        Ok(())
    }

    fn check_offers(&self) -> Result<(), Error> {
        let mut listed = Set::default();
        for (at, offer) in self.vacancies.iter().enumerate() {
            let under = |error: Error| error.under(&format!("vacancies[{at}]"));
            offer.check().map_err(under)?;
            if listed.insert(offer.vacancy, ()).is_some() {
                let expected = "a vacancy that is not listed yet";
                return Err(under(Error::malformed("vacancy", expected, offer.vacancy.to_string())));
            }
        }
        Ok(())
    }
}

impl Offer {
    fn check(&self) -> Result<(), Error> {
        positive(u64::from(self.vacancy), "vacancy")?;
        let most = |count: u16, expected: u16, path: &str| {
            let fault = || Error::malformed(path, format!("at most {expected}"), count.to_string());
            if count > expected { Err(fault()) } else { Ok(()) }
        };
        most(self.waiting, LAST_PLACE, "waiting")?;
        most(self.open, LAST_PLACE.saturating_sub(self.waiting), "open")?;
        for (path, place) in [("waiting_place", self.waiting_place), ("open_place", self.open_place)] {
            if let Some(place) = place {
                place_number(place).map_err(|error| error.under(path))?;
            }
        }
        let mut after = 0;
        let mut count = 0_u16;
        for (at, free) in self.free.iter().enumerate() {
            free.check(after).map_err(|error| error.under(&format!("free[{at}]")))?;
            after = free.to;
            count = count.saturating_add(free.to.saturating_sub(free.from)).saturating_add(1);
        }
        most(count, self.waiting, "free")
    }
}

impl FreePlaces {
    /// A run that lies after the places before it.
    fn check(&self, after: u16) -> Result<(), Error> {
        let range = |value: u16, least: u16, path: &str| {
            let expected = || format!("{least} to {LAST_PLACE}");
            let inside = (least..=LAST_PLACE).contains(&value);
            if inside { Ok(()) } else { Err(Error::malformed(path, expected(), value.to_string())) }
        };
        range(self.from, after.saturating_add(1), "from")?;
        range(self.to, self.from, "to")
    }
}

fn positive(value: u64, path: &str) -> Result<(), Error> {
    if value == 0 { Err(Error::malformed(path, "1 or more", "0")) } else { Ok(()) }
}

fn place_number(place: u16) -> Result<(), Error> {
    if (1..=LAST_PLACE).contains(&place) {
        return Ok(());
    }
    Err(Error::malformed("", format!("1 to {LAST_PLACE}"), place.to_string()))
}

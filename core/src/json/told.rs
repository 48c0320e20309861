//! Answers read back: a page or a host that kept one as JSON puts it into words with [`Texts`](crate::Texts).
//! (Findings, deadlines and denials are read where they are made.) And what a host hands over beside a command.

use serde_json::Value;

use crate::fields::{Fields, FromJson as _, by_serde, door, records, words};
use crate::{
    Calendar, CalendarYear, CannotTell, ChangeCause, ChangePart, Error, Forecast, ForecastBasis,
    ForecastTurn, NumberChange, Offer, PositionChange, QueueRow,
};

macro_rules! read_back {
    ($($type:ident)*) => {
        $(impl $type {
            /// The same out of its JSON, as a page or a host kept it.
            ///
            /// # Errors
            /// [`ErrorCode::Malformed`](crate::ErrorCode::Malformed), with the path of the field.
            pub fn from_json(value: Value) -> Result<$type, Error> {
                $type::of_json(value)
            }
        })*
    };
}

words!(ChangeCause);
by_serde!(CalendarYear);

records! {
    "a part of a change: an object with its cause" ChangePart { cause, change, count, events } may { reason }
    "a change of a number" NumberChange { before, after, change, causes }
    "changes of a position" PositionChange { application, from, to, number, in_group_year, in_benefit }
    "a range of dates" ForecastTurn { from, to, confidence, samples }
    "what a forecast was made from" ForecastBasis {
        line, precedent, since, until, turns, left, joined, lapsed, places,
    }
    "a row of the list" QueueRow { place, registered_at, has_benefit, stage } may { benefit }
}

door!(ChangePart);
door!(NumberChange);
door!(PositionChange);
door!(ForecastTurn);
door!(ForecastBasis);
door!(QueueRow);

read_back!(Calendar CalendarYear ChangePart ForecastTurn NumberChange Offer PositionChange QueueRow);

impl Forecast {
    /// The same out of its JSON, as a page or a host kept it.
    ///
    /// # Errors
    /// [`ErrorCode::Malformed`](crate::ErrorCode::Malformed), with the path of the field.
    pub fn from_json(value: Value) -> Result<Forecast, Error> {
        let mut from = Fields::of(value, "a forecast")?;
        let why: Option<Value> = from.may("cannot_tell")?;
        let cannot_tell = why.map(CannotTell::from_json).transpose();
        let cannot_tell = cannot_tell.map_err(|error| error.under("cannot_tell"))?;
        let forecast = Forecast {
            application: from.need("application")?,
            asked_at: from.need("asked_at")?,
            ahead: from.need("ahead")?,
            waiting_ahead: from.need("waiting_ahead")?,
            free_now: from.need("free_now")?,
            turn: from.may("turn")?,
            cannot_tell,
            basis: from.need("basis")?,
        };
        from.end()?;
        Ok(forecast)
    }
}

impl CannotTell {
    /// The same out of its JSON, as a page or a host kept it.
    ///
    /// # Errors
    /// [`ErrorCode::Malformed`](crate::ErrorCode::Malformed), with the path of the field.
    pub fn from_json(value: Value) -> Result<CannotTell, Error> {
        let mut from = Fields::of(value, "why no date is told")?;
        let why: String = from.need("why")?;
        let cannot_tell = match why.as_str() {
            "not_in_queue" => CannotTell::NotInQueue { stage: from.need("stage")? },
            "inactive" => CannotTell::Inactive {},
            "paused" => CannotTell::Paused {},
            "young_register" => CannotTell::YoungRegister { since: from.may("since")? },
            "no_places_seen" => CannotTell::NoPlacesSeen {},
            "too_far" => CannotTell::TooFar {},
            "too_old_before" => CannotTell::TooOldBefore { limit: from.need("limit")? },
            "unsteady" => CannotTell::Unsteady { held_percent: from.need("held_percent")? },
            "thin_data" => {
                CannotTell::ThinData { samples: from.need("samples")?, needed: from.need("needed")? }
            }
            other => return Err(Error::malformed("why", "a reason for no date", format!("{other:?}"))),
        };
        from.end()?;
        Ok(cannot_tell)
    }
}

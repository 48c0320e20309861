//! One application with what the rules need to know around it.

use kezek::{Called, Command, Offer, Seat};
use serde_json::Value;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::edge::{Thrown, actor, at, malformed, moment, number, perhaps, text, typed, value};
use crate::{Calendar, Policy};

/// One application and what the rules need to know around it. Immutable.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Card(kezek::Card);

/// An outcome as JSON text, and the card that comes of it.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Answer {
    text: String,
    card: Option<Card>,
}

#[wasm_bindgen]
impl Answer {
    /// JSON: `events`, `denials`, `effects`.
    #[must_use]
    pub fn text(&mut self) -> String {
        std::mem::take(&mut self.text)
    }

    /// The next card, once.
    pub fn card(&mut self) -> Option<Card> {
        self.card.take()
    }
}

/// What a card or the desk answers, without the card.
#[derive(serde::Serialize)]
struct Written<'a> {
    #[serde(flatten)]
    outcome: &'a kezek::Outcome,
    effects: &'a [kezek::Effect],
}

impl Answer {
    pub(crate) fn of(
        zone: kezek::Zone,
        outcome: &kezek::Outcome,
        effects: &[kezek::Effect],
        card: Option<kezek::Card>,
    ) -> Answer {
        Answer { text: text(zone, &Written { outcome, effects }), card: card.map(Card) }
    }
}

impl Card {
    #[cfg(feature = "register")]
    pub(crate) fn of(core: kezek::Card) -> Card {
        Card(core)
    }

    fn written(&self, answer: &dyn erased_serde::Serialize) -> String {
        text(self.0.policy().zone(), answer)
    }

    fn done(&self, done: Result<kezek::CardOutcome, kezek::Error>) -> Result<Answer, Thrown> {
        let kezek::CardOutcome { outcome, card, effects } = done?;
        Ok(Answer::of(self.0.policy().zone(), &outcome, &effects, Some(card)))
    }
}

#[wasm_bindgen]
impl Card {
    /// A card out of its JSON.
    ///
    /// # Errors
    /// `malformed`, `unknown_policy`, `invalid_policy`.
    pub fn read(given: &str) -> Result<Card, Thrown> {
        Ok(Card(kezek::Card::from_json(&value(given, "")?)?))
    }

    /// A card out of the columns of a portal's table, JSON.
    ///
    /// # Errors
    /// `malformed`, with the name of the column.
    pub fn of_row(policy: &Policy, calendar: &Calendar, columns: &str) -> Result<Card, Thrown> {
        let columns = value(columns, "")?;
        Ok(Card(kezek::Card::of_columns(policy.core().clone(), calendar.core(), columns)?))
    }

    /// The application as it stands, JSON.
    #[must_use]
    pub fn application(&self) -> String {
        self.written(&self.0.application())
    }

    /// The policy that it asks.
    #[must_use]
    pub fn policy(&self) -> Policy {
        Policy::of(self.0.policy().clone())
    }

    /// The revision of the register that it tells of.
    #[must_use]
    pub fn revision(&self) -> f64 {
        number(self.0.revision())
    }

    /// JSON: `valid_until`, `next_deadline`, `callable`, `order_key`.
    #[must_use]
    pub fn around(&self) -> String {
        #[derive(serde::Serialize)]
        struct Around {
            valid_until: Option<kezek::Moment>,
            next_deadline: Option<kezek::Moment>,
            callable: Option<(kezek::Moment, kezek::Moment)>,
            order_key: Option<String>,
        }
        self.written(&Around {
            valid_until: self.0.valid_until(),
            next_deadline: self.0.next_deadline(),
            callable: self.0.callable(),
            order_key: self.0.order_key(),
        })
    }

    /// What may be done with it, JSON.
    ///
    /// # Errors
    /// `malformed`, `not_settled`, `clock_moved_back`, `outside_calendar`.
    pub fn permissions(&self, by: &str, now: f64) -> Result<String, Thrown> {
        Ok(self.written(&self.0.permissions(moment(now), actor(by)?.as_ref())?))
    }

    /// The buttons that somebody may see on it, JSON.
    ///
    /// # Errors
    /// As `permissions`.
    pub fn buttons(&self, by: &str, now: f64) -> Result<String, Thrown> {
        let by = actor(by)?.ok_or_else(|| malformed("by", "who looks", "nothing"))?;
        Ok(self.written(&self.0.buttons(moment(now), &by)?))
    }

    /// What it does by itself, JSON.
    ///
    /// # Errors
    /// As `permissions`.
    pub fn deadlines(&self, now: f64) -> Result<String, Thrown> {
        Ok(self.written(&self.0.deadlines(moment(now))?))
    }

    /// What stands against a command on it, JSON.
    ///
    /// # Errors
    /// As `apply`, and `not_settled` while something of its own is due.
    pub fn check(&self, command: &str, now: f64) -> Result<String, Thrown> {
        let command = Command::from_json(&value(command, "")?)?;
        Ok(self.written(&self.0.check(command, moment(now))?))
    }

    /// Does a command on it or denies it.
    ///
    /// # Errors
    /// `malformed`, `not_found`, `stale_revision`, `not_settled` and those of the clock.
    pub fn apply(&self, command: &str, now: f64) -> Result<Answer, Thrown> {
        let command = Command::from_json(&value(command, "")?)?;
        self.done(self.0.apply(command, moment(now)))
    }

    /// Lets what falls due happen.
    ///
    /// # Errors
    /// As `apply`.
    pub fn advance(&self, now: f64) -> Result<Answer, Thrown> {
        self.done(self.0.advance(moment(now)))
    }

    /// The turn has come for this place; `caused_by` is the `seq` of a command's first event, JSON, or empty.
    ///
    /// # Errors
    /// As `advance`.
    pub fn call(&self, vacancy: u32, place: u16, now: f64, caused_by: &str) -> Result<Answer, Thrown> {
        let (to, by) = (seat(vacancy, place)?, called(caused_by)?);
        self.done(self.0.call(to, moment(now), by))
    }

    /// Its turn is from now on for this place.
    ///
    /// # Errors
    /// As `advance`.
    pub fn move_turn(&self, vacancy: u32, place: u16, now: f64, caused_by: &str) -> Result<Answer, Thrown> {
        let (to, by) = (seat(vacancy, place)?, called(caused_by)?);
        self.done(self.0.move_turn(to, moment(now), by))
    }

    /// The same card with another vacancy on it, or a newer row of one, JSON.
    ///
    /// # Errors
    /// `malformed`.
    pub fn with_offer(&self, offer: &str) -> Result<Card, Thrown> {
        let offer = Offer::from_json(value(offer, "offer")?).map_err(|error| at("offer", &error))?;
        Ok(Card(self.0.clone().with_offer(offer)))
    }

    /// As on the wire, JSON.
    #[must_use]
    pub fn json(&self) -> String {
        self.written(&self.0)
    }
}

fn seat(vacancy: u32, place: u16) -> Result<Seat, Thrown> {
    Ok(Seat { vacancy: typed(Value::from(vacancy), "vacancy")?, place })
}

/// What brings a turn, or opens places: a command, by the `seq` of its first event, or a moment.
pub(crate) fn called(caused_by: &str) -> Result<Called, Thrown> {
    match caused_by {
        "" => Ok(Called::Due),
        seq => typed(value(seq, "caused_by")?, "caused_by").map(Called::ByCommand),
    }
}

/// The place of an application in its line as text that a database can order by.
///
/// # Errors
/// `malformed`.
#[wasm_bindgen]
pub fn order_key(
    policy: &Policy,
    serial: u32,
    registered_at: f64,
    benefit: &str,
) -> Result<Option<String>, Thrown> {
    let benefit: Option<kezek::BenefitId> = perhaps(benefit, "benefit")?;
    Ok(kezek::order_key(moment(registered_at), serial, benefit.as_ref(), policy.core()))
}

//! Texts in Kazakh, Russian and English, with the portal's own words.

use kezek::{
    BenefitId, CannotTell, ChangePart, DeadlineView, Denial, Event, Finding, Forecast, ForecastTurn,
};
use kezek::{ErrorCode, Label, Language, NumberChange, PositionChange, QueueRow, Role};
use serde_json::{Map, Value};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::Policy;
use crate::edge::{Thrown, at, malformed, moment, parsed, typed, value};

/// Everything that the library has to say in one language, for the register of a policy.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Texts {
    language: Language,
    policy: kezek::Policy,
}

impl Texts {
    fn texts(&self) -> Result<kezek::Texts<'_>, Thrown> {
        let texts = kezek::Texts::of(self.language, &self.policy);
        texts.ok_or_else(|| malformed("language", "one that is built in", "another"))
    }
}

/// Reads with a `from_json` of the library.
fn read<T>(
    given: Value,
    path: &str,
    read: impl FnOnce(Value) -> Result<T, kezek::Error>,
) -> Result<T, Thrown> {
    read(given).map_err(|error| at(path, &error))
}

#[wasm_bindgen]
impl Texts {
    /// The texts of a language.
    ///
    /// # Errors
    /// `malformed`, for another language.
    pub fn of(language: &str, policy: &Policy) -> Result<Texts, Thrown> {
        let language = typed(Value::from(language), "language")?;
        Ok(Texts { language, policy: policy.core().clone() })
    }

    /// One sentence about something that the other objects answer; `what` says what it is, `given` is its JSON.
    ///
    /// # Errors
    /// `malformed`, with the path in it.
    pub fn tell(&self, what: &str, given: &str) -> Result<String, Thrown> {
        let (texts, given) = (self.texts()?, value(given, what)?);
        Ok(match what {
            "event" => texts.event(&read(given, what, Event::from_json)?),
            "denial" => texts.denial(&read(given, what, Denial::from_json)?),
            "finding" => texts.finding(&read(given, what, Finding::from_json)?),
            "deadline" => texts.deadline(&read(given, what, DeadlineView::from_json)?),
            "part" => texts.change_part(&read(given, what, ChangePart::from_json)?),
            "forecast" => texts.forecast(&read(given, what, Forecast::from_json)?),
            "turn" => texts.forecast_turn(&read(given, what, ForecastTurn::from_json)?),
            "why" => texts.cannot_tell(&read(given, what, CannotTell::from_json)?),
            "row" => texts.listed_benefit(&read(given, what, QueueRow::from_json)?),
            "term" => texts.term(typed(given, what)?),
            other => return Err(malformed("", "something that can be told", other)),
        })
    }

    /// Sentences about a change of numbers, JSON; without a label about all three.
    ///
    /// # Errors
    /// As `tell`.
    pub fn change(&self, label: &str, given: &str) -> Result<Vec<String>, Thrown> {
        let (texts, given) = (self.texts()?, value(given, "change")?);
        Ok(match label {
            "" => texts.position_change(&read(given, "change", PositionChange::from_json)?),
            label => texts.number_change(named(label)?, &read(given, "change", NumberChange::from_json)?),
        })
    }

    /// The name of one word of the wire; `what` says of which kind.
    ///
    /// # Errors
    /// `malformed`, for another word.
    pub fn word(&self, what: &str, word: &str) -> Result<String, Thrown> {
        let (texts, given) = (self.texts()?, Value::from(word));
        let said = match what {
            "stage" => texts.stage(typed(given, what)?),
            "reason" => texts.close_reason(typed(given, what)?),
            "state" => texts.vacancy_state(typed(given, what)?),
            "kind" => texts.kind(typed(given, what)?),
            "language" => texts.language_of_instruction(typed(given, what)?),
            "tier" => texts.tier(typed(given, what)?),
            "channel" => texts.channel(typed(given, what)?),
            "role" => texts.role(typed::<Role>(given, what)?),
            "button" => texts.button(typed(given, what)?),
            "document" => texts.document(typed(given, what)?),
            "error" => texts.error(typed::<ErrorCode>(given, what)?),
            "label" => texts.label(named(word)?),
            "field" => {
                let expected = "the path of a field of the form, such as child.iin";
                let label = Label::of_field(word).ok_or_else(|| malformed("path", expected, "another"))?;
                texts.label(label)
            }
            other => return Err(malformed("", "a kind of word", other)),
        };
        Ok(said.to_owned())
    }

    /// A benefit by its id; empty: none.
    ///
    /// # Errors
    /// `malformed`.
    pub fn benefit(&self, benefit: &str) -> Result<String, Thrown> {
        let benefit: Option<BenefitId> = crate::edge::perhaps(benefit, "benefit")?;
        Ok(self.texts()?.benefit(benefit.as_ref()))
    }

    /// A date.
    ///
    /// # Errors
    /// `malformed`.
    pub fn date(&self, date: &str) -> Result<String, Thrown> {
        Ok(self.texts()?.date(parsed(date, "date")?))
    }

    /// An instant: `moment`, `stamp`, `until` or `from`.
    ///
    /// # Errors
    /// `malformed`.
    pub fn instant(&self, how: &str, at: f64) -> Result<String, Thrown> {
        let (texts, at) = (self.texts()?, moment(at));
        Ok(match how {
            "moment" => texts.moment(at),
            "stamp" => texts.stamp(at),
            "until" => texts.until(at),
            "from" => texts.from(at),
            other => return Err(malformed("", "a way to say an instant", other)),
        })
    }

    /// So many places.
    ///
    /// # Errors
    /// None that can be.
    pub fn places(&self, count: u16) -> Result<String, Thrown> {
        Ok(self.texts()?.places(count))
    }

    /// All texts as they are stored, JSON.
    ///
    /// # Errors
    /// None that can be.
    pub fn stored(&self) -> Result<String, Thrown> {
        let stored = self.texts()?.stored();
        let all: Map<String, Value> = stored.map(|(key, text)| (key.to_owned(), Value::from(text))).collect();
        Ok(Value::Object(all).to_string())
    }
}

fn named(label: &str) -> Result<Label, Thrown> {
    Label::named(label).ok_or_else(|| malformed("label", "the name of a label, such as number", "another"))
}

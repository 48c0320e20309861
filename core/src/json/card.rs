//! The JSON door of a card: for pages, and for portals in other languages.

use serde::Serialize;
use serde_json::{Value, json};

use super::moment;
use crate::fields::Fields;
use crate::moment::writing_in;
use crate::written;
use crate::{Card, Command, Error, ErrorCode};

/// The names of a card's questions, for messages.
const VIEWS: &str = "one of application, permissions, buttons, deadlines, order_key";

impl Card {
    /// [`Card::apply`] with the wire's JSON: `{"events","denials","effects","card"}`.
    ///
    /// # Errors
    /// As [`Card::apply`], and [`ErrorCode::Malformed`] with the path of the field.
    ///
    /// ```
    /// # use kezek::{Card, CardRow, Child, Policy};
    /// # let child = Child { iin: "p:child-1".parse()?, born: "2015-05-02".parse()? };
    /// # let card = Card::of(CardRow::new(Policy::named("akmola-2018")?, "UO.2018.000001.1".parse()?, 1,
    /// #     "p:parent-1".parse()?, child, "2018-01-10T09:00:00+06:00".parse()?))?;
    /// let withdraw = serde_json::json!({"type": "withdraw", "application": "UO.2018.000001.1"});
    /// let answer = card.apply_json(&withdraw, "2018-02-01T10:00:00+06:00")?;
    /// assert_eq!(answer["events"][0]["reason"], "withdrawn");
    /// assert_eq!(answer["card"]["application"]["stage"], "closed");
    /// # Ok::<(), kezek::Error>(())
    /// ```
    pub fn apply_json(&self, command: &Value, now: &str) -> Result<Value, Error> {
        let outcome = self.apply(Command::from_json(command)?, moment(now)?)?;
        Ok(self.write(&outcome))
    }

    /// [`Card::advance`] with the wire's JSON.
    ///
    /// # Errors
    /// As [`Card::advance`], and [`ErrorCode::Malformed`].
    pub fn advance_json(&self, now: &str) -> Result<Value, Error> {
        let outcome = self.advance(moment(now)?)?;
        Ok(self.write(&outcome))
    }

    /// [`Card::check`] with the wire's JSON: `{"denials"}`.
    ///
    /// # Errors
    /// As [`Card::check`], and [`ErrorCode::Malformed`].
    pub fn check_json(&self, command: &Value, now: &str) -> Result<Value, Error> {
        let denials = self.check(Command::from_json(command)?, moment(now)?)?;
        Ok(json!({ "denials": self.write(&denials) }))
    }

    /// Answers a question about the card's application: `{"view":"permissions","by":{…}}`, `buttons` with `by`,
    /// `deadlines`, `application`, `order_key`.
    ///
    /// # Errors
    /// [`ErrorCode::Malformed`], [`ErrorCode::NotSettled`] and those of the clock.
    pub fn ask_json(&self, question: &Value, now: &str) -> Result<Value, Error> {
        let now = moment(now)?;
        let mut from = Fields::of(question.clone(), "a question: an object with a view")?;
        let view: String = from.need("view")?;
        let by = crate::command::actor_in(&mut from)?;
        from.end()?;
        Ok(match (view.as_str(), by) {
            ("permissions", by) => self.write(&self.permissions(now, by.as_ref())?),
            ("buttons", Some(by)) => self.write(&self.buttons(now, &by)?),
            ("buttons", None) => return Err(crate::fields::missing("by")),
            ("deadlines", None) => self.write(&self.deadlines(now)?),
            ("application", None) => self.write(&self.application()),
            ("order_key", None) => self.write(&self.order_key()),
            ("deadlines" | "application" | "order_key", Some(_)) => return Err(crate::fields::unknown("by")),
            (other, _) => return Err(Error::new(ErrorCode::Malformed, "view", VIEWS, format!("{other:?}"))),
        })
    }

    /// Anything of the card's as JSON, its instants in the zone of its policy.
    pub fn write<T: Serialize>(&self, value: &T) -> Value {
        writing_in(self.policy().zone(), || written::json_value(value))
    }
}

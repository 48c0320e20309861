//! The JSON door: commands, questions and answers as they stand on the wire, for hosts in other languages,
//! scenarios and files. The typed door is [`Register`] itself.

use serde::Serialize;
use serde_json::{Value, json};

use crate::fields::{Fields, missing};
use crate::moment::writing_in;
use crate::register::{Register, body_of_json};
use crate::view::VacancyFilter;
use crate::{ApplicationNumber, Command, Error, ErrorCode, Moment, Outcome, Person, Policy, Which};

impl Register {
    /// [`Register::apply`] with the wire's JSON.
    ///
    /// # Errors
    /// As [`Register::apply`], and [`ErrorCode::Malformed`] with the path of the field.
    pub fn apply_json(&mut self, command: &Value, now: &str) -> Result<Value, Error> {
        let now = moment(now)?;
        // A key that was used is answered before the command is looked at.
        let key = command.get("key").and_then(Value::as_str);
        let body = key.and_then(|_| body_of_json(command));
        if let Some(done) = self.answered_now(key, body.as_deref())? {
            return Ok(self.outcome_json(&done));
        }
        let command = Command::from_json(command)?;
        let outcome = self.apply_with_body(&command, body, now)?;
        Ok(self.outcome_json(&outcome))
    }

    /// [`Register::advance`] with the wire's JSON.
    ///
    /// # Errors
    /// As [`Register::advance`], and [`ErrorCode::Malformed`].
    pub fn advance_json(&mut self, now: &str) -> Result<Value, Error> {
        let outcome = self.advance(moment(now)?)?;
        Ok(self.outcome_json(&outcome))
    }

    /// [`Register::check`] with the wire's JSON.
    ///
    /// # Errors
    /// As [`Register::check`], and [`ErrorCode::Malformed`].
    pub fn check_json(&self, command: &Value, now: &str) -> Result<Value, Error> {
        let now = moment(now)?;
        let key = command.get("key").and_then(Value::as_str);
        let body = key.and_then(|_| body_of_json(command));
        let denials = match self.answered(key, body.as_deref())? {
            Some(_) => Vec::new(),
            None => self.check_unanswered(&Command::from_json(command)?, now)?,
        };
        Ok(json!({ "denials": self.write(&denials) }))
    }

    /// Answers a question of the wire: `{"view":"position","application":"…"}`.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`], [`ErrorCode::NotSettled`], [`ErrorCode::Malformed`] and those of the clock.
    pub fn ask_json(&self, question: &Value, now: &str) -> Result<Value, Error> {
        let now = moment(now)?;
        let mut from = Fields::of(question.clone(), "a question: an object with a view")?;
        let view: String = from.need("view")?;
        let question = Question::read(&view, &mut from)?;
        from.end()?;
        self.answer(question, now)
    }

    fn answer(&self, question: Question, now: Moment) -> Result<Value, Error> {
        let at = self.at(now)?;
        Ok(match question {
            Question::Application(number) => self.write(&at.application(&number)?),
            Question::Position(number) => self.write(&at.position(&number)?),
            Question::Permissions(of, by) => self.write(&at.permissions(&of, by.as_ref())?),
            Question::PermissionsAt(kindergarten, by) => {
                self.write(&at.permissions_at(&kindergarten, by.as_ref()))
            }
            Question::NextDeadline => self.write(&at.next_deadline()),
            Question::Deadlines(number) => self.write(&at.deadlines(&number)?),
            Question::Vacancies(filter) => self.write(&at.vacancies(&filter)),
            Question::Journal(person) => self.write(&at.journal(&person)),
            Question::Archive(page) => self.write(&at.archive(page.0, page.1)),
            Question::Referral(which) => self.write(&at.referral(&which)?),
            Question::Enrolled(kindergarten) => self.write(&at.enrolled(&kindergarten)),
            Question::Queue(group_year, page) => self.write(&at.queue(group_year, page.0, page.1)),
            Question::History(number) => self.write(&at.history(&number)?),
            Question::Documents(number) => self.write(&at.documents(&number)?),
            Question::Overrides => self.write(&at.overrides()),
            Question::PreviewPolicy(policy) => self.write(&at.preview_policy(&policy)?),
            Question::Digest => Value::String(self.digest()),
        })
    }

    /// An outcome as JSON, its instants in the register's zone.
    #[must_use]
    pub fn outcome_json(&self, outcome: &Outcome) -> Value {
        self.write(outcome)
    }

    /// Anything of the register's as JSON, its instants in the register's zone. (`serde_json::to_value` alone
    /// writes them in UTC.)
    pub fn write<T: Serialize>(&self, value: &T) -> Value {
        writing_in(self.policy().zone(), || serde_json::to_value(value)).unwrap_or_default()
    }
}

/// `now`, as text.
fn moment(text: &str) -> Result<Moment, Error> {
    text.parse().map_err(|error: Error| error.under("now"))
}

/// The questions of wire.md 4.
enum Question {
    Application(ApplicationNumber),
    Position(ApplicationNumber),
    Permissions(Which, Option<crate::Actor>),
    PermissionsAt(crate::Kindergarten, Option<crate::Actor>),
    NextDeadline,
    Deadlines(ApplicationNumber),
    Vacancies(VacancyFilter),
    Journal(Person),
    Archive((usize, usize)),
    Referral(Which),
    Enrolled(crate::Kindergarten),
    Queue(u16, (usize, usize)),
    History(ApplicationNumber),
    Documents(ApplicationNumber),
    Overrides,
    PreviewPolicy(Box<Policy>),
    Digest,
}

/// The names of the questions, for messages.
const VIEWS: &str = "one of application, position, permissions, next_deadline, deadlines, vacancies, journal, \
                     archive, referral, enrolled, queue, history, documents, overrides, preview_policy, digest";

impl Question {
    fn read(view: &str, from: &mut Fields) -> Result<Question, Error> {
        Ok(match view {
            "application" => Question::Application(from.need("application")?),
            "position" => Question::Position(from.need("application")?),
            "permissions" => {
                let by = crate::command::actor_in(from)?;
                match from.may("kindergarten")? {
                    Some(kindergarten) => Question::PermissionsAt(kindergarten, by),
                    None => Question::Permissions(crate::command::which_in(from)?, by),
                }
            }
            "next_deadline" => Question::NextDeadline,
            "deadlines" => Question::Deadlines(from.need("application")?),
            "vacancies" => Question::Vacancies(VacancyFilter {
                group_year: from.may("group_year")?,
                kindergarten: from.may("kindergarten")?,
                state: from.may("state")?,
            }),
            "journal" => Question::Journal(from.need("iin")?),
            "archive" => Question::Archive(page(from)?),
            "referral" => Question::Referral(crate::command::which_in(from)?),
            "enrolled" => Question::Enrolled(from.need("kindergarten")?),
            "queue" => Question::Queue(from.need("group_year")?, page(from)?),
            "history" => Question::History(from.need("application")?),
            "documents" => Question::Documents(from.need("application")?),
            "overrides" => Question::Overrides,
            "preview_policy" => {
                let policy = from.raw("policy").ok_or_else(|| missing("policy"))?;
                Question::PreviewPolicy(Box::new(Policy::from_json(&policy)?))
            }
            "digest" => Question::Digest,
            other => return Err(Error::new(ErrorCode::Malformed, "view", VIEWS, format!("{other:?}"))),
        })
    }
}

/// `offset` and `limit`; without them everything.
fn page(from: &mut Fields) -> Result<(usize, usize), Error> {
    Ok((from.may("offset")?.unwrap_or(0), from.may("limit")?.unwrap_or(usize::MAX)))
}

//! The JSON door: commands, questions and answers as they stand on the wire, for hosts in other languages,
//! scenarios and files. The typed door is [`Register`] itself.

mod card;
mod row;
#[cfg(test)]
mod row_tests;
mod told;
#[cfg(test)]
mod told_tests;

use serde::Serialize;
use serde_json::{Value, json};

use crate::command::body_of_json;
use crate::fields::{Fields, FromJson as _, missing, words};
use crate::moment::writing_in;
use crate::register::Register;
use crate::view::VacancyFilter;
use crate::written;
use crate::{
    Actor, ApplicationNumber, Command, Denial, Error, ErrorCode, Event, Form, GroupYear, Kindergarten,
    Moment, Outcome, Person, Policy, PositionChange, Rounding, Which,
};

impl Register {
    /// [`Register::apply`] with the wire's JSON.
    ///
    /// # Errors
    /// As [`Register::apply`], and [`ErrorCode::Malformed`] with the path of the field.
    pub fn apply_json(&mut self, command: &Value, now: &str) -> Result<Value, Error> {
        let outcome = self.apply_wire(command.clone(), moment(now)?)?;
        Ok(self.outcome_json(&outcome))
    }

    /// [`Register::apply`] with a command as it stands on the wire.
    ///
    /// # Errors
    /// As [`Register::apply_json`].
    pub fn apply_wire(&mut self, command: Value, now: Moment) -> Result<Outcome, Error> {
        // A key that was used is answered before the command is looked at.
        let key = command.get("key").and_then(Value::as_str);
        let body = key.and_then(|_| body_of_json(&command));
        if let Some(done) = self.answered_now(key, body.as_deref())? {
            return Ok(done);
        }
        self.apply_with_body(&Command::read(command)?, body, now)
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
        let denials = self.check_wire(command.clone(), moment(now)?)?;
        Ok(json!({ "denials": self.write(&denials) }))
    }

    /// [`Register::check`] with a command as it stands on the wire.
    ///
    /// # Errors
    /// As [`Register::check_json`].
    pub fn check_wire(&self, command: Value, now: Moment) -> Result<Vec<Denial>, Error> {
        let key = command.get("key").and_then(Value::as_str);
        let body = key.and_then(|_| body_of_json(&command));
        match self.answered(key, body.as_deref())? {
            Some(_) => Ok(Vec::new()),
            None => self.check_unanswered(&Command::read(command)?, now),
        }
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
            Question::Application { application: number } => self.write(&at.application(&number)?),
            Question::Card { application: number } => self.write(&at.card(&number)?),
            Question::Form { form } => self.write(&form.check(self.policy(), now)),
            Question::Position { application: number } => self.write(&at.position(&number)?),
            Question::ExplainPosition { application: number, from, to, events: None } => {
                self.write(&at.explain_position(&number, from, to)?)
            }
            Question::ExplainPosition { application: number, from, to, events: Some(events) } => {
                let told = Register::replay_with(events, self.calendar().clone());
                let told = told.map_err(|error| error.under("events"))?;
                told.write(&PositionChange::in_register(&told, &number, from, to)?)
            }
            Question::Permissions { of, by } => self.write(&at.permissions(&of, by.as_ref())?),
            Question::Buttons { of, by } => self.write(&at.buttons(&of, &by)?),
            Question::PermissionsAt { kindergarten, by } => {
                self.write(&at.permissions_at(&kindergarten, by.as_ref()))
            }
            Question::NextDeadline => self.write(&at.next_deadline()),
            Question::Deadlines { application: Some(number) } => self.write(&at.deadlines(&number)?),
            Question::Deadlines { application: None } => self.write(&at.agenda()),
            Question::Vacancies(filter) => self.write(&at.vacancies(&filter)),
            Question::Journal { iin } => self.write(&at.journal(&iin)),
            Question::Archive(page) => self.write(&at.archive(page.offset(), page.limit())),
            Question::Referral(which) => self.write(&at.referral(&which)?),
            Question::Enrolled { kindergarten } => self.write(&at.enrolled(&kindergarten)),
            Question::Queue { group_year, round, page } => {
                self.write(&at.queue(group_year, round.unwrap_or_default(), page.offset(), page.limit()))
            }
            Question::History { application: number } => self.write(&at.history(&number)?),
            Question::Documents { application: number } => self.write(&at.documents(&number)?),
            Question::Messages { event } => self.write(&at.messages(self.meant(&event)?)?),
            Question::Overrides => self.write(&at.overrides()?),
            Question::Forecast { application: number } => self.write(&at.forecast(&number)?),
            Question::PreviewPolicy { policy } => self.write(&at.preview_policy(&policy)?),
            Question::Seal => self.write(&at.seal()),
            Question::Proof { application: number } => self.write(&at.proof(&number)?),
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
        writing_in(self.policy().zone(), || written::json_value(value))
    }
}

impl Form {
    /// [`Form::from_json`] and [`Form::check`] with the wire's JSON: `{"findings":[…],"command":{…},"contacts":{…}}`,
    /// the command null while there is an error.
    ///
    /// # Errors
    /// [`ErrorCode::Malformed`], with the path of a field of another kind, or `now`.
    ///
    /// ```
    /// use kezek::{Form, Policy};
    /// let form = serde_json::json!({"child": {"iin": "061241600012"}});
    /// let answer = Form::check_json(&form, &Policy::named("akmola-2018")?, "2018-01-10T09:00:00+06:00")?;
    /// let codes: Vec<_> = answer["findings"].as_array().unwrap().iter().map(|finding| &finding["code"]).collect();
    /// assert_eq!(codes, ["missing", "missing", "missing", "bin_not_iin", "missing", "instruction_not_read"]);
    /// assert!(answer["command"].is_null());
    /// # Ok::<(), kezek::Error>(())
    /// ```
    pub fn check_json(form: &Value, policy: &Policy, now: &str) -> Result<Value, Error> {
        let now = moment(now)?;
        let checked = Form::from_json(form)?.check(policy, now);
        Ok(written::json_value(&checked))
    }
}

/// `now`, as text.
fn moment(text: &str) -> Result<Moment, Error> {
    text.parse().map_err(|error: Error| error.under("now"))
}

/// A question (wire.md 4).
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(tag = "view", rename_all = "snake_case", rename_all_fields = "snake_case")
)]
pub(crate) enum Question {
    /// Where an application stands.
    Application { application: ApplicationNumber },
    /// An application, and what the rules need to know around it: a card.
    Card { application: ApplicationNumber },
    /// What is found in an application form, and the command that it makes (R12-R19).
    Form { form: Box<Form> },
    /// The numbers of an application (R26).
    Position { application: ApplicationNumber },
    /// Why the numbers of an application changed between two moments (R42, F13).
    ExplainPosition {
        application: ApplicationNumber,
        /// After all that happened up to then.
        from: Moment,
        /// After all that happened up to then.
        to: Moment,
        /// A whole journal that the host keeps; else the register's own events.
        events: Option<Vec<Event>>,
    },
    /// What may be done with an application, and what stands against it.
    Permissions {
        #[cfg_attr(feature = "schema", schemars(flatten))]
        of: Which,
        /// For whom; else whoever may.
        by: Option<Actor>,
    },
    /// The buttons that somebody may see on an application.
    Buttons {
        #[cfg_attr(feature = "schema", schemars(flatten))]
        of: Which,
        /// For whom.
        by: Actor,
    },
    /// What may be done with a kindergarten's places.
    #[cfg_attr(feature = "schema", schemars(rename = "permissions", title = "PermissionsAtQuestion"))]
    PermissionsAt { kindergarten: Kindergarten, by: Option<Actor> },
    /// The earliest deadline of all.
    NextDeadline,
    /// The deadlines of an application; without one those of all.
    Deadlines { application: Option<ApplicationNumber> },
    /// The base of free places (R61).
    Vacancies(VacancyFilter),
    /// The applications of a person (R05, R06).
    Journal { iin: Person },
    /// Closed applications (R30).
    Archive(Page),
    /// The processing card of a referral (R69, R70).
    Referral(Which),
    /// The children enrolled in a kindergarten (R72, R77).
    Enrolled { kindergarten: Kindergarten },
    /// A line in the order of service, for everybody to see.
    Queue {
        group_year: GroupYear,
        /// How exactly the instants are told; to the second when nothing is said.
        round: Option<Rounding>,
        #[cfg_attr(feature = "schema", schemars(flatten))]
        page: Page,
    },
    /// The history of an application (R25).
    History { application: ApplicationNumber },
    /// The documents of an application (R22, R45).
    Documents { application: ApplicationNumber },
    /// Who is told of an event (R38, R39, O24).
    Messages { event: WhichEvent },
    /// The operator's commands that were done.
    Overrides,
    /// When the turn may come.
    Forecast { application: ApplicationNumber },
    /// What another policy would change.
    PreviewPolicy { policy: Box<Policy> },
    /// What stands for the whole queue, to be published.
    Seal,
    /// That an application stands where it does, under the seal's root.
    Proof { application: ApplicationNumber },
    /// The digest of the state.
    Digest,
}

/// A part of a list; without limits all of it.
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct Page {
    /// So many rows are passed over.
    offset: Option<usize>,
    /// At most so many rows.
    limit: Option<usize>,
}

/// The names of the questions, for messages.
const VIEWS: &str = "one of application, card, form, position, explain_position, permissions, buttons, \
                     next_deadline, deadlines, vacancies, journal, archive, referral, enrolled, queue, \
                     history, documents, messages, overrides, forecast, preview_policy, seal, proof, \
                     digest";

impl Question {
    fn read(view: &str, from: &mut Fields) -> Result<Question, Error> {
        Ok(match view {
            "application" => Question::Application { application: from.need("application")? },
            "card" => Question::Card { application: from.need("application")? },
            "form" => {
                let form = from.raw("form").ok_or_else(|| missing("form"))?;
                let form = Form::from_json(&form).map_err(|error| error.under("form"))?;
                Question::Form { form: Box::new(form) }
            }
            "position" => Question::Position { application: from.need("application")? },
            "explain_position" => Question::ExplainPosition {
                application: from.need("application")?,
                from: from.need("from")?,
                to: from.need("to")?,
                events: from.may("events")?,
            },
            "permissions" => {
                let by = crate::command::actor_in(from)?;
                match from.may("kindergarten")? {
                    Some(kindergarten) => Question::PermissionsAt { kindergarten, by },
                    None => Question::Permissions { of: crate::command::which_in(from)?, by },
                }
            }
            "buttons" => {
                let by = crate::command::actor_in(from)?.ok_or_else(|| missing("by"))?;
                Question::Buttons { of: crate::command::which_in(from)?, by }
            }
            "next_deadline" => Question::NextDeadline,
            "deadlines" => Question::Deadlines { application: from.may("application")? },
            "vacancies" => Question::Vacancies(VacancyFilter {
                group_year: from.may("group_year")?,
                kindergarten: from.may("kindergarten")?,
                state: from.may("state")?,
            }),
            "journal" => Question::Journal { iin: from.need("iin")? },
            "archive" => Question::Archive(Page::read(from)?),
            "referral" => Question::Referral(crate::command::which_in(from)?),
            "enrolled" => Question::Enrolled { kindergarten: from.need("kindergarten")? },
            "queue" => Question::Queue {
                group_year: from.need("group_year")?,
                round: from.may("round")?,
                page: Page::read(from)?,
            },
            "history" => Question::History { application: from.need("application")? },
            "documents" => Question::Documents { application: from.need("application")? },
            "messages" => Question::Messages { event: WhichEvent::read(from)? },
            "overrides" => Question::Overrides,
            "forecast" => Question::Forecast { application: from.need("application")? },
            "preview_policy" => {
                let policy = from.raw("policy").ok_or_else(|| missing("policy"))?;
                Question::PreviewPolicy { policy: Box::new(Policy::from_json(&policy)?) }
            }
            "seal" => Question::Seal,
            "proof" => Question::Proof { application: from.need("application")? },
            "digest" => Question::Digest,
            other => return Err(Error::new(ErrorCode::Malformed, "view", VIEWS, format!("{other:?}"))),
        })
    }
}

words!(Rounding);

/// An event of the journal: its `seq`, or all of it as the journal holds it.
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(untagged))]
pub(crate) enum WhichEvent {
    /// By its place.
    Seq(u64),
    /// Whole.
    Whole(Box<Event>),
}

impl WhichEvent {
    fn read(from: &mut Fields) -> Result<WhichEvent, Error> {
        let value = from.raw("event").ok_or_else(|| missing("event"))?;
        let read = match value {
            Value::Object(_) => Event::from_json(value).map(|event| WhichEvent::Whole(Box::new(event))),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                u64::of_json(value).map(WhichEvent::Seq)
            }
        };
        read.map_err(|error| error.under("event"))
    }
}

impl Register {
    /// The event of the journal that is meant; one that is handed in whole must be the journal's own.
    fn meant(&self, meant: &WhichEvent) -> Result<&Event, Error> {
        let seq = match meant {
            WhichEvent::Seq(seq) => *seq,
            WhichEvent::Whole(event) => event.seq,
        };
        let own = self.kept(seq, seq).ok().and_then(<[_]>::first);
        let same = own.filter(|own| match meant {
            WhichEvent::Seq(_) => true,
            WhichEvent::Whole(event) => own.as_ref() == event.as_ref(),
        });
        same.map(std::sync::Arc::as_ref).ok_or_else(|| {
            Error::new(ErrorCode::NotFound, "event", "one that is in the journal", format!("event {seq}"))
        })
    }
}

impl Page {
    fn read(from: &mut Fields) -> Result<Page, Error> {
        Ok(Page { offset: from.may("offset")?, limit: from.may("limit")? })
    }

    fn offset(&self) -> usize {
        self.offset.unwrap_or(0)
    }

    fn limit(&self) -> usize {
        self.limit.unwrap_or(usize::MAX)
    }
}

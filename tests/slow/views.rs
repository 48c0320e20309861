//! The doors of the model: a command, a look at the clock, and what may be asked (wire.md 2 and 4).

use chrono::DateTime;
use serde_json::{Map, Value, json};

use super::calendar::Instant;
use super::commands::About;
use super::model::{Model, Stage, rfc, rfc_or_null};

/// What a call answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Outcome {
    pub(crate) events: Vec<Value>,
    pub(crate) denials: Vec<&'static str>,
}

/// The code of an error.
pub(crate) type Code = &'static str;

/// RFC 3339, a fraction cut off.
pub(crate) fn instant(text: &str) -> Result<Instant, Code> {
    DateTime::parse_from_rfc3339(text).map(|at| at.timestamp()).map_err(|_| "malformed")
}

impl Model {
    /// Settles what fell due, then does what is asked for, or says why not.
    pub(crate) fn apply(&mut self, command: &Value, now: Instant) -> Result<Outcome, Code> {
        let body = body(command);
        if let Some(key) = command["key"].as_str()
            && let Some((_, first, events)) = self.keys.iter().find(|(known, ..)| known == key)
        {
            let again = Outcome { events: events.clone(), denials: Vec::new() };
            return if *first == body { Ok(again) } else { Err("key_conflict") };
        }
        if command["expected_revision"].as_u64().is_some_and(|revision| revision != self.revision()) {
            return Err("stale_revision");
        }
        if command["type"] == "change_policy" {
            self.right_policy(command, now)?;
        }
        let before = self.events.len();
        self.advance(now)?;
        let denials = self.denials(command, now);
        if denials.is_empty() {
            self.act(command, now);
        }
        let events = self.events[before..].to_vec();
        if let (Some(key), true) = (command["key"].as_str(), denials.is_empty()) {
            self.keys.push((key.to_owned(), body, events.clone()));
        }
        Ok(Outcome { events, denials })
    }

    /// A policy cannot hold from a moment that is past, and a settlement has one zone.
    fn right_policy(&self, command: &Value, now: Instant) -> Result<(), Code> {
        let from = command["from"].as_str().map(instant);
        if from.is_some_and(|from| from.is_ok_and(|from| from < now)) {
            return Err("malformed");
        }
        let zone = super::scenarios::whole(&command["policy"]).map(|policy| policy["zone"].clone());
        let same = zone.is_some_and(|zone| zone == self.policy.calendar.zone.name());
        if same { Ok(()) } else { Err("invalid_policy") }
    }

    pub(crate) fn advance(&mut self, now: Instant) -> Result<Outcome, Code> {
        let year = chrono::Datelike::year(&self.policy.calendar.day(now));
        if !(2000..=2100).contains(&year) {
            return Err("outside_calendar");
        }
        if self.now.is_some_and(|before| now < before) {
            return Err("clock_moved_back");
        }
        let before = self.events.len();
        self.settle(now);
        Ok(Outcome { events: self.events[before..].to_vec(), denials: Vec::new() })
    }

    /// `opened` is 1.
    pub(crate) fn revision(&self) -> u64 {
        u64::try_from(self.events.len()).expect("a count") + 1
    }

    /// The answer to a question; none where the model does not know the view.
    pub(crate) fn ask(&self, question: &Value) -> Option<Result<Value, Code>> {
        let who = question["application"].as_str().map(|number| self.by_number(number).ok_or("not_found"));
        let one = |answer: &dyn Fn(usize) -> Value| who.map(|who| who.map(answer));
        match question["view"].as_str()? {
            "application" => one(&|who| self.application(who)),
            "position" => one(&|who| {
                let (number, in_group_year, in_benefit) = self.position(who);
                json!({"number": number, "in_group_year": in_group_year, "in_benefit": in_benefit})
            }),
            "vacancies" => Some(Ok(self.vacancy_rows(question))),
            "queue" if question.get("public").is_none() => {
                question["group_year"].as_i64().map(|line| Ok(self.queue(line, question)))
            }
            "next_deadline" => Some(Ok(match self.next_deadline() {
                None => Value::Null,
                Some(at) => json!({ "at": rfc(at) }),
            })),
            "journal" => {
                let me = question["iin"].as_str()?;
                let of = |who: &usize| {
                    let one = &self.applications[*who];
                    one.applicant == me || one.parents.iter().any(|parent| parent == me)
                };
                Some(Ok(self.rows((0..self.applications.len()).filter(of))))
            }
            "enrolled" => {
                let mine = |who: &usize| {
                    let one = &self.applications[*who];
                    let kindergarten = one.referral.as_ref().map(|referral| referral.kindergarten.as_str());
                    one.stage == Stage::Enrolled && kindergarten == question["kindergarten"].as_str()
                };
                Some(Ok(self.rows((0..self.applications.len()).filter(mine))))
            }
            "referral" => {
                let who = match self.about(question) {
                    About::One(who, _) => who,
                    About::New | About::Missing => return Some(Err("not_found")),
                };
                Some(Ok(self.application(who)))
            }
            _ => None,
        }
    }

    fn rows(&self, those: impl Iterator<Item = usize>) -> Value {
        those.map(|who| self.application(who)).collect()
    }

    /// Null where a field does not apply.
    pub(crate) fn application(&self, who: usize) -> Value {
        let one = &self.applications[who];
        let live = one.live();
        let shown = one.referral.as_ref().filter(|_| live.is_some() || one.stage == Stage::Enrolled);
        json!({
            "application": one.number, "stage": one.stage.name(), "reason": one.reason, "benefit": one.benefit,
            "group_year": one.line, "registered_at": rfc(one.registered_at), "lapses": one.lapses,
            "referral": shown.and_then(|referral| referral.number.as_ref()),
            "kindergarten": shown.map(|referral| &referral.kindergarten),
            "must_accept": live.filter(|_| one.stage == Stage::Referred).map(|referral| referral.must_accept),
            "choose_by": rfc_or_null(one.choose_by),
            "expires_at": rfc_or_null(live.and_then(|referral| referral.expires_at)),
            "recall_until": rfc_or_null(
                live.filter(|_| one.stage == Stage::Referred).and_then(|referral| referral.recall_until)
            ),
            "until": rfc_or_null(one.until),
            "next_due": rfc_or_null(one.next_due.filter(|_| one.active())),
        })
    }

    /// R61.
    fn vacancy_rows(&self, question: &Value) -> Value {
        let rows = self.vacancies.iter().enumerate().map(|(index, vacancy)| {
            json!({
                "vacancy": index + 1, "kindergarten": vacancy.kindergarten, "kind": vacancy.kind,
                "group_year": vacancy.line, "language": vacancy.language, "total": vacancy.places.len(),
                "waiting": vacancy.count_waiting(), "open": vacancy.count_open(), "state": vacancy.state,
                "published_at": rfc(vacancy.published_at),
            })
        });
        let asked = |row: &Value| {
            ["group_year", "kindergarten", "state"]
                .iter()
                .all(|key| question.get(*key).is_none_or(|wanted| row[*key] == *wanted))
        };
        rows.filter(asked).collect()
    }

    /// The active applications of a line in the order of service; public: no person, no number.
    fn queue(&self, line: i64, question: &Value) -> Value {
        let count = |key: &str| question[key].as_u64().and_then(|count| usize::try_from(count).ok());
        let all: Vec<usize> = (0..self.applications.len())
            .filter(|who| self.applications[*who].active() && self.applications[*who].line == line)
            .collect();
        let (order, _) = self.served(line, all);
        let rows = order.iter().enumerate().map(|(at, who)| {
            let one = &self.applications[*who];
            json!({"place": at + 1, "registered_at": rfc(one.registered_at), "stage": one.stage.name()})
        });
        rows.skip(count("offset").unwrap_or(0)).take(count("limit").unwrap_or(usize::MAX)).collect()
    }
}

/// The command without `signature`, `ext` and `expected_revision`.
fn body(command: &Value) -> Value {
    let mut body = command.as_object().cloned().unwrap_or_else(Map::new);
    for key in ["signature", "ext", "expected_revision"] {
        body.remove(key);
    }
    Value::Object(body)
}

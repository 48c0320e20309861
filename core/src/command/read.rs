//! Commands out of JSON. Every key is read by name; one that nobody reads is an error.

use serde_json::Value;

use super::{Action, Actor, Child, Command, Deed, Import, Operation, Reason, Which};
use crate::fields::{Fields, describe, door, missing, read};
use crate::{Error, Person, Policy, Stage};

/// The most that `ext` may take, in bytes of compact JSON.
const EXT_LIMIT: usize = 4096;

impl Command {
    /// Reads a command of the wire.
    ///
    /// # Errors
    /// [`ErrorCode::Malformed`](crate::ErrorCode::Malformed) with the path of the field, what was expected and
    /// what was found; an unknown key is one too.
    pub fn from_json(value: &Value) -> Result<Command, Error> {
        Command::read(value.clone())
    }

    /// The same, of a value that is not needed any more.
    pub(crate) fn read(value: Value) -> Result<Command, Error> {
        let mut fields = Fields::of(value, "a command: an object")?;
        let by = actor_in(&mut fields)?;
        let command = Command {
            by,
            signature: fields.may("signature")?,
            key: fields.may("key")?,
            expected_revision: fields.may("expected_revision")?,
            ext: fields.may("ext")?,
            action: action(&mut fields)?,
        };
        fields.end()?;
        if let Some(ext) = &command.ext {
            let size = crate::written::text(ext).len();
            if size > EXT_LIMIT {
                let expected = format!("at most {EXT_LIMIT} bytes");
                return Err(Error::malformed("ext", expected, format!("{size} bytes")));
            }
        }
        Ok(command)
    }
}

door!(Command, |value| Command::from_json(&value));

/// `by`, where it is given.
pub(crate) fn actor_in(from: &mut Fields) -> Result<Option<Actor>, Error> {
    match from.raw("by") {
        None | Some(Value::Null) => Ok(None),
        Some(value) => Actor::from_json(value).map(Some).map_err(|error| error.under("by")),
    }
}

door!(Actor, Actor::from_json);

impl Actor {
    /// Who acts, out of the JSON of a `by`.
    ///
    /// # Errors
    /// [`ErrorCode::Malformed`](crate::ErrorCode::Malformed), with the path of the field.
    pub fn from_json(value: Value) -> Result<Actor, Error> {
        let mut fields = Fields::of(value, "an object with a role")?;
        let role: String = fields.need("role")?;
        let actor = match role.as_str() {
            "applicant" => Actor::Applicant { iin: fields.need("iin")? },
            "staff" => Actor::Staff { kindergartens: fields.need("kindergartens")? },
            "department" => Actor::Department,
            "operator" => Actor::Operator { name: fields.need("name")? },
            other => {
                let expected = "one of applicant, staff, department, operator";
                return Err(Error::malformed("role", expected, format!("{other:?}")));
            }
        };
        fields.end()?;
        Ok(actor)
    }
}

fn action(from: &mut Fields) -> Result<Action, Error> {
    let name: String = from.need("type")?;
    Ok(match name.as_str() {
        "submit" => Action::Submit {
            applicant: from.need("applicant")?,
            child: child(from)?,
            benefit: from.may("benefit")?,
            documents: from.may("documents")?,
            channel: from.may("channel")?,
            channel_number: from.may("channel_number")?,
            application: from.may("application")?,
        },
        "change_benefit" => Action::ChangeBenefit {
            application: from.need("application")?,
            benefit: from.need("benefit")?,
            documents: from.may("documents")?,
        },
        "confirm_interest" => Action::ConfirmInterest { application: from.need("application")? },
        "link_parent" => {
            Action::LinkParent { application: from.need("application")?, parent: from.need("parent")? }
        }
        "withdraw" => Action::Withdraw { application: from.need("application")? },
        "pass_turn" => Action::PassTurn { application: from.need("application")? },
        "publish_vacancy" => Action::PublishVacancy {
            kindergarten: from.need("kindergarten")?,
            group_year: from.need("group_year")?,
            language: from.need("language")?,
            places: from.need("places")?,
            kind: from.may("kind")?,
        },
        "choose" => Action::Choose { application: from.need("application")?, vacancy: from.need("vacancy")? },
        "extend_referral" => {
            Action::ExtendReferral { of: which_in(from)?, until: from.need("until")?, reason: reason(from)? }
        }
        "recall_referral" => Action::RecallReferral { of: which_in(from)?, reason: reason(from)? },
        "record_visit" => Action::RecordVisit { of: which_in(from)? },
        "prove_benefit" => Action::ProveBenefit { application: from.need("application")? },
        "accept" => Action::Accept { of: which_in(from)? },
        "refuse" => Action::Refuse { of: which_in(from)?, reason: reason(from)? },
        "uphold_refusal" => Action::UpholdRefusal { of: which_in(from)? },
        "overturn_refusal" => Action::OverturnRefusal { of: which_in(from)? },
        "mark_departure" => Action::MarkDeparture {
            application: from.need("application")?,
            date: from.need("date")?,
            reason: reason(from)?,
        },
        other => return operation(other, from).map(|operation| Action::Operate(Box::new(operation))),
    })
}

fn operation(name: &str, from: &mut Fields) -> Result<Operation, Error> {
    let deed = match name {
        "import" => Deed::Import(Box::new(import(from)?)),
        "reinstate" => {
            Deed::Reinstate { application: from.need("application")?, lapses: from.may("lapses")? }
        }
        "issue_referral" => {
            Deed::IssueReferral { application: from.need("application")?, vacancy: from.need("vacancy")? }
        }
        "void_referral" => Deed::VoidReferral { of: which_in(from)? },
        "void_enrolment" => Deed::VoidEnrolment { application: from.need("application")? },
        "void_departure" => Deed::VoidDeparture { application: from.need("application")? },
        "withdraw_places" => {
            Deed::WithdrawPlaces { vacancy: from.need("vacancy")?, places: from.need("places")? }
        }
        "unlink_parent" => {
            Deed::UnlinkParent { application: from.need("application")?, parent: from.need("parent")? }
        }
        "correct" => Deed::Correct {
            application: from.need("application")?,
            born: from.may("born")?,
            group_year: from.may("group_year")?,
            benefit: from.has("benefit").then(|| from.need("benefit")).transpose()?,
        },
        "move_out" => Deed::MoveOut { application: from.need("application")? },
        "change_policy" => {
            let policy = from.raw("policy").ok_or_else(|| missing("policy"))?;
            Deed::ChangePolicy { policy: Box::new(Policy::from_json(&policy)?), from: from.need("from")? }
        }
        "change_calendar" => Deed::ChangeCalendar { calendar: from.need("calendar")? },
        "pause" => Deed::Pause,
        "resume" => Deed::Resume,
        other => return Err(Error::malformed("type", "a command's name", format!("{other:?}"))),
    };
    Ok(Operation { deed, reason: reason(from)?, authority: from.need("authority")? })
}

/// The fields of an import. A stage brings its end, and its vacancy; `under_review` has no end, and `enrolled`
/// may name a kindergarten instead.
fn import(from: &mut Fields) -> Result<Import, Error> {
    let import = Import {
        application: from.need("application")?,
        applicant: from.need("applicant")?,
        parents: from.may("parents")?.unwrap_or_default(),
        child: child(from)?,
        registered_at: from.need("registered_at")?,
        benefit: from.may("benefit")?,
        stage: from.need("stage")?,
        choose_by: from.may("choose_by")?,
        expires_at: from.may("expires_at")?,
        recall_until: from.may("recall_until")?,
        until: from.may("until")?,
        next_due: from.may("next_due")?,
        lapses: from.may("lapses")?,
        extensions: from.may("extensions")?,
        referral: from.may("referral")?,
        vacancy: from.may("vacancy")?,
        kindergarten: from.may("kindergarten")?,
    };
    import.complete().map(|()| import)
}

impl Import {
    /// Whether everything is there that the stage needs.
    pub(crate) fn complete(&self) -> Result<(), Error> {
        let (needs_vacancy, end) = match self.stage {
            Stage::Queued => (false, None),
            Stage::Notified => (true, Some(("choose_by", self.choose_by))),
            Stage::Referred => (true, Some(("expires_at", self.expires_at))),
            Stage::UnderReview => (true, None),
            Stage::StopListed | Stage::Inactive => (false, Some(("until", self.until))),
            Stage::Enrolled => (false, None),
            Stage::Closed => {
                return Err(Error::malformed("stage", "a stage that is not closed", "closed"));
            }
        };
        if let Some((key, None)) = end {
            return Err(missing(key));
        }
        if needs_vacancy && self.vacancy.is_none() {
            return Err(missing("vacancy"));
        }
        if self.stage == Stage::Enrolled && self.vacancy.is_none() && self.kindergarten.is_none() {
            return Err(missing("kindergarten"));
        }
        Ok(())
    }
}

fn child(from: &mut Fields) -> Result<Child, Error> {
    let mut child = from.object("child", "an object with iin and born")?;
    let under = |error: Error| error.under("child");
    let iin: Person = child.need("iin").map_err(under)?;
    let born = child.need("born").map_err(under)?;
    child.end().map_err(under)?;
    Ok(Child { iin, born })
}

/// `referral`, `application` or `child`: exactly one.
pub(crate) fn which_in(from: &mut Fields) -> Result<Which, Error> {
    let referral = from.may("referral")?.map(Which::Referral);
    let application = from.may("application")?.map(Which::Application);
    let child = from.may("child")?.map(Which::Child);
    let mut given = [referral, application, child].into_iter().flatten();
    match (given.next(), given.next()) {
        (Some(one), None) => Ok(one),
        (None, _) => Err(missing("referral")),
        (Some(_), Some(_)) => {
            let expected = "exactly one of referral, application, child";
            Err(Error::malformed("referral", expected, "more than one"))
        }
    }
}

/// A plain string is read as its text.
fn reason(from: &mut Fields) -> Result<Reason, Error> {
    let value = from.raw("reason").ok_or_else(|| missing("reason"))?;
    match value {
        Value::String(text) => Ok(Reason::text(text)),
        Value::Object(_) => read(value).map_err(|error| error.under("reason")),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => {
            Err(Error::malformed("reason", "text, or an object with text", describe(&value)))
        }
    }
}

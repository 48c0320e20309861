//! Forms out of JSON. An error names the field and the kind of what stands there, never the value: it may be
//! personal data in the wrong field.

use serde_json::Value;

use super::{ApplicantForm, ChildForm, Form};
use crate::Error;
use crate::fields::{Fields, FromJson, door};

impl Form {
    /// Reads a form as a page sends it. Every field may be missing, and what is typed null: that is for
    /// [`check`](Form::check) to find.
    ///
    /// # Errors
    /// [`ErrorCode::Malformed`](crate::ErrorCode::Malformed) with the path of a field that is of another kind,
    /// such as a number where text is typed, or that no form has.
    ///
    /// ```
    /// use kezek::Form;
    /// let error = Form::from_json(&serde_json::json!({"child": {"iin": 991231500016_u64}}));
    /// assert_eq!(error.map_err(|error| error.path().to_owned()), Err("child.iin".to_owned()));
    /// ```
    pub fn from_json(value: &Value) -> Result<Form, Error> {
        let mut from = object(Some(value.clone()))?;
        let applicant = from.raw("applicant");
        let child = from.raw("child");
        let form = Form {
            applicant: applicant_of(applicant).map_err(|error| error.under("applicant"))?,
            child: child_of(child).map_err(|error| error.under("child"))?,
            benefit: may(&mut from, "benefit")?,
            documents: count(&mut from, "documents")?,
            instruction_read: flag(&mut from, "instruction_read")?,
            channel: may(&mut from, "channel")?,
            channel_number: may(&mut from, "channel_number")?,
            application: may(&mut from, "application")?,
        };
        from.end().map(|()| form)
    }
}

door!(Form, |value| Form::from_json(&value));

fn applicant_of(value: Option<Value>) -> Result<ApplicantForm, Error> {
    let mut from = object(value)?;
    let form = ApplicantForm {
        iin: may(&mut from, "iin")?,
        born: may(&mut from, "born")?,
        email: may(&mut from, "email")?,
        phone: may(&mut from, "phone")?,
        additional_email: may(&mut from, "additional_email")?,
        additional_phone: may(&mut from, "additional_phone")?,
    };
    from.end().map(|()| form)
}

fn child_of(value: Option<Value>) -> Result<ChildForm, Error> {
    let mut from = object(value)?;
    let form = ChildForm { iin: may(&mut from, "iin")?, born: may(&mut from, "born")? };
    from.end().map(|()| form)
}

/// The fields of an object; none where it is missing.
fn object(value: Option<Value>) -> Result<Fields, Error> {
    let value = value.unwrap_or_else(|| Value::Object(serde_json::Map::new()));
    let found = kind(&value);
    Fields::of(value, "an object").map_err(|error| Error::malformed("", error.expected(), found))
}

/// A field that may be missing or null.
fn may<T: FromJson>(from: &mut Fields, key: &str) -> Result<Option<T>, Error> {
    match from.raw(key) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => {
            let found = kind(&value);
            T::of_json(value).map(Some).map_err(|error: Error| Error::malformed(key, error.expected(), found))
        }
    }
}

/// A number that may be missing, blank, or text as a page's form sends it.
fn count(from: &mut Fields, key: &str) -> Result<Option<u32>, Error> {
    let value = match from.raw(key) {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::String(text)) if text.trim().is_empty() => return Ok(None),
        Some(value) => value,
    };
    let number = match &value {
        Value::Number(number) => number.as_u64(),
        Value::String(text) => text.trim().parse().ok(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    };
    let number = number.and_then(|number| u32::try_from(number).ok());
    number.map(Some).ok_or_else(|| Error::malformed(key, "a whole number, 0 or more", kind(&value)))
}

/// A tick that may be missing, or `"on"` as a page's form sends it.
fn flag(from: &mut Fields, key: &str) -> Result<bool, Error> {
    match from.raw(key) {
        None => Ok(false),
        Some(Value::Bool(ticked)) => Ok(ticked),
        Some(Value::String(text)) if text == "on" => Ok(true),
        Some(other) => Err(Error::malformed(key, "true or false", kind(&other))),
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a truth value",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

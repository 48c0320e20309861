//! Unreadable input. (An answer of the rules is never an error: see [`Denial`](crate::Denial).)

use std::fmt;

use serde::Deserialize;
use serde::ser::{Serialize, SerializeMap as _, Serializer};

/// What is wrong with an input, as a word that programs can match. In JSON `snake_case`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ErrorCode {
    /// Not of the form that was asked for; an unknown key too.
    Malformed,
    /// No policy of that name.
    UnknownPolicy,
    /// A policy with faults; [`Error::fields`] lists the path of each.
    InvalidPolicy,
    /// A view was asked about something that does not exist.
    NotFound,
    /// Something is due by `now`; call `advance` first.
    NotSettled,
    /// `now` lies before the last moment that the register has seen.
    ClockMovedBack,
    /// `expected_revision` is not the register's.
    StaleRevision,
    /// The `key` belongs to another command.
    KeyConflict,
    /// `now` lies before 2000 or after 2100.
    OutsideCalendar,
    /// Serial 1,000,000, or a hundredth referral of one application.
    NumbersExhausted,
    /// A journal or snapshot of an unknown format.
    UnsupportedFormat,
    /// A journal or snapshot that contradicts itself.
    CorruptHistory,
}

impl ErrorCode {
    /// The code as it stands on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            ErrorCode::Malformed => "malformed",
            ErrorCode::UnknownPolicy => "unknown_policy",
            ErrorCode::InvalidPolicy => "invalid_policy",
            ErrorCode::NotFound => "not_found",
            ErrorCode::NotSettled => "not_settled",
            ErrorCode::ClockMovedBack => "clock_moved_back",
            ErrorCode::StaleRevision => "stale_revision",
            ErrorCode::KeyConflict => "key_conflict",
            ErrorCode::OutsideCalendar => "outside_calendar",
            ErrorCode::NumbersExhausted => "numbers_exhausted",
            ErrorCode::UnsupportedFormat => "unsupported_format",
            ErrorCode::CorruptHistory => "corrupt_history",
        }
    }
}

/// One fault of an input. From [`Error::faults`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fault {
    /// The field that is wrong, such as `child.iin`; empty when it is the whole input.
    pub path: String,
    /// What was expected there.
    pub expected: String,
    /// What was found instead. A personal number is described, never quoted.
    pub found: String,
}

/// Input that cannot be read. The register is as it was before the call.
///
/// [`code`](Error::code) is for programs; `Display` is one line for people, with every fault.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.sentence())]
pub struct Error(Box<Faults>);

/// What an error says. It stands behind one pointer, so that a result that is no error costs nothing for it.
#[derive(Clone, PartialEq, Eq)]
struct Faults {
    code: ErrorCode,
    /// Never empty.
    faults: Vec<Fault>,
}

impl Error {
    pub(crate) fn new(
        code: ErrorCode,
        path: &str,
        expected: impl AsRef<str>,
        found: impl AsRef<str>,
    ) -> Error {
        Error::of_texts(code, path, expected.as_ref(), found.as_ref())
    }

    #[cold]
    #[inline(never)]
    fn of_texts(code: ErrorCode, path: &str, expected: &str, found: &str) -> Error {
        let fault =
            Fault { path: path.to_owned(), expected: expected.to_owned(), found: hide_numbers(found) };
        Error(Box::new(Faults { code, faults: vec![fault] }))
    }

    pub(crate) fn malformed(path: &str, expected: impl AsRef<str>, found: impl AsRef<str>) -> Error {
        Error::of_texts(ErrorCode::Malformed, path, expected.as_ref(), found.as_ref())
    }

    /// All faults of several errors as one; `None` when there is none.
    pub(crate) fn all(code: ErrorCode, errors: Vec<Error>) -> Option<Error> {
        let faults: Vec<Fault> = errors.into_iter().flat_map(|error| error.0.faults).collect();
        (!faults.is_empty()).then(|| Error(Box::new(Faults { code, faults })))
    }

    /// The same faults under another code.
    pub(crate) fn recoded(mut self, code: ErrorCode) -> Error {
        self.0.code = code;
        self
    }

    /// The same error, its path below `field`.
    #[cold]
    #[inline(never)]
    pub(crate) fn under(mut self, field: &str) -> Error {
        for fault in &mut self.0.faults {
            if fault.path.is_empty() {
                fault.path = field.to_owned();
            } else if fault.path.starts_with('[') {
                fault.path = format!("{field}{}", fault.path);
            } else {
                fault.path = format!("{field}.{}", fault.path);
            }
        }
        self
    }

    /// The same error in an item of a list.
    #[cold]
    #[inline(never)]
    pub(crate) fn in_item(self, index: usize) -> Error {
        self.under(&format!("[{index}]"))
    }

    /// The same error, its paths below `field` without it: for a caller who was never told of that field.
    pub(crate) fn out_of(mut self, field: &str) -> Error {
        for fault in &mut self.0.faults {
            if let Some(inside) = fault.path.strip_prefix(field).and_then(|rest| rest.strip_prefix('.')) {
                fault.path = inside.to_owned();
            }
        }
        self
    }

    /// What kind of error it is.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        self.0.code
    }

    fn first(&self) -> Option<&Fault> {
        self.0.faults.first()
    }

    /// The field that is wrong, such as `child.iin`; empty when it is the whole input.
    #[must_use]
    pub fn path(&self) -> &str {
        self.first().map_or("", |fault| &fault.path)
    }

    /// What was expected there.
    #[must_use]
    pub fn expected(&self) -> &str {
        self.first().map_or("", |fault| &fault.expected)
    }

    /// What was found instead. A personal number is described, never quoted.
    #[must_use]
    pub fn found(&self) -> &str {
        self.first().map_or("", |fault| &fault.found)
    }

    /// Every fault, the main one first; there is at least one. Only [`ErrorCode::InvalidPolicy`] has several.
    ///
    /// ```
    /// use kezek::Policy;
    /// let faulty = serde_json::json!({"base": "akmola-2018", "zone": "Europe/Paris", "age": {"until": {"hours": 1}}});
    /// let error = Policy::from_json(&faulty).unwrap_err();
    /// let told: Vec<_> = error.faults().iter().map(|fault| (&*fault.path, &*fault.found)).collect();
    /// assert!(told.contains(&("age.until", "1 hours")), "{told:?}");
    /// assert_eq!(told.len(), 2);
    /// ```
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        &self.0.faults
    }

    /// The path of every fault, for [`ErrorCode::InvalidPolicy`]: `choice_window`, `age.until`.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.0.faults.iter().map(|fault| fault.path.as_str())
    }

    fn sentence(&self) -> String {
        let mut text = self.0.code.as_str().to_owned();
        for (i, fault) in self.0.faults.iter().enumerate() {
            text.push_str(if i == 0 { ": " } else { "; " });
            if !fault.path.is_empty() {
                text.push_str(&fault.path);
                text.push_str(": ");
            }
            text.push_str(&format!("expected {}, found {}", fault.expected, fault.found));
        }
        text
    }
}

/// Eleven digits or more may be somebody's number, mistyped or in the wrong field: they are counted, not quoted.
fn hide_numbers(text: &str) -> String {
    let mut hidden = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(start);
        let end = from.find(|c: char| !c.is_ascii_digit()).unwrap_or(from.len());
        let (digits, after) = from.split_at(end);
        hidden.push_str(before);
        if digits.len() < 11 {
            hidden.push_str(digits);
        } else {
            hidden.push_str(&format!("({} digits)", digits.len()));
        }
        rest = after;
    }
    hidden.push_str(rest);
    hidden
}

/// `{"code","path"?,"expected"?,"found"?,"fields"?}`; `fields` with an invalid policy alone.
impl Serialize for Error {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        map.serialize_entry("code", self.0.code.as_str())?;
        for (key, text) in [("path", self.path()), ("expected", self.expected()), ("found", self.found())] {
            if !text.is_empty() {
                map.serialize_entry(key, text)?;
            }
        }
        if self.0.code == ErrorCode::InvalidPolicy {
            map.serialize_entry("fields", &self.fields().collect::<Vec<_>>())?;
        }
        map.end()
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Error({self})")
    }
}

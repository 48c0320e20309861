//! Rows that are not taken over, and what is said about each.

use kezek::{Error, Zone};
use serde_json::Value;

use super::super::fault::Place;
use super::super::sentence::condition;

/// A row of a file with what is wrong there: one line for each fault or unmet condition.
#[derive(Debug)]
pub(crate) struct Bad {
    /// Which line of its file, from 1.
    pub(crate) line: usize,
    /// What to say.
    pub(crate) text: String,
}

impl Bad {
    /// A row that cannot be read: the field (none: the whole row), what was expected and what was found.
    pub(crate) fn unreadable(place: Place<'_>, field: &str, expected: &str, found: &str) -> Bad {
        Bad::with_code(place, "malformed", field, expected, found)
    }

    /// An error of the library; `in_sheet` says that the row is one of a table, whose columns are flat.
    pub(crate) fn error(place: Place<'_>, error: &Error, in_sheet: bool) -> Bad {
        let field = match error.path() {
            "child.iin" if in_sheet => "child_iin",
            "child.born" if in_sheet => "born",
            path => path,
        };
        Bad::with_code(place, error.code().as_str(), field, error.expected(), error.found())
    }

    /// A row that the rules deny: every unmet condition, with its rule.
    pub(crate) fn denied(place: Place<'_>, denials: &Value, zone: Zone) -> Bad {
        let denials = denials.as_array().into_iter().flatten().map(|denial| {
            let (text, rule) = condition(denial, zone);
            format!("error: {place}: denied: {} ({rule})", unnamed(&text))
        });
        Bad { line: line(place), text: denials.collect::<Vec<_>>().join("\n") }
    }

    fn with_code(place: Place<'_>, code: &str, field: &str, expected: &str, found: &str) -> Bad {
        let (field, expected, found) = (unnamed(field), unnamed(expected), unnamed(found));
        let fault = place.fault(code, &field, &expected, &found);
        Bad { line: line(place), text: fault.text().unwrap_or_default().to_owned() }
    }
}

fn line(place: Place<'_>) -> usize {
    place.line.unwrap_or_default()
}

/// Eleven digits or more may be a person's number in the wrong field: they are counted, never quoted.
fn unnamed(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut digits = String::new();
    for c in text.chars().map(Some).chain([None]) {
        match c {
            Some(c) if c.is_ascii_digit() => digits.push(c),
            other => {
                match digits.len() {
                    0..=10 => shown.push_str(&digits),
                    count => shown.push_str(&format!("({count} digits)")),
                }
                digits.clear();
                shown.extend(other);
            }
        }
    }
    shown
}

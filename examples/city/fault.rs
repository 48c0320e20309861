//! What ends a run: input that cannot be read (status 2), or a file that cannot be written (status 1).

use std::io;
use std::path::Path;

use kezek::Error;

/// Why the run ends.
#[derive(Debug)]
pub(crate) enum Fault {
    /// Input that cannot be read: where, and what is wrong there.
    Input(String),
    /// Something could not be written.
    Output(String),
    /// Nobody reads on, as under `| head`: no fault.
    NobodyReads,
}

/// A place in the input: a file, and where known its line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'a> {
    /// The file.
    pub(crate) source: &'a str,
    /// The line, from 1.
    pub(crate) line: Option<usize>,
}

impl Place<'_> {
    /// One fault there: the field (none: the whole line), what was expected and what was found.
    pub(crate) fn fault(self, code: &str, field: &str, expected: &str, found: &str) -> Fault {
        let field = if field.is_empty() { String::new() } else { format!(", field {field}") };
        Fault::Input(format!("error: {self}{field}: expected {expected}, found {found} ({code})"))
    }

    /// An error of the library there; `under` is the field that it was called with.
    pub(crate) fn error(self, under: &str, error: &Error) -> Fault {
        let code = error.code().as_str();
        let paths: Vec<&str> = error.fields().collect();
        if paths.len() <= 1 {
            let field = match (under, error.path()) {
                ("", path) => path.to_owned(),
                (under, "") => under.to_owned(),
                (under, path) => format!("{under}.{path}"),
            };
            return self.fault(code, &field, error.expected(), error.found());
        }
        let mut text = format!("error: {self}: {} faults ({code})", paths.len());
        for fault in apart(&error.to_string(), code, &paths) {
            text.push_str("\n  ");
            text.push_str(&fault);
        }
        Fault::Input(text)
    }

    /// A file that cannot be opened or read.
    pub(crate) fn unreadable(self, error: &io::Error) -> Fault {
        self.fault("unreadable", "", "a file that can be read", &error.to_string())
    }

    /// Text that is not JSON, with the place in it.
    pub(crate) fn not_json(self, error: &serde_json::Error) -> Fault {
        let column = error.column();
        let line = if self.line.is_some() { String::new() } else { format!("line {}, ", error.line()) };
        self.fault("malformed", "", "JSON", &format!("at {line}column {column}: {}", reason(error)))
    }
}

/// What serde_json says, without the place that it appends.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ").map_or(text.clone(), |(reason, _)| reason.to_owned())
}

impl std::fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}, line {line}", self.source),
            None => f.write_str(self.source),
        }
    }
}

/// The faults of an error with several of them. Its sentence has them all, `;` between them.
fn apart(sentence: &str, code: &str, paths: &[&str]) -> Vec<String> {
    let mut rest = sentence.strip_prefix(code).and_then(|rest| rest.strip_prefix(": ")).unwrap_or(sentence);
    let mut faults = Vec::new();
    for path in paths.iter().skip(1) {
        let next = format!("; {path}: expected ");
        if let Some((one, _)) = rest.split_once(&next) {
            faults.push(one.to_owned());
            rest = rest.get(one.len().saturating_add(2)..).unwrap_or_default();
        }
    }
    faults.push(rest.to_owned());
    faults
}

impl Fault {
    /// A file that cannot be written.
    pub(crate) fn unwritten(path: &Path, error: &io::Error) -> Fault {
        Fault::Output(format!("error: {}: cannot be written: {error}", path.display()))
    }

    /// What to say, if anything.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Fault::Input(text) | Fault::Output(text) => Some(text),
            Fault::NobodyReads => None,
        }
    }

    /// The exit status.
    pub(crate) fn status(&self) -> u8 {
        match self {
            Fault::Input(_) => 2,
            Fault::Output(_) => 1,
            Fault::NobodyReads => 0,
        }
    }
}

impl From<io::Error> for Fault {
    /// Printing failed.
    fn from(error: io::Error) -> Fault {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Fault::NobodyReads;
        }
        Fault::Output(format!("error: standard output: {error}"))
    }
}

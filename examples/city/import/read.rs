//! Rows out of CSV, JSON and JSON Lines: each becomes an object of the wire, with the line that it stands on.

use std::io::Read as _;
use std::path::Path;

use clap::ValueEnum;
use serde_json::{Map, Value};

use super::super::fault::{Fault, Place};
use super::bad::Bad;
use super::sheet::{self, Sheet};

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A table whose first row names the columns
    Csv,
    /// One list of objects
    Json,
    /// An object a line
    Jsonl,
}

/// A row that could be read so far.
#[derive(Debug)]
pub(crate) struct Row {
    /// The line that it begins on, from 1.
    pub(crate) line: usize,
    /// Its fields, as on the wire.
    pub(crate) fields: Map<String, Value>,
}

/// A file that was read.
#[derive(Debug)]
pub(crate) struct Rows {
    /// Its name, for messages.
    pub(crate) source: String,
    /// Whether it is a table.
    pub(crate) in_sheet: bool,
    /// The rows, in order.
    pub(crate) good: Vec<Row>,
    /// Those that cannot be read.
    pub(crate) bad: Vec<Bad>,
    /// Whether a fault hides how many rows there are: then none is taken, whatever was asked.
    pub(crate) broken: bool,
}

impl Rows {
    /// No file, no rows.
    pub(crate) fn none() -> Rows {
        Rows { source: String::new(), in_sheet: false, good: Vec::new(), bad: Vec::new(), broken: false }
    }

    pub(super) fn take(&mut self, row: Result<Row, Bad>) {
        match row {
            Ok(row) => self.good.push(row),
            Err(bad) => self.bad.push(bad),
        }
    }
}

/// Reads all rows of a file, or of standard input (`-`).
pub(crate) fn read(path: &Path, format: Option<Format>, sheet: &Sheet) -> Result<Rows, Fault> {
    let from_input = path.as_os_str() == "-";
    let source = if from_input { "standard input".to_owned() } else { path.display().to_string() };
    let place = Place { source: &source, line: None };
    let format = format.or_else(|| by_ending(path)).ok_or_else(|| {
        let expected = "a name that ends in .csv, .json or .jsonl, or --format";
        place.fault("malformed", "", expected, "neither")
    })?;
    let mut bytes = Vec::new();
    let length = if from_input {
        std::io::stdin().lock().read_to_end(&mut bytes)
    } else {
        std::fs::File::open(path).and_then(|mut file| file.read_to_end(&mut bytes))
    };
    let _length = length.map_err(|error| place.unreadable(&error))?;
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    let empty = Rows { source: source.clone(), in_sheet: format == Format::Csv, ..Rows::none() };
    match format {
        Format::Csv => sheet::rows(bytes, sheet, empty),
        Format::Json => list(bytes, empty),
        Format::Jsonl => Ok(lines(bytes, empty)),
    }
}

fn by_ending(path: &Path) -> Option<Format> {
    match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "csv" => Some(Format::Csv),
        "json" => Some(Format::Json),
        "jsonl" | "ndjson" => Some(Format::Jsonl),
        _another => None,
    }
}

/// What the run itself says of every row.
const SAID_ONCE: [&str; 7] = ["type", "reason", "authority", "by", "signature", "key", "expected_revision"];

fn row(value: Value, place: Place<'_>) -> Result<Row, Bad> {
    let Value::Object(fields) = value else {
        return Err(Bad::unreadable(place, "", "an object with the fields of a row", "another value"));
    };
    if let Some(key) = SAID_ONCE.iter().find(|key| fields.contains_key(**key)) {
        return Err(Bad::unreadable(place, key, "no field of this name: the run says it for all", "one"));
    }
    Ok(Row { line: place.line.unwrap_or_default(), fields })
}

fn lines(bytes: &[u8], mut rows: Rows) -> Rows {
    for (bytes, line) in bytes.split(|byte| *byte == b'\n').zip(1..) {
        if bytes.trim_ascii().is_empty() {
            continue;
        }
        let place = Place { source: &rows.source, line: Some(line) };
        let read = serde_json::from_slice(bytes).map_err(|error| not_json(place, &error));
        let read = read.and_then(|value| row(value, place));
        rows.take(read);
    }
    rows
}

/// A list is read object by object, so that each has its line. Where one is no JSON, nobody knows what follows.
fn list(bytes: &[u8], mut rows: Rows) -> Result<Rows, Fault> {
    let source = rows.source.clone();
    let place = Place { source: &source, line: None };
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let found = format!("a byte that is none, at {}", error.valid_up_to().saturating_add(1));
        place.fault("malformed", "", "UTF-8", &found)
    })?;
    let Some(mut rest) = text.trim_start().strip_prefix('[').map(str::trim_start) else {
        return Err(place.fault("malformed", "", "a list of objects", "something else"));
    };
    let (mut line, mut counted) = (1_usize, 0_usize);
    let mut first = true;
    loop {
        let at = text.len().saturating_sub(rest.len());
        line = line.saturating_add(breaks(text.get(counted..at)));
        counted = at;
        let place = Place { source: &source, line: Some(line) };
        if let Some(after) = rest.strip_prefix(']').filter(|_| first || !rows_end_with_comma(text, at)) {
            if !after.trim().is_empty() {
                rows.bad.push(Bad::unreadable(place, "", "nothing after the list", "more"));
                rows.broken = true;
            }
            return Ok(rows);
        }
        first = false;
        let mut objects = serde_json::Deserializer::from_str(rest).into_iter::<Value>();
        let read = objects.next();
        let end = objects.byte_offset();
        let value = match read {
            Some(Ok(value)) => value,
            Some(Err(error)) => {
                let line = line.saturating_add(error.line()).saturating_sub(1);
                rows.bad.push(not_json(Place { source: &source, line: Some(line) }, &error));
                rows.broken = true;
                return Ok(rows);
            }
            None => {
                rows.bad.push(Bad::unreadable(place, "", "an object, or the end of the list", "the end"));
                rows.broken = true;
                return Ok(rows);
            }
        };
        rows.take(row(value, place));
        rest = rest.get(end..).unwrap_or_default().trim_start();
        if let Some(after) = rest.strip_prefix(',') {
            rest = after.trim_start();
        } else if !rest.starts_with(']') {
            rows.bad.push(Bad::unreadable(place, "", "a comma or the end of the list after it", "neither"));
            rows.broken = true;
            return Ok(rows);
        }
    }
}

fn rows_end_with_comma(text: &str, at: usize) -> bool {
    text.get(..at).is_some_and(|before| before.trim_end().ends_with(','))
}

fn breaks(text: Option<&str>) -> usize {
    text.unwrap_or_default().bytes().filter(|byte| *byte == b'\n').count()
}

/// What serde_json says, without the place that it appends and without quoting the text.
fn not_json(place: Place<'_>, error: &serde_json::Error) -> Bad {
    let found = match error.classify() {
        serde_json::error::Category::Eof => "an early end".to_owned(),
        _another => format!("something else at column {}", error.column()),
    };
    Bad::unreadable(place, "", "JSON", &found)
}

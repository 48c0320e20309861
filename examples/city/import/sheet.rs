//! Rows out of CSV. An empty cell is a field that is not there.

use csv::{ByteRecord, ReaderBuilder, Trim};
use serde_json::{Map, Value};

use super::super::fault::{Fault, Place};
use super::bad::Bad;
use super::read::{Row, Rows};

/// What stands in the cells of a column.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Text,
    Whole,
    /// Several, `;` between them.
    List,
    /// A field of the object `child`, under this name.
    OfChild(&'static str),
}

/// The columns that a table may have, and those that it must.
#[derive(Debug)]
pub(crate) struct Sheet {
    columns: &'static [(&'static str, Kind)],
    needed: &'static [&'static str],
}

/// The applications of a portal.
pub(crate) const APPLICATIONS: Sheet = Sheet {
    columns: &[
        ("application", Kind::Text),
        ("applicant", Kind::Text),
        ("parents", Kind::List),
        ("child_iin", Kind::OfChild("iin")),
        ("born", Kind::OfChild("born")),
        ("registered_at", Kind::Text),
        ("benefit", Kind::Text),
        ("stage", Kind::Text),
        ("choose_by", Kind::Text),
        ("expires_at", Kind::Text),
        ("recall_until", Kind::Text),
        ("until", Kind::Text),
        ("next_due", Kind::Text),
        ("lapses", Kind::Whole),
        ("extensions", Kind::Whole),
        ("referral", Kind::Text),
        ("vacancy", Kind::Whole),
        ("kindergarten", Kind::Text),
    ],
    needed: &["application", "applicant", "child_iin", "born", "registered_at", "stage"],
};

/// The vacancies that they hold places of.
pub(crate) const VACANCIES: Sheet = Sheet {
    columns: &[
        ("kindergarten", Kind::Text),
        ("group_year", Kind::Whole),
        ("language", Kind::Text),
        ("places", Kind::Whole),
        ("kind", Kind::Text),
        ("published_at", Kind::Text),
    ],
    needed: &["kindergarten", "group_year", "language", "places"],
};

/// The rows of a table. Commas stand between its cells, or semicolons where the first row has no comma.
pub(crate) fn rows(bytes: &[u8], sheet: &Sheet, mut rows: Rows) -> Result<Rows, Fault> {
    let source = rows.source.clone();
    let header = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let by_semicolons = !header.contains(&b',') && header.contains(&b';');
    let delimiter = if by_semicolons { b';' } else { b',' };
    let mut reader =
        ReaderBuilder::new().delimiter(delimiter).flexible(true).trim(Trim::All).from_reader(bytes);
    let unreadable = |error: &csv::Error| {
        let found = error.to_string();
        Place { source: &source, line: None }.fault("malformed", "", "a table", &found)
    };
    let header = reader.byte_headers().map_err(|error| unreadable(&error))?;
    let columns = columns(header, sheet, Place { source: &source, line: Some(1) })?;
    let mut record = ByteRecord::new();
    while reader.read_byte_record(&mut record).map_err(|error| unreadable(&error))? {
        let line = record.position().map_or(0, csv::Position::line);
        let line = usize::try_from(line).unwrap_or(usize::MAX);
        let place = Place { source: &source, line: Some(line) };
        // An open quote takes in the rows after it.
        if let Some((name, _)) = columns.iter().zip(&record).find(|(_, cell)| cell.contains(&b'\n')) {
            let expected = "a cell on one line, its quotes closed";
            rows.bad.push(Bad::unreadable(place, name.0, expected, "a line break"));
            rows.broken = true;
        } else {
            rows.take(row(&record, &columns, place));
        }
    }
    Ok(rows)
}

type Column = (&'static str, Kind);

/// The columns in the order of the file; every fault of the first row at once.
fn columns(header: &ByteRecord, sheet: &Sheet, place: Place<'_>) -> Result<Vec<Column>, Fault> {
    let mut columns: Vec<Column> = Vec::new();
    let mut faults: Vec<String> = Vec::new();
    let mut say = |field: &str, expected: &str, found: &str| {
        faults.push(Bad::unreadable(place, field, expected, found).text);
    };
    for (cell, number) in header.iter().zip(1_usize..) {
        let known = sheet.columns.iter().find(|(name, _)| name.as_bytes() == cell);
        match known {
            None => {
                let known: Vec<&str> = sheet.columns.iter().map(|(name, _)| *name).collect();
                let expected = format!("one of {}", known.join(", "));
                say(&format!("column {number}"), &expected, &column_name(cell));
            }
            Some((name, _)) if columns.iter().any(|(other, _)| other == name) => {
                say(name, "one column of this name", "two");
            }
            Some(column) => columns.push(*column),
        }
    }
    for needed in sheet.needed {
        if !header.iter().any(|cell| cell == needed.as_bytes()) {
            say(needed, "a column of this name", "none");
        }
    }
    if faults.is_empty() { Ok(columns) } else { Err(Fault::Input(faults.join("\n"))) }
}

/// A name with a slip of the pen is shown; anything else may be a row of data in the place of the names.
fn column_name(cell: &[u8]) -> String {
    let is_name = cell.iter().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b' ' | b'-'));
    match std::str::from_utf8(cell) {
        Ok(text) if is_name => format!("{text:?}"),
        _another => format!("text of {} bytes", cell.len()),
    }
}

fn row(record: &ByteRecord, columns: &[Column], place: Place<'_>) -> Result<Row, Bad> {
    if record.len() != columns.len() {
        let expected = format!("{} cells, as in the first row", columns.len());
        return Err(Bad::unreadable(place, "", &expected, &record.len().to_string()));
    }
    let mut fields = Map::new();
    let mut child = Map::new();
    for ((name, kind), cell) in columns.iter().zip(record) {
        let cell = std::str::from_utf8(cell).map_err(|error| {
            let found = format!("a byte that is none, at {}", error.valid_up_to().saturating_add(1));
            Bad::unreadable(place, name, "UTF-8", &found)
        })?;
        if cell.is_empty() {
            continue;
        }
        let (into, key, value) = match kind {
            Kind::Text => (&mut fields, *name, Value::from(cell)),
            Kind::Whole => (&mut fields, *name, whole(cell, name, place)?),
            Kind::List => {
                let parts = cell.split(';').map(str::trim).filter(|part| !part.is_empty());
                (&mut fields, *name, parts.map(Value::from).collect())
            }
            Kind::OfChild(key) => (&mut child, *key, Value::from(cell)),
        };
        let _none = into.insert(key.to_owned(), value);
    }
    if columns.iter().any(|(_, kind)| matches!(kind, Kind::OfChild(_))) {
        let _none = fields.insert("child".to_owned(), Value::Object(child));
    }
    Ok(Row { line: place.line.unwrap_or_default(), fields })
}

/// Text is described, not quoted: it may be personal.
fn whole(cell: &str, name: &str, place: Place<'_>) -> Result<Value, Bad> {
    cell.parse::<i64>().map(Value::from).map_err(|_| {
        let found = format!("text of {} characters", cell.chars().count());
        Bad::unreadable(place, name, "a whole number", &found)
    })
}

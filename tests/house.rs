//! The floors of the house: values <- calendar <- policy <- words <- texts <- machines, queue <- card <- register
//! <- views <- json <- schema.
//!
//! Every `crate::…` path in `core/src` is read, names out of `lib.rs` are led back to their modules, and a path
//! that leads upward fails. So do the working-day crate outside the calendar, chrono outside the values and the
//! calendar, and a file of more than 400 lines of code.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may stop where it cannot read the sources"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The modules, from the ground up. Those of a floor may know each other where it says so.
const FLOORS: [(&str, bool, &[&str]); 11] = [
    (
        "values",
        true,
        &[
            "number", "iin", "moment", "day", "zone", "term", "group", "benefit", "rule", "error", "fields",
            "switch", "written", "sorted", "packed", "proof",
        ],
    ),
    ("calendar", true, &["calendar"]),
    ("policy", true, &["policy"]),
    ("words", true, &["stage", "command", "event", "denial"]),
    ("texts", true, &["text"]),
    // An application knows no vacancy and the other way round; the queue knows keys, not applications.
    ("machines, queue", false, &["application", "vacancy", "queue"]),
    // The second door needs no register: a portal that keeps its own rows has none.
    ("card", true, &["card"]),
    ("register", true, &["register"]),
    ("views", true, &["view", "form"]),
    ("json", true, &["json"]),
    ("schema", true, &["schema", "arbitrary"]),
];

const MOST_LINES: usize = 400;

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|(_, _, modules)| modules.contains(&module))
}

/// Whether code of one module may name another.
fn may_know(module: &str, other: &str) -> bool {
    match (floor(module), floor(other)) {
        _ if module == other => true,
        (Some(own), Some(others)) if own == others => FLOORS[own].1,
        (Some(own), Some(others)) => others < own,
        (_, _) => false,
    }
}

/// The text without comments and without what stands in quotes.
fn code(text: &str) -> String {
    let mut code = String::new();
    for line in text.lines() {
        let mut quoted = false;
        let mut before = ' ';
        for (at, c) in line.char_indices() {
            if !quoted && line[at..].starts_with("//") {
                break;
            }
            if c == '"' && before != '\\' && before != '\'' {
                quoted = !quoted;
            } else if !quoted {
                code.push(c);
            }
            before = c;
        }
        code.push('\n');
    }
    code
}

/// The first names of all paths that begin with `crate::`, those in braces too.
fn named(code: &str) -> Vec<String> {
    let starts = code.match_indices("crate::").map(|(at, start)| &code[at + start.len()..]);
    starts.flat_map(|rest| first_names(rest.trim_start())).collect()
}

fn first_names(path: &str) -> Vec<String> {
    let Some(group) = path.strip_prefix('{') else {
        let name: String = path.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        return vec![if name.is_empty() { "*".to_owned() } else { name }];
    };
    let (mut depth, mut names, mut item) = (0_u32, Vec::new(), String::new());
    for c in group.chars() {
        match c {
            '}' if depth == 0 => break,
            ',' if depth == 0 => names.push(std::mem::take(&mut item)),
            _ => {
                depth = if c == '{' { depth + 1 } else { depth - u32::from(c == '}') };
                item.push(c);
            }
        }
    }
    names.push(item);
    names.iter().map(|name| name.trim()).filter(|name| !name.is_empty()).flat_map(first_names).collect()
}

/// What `lib.rs` exports, and from which module.
fn exports(lib: &str) -> BTreeMap<String, String> {
    let lib = code(lib);
    let uses = lib.split("pub use ").skip(1).filter_map(|rest| rest.split(';').next());
    let mut exports = BTreeMap::new();
    for export in uses {
        let (module, names) = export.split_once("::").expect("a path");
        for name in first_names(names) {
            exports.insert(name, module.trim().to_owned());
        }
    }
    exports
}

/// The module of a file under `src`: its first folder, or its name.
fn module(file: &str) -> &str {
    file.split('/').next().unwrap_or(file).trim_end_matches(".rs")
}

/// Everything in a file that the floors forbid.
fn offences(file: &str, text: &str, exports: &BTreeMap<String, String>) -> Vec<String> {
    let (module, code) = (module(file), code(text));
    let mut offences = Vec::new();
    if floor(module).is_none() {
        offences.push(format!("{file}: {module} stands on no floor: put it on one in tests/house.rs"));
    }
    for name in named(&code) {
        let other = exports.get(&name).unwrap_or(&name);
        if !may_know(module, other) {
            offences.push(format!("{file}: crate::{name} is of {other}, which {module} may not know"));
        }
    }
    if file.contains('/') && code.contains("super::super::") {
        offences.push(format!("{file}: super::super:: leads out of {module}: say crate::"));
    }
    let words = |word: &str| code.split(|c: char| !c.is_alphanumeric() && c != '_').any(|own| own == word);
    if words("bdays") && module != "calendar" {
        offences.push(format!("{file}: bdays is for calendar/ alone"));
    }
    if words("chrono") && floor(module) > floor("calendar") {
        offences.push(format!("{file}: chrono is for values and calendar alone"));
    }
    let lines = code.lines().filter(|line| !line.trim().is_empty()).count();
    if lines > MOST_LINES {
        offences.push(format!("{file}: {lines} lines of code: two concepts"));
    }
    offences
}

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// All sources but the tests and `lib.rs`, by their paths under `src`.
fn sources() -> Vec<(String, String)> {
    let mut folders = vec![src()];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name =
                path.strip_prefix(src()).expect("a path under src").to_string_lossy().replace('\\', "/");
            if path.is_dir() {
                folders.push(path);
            } else if name.ends_with(".rs") && !name.ends_with("tests.rs") && name != "lib.rs" {
                sources.push((name, std::fs::read_to_string(&path).expect("a source")));
            }
        }
    }
    sources.sort();
    sources
}

fn own_exports() -> BTreeMap<String, String> {
    exports(&std::fs::read_to_string(src().join("lib.rs")).expect("lib.rs"))
}

#[test]
fn nothing_knows_what_stands_above_it() {
    let exports = own_exports();
    let found: Vec<String> =
        sources().iter().flat_map(|(file, text)| offences(file, text, &exports)).collect();
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn every_source_and_every_name_is_seen() {
    assert!(sources().len() > 40, "only {} sources", sources().len());
    let exports = own_exports();
    assert_eq!(exports["ErrorCode"], "error");
    assert_eq!(exports["SeatGoes"], "policy");
    assert!(exports.values().all(|module| floor(module).is_some()), "{exports:?}");
}

#[test]
fn an_upward_import_is_found_however_it_is_written() {
    let exports = own_exports();
    let wrong = |file: &str, text: &str| offences(file, text, &exports);
    let one = |file: &str, text: &str| {
        let found = wrong(file, text);
        assert_eq!(found.len(), 1, "{file}: {text}: {found:?}");
    };
    one("term.rs", "use crate::Policy;");
    one("term.rs", "fn f() -> crate::calendar::Calendar { todo() }");
    one("policy/clock.rs", "use crate::{\n    Calendar,\n    Stage, Day,\n};");
    one("event.rs", "use crate::{application::{Application, absorb}, Day};");
    one("application/decide.rs", "use crate::{Fact, vacancy::Place};");
    one("vacancy/mod.rs", "use crate::application::Held;");
    one("queue/turn.rs", "fn f(of: &crate::application::Application) {}");
    one("register/book.rs", "pub(crate) use crate::view::VacancyRow;");
    one("form/check.rs", "use crate::json::moment;");
    one("view/card.rs", "macro_rules! m { () => { $crate::json::moment() } }");
    one("stage.rs", "use crate::*;");
    one("queue/rank.rs", "use super::super::vacancy::Place;");
    one("register/mod.rs", "use bdays::HolidayCalendar;");
    one("policy/clock.rs", "fn f(day: chrono::NaiveDate) {}");
    one("attic.rs", "");
    one("view/card.rs", &"let x = 1;\n".repeat(MOST_LINES + 1));
}

#[test]
fn what_is_allowed_is_not_found() {
    let exports = own_exports();
    let allowed = "//! See crate::Register and chrono.\nuse crate::{Fact, policy::{Clock, Start}};\n\
                   let link = \"crate::view\"; // crate::json\nuse super::Application;\n\n";
    assert_eq!(offences("application/decide.rs", &allowed.repeat(130), &exports), Vec::<String>::new());
    assert_eq!(offences("moment.rs", "use chrono::DateTime; use crate::{Error, Zone};", &exports), [""; 0]);
    assert_eq!(offences("calendar/door.rs", "use bdays::Calendar; use chrono::Days;", &exports), [""; 0]);
}

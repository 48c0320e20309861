//! `docs/texts.md`: all texts side by side. And every scenario told in every language: nothing stays unfilled,
//! and every sentence about an event, a denial or a deadline is said by some scenario.
//!
//! The page is made anew and compared; with `KEZEK_BLESS=1` it is written.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "what cannot be read fails the test")]

#[path = "support/scenario.rs"]
mod scenario;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use kezek::{CloseReason, DenialReason, Form, Label, Language, Moment, Register, Stage, Texts, Which, Zone};
use serde_json::Value;

const LANGUAGES: [Language; 3] = [Language::Kk, Language::Ru, Language::En];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn texts(language: Language) -> Texts<'static> {
    Texts::new(language, Zone::Almaty).expect("all three are built in")
}

/// What an argument of a text is in the examples, by the text's key and the argument's name.
fn example(texts: Texts<'static>, key: &str, name: &str) -> String {
    let language = texts.language();
    let in_own = |words: [&str; 3]| match language {
        Language::Kk => words[0].to_owned(),
        Language::Ru => words[1].to_owned(),
        Language::En => words[2].to_owned(),
    };
    let date = |date: &str| texts.date(date.parse().expect("a date"));
    let stages = || {
        let [first, second] = [Stage::Queued, Stage::Inactive].map(|stage| texts.stage(stage));
        in_own(["«+», «-»", "«+», «-»", "“+”, “-”"]).replace('+', first).replace('-', second)
    };
    match (key, name) {
        ("denial.extension_not_later" | "denial.extension_too_long", "expected") => date("2018-04-25"),
        ("denial.extension_not_later", "found") => date("2018-04-20"),
        ("denial.extension_too_long", "found") => date("2018-05-10"),
        ("denial.wrong_group_year", "expected") => "2015".to_owned(),
        ("denial.wrong_group_year", "found") => "2014".to_owned(),
        ("denial.extension_used", _) => "1".to_owned(),
        ("denial.places_out_of_range", "found") => "1000".to_owned(),
        ("denial.wrong_stage", "expected") => stages(),
        ("denial.not_found.referral", "found") => "1000000101".to_owned(),
        ("denial.not_found.vacancy", "found") => "3".to_owned(),
        ("event.closed", "reason") => texts.close_reason(CloseReason::Withdrawn).to_owned(),
        (key, "found") if key.starts_with("denial.unknown_benefit") => "twins".to_owned(),
        ("denial.unknown_benefit", "expected") => {
            ["orphan", "large-family"].map(|id| texts.benefit(id.parse().ok().as_ref())).join("; ")
        }
        ("date.day", "day") => "26".to_owned(),
        ("date.day", "month") => in_own(["наурыз", "марта", "March"]),
        ("date.day", "year") => "2018".to_owned(),
        ("date.moment" | "date.until_time", "time") => "18:20:00".to_owned(),
        ("message.applicant", "what") => {
            let turn = texts.stored().find(|(key, _)| *key == "event.turn_came").expect("a text").1;
            filled(texts, "event.turn_came", turn)
        }
        ("change.moved" | "change.begun" | "change.ended" | "change.same" | "change.none", "label") => {
            texts.label(Label::Number).to_owned()
        }
        (_, "before") => "120".to_owned(),
        (_, "after") => "113".to_owned(),
        (key, "why") if key.starts_with("change.") => {
            texts.stored().find(|(key, _)| *key == "change.why.policy_changed").expect("a text").1.to_owned()
        }
        ("forecast.held", "count") => "83".to_owned(),
        (_, "count") => "5".to_owned(),
        ("forecast.turn" | "forecast.turn.day", "from") => date("2018-06-01"),
        ("forecast.turn", "to") => date("2018-08-31"),
        (_, "samples") => "3".to_owned(),
        (_, "needed") => "20".to_owned(),
        (_, "meant") => "gmail.com".to_owned(),
        (_, "application" | "found") => "UO.2018.000001.1".to_owned(),
        (_, "referral") => "1000000101".to_owned(),
        (_, "vacancy") => "3".to_owned(),
        (_, "kindergarten") => in_own(["Бөбек", "Бобек", "Bobek"]),
        (_, "year") => "2015".to_owned(),
        (_, "places") => texts.places(3),
        (_, "lapses") => "1".to_owned(),
        (_, "language") => texts.language_of_instruction(Language::Kk).to_owned(),
        (_, "benefit") => texts.benefit("orphan".parse().ok().as_ref()),
        (_, "stage") => texts.stage(Stage::Notified).to_owned(),
        (_, "reason") => in_own(["отбасылық жағдай", "семейные обстоятельства", "family reasons"]),
        (_, "policy") => "akmola-2018".to_owned(),
        (_, "register") => in_own(["Көкшетау", "Кокшетау", "Kokshetau"]),
        (_, "date") => date("2018-03-26"),
        (_, "until") => texts.until(at("2018-03-27T00:00:00+06:00")),
        (_, "from") => texts.from(at("2018-04-10T00:00:00+06:00")),
        (_, "moment") => texts.moment(at("2018-03-16T18:20:00+06:00")),
        (key, name) => unknown(key, name),
    }
}

#[allow(clippy::panic, reason = "an argument without an example must fail the test")]
fn unknown(key: &str, name: &str) -> ! {
    panic!("{key}: give the argument {name} an example in tests/texts.rs")
}

fn at(text: &str) -> Moment {
    text.parse().expect("an instant")
}

/// A text with example arguments; the forms of a noun after the numbers that need them.
fn filled(texts: Texts<'static>, key: &str, text: &str) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, (name, after))) =
        rest.split_once('{').and_then(|(before, open)| Some((before, open.split_once('}')?)))
    {
        let value = example(texts, key, name);
        filled.push_str(before);
        filled.push_str(&value);
        rest = if value.ends_with('.') { after.strip_prefix('.').unwrap_or(after) } else { after };
    }
    filled.push_str(rest);
    filled.replace('|', " · ")
}

const HEAD: &str = "# The texts

Everything that the library says, in Kazakh, Russian and English side by side, with example arguments filled in.
**Made by a test; do not edit.** The texts stand in `core/src/text/kk.rs`, `ru.rs` and `en.rs`, one row for each key;
arguments are named in braces there. After a change: `KEZEK_BLESS=1 cargo test -p kezek --test texts`.

- The portal's own words are kept: «Направлено уведомление» / «Хабарлама жіберілді», стоп-лист / стоп-тізім.
- A deadline is told as its last good day; the wire names the first instant that is too late.
- Months, and nouns after numbers, stand in all their forms with a dot between them; the plural rules are those of
  CLDR (crate `intl_pluralrules`). A Kazakh noun keeps its form after a number.
- No argument gets an ending, for a name or a number may end in any sound.
- Sentences about so many children stand in all their forms too, with the same number in each example.
- `also.…` are sentences that are added to those about events where they apply; `message.applicant` leads every
  message to parents, the sentence about the event follows.
- In an example a date or a number is only one of many: a deadline in hours keeps its clock time (`date.until_time`).
";

/// The groups of keys and their headings.
const GROUPS: [(&str, &str); 23] = [
    ("stage", "Where an application stands"),
    ("close_reason", "Why it was closed"),
    ("vacancy_state", "Vacancies"),
    ("kind", "Kinds of kindergartens"),
    ("language", "Languages of instruction"),
    ("benefit", "Benefits"),
    ("tier", "What a benefit does to the order"),
    ("channel", "Where an application was filed"),
    ("role", "Who acts"),
    ("document", "Documents"),
    ("count", "Numbers with nouns"),
    ("date", "Dates"),
    ("event", "What happened"),
    ("also", "Added to what happened"),
    ("deadline", "Deadlines"),
    ("denial", "Denials"),
    ("error", "Unreadable input"),
    ("finding", "Findings of the form"),
    ("change", "Why a number changed"),
    ("forecast", "Forecasts"),
    ("message", "Messages"),
    ("button", "Buttons"),
    ("label", "Labels"),
];

fn page() -> String {
    let mut page = String::from(HEAD);
    let stored = LANGUAGES.map(|language| texts(language).stored().collect::<Vec<_>>());
    let mut written = 0;
    for (group, title) in &GROUPS {
        let _ = write!(page, "\n## {title}\n\n| key | қазақша | по-русски | English |\n|---|---|---|---|\n");
        for (row, (key, _)) in stored[0].iter().enumerate() {
            if key.split('.').next() != Some(group) {
                continue;
            }
            let cells = [0, 1, 2].map(|i| filled(texts(LANGUAGES[i]), key, stored[i][row].1));
            let _ = writeln!(page, "| `{key}` | {} |", cells.join(" | "));
            written += 1;
        }
    }
    assert_eq!(written, stored[0].len(), "every key belongs to a group of GROUPS");
    page
}

#[test]
fn the_page_is_as_the_texts_are() {
    let path = root().join("docs/texts.md");
    let page = page();
    if std::env::var_os("KEZEK_BLESS").is_some() {
        std::fs::write(&path, &page).expect("docs/texts.md can be written");
    }
    let stored = std::fs::read_to_string(&path).expect("docs/texts.md");
    assert!(stored == page, "docs/texts.md is stale: KEZEK_BLESS=1 cargo test -p kezek --test texts");
}

#[test]
fn every_example_is_filled_in_and_every_cell_stands_alone() {
    for language in LANGUAGES {
        for (key, text) in texts(language).stored() {
            let cell = filled(texts(language), key, text);
            assert!(!cell.contains(['{', '}', '|', '\n']) && !cell.contains(".."), "{key}: {cell}");
        }
    }
}

/// Everything that the scenarios make the library say, in one language.
#[derive(Default)]
struct Said {
    events: BTreeSet<String>,
    denials: BTreeSet<String>,
    deadlines: BTreeSet<String>,
    messages: BTreeSet<String>,
    findings: BTreeSet<String>,
    changes: BTreeSet<String>,
    forecasts: BTreeSet<String>,
    names: BTreeSet<&'static str>,
}

/// Plays a scenario and tells all of it.
fn tell(scenario: &Value, language: Language, said: &mut Said) {
    let played = scenario::play(scenario, |register, now, denials| {
        let texts = Texts::of(language, register.policy()).expect("a language");
        for denial in denials {
            said.names.insert(denial.code());
            said.denials.insert(texts.denial(denial));
        }
        page_of(register, now, language, said);
    });
    let Some(register) = played else { return };
    let texts = Texts::of(language, register.policy()).expect("a language");
    asked(scenario, &register, texts, said);
    for event in register.events() {
        said.names.insert(event.fact.name());
        said.events.insert(texts.event(event));
    }
    // Where the policy is not known, a lapse of a turn says less.
    let plain = Texts::new(language, register.policy().zone()).expect("a language");
    said.events.extend(register.events().iter().map(|event| plain.event(event)));
}

/// What a page shows of every application: its deadlines, and why a button cannot be pressed.
fn page_of(register: &Register, now: Moment, language: Language, said: &mut Said) {
    let texts = Texts::of(language, register.policy()).expect("a language");
    let Ok(view) = register.at(now) else { return };
    let applications = register.events().iter().filter_map(|event| event.fact.application());
    let applications: BTreeSet<String> = applications.map(ToString::to_string).collect();
    for event in register.events() {
        for message in view.messages(event).expect("an event of the journal") {
            said.messages.extend(match language {
                Language::Kk => message.kk,
                Language::Ru => message.ru,
                Language::En => message.en,
            });
        }
    }
    let own = applications.iter().filter_map(|number| view.deadlines(&number.parse().ok()?).ok());
    let all = own.flatten().chain(view.next_deadline());
    said.deadlines.extend(all.map(|deadline| texts.deadline(&deadline)));
    let applications = applications.iter().filter_map(|number| number.parse().ok());
    let rows = applications.filter_map(|number| view.permissions(&Which::Application(number), None).ok());
    let denials = rows.flatten().flat_map(|row| row.denials);
    said.denials.extend(denials.map(|denial| texts.denial(&denial)));
    let forecaster = view.forecaster().expect("a whole history");
    let applications = register.events().iter().filter_map(|event| event.fact.application());
    let forecasts = applications.filter_map(|number| forecaster.of(number).ok());
    said.forecasts.extend(forecasts.map(|forecast| texts.forecast(&forecast)));
}

/// What is found in the forms that a scenario asks about, and why the numbers changed that it asks about: between
/// the two moments that it names, and in all.
fn asked(scenario: &Value, register: &Register, texts: Texts<'_>, said: &mut Said) {
    let moment = |text: &Value| text.as_str()?.parse::<Moment>().ok();
    for step in scenario["steps"].as_array().into_iter().flatten() {
        let (Some(now), ask) = (moment(&step["at"]), &step["ask"]) else { continue };
        if let Ok(form) = Form::from_json(&ask["form"]) {
            let findings = form.check(register.policy(), now).findings;
            said.findings.extend(findings.iter().map(|finding| texts.finding(finding)));
        }
        let Some(number) = ask["application"].as_str().and_then(|number| number.parse().ok()) else {
            continue;
        };
        let first = register.events().first().and_then(|event| event.at);
        let Ok(view) = register.at(register.now().unwrap_or(now)) else { continue };
        for between in [moment(&ask["from"]).zip(moment(&ask["to"])), first.zip(Some(now))] {
            let why = between.and_then(|(from, to)| view.explain_position(&number, from, to).ok());
            said.changes.extend(why.iter().flat_map(|why| texts.position_change(why)));
        }
    }
}

/// Whether a told text is a stored one with its arguments: the parts between the braces follow one another.
fn tells(told: &str, stored: &str) -> bool {
    stored.split('|').any(|form| tells_form(told, form))
}

fn tells_form(told: &str, form: &str) -> bool {
    let mut rest = told;
    for (i, part) in form.split(['{', '}']).step_by(2).enumerate() {
        let part = part.trim_end_matches('.');
        let Some(at) = rest.find(part) else { return false };
        // It begins the text, or a sentence that is added, or it stands after a colon.
        if i == 0 && at > 0 && ![". ", ": "].iter().any(|before| rest[..at].ends_with(before)) {
            return false;
        }
        rest = &rest[at + part.len()..];
    }
    true
}

#[test]
fn every_scenario_is_told_in_every_language() {
    let scenarios = scenario::all();
    assert!(scenarios.len() > 250, "only {}", scenarios.len());
    for language in LANGUAGES {
        let mut said = Said::default();
        for scenario in &scenarios {
            tell(scenario, language, &mut said);
        }
        let views = [&said.deadlines, &said.messages, &said.findings, &said.changes, &said.forecasts];
        for text in said.events.iter().chain(&said.denials).chain(views.into_iter().flatten()) {
            assert!(!text.contains(['{', '}', '|']), "unfilled: {text}");
            assert!(!text.contains("  ") && text.ends_with('.'), "no sentence: {text}");
        }
        let unsaid: Vec<&str> = texts(language)
            .stored()
            .filter(|(key, stored)| {
                let all = match key.split('.').next() {
                    Some("event") => &said.events,
                    Some("denial") => &said.denials,
                    Some("deadline") => &said.deadlines,
                    Some("message") => &said.messages,
                    Some("finding") => &said.findings,
                    Some("change") => &said.changes,
                    Some("forecast") => &said.forecasts,
                    _ => return false,
                };
                !all.iter().any(|told| tells(told, stored))
            })
            .map(|(key, _)| key)
            .collect();
        assert_eq!(unsaid, UNSAID, "{language:?}");
        assert!(said.names.len() > 70, "{:?}", said.names);
    }
}

/// What no scenario says: words for values that this version does not have, and forecasts that need the life of a
/// whole city (the tests of the views say those).
const UNSAID: [&str; 6] = [
    "deadline.other",
    "denial.not_yours",
    "denial.stop_listed",
    "forecast.turn.day",
    "forecast.cannot_tell.too_far",
    "forecast.cannot_tell.unsteady",
];

#[test]
fn a_condition_that_a_later_version_names_is_told_all_the_same() {
    for language in LANGUAGES {
        let texts = texts(language);
        let told = texts.denial_reason(&DenialReason::NotYours { expected: "the mayor".into() });
        assert!(!told.is_empty() && told != texts.denial_reason(&DenialReason::Paused));
    }
}

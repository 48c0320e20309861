//! `docs/rules.md`: every rule, decision and fact, where it is in the code and which scenario shows it.
//!
//! The sentences and the reasons stand in `docs/rules.json`; the rest is read from `core/src`, from the shipped
//! policies and from `tests/scenarios`. The text is made anew and compared; with `KEZEK_BLESS=1` it is written.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "what cannot be read fails the test")]

#[path = "rules/places.rs"]
mod places;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use kezek::Policy;
use places::{Mention, VALUE, by_id, is_id, mentions};
use serde::Deserialize;
use serde_json::Value;

/// How many of each there are.
const KINDS: [(char, &str, usize); 3] = [
    ('R', "Rules that the portal instructions state", 86),
    ('O', "Decisions where they are silent or contradict each other", 42),
    ('F', "Facts from other sources", 46),
];
/// At most so many places and scenarios are named.
const MOST: usize = 3;

/// A rule, as `docs/rules.json` tells it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    id: String,
    says: String,
    /// Why nothing shows it.
    why: Option<Why>,
    /// What of it the library leaves to others although the rest is shown.
    beyond: Option<Why>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Why {
    /// The host does it.
    Host(String),
    /// No value of the library uses it.
    Context(String),
}

impl Why {
    fn text(&self) -> String {
        match self {
            Why::Host(why) => format!("the host's: {why}"),
            Why::Context(why) => format!("context: {why}"),
        }
    }

    fn words(&self) -> &str {
        match self {
            Why::Host(why) | Why::Context(why) => why,
        }
    }
}

/// What is known of all rules.
struct Known {
    told: Vec<Told>,
    /// Sources by their path under `core/src`.
    sources: Vec<(String, String)>,
    policies: Vec<(String, Value)>,
    /// The scenarios, each with the rules that it names.
    scenarios: Vec<(String, Vec<String>)>,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The files under a folder with their texts, by their paths in it.
fn files(folder: &Path, ending: &str) -> Vec<(String, String)> {
    let mut folders = vec![folder.to_owned()];
    let mut files = Vec::new();
    while let Some(inner) = folders.pop() {
        for entry in std::fs::read_dir(&inner).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.strip_prefix(folder).expect("a path in it").to_string_lossy().replace('\\', "/");
            if path.is_dir() {
                folders.push(path);
            } else if name.ends_with(ending) {
                files.push((name, std::fs::read_to_string(&path).expect("a text")));
            }
        }
    }
    files.sort();
    files
}

impl Known {
    fn read() -> Known {
        let told = std::fs::read_to_string(root().join("docs/rules.json")).expect("docs/rules.json");
        let mut sources = files(&root().join("core/src"), ".rs");
        // The type of the ids speaks of them in general.
        sources.retain(|(name, _)| !name.ends_with("tests.rs") && name != "rule.rs");
        let policies =
            files(&root().join("core/src/policy"), ".sources.json").into_iter().map(|(name, _)| {
                let name = name.trim_end_matches(".sources.json").to_owned();
                let sources = Policy::sources(&name).expect("a shipped policy");
                (name, sources)
            });
        let scenarios = files(&root().join("tests/scenarios"), ".json").into_iter().map(|(name, text)| {
            let scenario: Value = serde_json::from_str(&text).expect("JSON");
            let rules = scenario["rules"].as_array().expect("rules");
            let rules = rules.iter().map(|rule| rule.as_str().unwrap_or_default().to_owned());
            (name.trim_end_matches(".json").to_owned(), rules.collect())
        });
        Known {
            told: serde_json::from_str(&told).expect("docs/rules.json"),
            sources,
            policies: policies.collect(),
            scenarios: scenarios.collect(),
        }
    }

    /// Where each rule is: first in the code, then in the policies' values.
    fn places(&self) -> BTreeMap<String, Vec<Mention>> {
        let code = self.sources.iter().flat_map(|(file, text)| mentions(file, text));
        let values = self.policies.iter().flat_map(|(name, sources)| {
            let rows = sources.as_object().expect("an object").iter();
            rows.flat_map(move |(key, source)| {
                let cited = places::ids(source.as_str().unwrap_or_default()).into_iter();
                let (file, key) = (format!("policy/{name}.json"), key.clone());
                cited.map(move |id| Mention { id, weight: VALUE, file: file.clone(), item: key.clone() })
            })
        });
        by_id(code.chain(values).collect())
    }

    /// The scenarios that name a rule, those that bear its id first.
    fn shown(&self) -> BTreeMap<&str, Vec<&str>> {
        let mut shown: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (name, rules) in &self.scenarios {
            for rule in rules {
                shown.entry(rule).or_default().push(name);
            }
        }
        for (rule, names) in &mut shown {
            let own = format!("{}-", rule.to_lowercase());
            names.sort_by_key(|name| !name.starts_with(&own));
        }
        shown
    }

    /// Everything that does not fit together.
    fn faults(&self) -> Vec<String> {
        let (places, shown) = (self.places(), self.shown());
        let mut faults = Vec::new();
        let all: Vec<String> = KINDS
            .iter()
            .flat_map(|(letter, _, count)| (1..=*count).map(move |number| format!("{letter}{number:02}")))
            .collect();
        let told: Vec<&String> = self.told.iter().map(|told| &told.id).collect();
        if told != all.iter().collect::<Vec<_>>() {
            let known: BTreeSet<&String> = told.iter().copied().collect();
            let missing: Vec<&String> = all.iter().filter(|id| !known.contains(id)).collect();
            faults.push(format!("docs/rules.json: not each rule once and in order; missing: {missing:?}"));
        }
        for (name, rules) in &self.scenarios {
            let unknown = rules.iter().filter(|rule| !all.contains(rule));
            faults.extend(unknown.map(|rule| format!("{name}.json: there is no rule {rule}")));
        }
        for (file, text) in &self.sources {
            let unknown = places::all_ids(text).into_iter().filter(|id| !all.contains(id));
            faults.extend(unknown.map(|id| format!("core/src/{file}: there is no rule {id}")));
        }
        for (name, sources) in &self.policies {
            let unknown = places::ids(&sources.to_string()).into_iter().filter(|id| !all.contains(id));
            faults.extend(unknown.map(|id| format!("{name}.sources.json: there is no rule {id}")));
        }
        for told in &self.told {
            let id = told.id.as_str();
            let (in_code, in_scenario) = (places.contains_key(id), shown.contains_key(id));
            let fault = match (in_code, in_scenario, &told.why, &told.beyond) {
                (true, true, Some(_), _) => "code and scenario exist: the reason is stale",
                (true, true, None, _) | (_, _, Some(_), None) => "",
                (_, _, Some(_), Some(_)) => "two reasons",
                (true, false, None, _) => "in the code, but no scenario names it and no reason is given",
                (false, true, None, _) => {
                    "a scenario names it, but no comment in core/src and no policy does"
                }
                (false, false, None, _) => "neither code and scenario nor a reason",
            };
            if !fault.is_empty() {
                faults.push(format!("{id}: {fault}"));
            }
            for why in told.why.iter().chain(&told.beyond) {
                if why.words().trim().is_empty() {
                    faults.push(format!("{id}: an empty reason"));
                }
            }
            if told.says.trim().is_empty() || told.says.contains(['|', '\n']) {
                faults.push(format!("{id}: what it says cannot stand in a table"));
            }
        }
        faults
    }

    /// The text of `docs/rules.md`.
    fn page(&self) -> String {
        let (places, shown) = (self.places(), self.shown());
        let mut page = String::from(HEAD);
        let count = |wanted: fn(&Told) -> bool| self.told.iter().filter(|told| wanted(told)).count();
        let by_code = count(|told| told.why.is_none());
        let hosts = count(|told| matches!(told.why, Some(Why::Host(_))));
        let context = count(|told| matches!(told.why, Some(Why::Context(_))));
        let all = self.told.len();
        let _ = write!(
            page,
            "\nOf {all}, {by_code} are kept and shown; {hosts} are the host's, {context} are context.\n"
        );
        for (letter, title, _) in KINDS {
            let _ =
                write!(page, "\n## {title}\n\n| id | what it says | where | shown by |\n|---|---|---|---|\n");
            for told in self.told.iter().filter(|told| told.id.starts_with(letter)) {
                let own = places.get(&told.id).map_or(&[][..], Vec::as_slice);
                let scenarios = shown.get(told.id.as_str()).map_or(&[][..], Vec::as_slice);
                let scenarios = first(scenarios, |name| format!("`{name}`"));
                let last: Vec<String> = [
                    Some(scenarios).filter(|scenarios| !scenarios.is_empty()),
                    told.why.as_ref().map(Why::text),
                    told.beyond.as_ref().map(|beyond| format!("beyond it, {}", beyond.text())),
                ]
                .into_iter()
                .flatten()
                .collect();
                let _ = writeln!(
                    page,
                    "| {} | {} | {} | {} |",
                    told.id,
                    told.says,
                    first(own, place),
                    last.join("; ")
                );
            }
        }
        page.push_str(POLICIES);
        for (name, sources) in &self.policies {
            let values = serde_json::to_value(Policy::named(name).expect("a shipped policy")).expect("JSON");
            let _ = write!(page, "\n### {name}\n\n| value | is | from |\n|---|---|---|\n");
            for (key, value) in values.as_object().expect("an object") {
                let source = sources[key].as_str().unwrap_or_default();
                let _ = writeln!(page, "| `{key}` | {} | {source} |", told_value(value));
            }
        }
        page
    }
}

const HEAD: &str = "\
# The rules

Every rule that the library knows by an id: what it says, where the code keeps it, and which scenario shows it.
**Made by a test; do not edit.** The sentences are in [rules.json](rules.json), the places are found by the ids in
the comments of `core/src` (the one that decides first, at most three), the scenarios by the rules that they name
(`tests/scenarios/NAME.json`, at most three, then \"…\"). After a change:
`KEZEK_BLESS=1 cargo test -p kezek --test rules`.

R: stated in one of the five portal instructions of 2018 (000 and 001: the portal of the districts, Kazakh and
Russian; 002: Astana; 003: staff, Akmola; 004: Aktobe). O: decided where they are silent or contradict each other.
F: a fact from elsewhere.
";

const POLICIES: &str = "
## The values of the shipped policies

What each value is and where it comes from. (A7 and A10 in that column: what the instructions tell of messages, and
where the portals differ, each read as a whole.)
";

/// The first few, and a sign that there are more.
fn first<T>(all: &[T], text: impl Fn(&T) -> String) -> String {
    let mut texts: Vec<String> = all.iter().take(MOST).map(text).collect();
    if all.len() > MOST {
        texts.push("…".to_owned());
    }
    texts.join(", ")
}

fn place(place: &Mention) -> String {
    let Mention { file, item, .. } = place;
    if item.is_empty() { format!("`{file}`") } else { format!("`{file}` `{item}`") }
}

/// A value of a policy for a reader; benefits by their ids and tiers.
fn told_value(value: &Value) -> String {
    let ids = |rows: &Vec<Value>| {
        let row = |row: &Value| {
            let within = row.get("prove_within").map_or(String::new(), |within| format!(", proof {within}"));
            Some(format!("`{}` ({}{within})", row.get("id")?.as_str()?, row.get("tier")?.as_str()?))
        };
        rows.iter().map(row).collect::<Option<Vec<String>>>().filter(|rows| !rows.is_empty())
    };
    let rows = value.as_array().and_then(ids);
    rows.map_or_else(|| format!("`{value}`"), |rows| rows.join(", "))
}

#[test]
fn every_rule_is_kept_and_shown_or_has_a_reason() {
    let faults = Known::read().faults();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn the_page_is_what_code_and_scenarios_say() {
    let (page, path) = (Known::read().page(), root().join("docs/rules.md"));
    if std::env::var_os("KEZEK_BLESS").is_some() {
        std::fs::write(&path, &page).expect("docs/rules.md can be written");
    }
    let stored = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    let differs = page.lines().zip(stored.lines().chain(std::iter::repeat(""))).find(|(new, old)| new != old);
    assert!(
        page == stored,
        "docs/rules.md is old: KEZEK_BLESS=1 cargo test -p kezek --test rules\nfirst difference, now and stored:\n{}",
        differs.map_or_else(String::new, |(new, old)| format!("{new}\n{old}"))
    );
}

#[test]
fn every_kind_of_fault_is_found() {
    let one = |change: &dyn Fn(&mut Known), wanted: &str| {
        let mut known = Known::read();
        change(&mut known);
        let faults = known.faults();
        assert!(faults.iter().any(|fault| fault.contains(wanted)), "{wanted}: {faults:?}");
    };
    let why = |id: &str, why: Option<Why>| {
        let id = id.to_owned();
        move |known: &mut Known| {
            let told = known.told.iter_mut().find(|told| told.id == id).expect("the rule");
            told.why.clone_from(&why);
        }
    };
    let context = || Some(Why::Context("none".to_owned()));
    one(&why("R47", context()), "R47: code and scenario exist: the reason is stale");
    one(&why("R01", None), "R01: neither code and scenario nor a reason");
    one(&|known| known.scenarios.clear(), "R47: in the code, but no scenario");
    one(&|known| known.sources.clear(), "R85: a scenario names it, but no comment");
    one(
        &|known| known.scenarios.push(("x".to_owned(), vec!["R87".to_owned()])),
        "x.json: there is no rule R87",
    );
    one(&|known| known.sources.push(("x.rs".to_owned(), "// O43: no.\n".to_owned())), "no rule O43");
    one(&|known| known.sources.push(("x.rs".to_owned(), "fn f() { Rule::f(47) }".to_owned())), "no rule F47");
    one(&|known| drop(known.told.remove(3)), "missing: [\"R04\"]");
    assert!(is_id("R47") && !is_id("R") && !is_id("RSA") && !is_id("F1x"));
}

//! Where a rule's id stands in the sources: the file and the nearest item that has a name.

use std::collections::BTreeMap;

/// One mention of an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mention {
    pub(crate) id: String,
    /// How much it decides: the smaller the more.
    pub(crate) weight: u8,
    pub(crate) file: String,
    /// The nearest named item, empty for the module itself.
    pub(crate) item: String,
}

/// The mentions of all ids in a file, in the order of its lines.
pub(crate) fn mentions(file: &str, text: &str) -> Vec<Mention> {
    let lines = split(text);
    let starts = scopes(&lines);
    let mut mentions = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let found = ids_of_comment(&line.comment)
            .into_iter()
            .map(|(id, leads)| (id, Some(leads)))
            .chain(ids_of_code(&line.code).into_iter().map(|id| (id, None)));
        for (id, leads) in found {
            let item = if line.comment.starts_with('!') {
                String::new()
            } else {
                // A comment on a line of its own speaks of what comes next.
                let own = |line: &Line| !line.code.trim().is_empty() && !line.code.trim().starts_with("#[");
                let next = lines.iter().skip(at).position(own).map_or(at, |more| at + more);
                named(&starts[next], &lines[next].code)
            };
            mentions.push(Mention { id, weight: weight(file, leads), file: file.to_owned(), item });
        }
    }
    mentions
}

/// A value of a shipped policy: more than a table of ids, less than what is said of a rule.
pub(crate) const VALUE: u8 = 6;

/// Machines, order, register, calendar and values decide; policies and views say what and show; the words (and
/// every table of them) only name.
fn weight(file: &str, leads: Option<bool>) -> u8 {
    let words = ["command", "denial.rs", "event/", "stage.rs", "error.rs"];
    let floor = if file == "lib.rs" || leads.is_none() {
        4
    } else if words.iter().any(|word| file.starts_with(word)) {
        2
    } else if file.starts_with("view/") || ["policy/mod.rs", "policy/named.rs"].contains(&file) {
        1
    } else {
        0
    };
    floor * 2 + u8::from(leads != Some(true))
}

struct Line {
    /// Without comments, and without what stands in quotes.
    code: String,
    /// What stands after `//`: of a doc comment with its third sign.
    comment: String,
}

/// Takes code, comments and quoted text apart.
fn split(text: &str) -> Vec<Line> {
    let mut quoted = false;
    let mut lines = Vec::new();
    for line in text.lines() {
        let (mut code, mut comment) = (String::new(), String::new());
        let mut rest = line.chars().peekable();
        while let Some(c) = rest.next() {
            match c {
                '\\' if quoted => drop(rest.next()),
                '"' => quoted = !quoted,
                _ if quoted => {}
                '/' if rest.peek() == Some(&'/') => {
                    comment = rest.by_ref().skip(1).collect();
                }
                // A character in quotes: a brace in it counts for nothing. A lifetime has no second quote.
                '\'' => {
                    let ahead: Vec<char> = rest.clone().take(3).collect();
                    let signs = match ahead.as_slice() {
                        ['\\', _, '\''] => 3,
                        [_, '\'', ..] => 2,
                        _ => 0,
                    };
                    for _ in 0..signs {
                        rest.next();
                    }
                }
                _ => code.push(c),
            }
        }
        lines.push(Line { code, comment });
    }
    lines
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Its parts are variants or fields.
    Data,
    /// Its parts are items.
    Items,
    /// Its parts have no names.
    Body,
}

type Scope = (Kind, String);

/// The scopes that are open at the beginning of each line.
fn scopes(lines: &[Line]) -> Vec<Vec<Scope>> {
    let mut open: Vec<Scope> = Vec::new();
    let mut head = String::new();
    let mut all = Vec::new();
    for line in lines {
        all.push(open.clone());
        if line.code.trim().starts_with("#[") {
            continue;
        }
        for c in line.code.chars() {
            match c {
                '{' => open.push(opened(&open, &std::mem::take(&mut head))),
                '}' => {
                    open.pop();
                    head.clear();
                }
                ';' => head.clear(),
                ',' if open.last().is_some_and(|(kind, _)| *kind == Kind::Data) => head.clear(),
                _ => head.push(c),
            }
        }
        head.push(' ');
    }
    all
}

fn opened(open: &[Scope], head: &str) -> Scope {
    if let Some((kind, name)) = item(head) {
        return (kind, name);
    }
    match open.last() {
        Some((Kind::Data, _)) => (Kind::Data, first_word(head)),
        Some((Kind::Items | Kind::Body, _)) | None => (Kind::Body, String::new()),
    }
}

/// The item that some code begins.
fn item(code: &str) -> Option<(Kind, String)> {
    let words: Vec<&str> = words(code);
    let after = |word: &str| {
        let at = words.iter().position(|own| *own == word)?;
        words.get(at + 1).map(|name| (*name).to_owned())
    };
    if let Some(name) = after("fn") {
        return Some((Kind::Body, name));
    }
    if let Some(data) = ["struct", "enum", "union"].into_iter().find_map(after) {
        return Some((Kind::Data, data));
    }
    if let Some(name) = ["trait", "mod"].into_iter().find_map(after) {
        return Some((Kind::Items, name));
    }
    let trimmed = code.trim_start();
    if let Some(rest) = trimmed.strip_prefix("impl") {
        // `impl<…> Trait for Type`: the type.
        let of = rest.split_once(" for ").map_or(rest, |(_, of)| of);
        let of = if of.starts_with('<') { of.split_once('>').map_or(of, |(_, of)| of) } else { of };
        let path = of.trim().split(['<', ' ', '{']).next().unwrap_or_default();
        return Some((Kind::Items, path.rsplit("::").next().unwrap_or(path).to_owned()));
    }
    let item = trimmed.trim_start_matches("pub(crate) ").trim_start_matches("pub(super) ");
    let item = item.trim_start_matches("pub ");
    ["const ", "static ", "type ", "macro_rules! "]
        .into_iter()
        .find_map(|word| item.strip_prefix(word))
        .map(|rest| (Kind::Body, first_word(rest)))
}

fn words(code: &str) -> Vec<&str> {
    code.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()).collect()
}

fn first_word(code: &str) -> String {
    let words = words(code);
    let own = words.iter().find(|word| !["pub", "crate", "super", "r"].contains(word));
    (*own.unwrap_or(&"")).to_owned()
}

/// The name of what a line of code belongs to, or begins.
fn named(open: &[Scope], code: &str) -> String {
    let mut path: Vec<String> = Vec::new();
    for (kind, name) in open.iter().filter(|(_, name)| !name.is_empty()) {
        path.push(name.clone());
        if *kind == Kind::Body {
            return path.join("::");
        }
    }
    match (open.last(), item(code)) {
        (_, Some((_, name))) => path.push(name),
        (Some((Kind::Data, _)), None) => path.push(first_word(code)),
        (Some((Kind::Items | Kind::Body, _)) | None, None) => {}
    }
    path.retain(|name| !name.is_empty());
    path.join("::")
}

/// Whether a word has the form of an id.
pub(crate) fn is_id(word: &str) -> bool {
    let digits = word.strip_prefix(['R', 'O', 'F']).unwrap_or_default();
    !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit())
}

/// The ids that a comment names, and whether it begins with them, as `R47: …` does. Those of a range such as
/// `R60-R68` only have to exist: it says where a chapter begins.
fn ids_of_comment(comment: &str) -> Vec<(String, bool)> {
    let text = comment.trim_start_matches(['/', '!']).trim();
    let lead = text.split_once(':').map_or("", |(lead, _)| lead);
    let leads = !lead.is_empty() && words(lead).into_iter().all(is_id);
    let is_lead = |id: &str| leads && words(lead).contains(&id);
    let singles = text.split([' ', ',', ';', '.', '(', ')', ':', '`', '«', '»', '"', '[', ']']);
    let singles = singles.filter(|word| is_id(word)).map(str::to_owned);
    let ids: Vec<(String, bool)> = singles.map(|id| (id.clone(), is_lead(&id))).collect();
    ids
}

/// All words of a text that have the form of an id, those at the ends of ranges too.
pub(crate) fn ids(text: &str) -> Vec<String> {
    words(text).into_iter().filter(|word| is_id(word)).map(str::to_owned).collect()
}

/// The ids that code makes, as `Rule::r(47)` does.
fn ids_of_code(code: &str) -> Vec<String> {
    let made = code.split("Rule::").skip(1).filter_map(|rest| {
        let (kind, rest) = rest.split_once('(')?;
        let number: u16 = rest.split_once(')')?.0.parse().ok()?;
        ["r", "o", "f"].contains(&kind).then(|| format!("{}{number:02}", kind.to_uppercase()))
    });
    made.collect()
}

/// Everything in comments and code of a file that has the form of an id.
pub(crate) fn all_ids(text: &str) -> Vec<String> {
    let lines = split(text);
    lines.iter().flat_map(|line| [ids(&line.comment), ids_of_code(&line.code)].concat()).collect()
}

/// The places of each id, what decides first, each file and item once.
pub(crate) fn by_id(all: Vec<Mention>) -> BTreeMap<String, Vec<Mention>> {
    let mut by_id: BTreeMap<String, Vec<Mention>> = BTreeMap::new();
    for mention in all {
        by_id.entry(mention.id.clone()).or_default().push(mention);
    }
    for places in by_id.values_mut() {
        places.sort_by_key(|place| place.weight);
        let mut seen = Vec::new();
        places.retain(|place| {
            let key = (place.file.clone(), place.item.clone());
            let new = !seen.contains(&key);
            seen.push(key);
            new
        });
    }
    by_id
}

#[test]
fn a_mention_is_led_back_to_its_item() {
    let text = "//! The module (R01).\n\
                /// A thing (R02).\n#[derive(Debug)]\npub struct Thing {\n    /// R03: a part.\n    pub(crate) part: u8,\n}\n\
                pub enum Action {\n    /// Says {so}, R04.\n    Say {\n        /// What (R05).\n        what: char,\n    },\n    /// R06.\n    Go,\n}\n\
                impl<'a> Trait for Thing<'a> {\n    fn one(&self) -> char {\n        match '{' {\n            // R07: so.\n            _ => Rule::o(8), // \"R09\"\n        }\n    }\n    /// R10: a second.\n    fn two() {}\n}\n\
                /// R11.\nconst ALL: &str = \"R12 {\";\n// R13-R15: a chapter.\nfn last() {}\n";
    let found: Vec<(String, String)> =
        mentions("view/a.rs", text).into_iter().map(|mention| (mention.id, mention.item)).collect();
    let expected = [
        ("R01", ""),
        ("R02", "Thing"),
        ("R03", "Thing::part"),
        ("R04", "Action::Say"),
        ("R05", "Action::Say::what"),
        ("R06", "Action::Go"),
        ("R07", "Thing::one"),
        ("R09", "Thing::one"),
        ("O08", "Thing::one"),
        ("R10", "Thing::two"),
        ("R11", "ALL"),
    ];
    let expected: Vec<(String, String)> =
        expected.iter().map(|(id, item)| ((*id).to_owned(), (*item).to_owned())).collect();
    assert_eq!(found, expected);
    assert_eq!(all_ids("// R13-R99: a chapter.\nlet x = \"R50\"; Rule::f(7)"), ["R13", "R99", "F07"]);
}

#[test]
fn what_decides_comes_first() {
    let sources = [
        ("denial.rs", "/// R47: late.\nfn rule() {}"),
        ("application/decide.rs", "// Late (R47).\nfn dues() {}\n// R47: late.\nfn fall_due() {}"),
        ("policy/mod.rs", "/// R47, O16: how long.\nstruct Policy;"),
        ("register/agenda.rs", "fn rule() { Rule::r(47) }"),
    ];
    let places = by_id(sources.iter().flat_map(|(file, text)| mentions(file, text)).collect());
    let files: Vec<&str> = places["R47"].iter().map(|place| place.item.as_str()).collect();
    assert_eq!(files, ["fall_due", "dues", "Policy", "rule", "rule"]);
}

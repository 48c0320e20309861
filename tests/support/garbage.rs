//! Input that nobody should send: random JSON made of the wire's own words, and good input with one thing wrong.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

use super::play::Luck;

/// Words of the wire, numbers at the edges, and text that is none of it.
const WORDS: &[&str] = &[
    "",
    " ",
    "UO.2018.000001.1",
    "УО.2018.000001.1",
    "p:child-1",
    "p:",
    "991231500016",
    "991231500017",
    "99123150077٣",
    "1000000101",
    "0000000000",
    "2018-03-16",
    "2100-12-31",
    "0000-00-00",
    "9999-12-31",
    "10-01",
    "02-29",
    "2018-03-16T18:20:00+06:00",
    "2018-03-16T18:20:00",
    "2018-06-30T23:59:60Z",
    "-0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z",
    "akmola-2018",
    "bobek",
    "ru",
    "orphan",
    "submit",
    "choose",
    "queued",
    "waiting",
    "next_in_line",
    "inactive",
    "keep",
    "staff",
    "opened",
    "turn_came",
    "seat_returned",
    "closed",
    "departed",
    "Asia/Qyzylorda",
    "kz-five-day",
    "k1:00",
    "R47",
    "R300",
    "\u{0}",
    "\u{1F9F8}",
    "ӘҒҚ",
    "a\"b",
];

const KEYS: &[&str] = &[
    "type",
    "application",
    "applicant",
    "child",
    "iin",
    "born",
    "benefit",
    "documents",
    "vacancy",
    "referral",
    "until",
    "reason",
    "text",
    "code",
    "by",
    "role",
    "kindergartens",
    "kindergarten",
    "group_year",
    "language",
    "places",
    "key",
    "signature",
    "ext",
    "expected_revision",
    "view",
    "offset",
    "limit",
    "round",
    "public_list",
    "benefit_from",
    "state",
    "base",
    "name",
    "zone",
    "age",
    "terms",
    "end",
    "hours",
    "working_days",
    "months",
    "years",
    "interest",
    "every",
    "yearly_by",
    "seq",
    "at",
    "cause",
    "command",
    "seats",
    "place",
    "now",
    "book",
    "history",
    "unheard-of",
];

fn scalars() -> impl Strategy<Value = Value> {
    prop_oneof![
        1 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::from),
        2 => select(vec![0, 1, -1, 2, 7, 999, 1000, 9999, 10000, 65_536, i64::from(u32::MAX), i64::MAX, i64::MIN])
            .prop_map(Value::from),
        1 => Just(json!(u64::MAX)),
        1 => Just(json!(1.5)),
        6 => select(WORDS).prop_map(Value::from),
        1 => "\\PC{0,70}".prop_map(Value::from),
    ]
}

/// Any JSON, mostly with words that mean something.
pub(crate) fn values() -> impl Strategy<Value = Value> {
    let key = prop_oneof![8 => select(KEYS).prop_map(str::to_owned), 1 => "[a-z_]{1,9}"];
    scalars().prop_recursive(3, 24, 6, move |inner| {
        prop_oneof![
            1 => prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            3 => prop::collection::vec((key.clone(), inner), 0..6)
                .prop_map(|entries| Value::Object(entries.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// A good value with one thing in it lost, renamed, doubled or replaced.
pub(crate) fn spoil(value: &Value, luck: &mut Luck, other: &Value) -> Value {
    let mut spoilt = value.clone();
    let mut at = &mut spoilt;
    // Down to some place inside.
    for _ in 0..luck.pick(7) {
        let size = size(at);
        if size == 0 {
            break;
        }
        at = nth(at, luck.pick(size));
    }
    change(at, luck, other);
    spoilt
}

fn size(value: &Value) -> usize {
    value.as_object().map_or(0, Map::len) + value.as_array().map_or(0, Vec::len)
}

fn nth(value: &mut Value, n: usize) -> &mut Value {
    match value {
        Value::Object(map) => map.values_mut().nth(n).expect("a field"),
        Value::Array(list) => list.get_mut(n).expect("an item"),
        scalar => scalar,
    }
}

fn change(at: &mut Value, luck: &mut Luck, other: &Value) {
    let what = luck.pick(4);
    match at {
        Value::Object(map) if what > 0 && !map.is_empty() => {
            let key = map.keys().nth(luck.pick(map.len())).cloned().expect("a key");
            let value = map.remove(&key).expect("its value");
            if what == 2 {
                map.insert(luck.one(KEYS).expect("a key").to_owned(), value);
            } else if what == 3 {
                map.insert(key, other.clone());
            }
        }
        Value::Array(list) if what > 0 && !list.is_empty() => {
            let n = luck.pick(list.len());
            let item = if what == 3 { list[n].clone() } else { list.remove(n) };
            if what > 1 {
                list.push(item);
            }
        }
        Value::Number(number) if what > 0 => {
            let near = number.as_i64().unwrap_or(0).wrapping_add(if what == 1 { 1 } else { -1 });
            *at = json!(near);
        }
        Value::String(text) if what == 1 => {
            text.pop();
        }
        Value::String(text) if what == 2 => *text = luck.one(WORDS).expect("a word").to_owned(),
        anything => *anything = other.clone(),
    }
}

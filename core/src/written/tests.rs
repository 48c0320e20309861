use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use super::{json_text, json_value};
use crate::{Calendar, Policy};

#[derive(Serialize)]
struct Unit;

#[derive(Serialize)]
struct Pair(u8, &'static str);

#[derive(Serialize)]
struct Named {
    yes: bool,
    letter: char,
    #[serde(skip_serializing_if = "Option::is_none")]
    left_out: Option<u8>,
    nothing: Option<u8>,
    #[serde(flatten)]
    more: BTreeMap<i32, Vec<u64>>,
}

#[derive(Serialize)]
enum Kind {
    Bare,
    One(i64),
    Two(f32, f64),
    Fields { a: Unit, b: Pair },
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Tagged {
    Plain,
    With { at: u32 },
}

/// What serde_json writes is what is written here: as text, byte for byte, and as a tree.
fn same<T: Serialize>(value: &T) {
    let theirs = serde_json::to_string(value).unwrap();
    assert_eq!(json_text(value), theirs);
    assert_eq!(json_value(value), serde_json::to_value(value).unwrap());
}

#[test]
fn every_kind_of_value_is_written_as_serde_json_writes_it() {
    let more = BTreeMap::from([(-3, vec![]), (2026, vec![0, u64::MAX])]);
    same(&Named { yes: true, letter: 'қ', left_out: None, nothing: None, more });
    let fields = Kind::Fields { a: Unit, b: Pair(7, "кезек") };
    same(&[Kind::Bare, Kind::One(i64::MIN), Kind::Two(0.5, f64::NAN), fields]);
    same(&(Tagged::Plain, Tagged::With { at: u32::MAX }, (), Some(Some("")), None::<u8>));
    same(&BTreeMap::from([(true, [1, 2]), (false, [3, 4])]));
    same(
        &json!({"": [[], {}, [{}], {"a": {"b": [null]}}], "\u{1}\"\\\n/\u{2028}": -1.5e300, "я": 9_007_199_254_740_993_u64}),
    );
}

#[test]
fn a_list_of_bytes_is_a_list_of_numbers() {
    struct Bytes;
    impl Serialize for Bytes {
        fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
            to.serialize_bytes(&[1, 255])
        }
    }
    same(&Bytes);
}

#[test]
fn the_librarys_own_are_too() {
    for name in Policy::names() {
        same(&Policy::named(name).unwrap());
    }
    same(&Calendar::kazakhstan());
}

#[test]
fn scalars_stand_alone() {
    assert_eq!(json_value("қ"), Value::String("қ".to_owned()));
    assert_eq!(json_text(&12), "12");
    assert_eq!(json_value(&None::<u8>), Value::Null);
}

//! The vectors of rules.md B4 and what lies beside them.

use super::*;
use crate::Day;

fn iin(text: &str) -> Iin {
    text.parse().unwrap()
}

fn found(text: &str) -> String {
    text.parse::<Iin>().unwrap_err().found().to_owned()
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

#[test]
fn the_first_pass_of_the_checksum() {
    assert_eq!(iin("791028302728").reveal(), "791028302728");
    assert_eq!(iin("991231500016").reveal(), "991231500016");
}

#[test]
fn the_second_pass_where_the_first_gives_ten() {
    assert_eq!(iin("061211600012").reveal(), "061211600012");
    assert_eq!(iin("991231500707").reveal(), "991231500707");
}

#[test]
fn exactly_one_check_digit_fits() {
    for stem in ["79102830272", "99123150001", "06121160001", "99123150070"] {
        let fitting = (0..10).filter(|check| format!("{stem}{check}").parse::<Iin>().is_ok());
        assert_eq!(fitting.count(), 1, "{stem}");
    }
}

#[test]
fn a_stem_that_gives_ten_twice_is_not_used() {
    for stem in ["99123150077", "89040231584"] {
        for check in 0..10 {
            assert_eq!(found(&format!("{stem}{check}")), "a number that is not used (no check digit fits)");
        }
    }
}

#[test]
fn a_bin_is_told_apart_whatever_its_check_digit() {
    for fifth in 4..=6 {
        for check in 0..10 {
            assert_eq!(found(&format!("0612{fifth}160001{check}")), "a business number (BIN)");
        }
    }
}

#[test]
fn the_seventh_digit_tells_the_century() {
    let number = |seventh: u32| {
        let stem = format!("991231{seventh}0001");
        let number = (0..10).find_map(|check| format!("{stem}{check}").parse::<Iin>().ok());
        number.unwrap_or_else(|| panic!("no check digit for {stem}"))
    };
    let born = |seventh| number(seventh).birth_date().map(|day| day.to_string());
    assert_eq!(born(1).as_deref(), Some("1899-12-31"));
    assert_eq!(born(4).as_deref(), Some("1999-12-31"));
    assert_eq!(born(5).as_deref(), Some("2099-12-31"));
    // Digits that tell no century: no date, and nothing that differs from one but the day.
    assert_eq!((born(0), born(7)), (None, None));
    assert!(!number(0).differs_from(day("1999-12-31")));
    assert!(number(0).differs_from(day("1999-12-30")));
}

#[test]
fn another_birth_date_differs_in_day_or_century() {
    let child = iin("061211600012");
    assert!(!child.differs_from(day("2006-12-11")));
    for other in ["2006-12-12", "2006-11-11", "2007-12-11", "1906-12-11", "2106-12-11"] {
        assert!(child.differs_from(day(other)), "{other}");
    }
    assert!(!"p:child".parse::<Person>().unwrap().differs_from(day("2006-12-11")));
}

#[test]
fn what_is_no_number_is_described_and_never_quoted() {
    assert_eq!(found("99123150001"), "11 characters");
    assert_eq!(found("9912315000161"), "13 characters");
    assert_eq!(found("99123150001x"), "a character that is no digit");
    assert_eq!(found("99123150001٦"), "a character that is no digit");
    assert_eq!(found("991231500017"), "a wrong check digit");
    let wrong = ["991231500017", "991231500770", "061241600012", "9912315000161", "99123150001"];
    for text in wrong {
        let read = serde_json::from_value::<Person>(text.into()).unwrap_err().to_string();
        let parsed = text.parse::<Person>().unwrap_err();
        for said in [read, parsed.to_string(), format!("{parsed:?}")] {
            assert!(!said.contains(text), "{said}");
            assert!(!said.contains(&text[..6]), "{said}");
        }
    }
}

#[test]
fn debug_masks_persons() {
    assert_eq!(format!("{:?}", iin("991231500016")), "99**********");
    assert_eq!(format!("{:?}", "991231500016".parse::<Person>().unwrap()), "99**********");
    assert_eq!(format!("{:?}", "p:child-1".parse::<Person>().unwrap()), "p:***");
}

#[test]
fn a_pseudonym_has_1_to_64_characters() {
    let person = |name: &str| format!("p:{name}").parse::<Person>();
    assert!(person("").is_err());
    assert_eq!(person(&"ә".repeat(64)).unwrap().reveal(), format!("p:{}", "ә".repeat(64)));
    assert_eq!(person(&"ә".repeat(65)).unwrap_err().found(), "a pseudonym of 65 characters");
    // It is never taken for the number that it may look like.
    assert_ne!(person("991231500016").unwrap(), "991231500016".parse().unwrap());
}

#[test]
fn a_number_in_the_wrong_field_is_counted_not_quoted() {
    let command = |field: &str, value: serde_json::Value| {
        let mut command =
            serde_json::json!({"type": "recall_referral", "referral": "1000000101", "reason": "moved"});
        command[field] = value;
        crate::Command::from_json(&command).unwrap_err()
    };
    for error in [
        command("referral", "991231500016".into()),
        command("referral", serde_json::json!(991231500016_u64)),
        command("type", "991231500016".into()),
        command("child", "991231500017".into()),
        "991231500016".parse::<crate::Day>().unwrap_err(),
    ] {
        assert!(!error.to_string().contains("9912315"), "{error}");
    }
    assert!(command("referral", "123".into()).found().contains("123"));
}

//! A term is exactly one of its units, and at least 1.

use super::*;

fn read(json: &str) -> Result<Term, String> {
    serde_json::from_str(json).map_err(|error| error.to_string())
}

#[test]
fn every_unit_is_written_as_it_is_read() {
    for unit in Unit::ALL {
        let term = Term::new(unit, 30).unwrap();
        let written = serde_json::to_string(&term).unwrap();
        assert_eq!(written, format!("{{\"{}\":30}}", unit.as_str()));
        assert_eq!(read(&written), Ok(term));
    }
}

#[test]
fn one_to_9999() {
    assert_eq!(Term::new(Unit::Hours, 0), None);
    assert_eq!(Term::new(Unit::Hours, 10_000), None);
    assert!(read("{\"hours\":1}").is_ok() && read("{\"hours\":9999}").is_ok());
    for wrong in ["0", "-1", "10000", "65537", "1.5", "\"3\"", "null", "9223372036854775808"] {
        assert!(read(&format!("{{\"hours\":{wrong}}}")).is_err(), "{wrong}");
    }
}

#[test]
fn exactly_one_unit() {
    for wrong in
        ["{}", "{\"hours\":1,\"months\":1}", "{\"hours\":1,\"hours\":1}", "{\"weeks\":1}", "[]", "3", "null"]
    {
        assert!(read(wrong).is_err(), "{wrong}");
    }
    assert!(read("{\"weeks\":1}").unwrap_err().contains("calendar_days"), "the units are listed");
}

#[test]
fn months_and_years_alone_are_ages() {
    let months = |unit, count| Term::new(unit, count).unwrap().months();
    assert_eq!(months(Unit::Months, 18), Some(18));
    assert_eq!(months(Unit::Years, 7), Some(84));
    for unit in [Unit::WorkingDays, Unit::CalendarDays, Unit::Hours] {
        assert_eq!(months(unit, 1), None);
    }
}

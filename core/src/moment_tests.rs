//! Instants are written as chrono's own formatter writes them.

use chrono::{DateTime, FixedOffset};
use proptest::prelude::*;

use super::{Moment, Written};
use crate::Zone;

fn by_chrono(at: i64, offset: i32) -> String {
    let local = DateTime::from_timestamp(at, 0).expect("an instant");
    let local = local.with_timezone(&FixedOffset::east_opt(offset).expect("an offset"));
    let form = if offset == 0 { "%Y-%m-%dT%H:%M:%SZ" } else { "%Y-%m-%dT%H:%M:%S%:z" };
    local.format(form).to_string()
}

proptest! {
    #[test]
    fn written_as_chrono_writes(at in -80_000_000_000_i64..300_000_000_000, minutes in -840_i32..=840) {
        let offset = minutes * 60;
        prop_assert_eq!(Written { at: Moment::from_unix(at), offset }.to_string(), by_chrono(at, offset));
    }
}

#[test]
fn what_no_calendar_has() {
    // The first of all seconds is the second one, so that `Option<Moment>` is no longer than a moment.
    assert_eq!(Moment::from_unix(i64::MIN), Moment::from_unix(i64::MIN + 1));
    assert_eq!(size_of::<Option<Moment>>(), 8);
    for at in [i64::MAX, i64::MIN + 1] {
        assert_eq!(Moment::from_unix(at).to_string(), format!("unix {at}"));
    }
}

/// At the ends of the years that can be read, a zone's clocks show a year that cannot.
#[test]
fn whatever_is_read_is_written_so_that_it_can_be_read_again() {
    for text in ["9999-12-31T23:59:59Z", "9999-12-31T20:00:00-03:00", "0001-01-01T00:00:00Z"] {
        let moment: Moment = text.parse().unwrap();
        for zone in [Zone::Almaty, Zone::Qyzylorda] {
            assert_eq!(moment.in_zone(zone).to_string().parse(), Ok(moment), "{text} in {zone:?}");
        }
        assert_eq!(moment.to_string().parse(), Ok(moment), "{text}");
    }
    for text in [
        "9999-12-31T23:59:59-00:01",
        "0001-01-01T00:00:00+00:01",
        "0000-12-31T23:59:59Z",
        "+10000-01-01T00:00:00Z",
    ] {
        assert!(text.parse::<Moment>().is_err(), "{text}");
    }
}

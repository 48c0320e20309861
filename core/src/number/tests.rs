//! R80-R84: which numbers are the same, and how they are written.

use std::collections::HashMap;

use proptest::prelude::*;

use super::*;

fn application(text: &str) -> ApplicationNumber {
    text.parse().unwrap()
}

#[test]
fn latin_and_cyrillic_uo_are_one_number() {
    let latin = application("UO.2018.000016.1");
    for same in ["УО.2018.000016.1", "UО.2018.000016.1", "УO.2018.000016.1"] {
        assert_eq!(application(same), latin, "{same}");
        let found = HashMap::from([(latin.clone(), 16)]);
        assert_eq!(found.get(&application(same)), Some(&16), "{same}");
        // Written back as it was given.
        assert_eq!(application(same).to_string(), same);
    }
}

#[test]
fn zeros_prefix_and_case_count() {
    let latin = application("UO.2018.000016.1");
    for other in
        ["UO.2018.16.1", "16.UO.2018.000016.1", "uo.2018.000016.1", "уо.2018.000016.1", "U0.2018.000016.1"]
    {
        assert_ne!(application(other), latin, "{other}");
    }
}

#[test]
fn any_text_of_1_to_64_characters_is_a_number() {
    assert!("".parse::<ApplicationNumber>().is_err());
    assert!("У".repeat(64).parse::<ApplicationNumber>().is_ok());
    assert_eq!("У".repeat(65).parse::<ApplicationNumber>().unwrap_err().found(), "65 characters");
}

#[test]
fn a_registers_own_numbers() {
    assert_eq!(ApplicationNumber::of("UO", 2018, 16).to_string(), "UO.2018.000016.1");
    assert_eq!(ReferralNumber::of(11, 1).to_string(), "1000001101");
    assert_eq!(ReferralNumber::of(999_999, 99).to_string(), "1099999999");
    assert_eq!(ReferralNumber::of(11, 1).parts(), Some((11, 1)));
}

#[test]
fn a_referral_number_is_ten_digits_with_its_leading_zeros() {
    let referral = |text: &str| text.parse::<ReferralNumber>();
    assert_eq!(referral("0000003101").unwrap().to_string(), "0000003101");
    assert_eq!(serde_json::to_value(referral("0000003101").unwrap()).unwrap(), "0000003101");
    // Of another pattern: read, and nobody's here.
    assert_eq!(referral("0000003101").unwrap().parts(), None);
    for wrong in ["", "100000110", "10000011011", "+100000110", "100000110١", "1000 01101", "10000-1101"] {
        assert!(referral(wrong).is_err(), "{wrong}");
    }
    assert!(serde_json::from_str::<ReferralNumber>("1000001101").is_err(), "a string, not a number");
}

proptest! {
    /// Whatever is given comes back, and equal numbers hash alike, in the pattern or out of it.
    #[test]
    fn a_number_is_its_text(
        one in "(УO|UО|UO|16\\.UO|A|ABCD|ABCDE|u_)\\.(0999|1000|2018|4095|4096|18)\\.[0-9]{5,7}\\.[12]|.{1,8}",
        other in "(УO|UО|UO)\\.2018\\.00001[0-2]\\.1",
    ) {
        let number = application(&one);
        prop_assert_eq!(number.to_string(), one.clone());
        prop_assert_eq!(serde_json::to_value(&number).unwrap(), serde_json::Value::from(one.clone()));
        let latin = |text: &str| text.replace('У', "U").replace('О', "O");
        for (a, b) in [(&one, &other), (&other, &one), (&one, &latin(&one)), (&other, &latin(&other))] {
            let same = latin(a) == latin(b);
            prop_assert_eq!(application(a) == application(b), same, "{} {}", a, b);
            prop_assert_eq!(HashMap::from([(application(a), ())]).contains_key(&application(b)), same);
        }
    }
}

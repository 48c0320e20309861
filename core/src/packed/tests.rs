use super::{Packed, Packer, Unpacker};
use crate::sorted::Map;
use crate::{ApplicationNumber, Day, Kindergarten, Moment, Person, ReferralNumber, Term, Unit};

fn bytes<T: Packed>(value: &T) -> Vec<u8> {
    let mut to = Packer::default();
    value.pack(&mut to);
    to.finish()
}

/// What comes out is what went in, nothing is left, and no shorter piece of the bytes is a value.
fn comes_back<T: Packed + PartialEq + std::fmt::Debug>(value: T) {
    let packed = bytes(&value);
    let mut from = Unpacker::new(&packed);
    assert_eq!(T::unpack(&mut from), Some(value));
    assert!(from.is_empty());
    for end in 0..packed.len() {
        assert_eq!(T::unpack(&mut Unpacker::new(&packed[..end])), None, "the first {end} bytes");
    }
}

#[test]
fn values_come_back() {
    for number in [0, 1, 127, 128, 16_383, 16_384, u64::MAX] {
        comes_back(number);
    }
    for number in [0, -1, 1, 63, -64, 64, i64::MIN, i64::MAX] {
        comes_back(number);
    }
    comes_back("2018-03-16T18:20:00+06:00".parse::<Moment>().unwrap());
    for day in ["0001-01-01", "1969-12-31", "2018-03-16", "9999-12-31"] {
        comes_back(day.parse::<Day>().unwrap());
    }
    comes_back("991231500016".parse::<Person>().unwrap());
    comes_back("p:бала-1".parse::<Person>().unwrap());
    comes_back("0000000017".parse::<ReferralNumber>().unwrap());
    for number in ["UO.2018.000016.1", "A.1000.000000.1", "ABCD.4095.999999.1", "УО.2018.000016.1", "16"] {
        comes_back(number.parse::<ApplicationNumber>().unwrap());
    }
    comes_back(Term::new(Unit::Hours, 24));
    comes_back(vec![Some(String::from("a")), None]);
    comes_back([(2015_u16, 1_u32), (2016, 2)].into_iter().collect::<Map<u16, u32>>());
}

#[test]
fn a_name_is_written_once_and_shared() {
    let names: Vec<Kindergarten> =
        ["bobek", "bobek", "айгүл", "bobek"].map(|name| name.parse().unwrap()).into();
    let packed = bytes(&names);
    assert_eq!(packed.windows(5).filter(|piece| piece == b"bobek").count(), 1);
    let read = Vec::<Kindergarten>::unpack(&mut Unpacker::new(&packed)).unwrap();
    assert_eq!(read, names);
    assert!(std::ptr::eq(read[0].as_str(), read[3].as_str()));
}

#[test]
fn no_value_is_out_of_bounds() {
    // A number of more than 64 bits; a length beyond the bytes; a narrower number; a truth that is none; no term.
    assert_eq!(u64::unpack(&mut Unpacker::new(&[0xff; 10])), None);
    assert_eq!(
        u64::unpack(&mut Unpacker::new(&[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2])),
        None
    );
    assert_eq!(Vec::<u16>::unpack(&mut Unpacker::new(&bytes(&u64::MAX))), None);
    assert_eq!(u16::unpack(&mut Unpacker::new(&bytes(&65_536_u64))), None);
    assert_eq!(bool::unpack(&mut Unpacker::new(&[2])), None);
    assert_eq!(Term::unpack(&mut Unpacker::new(&[0, 0])), None);
    assert_eq!(Day::unpack(&mut Unpacker::new(&bytes(&i64::from(i32::MAX)))), None);
    assert_eq!(ReferralNumber::unpack(&mut Unpacker::new(&bytes(&10_000_000_000_u64))), None);
    assert_eq!(
        Kindergarten::unpack(&mut Unpacker::new(&[1, 1, b'a'])),
        None,
        "a name that was not given yet"
    );
    assert_eq!(Person::unpack(&mut Unpacker::new(&bytes(&String::from("991231500017")))), None);
}

#[test]
fn no_number_but_of_its_pattern() {
    let number = bytes(&"UO.2018.000016.1".parse::<ApplicationNumber>().unwrap());
    assert_eq!(number.len(), 9);
    // A prefix of none and of no letter, a letter behind the end; a year before 1000; a serial of seven digits.
    let later = (2018_u32 << 20 | 1_000_000).to_le_bytes();
    for wrong in [&[0; 4][..], b"U\xd0\0\0", b"U.\0\0", b"U\0O\0"] {
        let bytes = [&number[..1], wrong, &number[5..]].concat();
        assert_eq!(ApplicationNumber::unpack(&mut Unpacker::new(&bytes)), None, "{wrong:?}");
    }
    for wrong in [16_u32.to_le_bytes(), later] {
        let bytes = [&number[..5], &wrong].concat();
        assert_eq!(ApplicationNumber::unpack(&mut Unpacker::new(&bytes)), None, "{wrong:?}");
    }
}

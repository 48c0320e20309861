use serde_json::json;

use crate::{Command, ErrorCode, Moment, Policy, Register};

fn at(text: &str) -> Moment {
    text.parse().unwrap()
}

fn done(register: &mut Register, command: serde_json::Value, now: &str) {
    let command = Command::from_json(&command).unwrap();
    assert_eq!(register.apply(command, at(now)).unwrap().denials, vec![]);
}

/// Two children, three places, a referral, keys.
fn town() -> Register {
    let mut register = Register::new(Policy::named("akmola-2018").unwrap()).unwrap();
    for child in ["p:1", "p:2"] {
        let submit = json!({"type": "submit", "applicant": "p:a", "child": {"iin": child, "born": "2015-05-02"},
            "benefit": "large-family", "documents": 1, "channel": "egov", "key": child});
        done(&mut register, submit, "2018-01-10T09:00:00+06:00");
    }
    let places = json!({"type": "publish_vacancy", "kindergarten": "bobek", "group_year": 2015, "language": "kk",
        "places": 3, "by": {"role": "staff", "kindergartens": ["bobek"]}});
    done(&mut register, places, "2018-01-15T09:00:00+06:00");
    let choice = json!({"type": "choose", "application": "UO.2018.000001.1", "vacancy": 1});
    done(&mut register, choice, "2018-01-15T10:00:00+06:00");
    register
}

/// An operator corrects the calendar: it is the register's own from then on.
fn blizzard(register: &mut Register) {
    let year = json!({"2018": {"off": ["2018-01-18"], "on": []}});
    let calendar = json!({"type": "change_calendar", "reason": "blizzard",
        "authority": {"kind": "department", "document": "1"},
        "calendar": {"id": "kz-five-day", "known_at": "2018-01-11", "years": year}});
    done(register, calendar, "2018-01-15T11:00:00+06:00");
}

#[test]
fn a_packed_register_is_the_register() {
    let mut register = town();
    blizzard(&mut register);
    let packed = register.pack();
    let again = Register::unpack(&packed).unwrap();
    assert_eq!(again.digest(), register.digest());
    assert_eq!(again.events(), register.events());
    assert_eq!(again.now(), register.now());
    assert_eq!(again.next_deadline(), register.next_deadline());
    assert_eq!(again.calendar(), register.calendar());
    assert_eq!(again.pack(), packed, "equal registers are equal bytes");
    let json = serde_json::to_vec(&register.snapshot()).unwrap();
    assert!(packed.len() < json.len(), "{} bytes packed, {} as JSON", packed.len(), json.len());
}

#[test]
fn no_shorter_and_no_changed_bytes_are_a_register() {
    let mut packed = town().pack();
    for end in 0..packed.len() {
        assert_eq!(
            Register::unpack(&packed[..end]).unwrap_err().code(),
            ErrorCode::CorruptHistory,
            "{end} bytes"
        );
    }
    for at in 0..packed.len() {
        let bit = 1 << (at % 8);
        packed[at] ^= bit;
        let error = Register::unpack(&packed).unwrap_err();
        assert!(
            matches!(error.code(), ErrorCode::CorruptHistory | ErrorCode::UnsupportedFormat),
            "byte {at}"
        );
        packed[at] ^= bit;
    }
    packed.push(0);
    assert_eq!(Register::unpack(&packed).unwrap_err().code(), ErrorCode::CorruptHistory);
    let another = b"kezek\x7f".iter().copied().chain([0; 40]).collect::<Vec<u8>>();
    assert_eq!(Register::unpack(&another).unwrap_err().code(), ErrorCode::UnsupportedFormat);
}

/// The sum is right, and what it is the sum of is wrong at any one byte: an error or another register, no panic; and
/// what comes of that one can be packed and read again.
#[test]
fn bytes_that_somebody_else_made_are_read_or_refused() {
    use sha2::{Digest as _, Sha256};
    let first = |name: &str| json!({"type": name, "application": "UO.2018.000001.1"});
    let of_operator = |name: &str| {
        json!({"type": name, "application": "UO.2018.000001.1", "reason": "by mistake",
            "authority": {"kind": "department", "document": "1"}})
    };
    let mut enrolled = town();
    done(&mut enrolled, first("accept"), "2018-01-16T10:00:00+06:00");
    let mut departed = enrolled.clone();
    let mut departure = first("mark_departure");
    departure["date"] = json!("2018-01-17");
    departure["reason"] = json!("moved");
    done(&mut departed, departure, "2018-01-17T10:00:00+06:00");
    for (register, deeds) in [
        (town(), vec![]),
        (enrolled, vec!["void_enrolment"]),
        (departed, vec!["void_departure", "void_enrolment"]),
    ] {
        let packed = register.pack();
        let content = &packed[..packed.len() - super::SUM];
        // Not in the texts of policy, calendar and events: those are read as JSON, which other tests forge.
        let place = |text: &[u8]| content.windows(text.len()).position(|piece| piece == text).unwrap();
        let state = place(b"p:a") - 32..place(b"{\"seq\":");
        assert!(state.len() > 100, "{state:?}");
        for at in state {
            for byte in [0x00, 0x01, 0x80, content[at].wrapping_add(1)] {
                let mut forged = content.to_vec();
                forged[at] = byte;
                let sum = Sha256::digest(&forged);
                forged.extend_from_slice(&sum);
                let Ok(mut register) = Register::unpack(&forged) else { continue };
                let later = at_or_after(&register, "2018-06-01T09:00:00+06:00");
                for deed in &deeds {
                    let _ = register.apply(Command::from_json(&of_operator(deed)).unwrap(), later);
                }
                let _ = register.advance(later);
                let again = Register::unpack(&register.pack()).expect("its bytes");
                assert_eq!(again.digest(), register.digest(), "byte {at}");
            }
        }
    }
}

fn at_or_after(register: &Register, text: &str) -> Moment {
    register.now().map_or(at(text), |now| now.max(at(text)))
}

#[test]
fn who_leaves_the_history_to_the_host_goes_on_without_it() {
    let mut register = town();
    let mut left = register.clone();
    let told = left.leave_history();
    assert_eq!(told, register.events());
    assert_eq!(left.digest(), register.digest());
    assert!(!left.rollback(), "there is nothing to take back");
    let mut left = Register::unpack(&left.pack()).unwrap();
    assert_eq!(left.events().len(), 1);

    let later = at("2018-01-16T09:00:00+06:00");
    let recall = json!({"type": "recall_referral", "application": "UO.2018.000001.1", "reason": "moved"});
    let command = Command::from_json(&recall).unwrap();
    let outcome = left.apply(command.clone(), later).unwrap();
    assert_eq!(outcome, register.apply(command, later).unwrap());
    assert_eq!(left.digest(), register.digest());
    assert!(left.rollback());
    assert_eq!(left.revision(), told.last().unwrap().seq);
    let _ = left.advance(later).unwrap();

    // What the host keeps it must be asked for.
    let first = "UO.2018.000001.1".parse().unwrap();
    let view = left.at(later).unwrap();
    let since = at("2018-01-10T09:00:00+06:00");
    let errors = [
        view.history(&first).unwrap_err(),
        view.documents(&first).unwrap_err(),
        view.overrides().unwrap_err(),
        view.forecast(&first).unwrap_err(),
        view.explain_position(&first, since, later).unwrap_err(),
        view.messages(&told[1]).unwrap_err(),
    ];
    for error in errors {
        assert_eq!((error.code(), error.path()), (ErrorCode::NotFound, "events"), "{error}");
    }
    // A command that was done under a key is never done twice.
    let again = json!({"type": "submit", "applicant": "p:a", "child": {"iin": "p:1", "born": "2015-05-02"},
        "benefit": "large-family", "documents": 1, "channel": "egov", "key": "p:1"});
    let error = left.apply(Command::from_json(&again).unwrap(), later).unwrap_err();
    assert_eq!((error.code(), error.path()), (ErrorCode::NotFound, "events"));
    // The numbers, the terms and the buttons need no history.
    assert_eq!(
        left.at(later).unwrap().position(&first).unwrap(),
        register.at(later).unwrap().position(&first).unwrap()
    );
}

//! The application form: no input panics, and what it lets through a register takes.

use kezek::{Command, Form, Moment, Policy, Register};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use crate::support::cases;
use crate::support::garbage::{spoil, values};
use crate::support::play::Luck;
use crate::support::rules::policies;

const AT: [&str; 4] = [
    "2018-01-10T09:00:00+06:00",
    "2018-03-01T00:00:00+05:00",
    "2018-06-30T23:59:59+05:00",
    "2100-12-31T12:00:00Z",
];

/// Mostly one of these, sometimes an odd one, any text, or nothing.
fn mostly(right: &'static [&'static str], odd: &'static [&'static str]) -> impl Strategy<Value = Value> {
    prop_oneof![
        40 => select(right).prop_map(Value::from),
        2 => select(odd).prop_map(Value::from),
        1 => "\\PC{0,30}".prop_map(Value::from),
        1 => Just(Value::Null),
    ]
}

/// Forms as people fill them in: each field mostly right, and wrong now and then.
fn forms() -> impl Strategy<Value = Value> {
    let odd_person = &["991231500017", "061241600012", "991231500770", "p:", "7910283027"];
    let parent = mostly(&["p:parent-1", "791028302728", "p:somebody"], odd_person);
    let child = mostly(&["p:child-1", "991231500016", "061211600012"], odd_person);
    let own_born =
        mostly(&["1979-10-28", "28.10.1979"], &["2015-05-02", "0001-01-01", "9999-12-31", "30.02.1979"]);
    let born = mostly(
        &["2015-05-02", "02.05.2015", "2016-02-29", "1.1.2017"],
        &["2018-01-11", "2011-01-10", "2099-12-31"],
    );
    let email = || {
        mostly(
            &["parent@example.kz", "Parent@Example.KZ", "a@gmial.com"],
            &["a@localhost", "a@", "\"a b\"@example.kz"],
        )
    };
    let phone = || mostly(&["+7 (700) 000-00-01", "87000000001", "7777777777"], &["+77160000001", "+7", "8"]);
    let benefit = mostly(&["", "orphan", "large-family"], &["serviceman", "sibling"]);
    let documents = select(vec![json!(1), json!(2), json!(u32::MAX), json!(0), json!(null)]);
    let applicant = (parent, own_born, email(), phone(), email(), phone());
    let rest = (child, born, benefit, documents, prop::bool::weighted(0.9));
    (applicant, rest).prop_map(
        |((iin, own_born, email, phone, other, another), (child, born, benefit, documents, read))| {
            json!({
                "applicant": {"iin": iin, "born": own_born, "email": email, "phone": phone,
                    "additional_email": other, "additional_phone": another},
                "child": {"iin": child, "born": born},
                "benefit": benefit, "documents": documents, "instruction_read": read,
            })
        },
    )
}

proptest! {
    #![proptest_config(cases(400))]

    // Errors and the command exclude each other, and a register that knows nothing of the child takes it.
    #[test]
    fn what_a_form_lets_through_a_register_takes(form in forms(), policy in policies(), at in select(&AT[..])) {
        let policy = Policy::from_json(&policy).expect("a legal policy");
        let now: Moment = at.parse().expect("a moment");
        let checked = Form::from_json(&form).expect("a form").check(&policy, now);
        prop_assert_eq!(checked.command.is_some(), checked.errors().count() == 0, "{:?}", checked.findings);
        let mut register = Register::new(policy.clone()).expect("a register");
        if let Some(submit) = checked.command.clone() {
            let outcome = register.apply(submit, now).expect("a submit");
            prop_assert_eq!(&outcome.denials, &[], "{:?}", form);
            prop_assert_eq!(outcome.events[0].fact.name(), "registered");
        }
        // Over JSON it is the same command.
        let answer = Form::check_json(&form, &policy, at).expect("a form");
        let read = (!answer["command"].is_null()).then(|| Command::from_json(&answer["command"]).expect("a command"));
        prop_assert_eq!(read.map(|command| command.action), checked.command);
        // What was read is read again as itself.
        let contacts = &checked.contacts;
        for phone in [&contacts.phone, &contacts.additional_phone].into_iter().flatten() {
            let digits = phone.strip_prefix("+7").expect("+7");
            prop_assert!(digits.len() == 10 && digits.bytes().all(|byte| byte.is_ascii_digit()));
        }
        let mut again = form;
        again["applicant"]["email"] = json!(contacts.email);
        again["applicant"]["phone"] = json!(contacts.phone);
        let again = Form::from_json(&again).expect("a form").check(&policy, now);
        prop_assert_eq!((&again.contacts.email, &again.contacts.phone), (&contacts.email, &contacts.phone));
    }

    // 11: no form, however made, panics.
    #[test]
    fn no_form_panics(form in forms(), garbage in values(), luck in any::<u64>()) {
        let policy = Policy::named("astana-2019").expect("a policy");
        let mut luck = Luck(luck);
        let spoilt = spoil(&form, &mut luck, &garbage);
        let twice = spoil(&spoilt, &mut luck, &garbage);
        for form in [&garbage, &spoilt, &twice] {
            for now in [AT[0], garbage.as_str().unwrap_or("9999-12-31T23:59:59Z")] {
                if let Ok(answer) = Form::check_json(form, &policy, now) {
                    prop_assert!(answer["findings"].is_array());
                }
            }
        }
    }
}

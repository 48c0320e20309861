//! A good form, and for each finding the one field that makes it.

use serde_json::{Value, json};

use super::{CheckedForm, FindingCode, FindingLevel, Form};
use crate::{Action, ErrorCode, Moment, Policy, Register};

const NOW: &str = "2018-01-10T09:00:00+06:00";

fn now() -> Moment {
    NOW.parse().unwrap()
}

fn akmola() -> Policy {
    Policy::named("akmola-2018").unwrap()
}

/// Everything that a form may hold, and nothing to find.
fn good() -> Value {
    json!({
        "applicant": {
            "iin": "791028302728", "born": "1979-10-28", "email": "parent@example.kz", "phone": "+77000000001",
            "additional_email": "other@example.kz", "additional_phone": "+77010000001",
        },
        "child": {"iin": "p:child-1", "born": "2015-05-02"},
        "benefit": "orphan", "documents": 1, "instruction_read": true,
        "channel": "egov", "channel_number": "1", "application": "A-1",
    })
}

/// The good form with another value at a path such as `child.iin`.
fn with(path: &str, value: &Value) -> Value {
    let mut form = good();
    form[path.split('.').next().unwrap()] = match path.split_once('.') {
        None => value.clone(),
        Some((record, key)) => {
            let mut record = form[record].clone();
            record[key] = value.clone();
            record
        }
    };
    form
}

fn check(form: &Value) -> CheckedForm {
    Form::from_json(form).unwrap().check(&akmola(), now())
}

/// The findings of the good form with one other value, as `field level code rule`.
fn found(path: &str, value: Value) -> Vec<String> {
    let checked = check(&with(path, &value));
    let errors = checked.errors().count();
    assert_eq!(checked.command.is_some(), errors == 0, "{:?}", checked.findings);
    let written = serde_json::to_value(&checked.findings).unwrap();
    let word = |finding: &Value, key: &str| finding[key].as_str().unwrap().to_owned();
    let line = |finding: &Value| ["field", "level", "code", "rule"].map(|key| word(finding, key)).join(" ");
    written.as_array().unwrap().iter().map(line).collect()
}

#[track_caller]
fn nothing(path: &str, value: Value) {
    assert_eq!(found(path, value), Vec::<String>::new());
}

#[track_caller]
fn one(path: &str, value: Value, finding: &str) {
    assert_eq!(found(path, value), [finding]);
}

#[test]
fn a_good_form_becomes_the_command() {
    let checked = check(&good());
    assert_eq!(checked.findings, []);
    let submit = json!({"type": "submit", "applicant": "791028302728",
        "child": {"iin": "p:child-1", "born": "2015-05-02"}, "benefit": "orphan", "documents": 1,
        "channel": "egov", "channel_number": "1", "application": "A-1"});
    assert_eq!(serde_json::to_value(&checked.command).unwrap(), submit);
    let contacts = json!({"email": "parent@example.kz", "phone": "+77000000001",
        "additional_email": "other@example.kz", "additional_phone": "+77010000001"});
    assert_eq!(serde_json::to_value(&checked.contacts).unwrap(), contacts);
}

#[test]
fn a_blank_form_misses_what_is_obligatory_in_the_order_of_its_fields() {
    let missing = [
        ("applicant.iin", FindingCode::Missing, "R14"),
        ("applicant.email", FindingCode::Missing, "R14"),
        ("applicant.phone", FindingCode::Missing, "R14"),
        ("child.iin", FindingCode::Missing, "R16"),
        ("child.born", FindingCode::Missing, "R16"),
        ("instruction_read", FindingCode::InstructionNotRead, "R13"),
    ];
    let blank = json!({"applicant": {"iin": " ", "born": "", "email": "\t", "phone": "\u{a0}"},
        "child": {"iin": "", "born": " "}, "benefit": " ", "documents": 0, "instruction_read": false});
    for form in [json!({}), json!({"applicant": {"iin": null}, "child": {}, "benefit": null}), blank] {
        let checked = check(&form);
        let found: Vec<_> = checked
            .findings
            .iter()
            .map(|finding| (finding.field, finding.code, finding.rule.to_string()))
            .collect();
        assert_eq!(found, missing.map(|(field, code, rule)| (field, code, rule.to_owned())));
        assert_eq!(checked.command, None);
        assert_eq!(checked.contacts, super::Contacts::default());
    }
}

#[test]
fn persons_are_numbers_with_a_right_check_digit() {
    let born = json!("1979-10-28");
    assert_eq!(found("applicant.born", born), [""; 0]);
    for field in ["applicant.iin", "child.iin"] {
        one(field, json!("79102830272"), &format!("{field} error iin_malformed F33"));
        one(field, json!("79102830272x"), &format!("{field} error iin_malformed F33"));
        one(field, json!("p:"), &format!("{field} error iin_malformed F33"));
        one(field, json!("791028302727"), &format!("{field} error iin_check_digit F34"));
        // No digit fits there.
        one(field, json!("991231500770"), &format!("{field} error iin_check_digit F34"));
        one(field, json!("061241600012"), &format!("{field} error bin_not_iin F36"));
        nothing(field, json!(" p:somebody "));
    }
}

#[test]
fn a_child_is_not_its_own_applicant() {
    let mut form = with("child", &json!({"iin": "791028302728", "born": "2015-05-02"}));
    let codes = |form: &Value| check(form).findings.iter().map(|finding| finding.code).collect::<Vec<_>>();
    assert_eq!(codes(&form), [FindingCode::SamePerson, FindingCode::BirthDateDiffers]);
    form["applicant"]["iin"] = json!("p:parent-1");
    assert_eq!(codes(&form), [FindingCode::BirthDateDiffers]);
    form["child"]["iin"] = json!("p:parent-1");
    assert_eq!(codes(&form), [FindingCode::SamePerson]);
}

#[test]
fn dates_are_read_as_the_wire_and_as_the_portals_write_them() {
    nothing("child.born", json!("02.05.2015"));
    nothing("child.born", json!("2.5.2015"));
    let malformed = ["2015-5-2", "02.05.15", "30.02.2015", "02/05/2015", "02.05.2015.", "..", "-1.5.2015"];
    for text in malformed {
        one("child.born", json!(text), "child.born error birth_date_malformed R85");
        one("applicant.born", json!(text), "applicant.born error birth_date_malformed R85");
    }
    // R14: the State database fills it in; no rule of the queue needs it.
    nothing("applicant.born", json!(null));
}

#[test]
fn a_birth_date_that_the_number_does_not_tell_is_a_warning() {
    one("applicant.born", json!("1979-10-29"), "applicant.born warning birth_date_differs F35");
    nothing("applicant.born", json!("28.10.1979"));
    let child = |born: &str| json!({"iin": "061211600012", "born": born});
    let mut kept =
        Policy::from_json(&json!({"base": "akmola-2018", "age": {"until": {"years": 20}}})).unwrap();
    kept.name = "until-twenty".to_owned();
    let codes = |born: &str| {
        let checked = Form::from_json(&with("child", &child(born))).unwrap().check(&kept, now());
        assert!(checked.command.is_some());
        checked.findings.iter().map(|finding| (finding.field, finding.code)).collect::<Vec<_>>()
    };
    assert_eq!(codes("2006-12-11"), []);
    assert_eq!(codes("2006-12-12"), [("child.born", FindingCode::BirthDateDiffers)]);
}

#[test]
fn an_applicant_is_of_age_and_alive() {
    let applicant = |born: &str| {
        let checked = check(&with(
            "applicant",
            &json!({"iin": "p:parent-1", "born": born,
            "email": "parent@example.kz", "phone": "+77000000001"}),
        ));
        assert!(checked.command.is_some());
        checked.findings.iter().map(|finding| finding.code).collect::<Vec<_>>()
    };
    assert_eq!(applicant("2000-01-10"), []);
    assert_eq!(applicant("2000-01-11"), [FindingCode::ApplicantUnderage]);
    assert_eq!(applicant("2018-01-10"), [FindingCode::ApplicantUnderage]);
    assert_eq!(applicant("2018-01-11"), [FindingCode::BirthDateImplausible]);
    assert_eq!(applicant("1895-01-11"), []);
    assert_eq!(applicant("1895-01-10"), [FindingCode::BirthDateImplausible]);
}

#[test]
fn a_child_is_born_and_under_the_limit() {
    nothing("child.born", json!("2018-01-10"));
    one("child.born", json!("2018-01-11"), "child.born error not_born_yet R23");
    nothing("child.born", json!("2011-01-11"));
    one("child.born", json!("2011-01-10"), "child.born error too_old O28");
}

#[test]
fn the_day_and_the_limit_are_those_of_the_policy() {
    // 23:30 in Aqtobe is 00:30 of the next day in Almaty; kz-2025 ends at six.
    let at = "2018-01-10T23:30:00+05:00".parse().unwrap();
    let form = Form::from_json(&with("child.born", &json!("2018-01-11"))).unwrap();
    let code = |policy: &str, form: &Form| {
        let checked = form.check(&Policy::named(policy).unwrap(), at);
        checked.findings.iter().map(|finding| finding.code).find(|code| *code != FindingCode::UnknownBenefit)
    };
    assert_eq!(code("aktobe-2018", &form), Some(FindingCode::NotBornYet));
    assert_eq!(code("akmola-2018", &form), None);
    let six = Form::from_json(&with("child.born", &json!("2012-01-10"))).unwrap();
    assert_eq!(code("akmola-2018", &six), None);
    assert_eq!(code("kz-2025", &six), Some(FindingCode::TooOld));
}

#[test]
fn an_email_is_one() {
    for text in [
        "parent",
        "parent@",
        "@example.kz",
        "a b@example.kz",
        "parent@example..kz",
        "a@b@example.kz",
        "Parent <parent@example.kz>",
        "parent@[127.0.0.1]",
    ] {
        one("applicant.email", json!(text), "applicant.email error email_malformed R15");
        one(
            "applicant.additional_email",
            json!(text),
            "applicant.additional_email error email_malformed R15",
        );
    }
    let long = format!("{}@example.kz", "a".repeat(65));
    one("applicant.email", json!(long), "applicant.email error email_malformed R15");
    for text in
        ["parent@example.kz", "parent+queue@example.kz", " parent@example.kz\n", "a@mail.ru", "a@yandex.kz"]
    {
        nothing("applicant.email", json!(text));
    }
}

#[test]
fn an_email_that_hardly_exists_is_a_warning() {
    for text in [
        "parent@localhost",
        "parent@gmial.com",
        "parent@gmail.con",
        "parent@gmai.com",
        "parent@mail.tu",
        "parent@yandex.kzz",
        "ата@example.kz",
        "parent@gm\u{430}il.com",
    ] {
        one("applicant.email", json!(text), "applicant.email warning email_unlikely R15");
        one(
            "applicant.additional_email",
            json!(text),
            "applicant.additional_email warning email_unlikely R15",
        );
    }
    // Somebody's own domain is nobody's slip.
    nothing("applicant.email", json!("parent@gmail.example.kz"));
}

#[test]
fn a_domain_is_written_small_and_a_name_is_left() {
    let checked = check(&with("applicant.email", &json!("Parent@Example.KZ")));
    assert_eq!(checked.contacts.email.as_deref(), Some("Parent@example.kz"));
}

#[test]
fn no_known_provider_is_a_slip_of_another() {
    for text in [
        "gmail.com",
        "mail.ru",
        "yandex.ru",
        "yandex.kz",
        "yandex.com",
        "inbox.ru",
        "outlook.com",
        "hotmail.com",
        "icloud.com",
        "rambler.ru",
        "yahoo.com",
        "bk.ru",
        "list.ru",
        "ya.ru",
        "nu.edu.kz",
    ] {
        nothing("applicant.email", json!(format!("parent@{text}")));
    }
}

#[test]
fn a_phone_is_read_however_it_is_written() {
    for text in [
        "+77000000001",
        "+7 700 000 00 01",
        "+7 (700) 000-00-01",
        "87000000001",
        "8 700 000 00 01",
        "77000000001",
        "7000000001",
        " +7\u{a0}700\u{2013}000\u{2011}00 01 ",
        "(+7)7000000001",
        "\u{202d}+77000000001\u{202c}",
    ] {
        let form = with("applicant.phone", &json!(text));
        let checked = check(&form);
        assert_eq!(checked.findings, [], "{text}");
        assert_eq!(checked.contacts.phone.as_deref(), Some("+77000000001"), "{text}");
    }
    for text in [
        "+7700000000",
        "+770000000011",
        "+87000000001",
        "97000000001",
        "+17000000001",
        "700000001",
        "7+7000000001",
        "+7700000000x",
        "++77000000001",
        "+7700000000٣",
        "+7.700.000.00.01",
        "+",
    ] {
        one("applicant.phone", json!(text), "applicant.phone error phone_malformed R15");
        one(
            "applicant.additional_phone",
            json!(text),
            "applicant.additional_phone error phone_malformed R15",
        );
    }
}

#[test]
fn a_phone_that_hardly_gets_a_message_is_a_warning() {
    // Ten equal digits; a fixed line; another country of +7; an eight with a digit too few after it.
    for text in ["+77777777777", "7777777777", "+77160000001", "+79000000001", "8700000001"] {
        one("applicant.phone", json!(text), "applicant.phone warning phone_unlikely R15");
        one(
            "applicant.additional_phone",
            json!(text),
            "applicant.additional_phone warning phone_unlikely R15",
        );
    }
    nothing("applicant.phone", json!("+77777777778"));
    nothing("applicant.phone", json!("+77470000001"));
}

#[test]
fn the_same_contact_twice_is_a_warning() {
    one(
        "applicant.additional_email",
        json!("PARENT@example.kz "),
        "applicant.additional_email warning same_contact R24",
    );
    one(
        "applicant.additional_phone",
        json!("8 700 000 00 01"),
        "applicant.additional_phone warning same_contact R24",
    );
    nothing("applicant.additional_email", json!(null));
    nothing("applicant.additional_phone", json!(""));
}

#[test]
fn a_benefit_is_of_the_list_and_has_documents() {
    one("benefit", json!("sibling"), "benefit error unknown_benefit R17");
    one("benefit", json!("x".repeat(65)), "benefit error unknown_benefit R17");
    nothing("benefit", json!(" large-family "));
    one("documents", json!(0), "documents error documents_missing R17");
    one("documents", json!(null), "documents error documents_missing R17");
    nothing("documents", json!(2));
    // As a page's form sends it.
    nothing("documents", json!(" 2 "));
    nothing("instruction_read", json!("on"));
    one("documents", json!(""), "documents error documents_missing R17");
    one("benefit", json!(null), "documents warning documents_without_benefit R17");
    let mut without = with("benefit", &json!(""));
    without["documents"] = json!(0);
    assert_eq!(check(&without).findings, []);
    // Both at once: a family learns everything.
    let mut both = with("benefit", &json!("sibling"));
    both["documents"] = json!(0);
    let codes: Vec<_> = check(&both).findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, [FindingCode::UnknownBenefit, FindingCode::DocumentsMissing]);
}

#[test]
fn the_instruction_is_read() {
    one("instruction_read", json!(false), "instruction_read error instruction_not_read R13");
}

#[test]
fn a_finding_says_what_was_expected_and_what_was_found() {
    let said = |path: &str, value: Value| {
        let finding = check(&with(path, &value)).findings.remove(0);
        (finding.expected.unwrap_or_default(), finding.found.unwrap_or_default())
    };
    let pair = |expected: &str, found: &str| (expected.to_owned(), found.to_owned());
    assert_eq!(said("child.born", json!("2018-01-11")), pair("2018-01-11", "2018-01-10"));
    assert_eq!(said("child.born", json!("2011-01-10")), pair("2018-01-10", "2018-01-10"));
    assert_eq!(said("applicant.email", json!("a@gmial.com")), pair("gmail.com", "a domain one letter away"));
    assert_eq!(said("applicant.phone", json!("+7700000")), pair("+7 and ten digits", "7 digits"));
    assert_eq!(said("applicant.phone", json!("+77160000001")), pair("a mobile code such as 701", "716"));
    assert_eq!(said("child.iin", json!("79102830272")).1, "11 characters");
    let benefits = "one of disabled-parent, no-parental-care, orphan, large-family, veteran-equated";
    assert_eq!(said("benefit", json!("sibling")), pair(benefits, "another"));
}

#[test]
fn what_the_register_would_deny_of_the_form_itself_the_form_finds() {
    for (path, value, denial) in [
        ("child.born", json!("2018-01-11"), "too_young"),
        ("child.born", json!("2011-01-10"), "too_old"),
        ("benefit", json!("sibling"), "unknown_benefit"),
        ("documents", json!(0), "documents_required"),
    ] {
        let mut submit = json!({"type": "submit", "applicant": "p:parent-1",
            "child": {"iin": "p:child-1", "born": "2015-05-02"}, "benefit": "orphan", "documents": 1});
        match path.split_once('.') {
            None => submit[path] = value.clone(),
            Some((record, key)) => submit[record][key] = value.clone(),
        }
        let register = Register::new(akmola()).unwrap();
        let denials = register.check_json(&submit, NOW).unwrap();
        assert_eq!(denials["denials"][0]["code"], denial);
        let checked = check(&with(path, &value));
        assert_eq!((checked.errors().count(), checked.command), (1, None));
    }
}

#[test]
fn warnings_do_not_stand_in_the_way() {
    let checked = check(&with("applicant.phone", &json!("7777777777")));
    assert_eq!(checked.findings[0].level, FindingLevel::Warning);
    assert!(matches!(checked.command, Some(Action::Submit { .. })));
    assert_eq!(checked.contacts.phone.as_deref(), Some("+77777777777"));
}

#[test]
fn nothing_personal_is_repeated() {
    let secrets = [
        "791028302727",
        "061241600012",
        "991231500016",
        "secret.parent@",
        "secret.parent@gmial.com",
        "secret@localhost",
        "+7 700 123 45",
        "+77771234567890",
        "+77161234567",
        "8700123456x",
        "1979-99-28",
    ];
    let fields = [
        "applicant.iin",
        "applicant.born",
        "applicant.email",
        "applicant.phone",
        "applicant.additional_email",
        "applicant.additional_phone",
        "child.iin",
        "child.born",
        "benefit",
    ];
    for secret in secrets {
        for field in fields {
            let form = Form::from_json(&with(field, &json!(secret))).unwrap();
            let checked = form.check(&akmola(), now());
            let findings = serde_json::to_string(&checked.findings).unwrap();
            assert!(!findings.contains(secret), "{field}: {findings}");
            if field != "benefit" {
                assert!(!format!("{form:?}").contains(secret), "{field}: {form:?}");
                assert!(!format!("{checked:?}").contains(secret), "{field}: {checked:?}");
            }
        }
    }
    let form = Form::from_json(&good()).unwrap();
    let shown = format!("{form:?} {:?}", form.check(&akmola(), now()).contacts);
    for secret in ["791028302728", "1979-10-28", "parent@example.kz", "77000000001", "child-1", "2015-05-02"]
    {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[test]
fn what_is_of_another_kind_is_an_error_with_its_path_and_not_its_value() {
    for (path, value) in [
        ("applicant", json!("secret@example.kz")),
        ("applicant.iin", json!(7_000_000_001_u64)),
        ("applicant.phone", json!(7_000_000_001_u64)),
        ("applicant.email", json!(["secret@example.kz"])),
        ("child", json!([])),
        ("child.born", json!(20_150_502)),
        ("benefit", json!(true)),
        ("documents", json!("secret@example.kz")),
        ("documents", json!(-1)),
        ("instruction_read", json!("secret@example.kz")),
        ("instruction_read", json!(null)),
        ("child", json!(null)),
        ("channel", json!("secret@example.kz")),
        ("channel_number", json!(7_000_000_001_u64)),
        ("application", json!("")),
        ("applicant.surname", json!("x")),
        ("colour", json!("blue")),
    ] {
        let error = Form::from_json(&with(path, &value)).unwrap_err();
        assert_eq!((error.code(), error.path()), (ErrorCode::Malformed, path), "{error}");
        assert!(
            !error.to_string().contains("secret") && !error.to_string().contains("7000000001"),
            "{error}"
        );
    }
    for value in [json!(null), json!("secret"), json!([])] {
        let error = Form::from_json(&value).unwrap_err();
        assert_eq!((error.code(), error.path()), (ErrorCode::Malformed, ""));
    }
}

#[test]
fn a_form_survives_the_wire() {
    for value in [good(), json!({"applicant": {}, "child": {}, "instruction_read": false})] {
        let form: Form = serde_json::from_value(value.clone()).unwrap();
        assert_eq!(serde_json::to_value(&form).unwrap(), value);
    }
}

#[test]
fn the_json_door_answers_findings_command_and_contacts() {
    let answer =
        Form::check_json(&with("applicant.phone", &json!("8 716 000 00 01")), &akmola(), NOW).unwrap();
    let finding = json!({"field": "applicant.phone", "level": "warning", "code": "phone_unlikely", "rule": "R15",
        "expected": "a mobile code such as 701", "found": "716"});
    assert_eq!(answer["findings"], json!([finding]));
    assert_eq!(answer["command"]["type"], "submit");
    assert_eq!(answer["contacts"]["phone"], "+77160000001");
    let answer = Form::check_json(&json!({}), &akmola(), NOW).unwrap();
    assert_eq!(answer["command"], Value::Null);
    assert_eq!(
        answer["findings"][0],
        json!({"field": "applicant.iin", "level": "error", "code": "missing", "rule": "R14"})
    );
    let error = Form::check_json(&good(), &akmola(), "2018-01-10T09:00:00").unwrap_err();
    assert_eq!((error.code(), error.path()), (ErrorCode::Malformed, "now"));
}

//! Every finding in every language: errors ask for a change, warnings to look again, and nothing is quoted.

#![cfg(all(feature = "text-kk", feature = "text-ru", feature = "text-en"))]

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Finding, FindingCode, FindingLevel, Form};
use crate::{Label, Language, Policy, Texts, Zone};

const LANGUAGES: [Language; 3] = [Language::Kk, Language::Ru, Language::En];

fn texts(language: Language) -> Texts<'static> {
    Texts::new(language, Zone::Almaty).unwrap()
}

fn found(form: &Value) -> Vec<Finding> {
    let policy = Policy::named("akmola-2018").unwrap();
    let checked = Form::from_json(form).unwrap().check(&policy, "2018-01-10T09:00:00+06:00".parse().unwrap());
    checked.findings
}

/// Forms in which every kind of finding is found, and every field.
fn all() -> Vec<Finding> {
    let forms = [
        json!({}),
        json!({
            "applicant": {"iin": "99123150001", "born": "soon", "email": "parent.example.kz", "phone": "+7 700"},
            "child": {"iin": "990941500016", "born": "2010-01-10"}, "benefit": "twins", "documents": 1,
        }),
        json!({
            "applicant": {
                "iin": "991231500015", "born": "2030-01-01", "email": "parent@gmial.com", "phone": "7777777777",
                "additional_email": "parent@gmial.com", "additional_phone": "+77777777777",
            },
            "child": {"iin": "p:child-1", "born": "2018-01-11"}, "benefit": "orphan",
        }),
        json!({
            "applicant": {
                "iin": "p:one", "born": "2010-01-01", "email": "parent@home", "phone": "+7 700 000 00 01",
                "additional_email": "nobody", "additional_phone": "1",
            },
            "child": {"iin": "p:one", "born": "2015-02-30"}, "documents": 1,
        }),
        json!({"applicant": {"iin": "p:one"}, "child": {"iin": "991231500016", "born": "2015-05-02"}}),
    ];
    forms.iter().flat_map(found).collect()
}

#[test]
fn every_finding_is_told() {
    let codes: BTreeSet<FindingCode> = all().iter().map(|finding| finding.code).collect();
    for language in LANGUAGES {
        let texts = texts(language);
        let told: BTreeSet<String> = all().iter().map(|finding| texts.finding(finding)).collect();
        for (key, stored) in texts.stored().filter(|(key, _)| key.starts_with("finding.")) {
            let begins = stored.split('{').next().unwrap();
            assert!(told.iter().any(|text| text.starts_with(begins)), "{key} is not found: {stored}");
        }
        assert_eq!(told.len(), codes.len() + 1, "each has its own words, a misspelt provider too: {told:?}");
        assert!(told.iter().all(|text| text.ends_with('.') && !text.contains(['{', '}', '|'])), "{told:?}");
    }
}

#[test]
fn a_warning_asks_to_look_again() {
    let asks = [(Language::Kk, "тексеріп көріңізші:"), (Language::Ru, "Проверьте, пожалуйста,")];
    for (language, words) in asks {
        for finding in all() {
            let told = texts(language).finding(&finding);
            assert_eq!(told.contains(words), finding.level == FindingLevel::Warning, "{told}");
        }
    }
}

#[test]
fn nothing_typed_is_quoted() {
    for language in LANGUAGES {
        for finding in all() {
            let told = texts(language).finding(&finding);
            for typed in ["parent@", "gmial", "99123", "990941", "777", "soon", "twins", "nobody"] {
                assert!(!told.contains(typed), "{told}");
            }
        }
    }
}

#[test]
fn the_provider_that_was_meant() {
    let told = |email: &str| {
        let findings = found(&json!({"applicant": {"email": email}}));
        let finding = findings.iter().find(|finding| finding.field == "applicant.email").unwrap();
        texts(Language::En).finding(finding)
    };
    assert_eq!(told("a@mial.ru"), "Please check the e-mail address: perhaps “mail.ru” was meant.");
    assert_eq!(told("a@home"), "Please check the e-mail address: it looks mistyped.");
}

#[test]
fn every_field_has_its_label() {
    let form = json!({
        "applicant": {
            "iin": "1", "born": "1", "email": "1", "phone": "1", "additional_email": "1", "additional_phone": "1",
        },
        "child": {"iin": "1", "born": "1"}, "benefit": "none", "documents": 0,
    });
    let fields: Vec<&str> = found(&form).iter().map(|finding| finding.field).collect();
    assert_eq!(fields.len(), 11, "{fields:?}");
    let labels: BTreeSet<&str> = fields
        .iter()
        .map(|field| texts(Language::Ru).label(Label::of_field(field).unwrap_or_else(|| panic!("{field}"))))
        .collect();
    assert_eq!(labels.len(), 11, "{labels:?}");
    assert_eq!(Label::of_field("child"), None);
}

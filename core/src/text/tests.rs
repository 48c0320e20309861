//! The texts: every key in each language, the same arguments, nothing left unfilled, each in its own letters.

#![cfg(all(feature = "text-kk", feature = "text-ru", feature = "text-en"))]
#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};

use super::fill::{fill, form};
use super::*;
use crate::{BenefitId, CloseReason, Moment, Stage, Term, Unit, VacancyState};

const ALL: [Language; 3] = [Language::Kk, Language::Ru, Language::En];

fn texts(language: Language) -> Texts<'static> {
    Texts::new(language, Zone::Almaty).unwrap()
}

fn in_all<T>(say: impl Fn(Texts<'static>) -> T) -> [T; 3] {
    ALL.map(|language| say(texts(language)))
}

fn at(text: &str) -> Moment {
    text.parse().unwrap()
}

/// The groups of keys that are whole sentences, and what in them is only a part of one.
const SENTENCES: [&str; 9] =
    ["event.", "also.", "deadline.", "denial.", "error.", "message.", "finding.", "change.", "forecast."];
const PARTS: [&str; 2] = ["message.applicant", "change.why."];

/// The names in a text's braces.
fn arguments(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).map(|rest| rest.split_once('}').unwrap().0).collect()
}

#[test]
fn the_three_have_the_same_arguments() {
    for key in Key::ALL {
        let [kk, ru, en] = in_all(|texts| arguments(texts.say(*key)));
        assert_eq!((&kk, &ru), (&en, &en), "{}", key.name());
        for form in in_all(|texts| texts.say(*key).split('|')).into_iter().flatten() {
            assert_eq!(arguments(form), en, "{}: {form}", key.name());
        }
    }
}

#[test]
fn every_key_has_a_name_and_a_text_of_its_own_kind() {
    let names: BTreeSet<_> = Key::ALL.iter().map(|key| key.name()).collect();
    assert_eq!(names.len(), Key::ALL.len(), "two keys of one name");
    for (key, text) in in_all(|texts| texts.stored().collect::<Vec<_>>()).into_iter().flatten() {
        assert!(!text.trim().is_empty() && text.trim() == text, "{key}: {text:?}");
        assert!(!text.contains("  ") && !text.contains(" ,") && !text.contains(" ."), "{key}: {text:?}");
        let sentence = SENTENCES.iter().any(|group| key.starts_with(group))
            && !PARTS.iter().any(|part| key.starts_with(part));
        for form in text.split('|') {
            let stops = sentence || key == "date.day" && text.ends_with("г.");
            assert_eq!(form.ends_with('.'), stops, "{key}: {form:?}");
            let begins = form.starts_with(|first: char| first.is_uppercase() || matches!(first, '№' | '{'));
            assert!(!sentence || begins, "{key}: {form:?}");
        }
    }
}

#[test]
fn no_word_mixes_latin_and_cyrillic() {
    for (key, text) in in_all(|texts| texts.stored().collect::<Vec<_>>()).into_iter().flatten() {
        let spoken: String = {
            let mut parts = text.split('{');
            let first = parts.next().unwrap().to_owned();
            parts.fold(first, |all, part| all + part.split_once('}').unwrap().1)
        };
        let latin = |c: char| c.is_ascii_alphabetic();
        let cyrillic = |c: char| ('\u{400}'..='\u{52f}').contains(&c);
        for word in spoken.split(|c: char| !c.is_alphabetic()) {
            assert!(!(word.contains(latin) && word.contains(cyrillic)), "{key}: {word:?} mixes two scripts");
        }
    }
    for texts in [texts(Language::Kk), texts(Language::Ru)] {
        let latin = texts.stored().filter(|(_, text)| {
            let spoken: Vec<&str> = text.split(['{', '}']).step_by(2).collect();
            spoken.concat().contains(|c: char| c.is_ascii_alphabetic())
        });
        // «E-mail» is the form's own word (rules A2).
        let latin = latin.filter(|(key, _)| !(key.starts_with("label.form.") && key.ends_with("email")));
        assert_eq!(latin.collect::<Vec<_>>(), [], "no Latin word is needed");
    }
    let foreign = |c: char| ('\u{400}'..='\u{52f}').contains(&c);
    assert_eq!(texts(Language::En).stored().find(|(_, text)| text.contains(foreign)), None);
}

#[test]
fn kazakh_is_kazakh() {
    const OWN: [char; 9] = ['ә', 'ғ', 'қ', 'ң', 'ө', 'ұ', 'ү', 'һ', 'і'];
    for (key, text) in texts(Language::Kk).stored() {
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        let own = text.to_lowercase().contains(OWN);
        assert!(own || letters < 20, "{key}: no Kazakh letter in {text:?}");
    }
    for (key, text) in texts(Language::Ru).stored() {
        assert!(!text.to_lowercase().contains(OWN), "{key}: a Kazakh letter in {text:?}");
        assert!(!text.contains("Вы ") || key.starts_with("message.staff"), "{key}: {text:?}");
    }
}

#[test]
fn an_argument_gets_no_ending() {
    // A name or a number may end in any sound: what follows it is never a letter or a hyphen.
    for (key, text) in in_all(|texts| texts.stored().collect::<Vec<_>>()).into_iter().flatten() {
        for (_, after) in text.split('{').skip(1).filter_map(|rest| rest.split_once('}')) {
            let next = after.chars().next().unwrap_or(' ');
            assert!(!next.is_alphabetic() && next != '-' && next != '{', "{key}: {text:?}");
        }
    }
}

#[test]
fn what_differs_is_told_differently() {
    let groups = [
        "stage.",
        "close_reason.",
        "button.",
        "kind.",
        "language.",
        "benefit.",
        "document.",
        "label.",
        "role.",
        "finding.",
        "change.",
        "forecast.",
    ];
    for texts in ALL.map(texts) {
        for group in groups {
            let mut said: BTreeMap<&str, &str> = BTreeMap::new();
            for (key, text) in texts.stored().filter(|(key, _)| key.starts_with(group)) {
                assert_eq!(said.insert(text, key), None, "{key} and another have the text {text:?}");
            }
            assert!(said.len() > 2, "{group}");
        }
    }
}

#[test]
fn plural_forms_are_those_of_each_language() {
    let ru = "день|дня|дней";
    for (count, word) in [
        (0, "дней"),
        (1, "день"),
        (2, "дня"),
        (4, "дня"),
        (5, "дней"),
        (10, "дней"),
        (11, "дней"),
        (12, "дней"),
        (14, "дней"),
        (20, "дней"),
        (21, "день"),
        (22, "дня"),
        (25, "дней"),
        (101, "день"),
        (111, "дней"),
        (112, "дней"),
        (121, "день"),
        (1001, "день"),
        (1011, "дней"),
        (9999, "дней"),
    ] {
        assert_eq!(form(Language::Ru, ru, count), word, "{count}");
    }
    for (count, word) in [(0, "days"), (1, "day"), (2, "days"), (11, "days"), (21, "days"), (101, "days")] {
        assert_eq!(form(Language::En, "day|days", count), word, "{count}");
    }
    for count in [0, 1, 2, 5, 11, 21, 100] {
        assert_eq!(form(Language::Kk, "күн", count), "күн", "a Kazakh noun keeps its form after a number");
    }
}

#[test]
fn what_is_said_of_a_number_has_the_forms_of_its_language() {
    let counts = |key: &Key| texts(Language::En).say(*key).contains('|') && *key != Key::Months;
    for key in Key::ALL.iter().filter(|key| key.name().starts_with("count.") || counts(key)) {
        let forms = in_all(|texts| texts.say(*key).split('|').count());
        assert_eq!(forms, [1, 3, 2], "{}", key.name());
        let sentence = SENTENCES.iter().any(|group| key.name().starts_with(group));
        assert_eq!(arguments(texts(Language::Ru).say(*key)).contains("count"), sentence, "{}", key.name());
    }
    assert_eq!(in_all(|texts| texts.say(Key::Months).split('|').count()), [12, 12, 12]);
}

#[test]
fn terms_in_words() {
    let term = |unit, count| in_all(|texts| texts.term(Term::new(unit, count).unwrap()));
    assert_eq!(term(Unit::WorkingDays, 3), ["3 жұмыс күні", "3 рабочих дня", "3 working days"]);
    assert_eq!(term(Unit::WorkingDays, 5), ["5 жұмыс күні", "5 рабочих дней", "5 working days"]);
    assert_eq!(term(Unit::CalendarDays, 1), ["1 күнтізбелік күн", "1 календарный день", "1 calendar day"]);
    assert_eq!(
        term(Unit::CalendarDays, 30),
        ["30 күнтізбелік күн", "30 календарных дней", "30 calendar days"]
    );
    assert_eq!(term(Unit::Hours, 24), ["24 сағат", "24 часа", "24 hours"]);
    assert_eq!(term(Unit::Months, 12), ["12 ай", "12 месяцев", "12 months"]);
    assert_eq!(term(Unit::Years, 2), ["2 жыл", "2 года", "2 years"]);
    assert_eq!(in_all(|texts| texts.places(21)), ["21 орын", "21 место", "21 places"]);
}

#[test]
fn dates_and_times_in_words() {
    let nauryz = "2018-03-26".parse().unwrap();
    assert_eq!(
        in_all(|texts| texts.date(nauryz)),
        ["2018 жылғы 26 наурыз", "26 марта 2018 г.", "26 March 2018"]
    );
    let evening = at("2018-03-16T18:20:05+06:00");
    let moment =
        ["2018 жылғы 16 наурыз, сағат 18:20:05", "16 марта 2018 г., 18:20:05", "16 March 2018, 18:20:05"];
    assert_eq!(in_all(|texts| texts.moment(evening)), moment);
    assert_eq!(in_all(|texts| texts.stamp(evening)), ["16.03.2018 18:20:05"; 3]);
    assert_eq!(Texts::new(Language::Ru, Zone::Aqtobe).unwrap().stamp(evening), "16.03.2018 17:20:05");
}

#[test]
fn a_deadline_is_told_as_its_last_good_day() {
    let midnight = in_all(|texts| texts.until(at("2018-03-27T00:00:00+06:00")));
    assert_eq!(
        midnight,
        [
            "2018 жылғы 26 наурыз (осы күнді қоса алғанда)",
            "до 26 марта 2018 г. включительно",
            "by the end of 26 March 2018"
        ]
    );
    // O18: 24 hours from 10:15:30 include the second 10:15:30 of the next day.
    let hours = in_all(|texts| texts.until(at("2018-03-17T10:15:31+06:00")));
    assert_eq!(
        hours,
        [
            "2018 жылғы 17 наурыз, сағат 10:15:30",
            "не позднее 17 марта 2018 г., 10:15:30",
            "no later than 17 March 2018, 10:15:30"
        ]
    );
    // The midnight of another zone is none here.
    assert_eq!(
        texts(Language::Ru).until(at("2018-03-27T00:00:00+05:00")),
        "не позднее 27 марта 2018 г., 00:59:59"
    );
    // F38: 29 February 2024 had 25 hours; its end is midnight all the same.
    assert_eq!(texts(Language::En).until(at("2024-03-01T00:00:00+05:00")), "by the end of 29 February 2024");
    assert_eq!(texts(Language::Kk).from(at("2018-04-10T00:00:00+06:00")), "2018 жылғы 10 сәуір");
    assert_eq!(texts(Language::Ru).from(at("2018-04-10T09:00:00+06:00")), "10 апреля 2018 г., 09:00:00");
}

#[test]
fn filling_in() {
    let date = [("date", "26 марта 2018 г.".to_owned()), ("who", "{date}".to_owned())];
    assert_eq!(fill("С {date}.", &date), "С 26 марта 2018 г.");
    assert_eq!(fill("{date}, {who}; {nobody}", &date), "26 марта 2018 г., {date}; {nobody}");
    assert_eq!(fill("no end {date", &date), "no end {date");
    assert_eq!(fill("", &date), "");
}

#[test]
fn the_portals_own_words() {
    let stages = [Stage::Queued, Stage::Notified, Stage::Referred];
    assert_eq!(
        stages.map(|stage| texts(Language::Ru).stage(stage)),
        ["В очереди", "Направлено уведомление", "Выдано направление"]
    );
    assert_eq!(texts(Language::Kk).stage(Stage::Notified), "Хабарлама жіберілді");
    assert_eq!(texts(Language::Ru).vacancy_state(VacancyState::FreeChoice), "В свободном выборе");
    assert_eq!(in_all(|texts| texts.benefit(None)), ["Жеңілдіксіз", "Без льготы", "No benefit"]);
    assert_eq!(texts(Language::Ru).close_reason(CloseReason::Withdrawn), "по желанию заявителя");
    // Rules A4: label for label.
    for (button, ru, kk) in [
        (Button::Choose, "Выбрать государственный детский сад", "Мемлекеттік балабақшаны таңдау"),
        (Button::SignAndSend, "Подписать и отправить", "Қол қою және жіберу"),
        (Button::RecallReferral, "Отозвать направление", "Жолдаманы кері қайтару"),
        (Button::Save, "Сохранить", "Сақтау"),
        (Button::Add, "Добавить", "Қосу"),
        (Button::Search, "Поиск", "Іздеу"),
        (Button::Accept, "Принять в ДДО", "БМҰ-ға қабылдау"),
        (Button::Refuse, "Отказать", "Бас тарту"),
        (Button::MarkDeparture, "Убыл", "Кетті"),
    ] {
        assert_eq!((texts(Language::Ru).button(button), texts(Language::Kk).button(button)), (ru, kk));
    }
    assert_eq!(texts(Language::Kk).button(Button::ConfirmRecall), "Бас тартуды растау");
}

#[test]
fn every_shipped_benefit_has_a_name() {
    for policy in Policy::names() {
        let policy = Policy::named(policy).unwrap();
        for benefit in &policy.benefits {
            for language in ALL {
                let name = Texts::of(language, &policy).unwrap().benefit(Some(&benefit.id));
                assert_ne!(name, benefit.id.as_str(), "{} has no name", benefit.id);
            }
        }
    }
}

#[test]
fn a_policys_own_name_of_a_benefit_goes_first() {
    let names = serde_json::json!({"base": "akmola-2018", "benefits": [
        {"id": "orphan", "tier": "listed", "names": {"ru": "Сирота"}}, {"id": "twins", "tier": "listed"}]});
    let policy = Policy::from_json(&names).unwrap();
    let [orphan, twins]: [BenefitId; 2] = ["orphan", "twins"].map(|id| id.parse().unwrap());
    assert_eq!(Texts::of(Language::Ru, &policy).unwrap().benefit(Some(&orphan)), "Сирота");
    assert_eq!(Texts::of(Language::Kk, &policy).unwrap().benefit(Some(&orphan)), "Жетім бала");
    assert_eq!(Texts::of(Language::Kk, &policy).unwrap().benefit(Some(&twins)), "twins");
}

#[test]
fn every_button_and_label_is_listed() {
    // A variant that is missing in ALL would leave its key unsaid.
    for (group, listed) in [
        ("button.", in_all(|texts| Button::ALL.map(|button| texts.button(button)).to_vec())),
        ("label.", in_all(|texts| Label::ALL.map(|label| texts.label(label)).to_vec())),
    ] {
        for (language, mut listed) in ALL.into_iter().zip(listed) {
            let stored = texts(language).stored().filter(|(key, _)| key.starts_with(group));
            let mut stored: Vec<_> = stored.map(|(_, text)| text).collect();
            listed.sort_unstable();
            stored.sort_unstable();
            assert_eq!(listed, stored, "{group}");
        }
    }
}

#[test]
fn every_role_has_its_buttons() {
    let of = |role| Button::of(role).filter_map(Button::command).collect::<BTreeSet<_>>();
    let applicant = [
        "change_benefit",
        "choose",
        "confirm_interest",
        "extend_referral",
        "link_parent",
        "pass_turn",
        "recall_referral",
        "submit",
        "withdraw",
    ];
    assert_eq!(of(Role::Applicant), BTreeSet::from(applicant));
    let staff = ["accept", "mark_departure", "prove_benefit", "publish_vacancy", "record_visit", "refuse"];
    assert_eq!(of(Role::Staff), BTreeSet::from(staff));
    let department =
        ["mark_departure", "overturn_refusal", "prove_benefit", "record_visit", "uphold_refusal"];
    assert_eq!(of(Role::Department), BTreeSet::from(department));
    assert_eq!(of(Role::Operator), BTreeSet::new());
    for button in Button::ALL {
        assert!(button.command().is_none_or(|name| Button::of_command(name) == Some(button)), "{button:?}");
    }
}

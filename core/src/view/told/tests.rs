//! Changes and forecasts in words: every cause and every reason in every language, each number in its form.

#![cfg(all(feature = "text-kk", feature = "text-ru", feature = "text-en"))]

use std::collections::BTreeSet;

use crate::{
    ApplicationNumber, CannotTell, ChangeCause, ChangePart, CloseReason, Day, Forecast, ForecastBasis,
    ForecastTurn, Label, Language, NumberChange, PositionChange, Stage, Texts, Zone,
};

const LANGUAGES: [Language; 3] = [Language::Kk, Language::Ru, Language::En];

const CAUSES: [ChangeCause; 22] = [
    ChangeCause::OwnRegistered,
    ChangeCause::OwnImported,
    ChangeCause::OwnReinstated,
    ChangeCause::OwnReturned,
    ChangeCause::OwnBenefitChanged,
    ChangeCause::OwnBenefitLost,
    ChangeCause::OwnCorrected,
    ChangeCause::OwnEnrolled,
    ChangeCause::OwnLeft,
    ChangeCause::LeftEnrolled,
    ChangeCause::LeftWithdrawn,
    ChangeCause::LeftClosed,
    ChangeCause::LeftBenefitChanged,
    ChangeCause::LeftCorrected,
    ChangeCause::JoinedRegistered,
    ChangeCause::JoinedImported,
    ChangeCause::JoinedReinstated,
    ChangeCause::JoinedReturned,
    ChangeCause::JoinedBenefitChanged,
    ChangeCause::JoinedCorrected,
    ChangeCause::TurnsGiven,
    ChangeCause::PolicyChanged,
];

fn texts(language: Language) -> Texts<'static> {
    Texts::new(language, Zone::Almaty).unwrap()
}

fn in_all<T>(say: impl Fn(Texts<'static>) -> T) -> [T; 3] {
    LANGUAGES.map(|language| say(texts(language)))
}

fn part(cause: ChangeCause, reason: Option<CloseReason>, change: i64, count: usize) -> ChangePart {
    ChangePart { cause, reason, change, count, events: Vec::new() }
}

/// What Russian says of so many.
fn ru(cause: ChangeCause, change: i64, count: usize) -> String {
    texts(Language::Ru).change_part(&part(cause, None, change, count))
}

fn number(before: u32, after: u32, causes: Vec<ChangePart>) -> NumberChange {
    NumberChange { before, after, change: i64::from(after) - i64::from(before), causes }
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// Whether a stored text, in one of its forms, stands in a told one: all between its arguments, in their order.
fn stands_in(told: &str, stored: &str) -> bool {
    stored.split('|').any(|form| {
        let mut parts = form.split(['{', '}']).step_by(2);
        let after = |rest: Option<&str>, part: &str| {
            rest.and_then(|rest| rest.split_once(part.trim_end_matches('.'))).map(|(_, rest)| rest.to_owned())
        };
        parts.try_fold(told.to_owned(), |rest, part| after(Some(&rest), part)).is_some()
    })
}

#[track_caller]
fn all_said(group: &str, texts: Texts<'_>, told: &BTreeSet<String>) {
    for (key, stored) in texts.stored().filter(|(key, _)| key.starts_with(group)) {
        assert!(told.iter().any(|told| stands_in(told, stored)), "{key} is never said: {stored}");
    }
    for text in told {
        assert!(!text.contains(['{', '}', '|']) && !text.contains(".."), "{text}");
        assert!(text.ends_with('.') && !text.contains("  "), "{text}");
    }
}

#[test]
fn every_cause_is_told_in_every_language() {
    for texts in LANGUAGES.map(texts) {
        let mut told = BTreeSet::new();
        for cause in CAUSES {
            let mut own = BTreeSet::new();
            for (change, count) in [(-1, 1), (1, 1), (-2, 2), (5, 5), (-21, 21), (4, 1), (-4, 1)] {
                own.insert(texts.change_part(&part(cause, None, change, count)));
            }
            told.append(&mut own);
        }
        for (before, after) in [(120, 113), (5, 5), (0, 7), (7, 0), (0, 0)] {
            told.extend(texts.number_change(Label::Number, &number(before, after, Vec::new())));
        }
        all_said("change.", texts, &told);
    }
}

#[test]
fn so_many_children_in_the_right_form() {
    let enrolled = |count: usize| ru(ChangeCause::LeftEnrolled, -i64::try_from(count).unwrap(), count);
    assert_eq!(enrolled(1), "1 ребёнок перед Вами зачислен в детский сад.");
    assert_eq!(enrolled(2), "2 ребёнка перед Вами зачислены в детский сад.");
    assert_eq!(enrolled(5), "5 детей перед Вами зачислены в детский сад.");
    assert_eq!(enrolled(11), "11 детей перед Вами зачислены в детский сад.");
    assert_eq!(enrolled(21), "21 ребёнок перед Вами зачислен в детский сад.");
    assert_eq!(
        in_all(|texts| texts.change_part(&part(ChangeCause::JoinedReturned, None, 2, 2))),
        [
            "Балабақшаға қабылдануы жойылған 2 бала қайтадан алдыңызда тұр.",
            "2 ребёнка снова в очереди перед Вами: зачисление отменено.",
            "2 children are in the queue before you again: the enrolments were annulled.",
        ]
    );
}

#[test]
fn the_order_among_others_tells_its_direction() {
    assert_eq!(
        ru(ChangeCause::LeftBenefitChanged, -1, 1),
        "Перед Вами стало на 1 ребёнка меньше: изменилась льгота других детей."
    );
    assert_eq!(
        ru(ChangeCause::JoinedBenefitChanged, 2, 2),
        "Перед Вами стало на 2 ребёнка больше: изменилась льгота других детей."
    );
    // One event may move many: what counts is how far.
    assert_eq!(
        in_all(|texts| texts.change_part(&part(ChangeCause::PolicyChanged, None, 12, 1))),
        [
            "Алдыңыздағы кезек 12 балаға ұзарды: кезек ережелері өзгерді.",
            "Перед Вами стало на 12 детей больше: изменились правила очереди.",
            "There are 12 children more before you: the rules of the queue were changed.",
        ]
    );
}

// F11: under shares one who leaves may take others along.
#[test]
fn a_number_that_moved_further_than_so_many_says_how_far() {
    assert_eq!(
        ru(ChangeCause::LeftWithdrawn, -4, 1),
        "1 ребёнок перед Вами снят с очереди по желанию семьи. Номер сдвинулся на 4 места вперёд."
    );
    assert_eq!(
        ru(ChangeCause::JoinedRegistered, 1, 2),
        "2 новых ребёнка стоят перед Вами по порядку льгот. Номер сдвинулся на 1 место назад."
    );
    assert_eq!(
        ru(ChangeCause::LeftEnrolled, 1, 1),
        "1 ребёнок перед Вами зачислен в детский сад. Номер сдвинулся на 1 место назад."
    );
}

#[test]
fn a_reason_is_told_with_it() {
    for reason in [
        CloseReason::Withdrawn,
        CloseReason::InterestLapsed,
        CloseReason::ReferralsLapsed,
        CloseReason::RefusalUpheld,
        CloseReason::AgeLimit,
        CloseReason::NoAnswer,
        CloseReason::Departed,
        CloseReason::Moved,
    ] {
        for texts in LANGUAGES.map(texts) {
            for cause in [ChangeCause::LeftClosed, ChangeCause::OwnLeft] {
                let told = texts.change_part(&part(cause, Some(reason), -3, 3));
                assert!(told.ends_with(&format!(" {}.", texts.close_reason(reason))), "{told}");
            }
        }
    }
    assert_eq!(
        in_all(|texts| texts.change_part(&part(ChangeCause::LeftClosed, Some(CloseReason::Moved), -1, 1))),
        [
            "Алдыңыздағы 1 бала кезектен алынды. Себебі: отбасы басқа елді мекенге көшті.",
            "1 ребёнок перед Вами снят с очереди. Причина: семья переехала в другой населённый пункт.",
            "1 child before you left the queue. Reason: the family has moved to another settlement.",
        ]
    );
}

#[test]
fn what_the_application_did_itself() {
    let changed = part(ChangeCause::OwnBenefitChanged, None, 3, 1);
    let told = |before, after| {
        let label = Label::NumberInBenefit;
        texts(Language::Ru).number_change(label, &number(before, after, vec![changed.clone()]))
    };
    let label = "Номер очереди по льготной категории";
    let own = "Льгота Вашего ребёнка изменена.";
    assert_eq!(told(0, 3), [format!("{label}: теперь 3."), own.to_owned()]);
    assert_eq!(told(3, 0), [format!("{label}: был 3, теперь номера нет."), own.to_owned()]);
    let moved = format!("{own} Номер сдвинулся на 3 места назад.");
    assert_eq!(told(2, 5), [format!("{label}: был 2, стал 5."), moved]);
}

#[test]
fn numbers_that_never_were_are_left_out() {
    let why = |number: NumberChange, in_benefit: NumberChange| PositionChange {
        application: "UO.2018.000001.1".parse::<ApplicationNumber>().unwrap(),
        from: "2018-01-10T09:00:00+06:00".parse().unwrap(),
        to: "2018-01-11T09:00:00+06:00".parse().unwrap(),
        in_group_year: number.clone(),
        number,
        in_benefit,
    };
    let none = || number(0, 0, Vec::new());
    let told = in_all(|texts| texts.position_change(&why(number(5, 5, Vec::new()), none())));
    assert_eq!(told[0], ["Кезек нөмірі: бұрынғыдай 5.", "Топ жылындағы нөмірі: бұрынғыдай 5."]);
    assert_eq!(told[1], ["Номер очереди: по-прежнему 5.", "Номер в году группы: по-прежнему 5."]);
    assert_eq!(told[2], ["Number in the queue: still 5.", "Number in the group year: still 5."]);
    // Something is always said.
    let told = in_all(|texts| texts.position_change(&why(none(), none())));
    assert_eq!(told[1], ["Номер очереди: номера нет."]);
    // A benefit that came and went is told.
    let came_and_went = vec![
        part(ChangeCause::OwnBenefitChanged, None, -1, 1),
        part(ChangeCause::OwnBenefitChanged, None, 1, 1),
    ];
    let told = in_all(|texts| texts.position_change(&why(none(), number(0, 0, came_and_went.clone()))));
    assert_eq!(told.map(|told| told.len()), [4, 4, 4]);
}

fn forecast(turn: Option<ForecastTurn>, cannot_tell: Option<CannotTell>, free_now: u32) -> Forecast {
    let year = |year: &str| serde_json::from_str(year).unwrap();
    Forecast {
        application: "UO.2018.000001.1".parse().unwrap(),
        asked_at: "2018-01-10T09:00:00+06:00".parse().unwrap(),
        ahead: 3,
        waiting_ahead: 2,
        free_now,
        turn,
        cannot_tell,
        basis: ForecastBasis {
            line: year("2015"),
            precedent: year("2014"),
            since: day("2017-01-11"),
            until: day("2018-01-09"),
            turns: 0,
            left: 0,
            joined: 0,
            lapsed: 0,
            places: 0,
        },
    }
}

fn turn(from: &str, to: &str, confidence: u8, samples: u32) -> Option<ForecastTurn> {
    Some(ForecastTurn { from: day(from), to: day(to), confidence, samples })
}

#[test]
fn a_forecast_tells_how_sure_it_is_and_promises_nothing() {
    let sure = forecast(turn("2018-06-01", "2018-08-31", 83, 120), None, 0);
    assert_eq!(
        in_all(|texts| texts.forecast(&sure)),
        [
            "Кезегіңіз шамамен мына аралықта келеді: 2018 жылғы 1 маусым — 2018 жылғы 31 тамыз. Осындай 100 \
             болжамның 83 болжамы дәл келген. Бұл — уәде емес, болжам ғана, ол өзгеруі мүмкін.",
            "Ваша очередь подойдёт ориентировочно с 1 июня 2018 г. по 31 августа 2018 г. Такие прогнозы сбывались \
             в 83 случаях из 100. Это прогноз, а не обещание: сроки могут измениться.",
            "Your turn may come between 1 June 2018 and 31 August 2018. Such forecasts held in 83 cases of 100. \
             This is a forecast and no promise: the dates may change.",
        ]
    );
    let one_day = forecast(turn("2018-06-01", "2018-06-01", 51, 20), None, 0);
    assert!(texts(Language::Ru).forecast(&one_day).starts_with(
        "Ваша очередь подойдёт ориентировочно в этот день: 1 июня 2018 г. Такие прогнозы сбывались в 51 случае из 100."
    ));
}

#[test]
fn a_turn_that_has_come_is_no_forecast() {
    let now = forecast(turn("2018-06-01", "2018-06-01", 100, 0), None, 0);
    assert_eq!(
        in_all(|texts| texts.forecast(&now)),
        ["Кезегіңіз келді.", "Ваша очередь подошла.", "Your turn has come."]
    );
}

#[test]
fn every_reason_why_no_date_is_told() {
    let since = Some(day("2018-01-10"));
    let whys = [
        CannotTell::NotInQueue { stage: Stage::Enrolled },
        CannotTell::Inactive {},
        CannotTell::Paused {},
        CannotTell::YoungRegister { since },
        CannotTell::NoPlacesSeen {},
        CannotTell::TooFar {},
        CannotTell::TooOldBefore { limit: day("2022-01-01") },
        CannotTell::Unsteady { held_percent: 40 },
        CannotTell::ThinData { samples: 3, needed: 20 },
    ];
    for texts in LANGUAGES.map(texts) {
        let mut told: BTreeSet<String> = whys.iter().map(|why| texts.cannot_tell(why)).collect();
        assert_eq!(told.len(), whys.len(), "{told:?}");
        told.extend(
            [("2018-06-01", 2), ("2018-06-02", 2), ("2018-06-01", 0)]
                .map(|(to, samples)| texts.forecast(&forecast(turn("2018-06-01", to, 80, samples), None, 4))),
        );
        all_said("forecast.", texts, &told);
    }
    let young = texts(Language::Ru).cannot_tell(&CannotTell::YoungRegister { since: None });
    assert_eq!(young, "Для прогноза нужны данные хотя бы за год, пока их недостаточно.");
}

#[test]
fn a_limit_is_told_as_its_last_good_day() {
    let why = CannotTell::TooOldBefore { limit: day("2022-01-01") };
    assert!(texts(Language::Ru).cannot_tell(&why).ends_with("31 декабря 2021 г."));
}

#[test]
fn places_of_free_choice_are_told_whatever_else_is() {
    let why = Some(CannotTell::TooFar {});
    assert_eq!(
        in_all(|texts| texts.forecast(&forecast(None, why, 2))),
        [
            "Кезегіңізге дейін әлі ұзақ, сондықтан күнін айту мүмкін емес. Еркін таңдауда кезегіңізді \
             күтпей-ақ қазір таңдауға болатын орындар бар: 2 орын.",
            "До Вашей очереди ещё далеко, поэтому срок назвать нельзя. В свободном выборе есть места, которые \
             можно выбрать уже сейчас, не дожидаясь очереди: 2 места.",
            "Your turn is still too far away for a date to be told. In free choice there are places that can be \
             chosen now, without waiting: 2 places.",
        ]
    );
}

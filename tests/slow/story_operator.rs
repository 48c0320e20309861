//! What the operator does in a story, but for what is about one application.

use chrono::Datelike;
use serde_json::{Value, json};

use super::calendar::{Instant, plus};
use super::luck::Luck;
use super::model::{Model, Stage, rfc};
use super::story::{BENEFITS, a_vacancy, acted, in_the_open};
use super::town::{Town, policy_of};

pub(crate) const GENERAL: [&str; 9] = [
    "withdraw_places",
    "withdraw_places",
    "import",
    "import",
    "import",
    "change_policy",
    "change_calendar",
    "pause",
    "resume",
];

pub(crate) fn command(name: &str, model: &Model, town: &Town, at: Instant, luck: &mut Luck) -> Value {
    let mut command = json!({ "type": name });
    match name {
        "withdraw_places" => {
            command["vacancy"] = json!(a_vacancy(model, None, luck));
            command["places"] = json!(luck.between(1, 2));
        }
        "import" => import(&mut command, model, town, at, luck),
        "change_policy" => {
            let mut policy = policy_of(luck);
            // One settlement, one clock.
            policy["zone"] = json!(model.policy.calendar.zone.name());
            command["policy"] = policy;
            command["from"] = json!(rfc(at + luck.one(&[0, 0, 1, 86_400, 500_000])));
        }
        "change_calendar" => change_calendar(&mut command, model, at, luck),
        _ => {}
    }
    in_the_open(&mut command, luck);
    acted(&mut command, luck, json!({"role": "operator", "name": "duty-1"}));
    command
}

/// One who registered before, in any stage, with ends that are near, or past.
fn import(command: &mut Value, model: &Model, town: &Town, at: Instant, luck: &mut Luck) {
    let (child, born) = luck.one(&town.children);
    command["application"] = json!(format!("16.UO.2017.{}.1", luck.between(1, 40)));
    command["applicant"] = json!(format!("p:parent-of-{}", &child[2..]));
    command["child"] = json!({"iin": child, "born": born.to_string()});
    command["registered_at"] = json!(rfc(at - luck.between(0, 900) * 86_400));
    command["benefit"] = if luck.rarely(2) { json!(luck.one(&BENEFITS)) } else { Value::Null };
    let stage = luck.one(&[
        Stage::Queued,
        Stage::Queued,
        Stage::Notified,
        Stage::Referred,
        Stage::UnderReview,
        Stage::StopListed,
        Stage::Enrolled,
    ]);
    let line = i64::from(born.year());
    let holds = match stage {
        Stage::Notified | Stage::Referred | Stage::UnderReview => true,
        Stage::Enrolled => luck.rarely(2),
        _ => false,
    };
    // A stage that holds a place cannot be imported where there is no vacancy.
    let stage = if holds && model.vacancies.is_empty() { Stage::Queued } else { stage };
    command["stage"] = json!(stage.name());
    if holds && !model.vacancies.is_empty() {
        command["vacancy"] = json!(a_vacancy(model, Some(line), luck));
    }
    let end = json!(rfc(at + luck.one(&[-1, 0, 1, 3_600, 86_400, 200_000, 900_000])));
    match stage {
        Stage::Notified => command["choose_by"] = end,
        Stage::Referred => {
            command["expires_at"] = end;
            if luck.rarely(2) {
                command["recall_until"] = json!(rfc(at + luck.one(&[-1, 1, 3_600])));
            }
            command["lapses"] = json!(luck.between(0, 1));
        }
        Stage::StopListed => {
            command["until"] = end;
            command["lapses"] = json!(1);
        }
        Stage::Enrolled if !holds => command["kindergarten"] = json!("bobek"),
        _ => {}
    }
    if luck.rarely(3) {
        command["parents"] = json!(["p:mother"]);
    }
}

/// The year that runs, with some days put on and off near now.
fn change_calendar(command: &mut Value, model: &Model, at: Instant, luck: &mut Luck) {
    let calendar = &model.policy.calendar;
    let today = calendar.day(at);
    let mut off = Vec::new();
    let mut on = Vec::new();
    let mut day = today.with_ordinal(1).expect("a day");
    while day.year() == today.year() {
        let mut works = calendar.works(day);
        if day > plus(today, -5) && day < plus(today, 12) && luck.rarely(6) {
            works = !works;
        }
        let weekend = day.weekday().num_days_from_monday() >= 5;
        match (works, weekend) {
            (true, true) => on.push(day.to_string()),
            (false, false) => off.push(day.to_string()),
            (_, _) => {}
        }
        day = plus(day, 1);
    }
    command["calendar"] = json!({
        "id": "kz-five-day", "known_at": today.to_string(),
        "years": {today.year().to_string(): {"off": off, "on": on}},
    });
}

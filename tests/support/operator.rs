//! What the operator does in a story: every command of wire.md 2, mostly one that fits.

use kezek::{Day, Moment, Register, Stage};
use serde_json::{Value, json};

use super::play::{BENEFITS, Fits, KINDERGARTENS, Known, Luck, a_vacancy, some, why};
use super::town::Town;

use Stage::{Closed, Enrolled, Inactive, Notified, Queued, Referred, StopListed, UnderReview};

/// The operator's commands, and the stages in which they are allowed; none where no application is asked for.
pub(crate) const DEEDS: [Fits; 17] = [
    ("import", &[]),
    ("import", &[]),
    ("import", &[]),
    ("reinstate", &[Closed, StopListed]),
    ("issue_referral", &[Queued, Notified, StopListed, Inactive]),
    ("void_referral", &[Referred, UnderReview]),
    ("void_enrolment", &[Enrolled]),
    ("void_departure", &[Closed]),
    ("unlink_parent", &[Queued, Enrolled]),
    ("correct", &[Queued, StopListed, Inactive]),
    ("correct", &[Queued, StopListed, Inactive]),
    ("move_out", &[Queued, Notified, StopListed, Inactive]),
    ("withdraw_places", &[]),
    ("change_policy", &[]),
    ("change_calendar", &[]),
    ("change_calendar", &[]),
    ("pause", &[]),
];

/// A command of the operator's.
pub(crate) fn deed(
    name: &str,
    stages: &[Stage],
    known: &[Known],
    (register, town): (&Register, &Town),
    luck: &mut Luck,
) -> Value {
    let name = if name == "pause" && luck.rarely(4) { "resume" } else { name };
    let mut command = match name {
        "import" => import(register, town, luck),
        "withdraw_places" => {
            let line = luck.one(&town.children).map_or(0, |kid| kid.born.year());
            let vacancy = a_vacancy(register, u16::try_from(line).unwrap_or(0), luck);
            json!({"vacancy": vacancy.unwrap_or(7), "places": luck.one(&[1, 1, 1, 2, 3, 0, 1000])})
        }
        "change_policy" => change_policy(register, town, luck),
        "change_calendar" => change_calendar(register, town, luck),
        "pause" | "resume" => json!({}),
        _ => about(name, some(known, stages, luck), register, luck),
    };
    command["type"] = json!(name);
    command["reason"] = if luck.rarely(3) { why(luck) } else { json!("by order") };
    let kind = luck.one(&["court", "department", "operator"]);
    command["authority"] = json!({"kind": kind, "document": "2-15/2018"});
    match luck.pick(7) {
        0..=3 => command["by"] = json!({"role": "operator", "name": "somebody"}),
        4 => command["by"] = json!({"role": "department"}),
        _ => {}
    }
    command
}

fn about(name: &str, one: Option<Known>, register: &Register, luck: &mut Luck) -> Value {
    let number = one.as_ref().map_or_else(|| "nobody".to_owned(), |one| one.number.to_string());
    let mut command = json!({"application": number});
    match name {
        "reinstate" if luck.rarely(2) => command["lapses"] = json!(luck.pick(3)),
        "issue_referral" => {
            let line = one.map_or(0, |one| one.line);
            command["vacancy"] = json!(a_vacancy(register, line, luck).unwrap_or(7));
        }
        "void_referral" => {
            if let Some(referral) = one.and_then(|one| one.referral)
                && luck.rarely(2)
            {
                command = json!({"referral": referral});
            }
        }
        "unlink_parent" => {
            let own = one.map_or("p:nobody".to_owned(), |one| one.applicant.reveal());
            command["parent"] = json!(luck.one(&[own.as_str(), "p:second", "p:parent-0"]));
        }
        "correct" => correction(&mut command, one.map_or(2015, |one| one.line), luck),
        _ => {}
    }
    command
}

fn correction(command: &mut Value, line: u16, luck: &mut Luck) {
    let what = luck.pick(7);
    if what.is_multiple_of(2) {
        command["benefit"] = json!(if luck.rarely(3) { None } else { luck.one(&BENEFITS) });
    }
    if what.is_multiple_of(3) {
        let year = i32::from(line) + luck.one(&[0, 0, 1, -1]).expect("a year");
        let month = u32::try_from(1 + luck.pick(12)).expect("a month");
        command["born"] = json!(Day::new(year, month, 9).map(|day| day.to_string()));
    }
    if what == 5 {
        command["group_year"] = json!(line + 1);
    }
}

/// An application of a running portal, in any stage, its ends running or past.
fn import(register: &Register, town: &Town, luck: &mut Luck) -> Value {
    let now = register.now().unwrap_or(town.begins);
    let kid = luck.one(&town.children).expect("children");
    let stages = [Queued, Queued, Notified, Referred, Referred, UnderReview, StopListed, Inactive, Enrolled];
    let stage = luck.one(&stages).expect("a stage");
    let line = u16::try_from(kid.born.year()).unwrap_or(0);
    let mut days = |from: i64, to: i64| {
        let span = usize::try_from(to - from).expect("a span") * 24;
        let hours = i64::try_from(luck.pick(span)).expect("a few");
        now.plus_seconds(from * 86_400 + hours * 3600)
    };
    let (since, end, recall, due) = (days(-500, 1), days(-4, 9), days(-2, 3), days(-30, 200));
    let mut command = json!({
        "application": format!("AA.{}", luck.pick(9)), "applicant": kid.parent,
        "child": {"iin": kid.iin, "born": kid.born.to_string()}, "registered_at": at(since, register),
        "stage": stage,
    });
    match stage {
        Notified => command["choose_by"] = at(end, register),
        Referred => command["expires_at"] = at(end, register),
        StopListed | Inactive => command["until"] = at(end, register),
        _ => {}
    }
    let holds = matches!(stage, Notified | Referred | UnderReview);
    if holds || stage == Enrolled && luck.rarely(2) {
        command["vacancy"] = json!(a_vacancy(register, line, luck).unwrap_or(7));
    } else if stage == Enrolled {
        command["kindergarten"] = json!(luck.one(&KINDERGARTENS));
    }
    if matches!(stage, Referred | UnderReview | Enrolled) && luck.rarely(2) {
        command["referral"] = json!(format!("190000{:02}01", luck.pick(7)));
    }
    if matches!(stage, Referred | UnderReview) && luck.rarely(2) {
        command["recall_until"] = at(recall, register);
    }
    if luck.rarely(2) {
        command["benefit"] = json!(luck.one(&BENEFITS));
    }
    if luck.rarely(3) {
        command["parents"] = json!(["p:second"]);
    }
    if luck.rarely(3) {
        command["next_due"] = at(due, register);
    }
    if luck.rarely(3) {
        command["lapses"] = json!(luck.pick(3));
        command["extensions"] = json!(luck.pick(2));
    }
    command
}

fn at(moment: Moment, register: &Register) -> Value {
    json!(moment.in_zone(register.policy().zone()).to_string())
}

/// One of the town's other policies, or the first one again: now, later, or too late to say.
fn change_policy(register: &Register, town: &Town, luck: &mut Luck) -> Value {
    let now = register.now().unwrap_or(town.begins);
    let mut policy = luck.one(&[town.others[0].clone(), town.others[1].clone(), town.policy.clone()]);
    if luck.pick(12) == 11
        && let Some(policy) = &mut policy
    {
        policy["zone"] = json!(if policy["zone"] == "Asia/Aqtau" { "Asia/Oral" } else { "Asia/Aqtau" });
    }
    let hours = luck.one(&[0, 0, 0, 1, 30, 30, 72, 300, -1]).expect("a few");
    json!({"policy": policy, "from": at(now.plus_seconds(hours * 3600), register)})
}

/// A year in which some of the next days are off, and perhaps a weekend is worked.
fn change_calendar(register: &Register, town: &Town, luck: &mut Luck) -> Value {
    let zone = register.policy().zone();
    let today = zone.day(register.now().unwrap_or(town.begins));
    let year = today.year();
    let days = (0..24).map(|days| today.plus_days(days)).filter(|day| day.year() == year);
    let (mut off, mut on) = (Vec::new(), Vec::new());
    let often = 2 + luck.pick(5);
    for day in days {
        match luck.pick(often) {
            0 => off.push(day.to_string()),
            1 => on.push(day.to_string()),
            _ => {}
        }
    }
    let id = if luck.pick(12) == 11 { "another" } else { "kz-five-day" };
    json!({"calendar": {
        "id": id, "known_at": today.to_string(), "years": {year.to_string(): {"off": off, "on": on}},
    }})
}

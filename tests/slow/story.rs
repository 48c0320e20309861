//! What is told to both: a moment, and perhaps a command, chosen by how the model stands.

use serde_json::{Value, json};

use super::calendar::{Instant, plus};
use super::luck::Luck;
use super::model::{Application, Model, Stage};
use super::story_operator as operator;
use super::town::Town;

/// One step of a story.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    pub(crate) at: Instant,
    /// None where the clock is only looked at.
    pub(crate) command: Option<Value>,
}

/// The next step, out of luck.
pub(crate) fn told(model: &Model, town: &Town, luck: &mut Luck) -> Told {
    let at = when(model, town, luck);
    // The command fits what will be the case then, mostly.
    let mut then = model.clone();
    then.settle(at);
    let command = if luck.rarely(10) { None } else { Some(what(&then, town, at, luck)) };
    Told { at, command }
}

/// Mostly at once; often beside a deadline; at times at midnight, or days later.
fn when(model: &Model, town: &Town, luck: &mut Luck) -> Instant {
    let Some(now) = model.now else { return town.begins };
    let calendar = &model.policy.calendar;
    let beside = luck.between(-1, 1);
    let at = match luck.between(0, 29) {
        0..=18 => now,
        19 => now + luck.between(1, 100_000),
        20..=23 => model.next_deadline().map_or(now, |at| at + beside),
        24..=25 => any_end(model, luck).map_or(now, |at| at + beside),
        26..=27 => calendar.midnight(plus(calendar.day(now), 1)) + beside,
        28 => now + 86_400 * luck.between(1, 12),
        _ => now + 3_600 * luck.between(1, 30),
    };
    // A birthday years ahead is not worth the way.
    if at - now > 400 * 86_400 { now } else { at.max(now) }
}

/// Some end that runs, be it the next or not: a window of recall is no deadline of the register.
fn any_end(model: &Model, luck: &mut Luck) -> Option<Instant> {
    let mut ends = Vec::new();
    for (who, one) in model.applications.iter().enumerate() {
        ends.extend(model.deadlines(who));
        ends.extend(one.live().and_then(|referral| referral.recall_until));
        ends.push(model.policy.calendar.reaches(one.born, model.policy.choose_from));
    }
    if ends.is_empty() { None } else { Some(luck.one(&ends)) }
}

fn what(model: &Model, town: &Town, at: Instant, luck: &mut Luck) -> Value {
    let mut command = match luck.between(0, 99) {
        // A pause is mostly ended before long.
        0..=59 if model.paused.is_some() => operator::command("resume", model, town, at, luck),
        0..=17 => submit(model, town, luck),
        18..=28 => publish(model, town, luck),
        _ if model.applications.is_empty() => submit(model, town, luck),
        29..=35 => {
            let name = luck.one(&operator::GENERAL);
            operator::command(name, model, town, at, luck)
        }
        _ => {
            let who = any_of(model, luck);
            about(model, who, at, luck)
        }
    };
    if luck.rarely(9) {
        command["key"] = json!(format!("key-{}", luck.between(0, 40)));
    }
    if luck.rarely(15) {
        let wrong = u64::from(luck.rarely(4));
        let mut then = model.clone();
        then.settle(at);
        command["expected_revision"] = json!(then.revision() + wrong);
    }
    command
}

/// An application; mostly one that is still in the queue.
fn any_of(model: &Model, luck: &mut Luck) -> usize {
    let all: Vec<usize> = (0..model.applications.len()).collect();
    let active: Vec<usize> = all.iter().copied().filter(|who| model.applications[*who].active()).collect();
    if active.is_empty() || luck.rarely(6) { luck.one(&all) } else { luck.one(&active) }
}

pub(crate) const BENEFITS: [&str; 5] =
    ["serviceman", "orphan", "large-family", "disabled-parent", "unheard-of"];

fn submit(model: &Model, town: &Town, luck: &mut Luck) -> Value {
    let (child, born) = luck.one(&town.children);
    let parent = format!("p:parent-of-{}", &child[2..]);
    let mut command =
        json!({"type": "submit", "applicant": parent, "child": {"iin": child, "born": born.to_string()}});
    if luck.rarely(2) {
        command["benefit"] = json!(luck.one(&BENEFITS));
        command["documents"] = json!(luck.one(&[1, 2, 1, 2, 0]));
    }
    if town.own_numbers || luck.rarely(12) {
        let count = model.applications.iter().filter(|one| one.child == child).count();
        let own = format!("{}/{count}", &child[2..]);
        command["application"] =
            json!(luck.one(&[own.clone(), own.clone(), own, "UO.2018.000003.1".to_owned()]));
    }
    acted(&mut command, luck, json!({"role": "applicant", "iin": parent}));
    command
}

const KINDERGARTENS: [&str; 3] = ["bobek", "aigolek", "balapan"];

fn publish(model: &Model, town: &Town, luck: &mut Luck) -> Value {
    let kindergarten = luck.one(&KINDERGARTENS);
    let lines: Vec<i64> = model.applications.iter().map(|one| one.line).collect();
    let (_, born) = luck.one(&town.children);
    let line = if lines.is_empty() { i64::from(chrono::Datelike::year(&born)) } else { luck.one(&lines) };
    let mut command = json!({
        "type": "publish_vacancy", "kindergarten": kindergarten, "group_year": line,
        "places": luck.one(&[1, 1, 1, 1, 2, 3, 0]), "language": luck.one(&["kk", "ru", "en"]),
    });
    acted(&mut command, luck, json!({"role": "staff", "kindergartens": [kindergarten]}));
    command
}

pub(crate) fn in_the_open(command: &mut Value, luck: &mut Luck) {
    command["reason"] = why(luck);
    command["authority"] = json!({"kind": "court", "document": "2-15"});
}

/// Mostly one of that line with places.
pub(crate) fn a_vacancy(model: &Model, line: Option<i64>, luck: &mut Luck) -> usize {
    let all: Vec<usize> = (0..model.vacancies.len()).collect();
    let fits = |index: &usize| {
        let vacancy = &model.vacancies[*index];
        line.is_none_or(|line| vacancy.line == line) && vacancy.count_open() + vacancy.count_waiting() > 0
    };
    let fitting: Vec<usize> = all.iter().copied().filter(fits).collect();
    match (fitting.is_empty() || luck.rarely(6), all.is_empty()) {
        (_, true) => 1,
        (true, false) => luck.one(&all) + 1,
        (false, false) => luck.one(&fitting) + 1,
    }
}

/// What somebody may do in a stage, most wanted first.
fn fitting(stage: Stage) -> &'static [&'static str] {
    match stage {
        Stage::Queued => {
            &["choose", "choose", "confirm_interest", "change_benefit", "withdraw", "link_parent"]
        }
        Stage::Notified => {
            &["choose", "choose", "choose", "choose", "pass_turn", "withdraw", "confirm_interest"]
        }
        Stage::Referred => &[
            "accept",
            "extend_referral",
            "extend_referral",
            "recall_referral",
            "recall_referral",
            "record_visit",
            "refuse",
            "refuse",
        ],
        Stage::UnderReview => {
            &["uphold_refusal", "overturn_refusal", "overturn_refusal", "withdraw", "accept"]
        }
        Stage::StopListed => &["choose", "confirm_interest", "withdraw", "reinstate", "issue_referral"],
        Stage::Inactive => &["confirm_interest", "confirm_interest", "withdraw"],
        Stage::Enrolled => &["mark_departure", "mark_departure", "void_enrolment", "link_parent"],
        Stage::Closed => &["reinstate", "void_departure", "withdraw"],
    }
}

const ALL: [&str; 23] = [
    "choose",
    "change_benefit",
    "confirm_interest",
    "link_parent",
    "withdraw",
    "pass_turn",
    "extend_referral",
    "recall_referral",
    "record_visit",
    "prove_benefit",
    "accept",
    "refuse",
    "uphold_refusal",
    "overturn_refusal",
    "mark_departure",
    "reinstate",
    "issue_referral",
    "void_referral",
    "void_enrolment",
    "void_departure",
    "correct",
    "move_out",
    "unlink_parent",
];

fn about(model: &Model, who: usize, at: Instant, luck: &mut Luck) -> Value {
    let one = &model.applications[who];
    let name = if luck.rarely(6) { luck.one(&ALL) } else { luck.one(fitting(one.stage)) };
    let mut command = json!({ "type": name });
    name_it(&mut command, one, luck);
    let staff =
        json!({"role": "staff", "kindergartens": [one.last_kindergarten.as_deref().unwrap_or("elsewhere")]});
    let department = json!({"role": "department"});
    let applicant = json!({"role": "applicant", "iin": one.applicant});
    let by = match name {
        "choose" => {
            command["vacancy"] = json!(a_vacancy(model, Some(one.line), luck));
            applicant
        }
        "change_benefit" => {
            command["benefit"] = if luck.rarely(4) { Value::Null } else { json!(luck.one(&BENEFITS)) };
            applicant
        }
        "link_parent" => {
            command["parent"] = json!(format!("p:second-{}", luck.between(0, 30)));
            applicant
        }
        "extend_referral" => {
            let calendar = &model.policy.calendar;
            let from = one.live().and_then(|referral| referral.expires_at).unwrap_or(at);
            let days = luck.one(&[0, 1, 1, 2, 3, 4, 5, 29, 30, 31, -1, -2]);
            command["until"] = json!(plus(calendar.day(from), days).to_string());
            command["reason"] = why(luck);
            applicant
        }
        "recall_referral" => {
            command["reason"] = why(luck);
            applicant
        }
        "refuse" => {
            command["reason"] = why(luck);
            staff
        }
        "mark_departure" => {
            command["reason"] = why(luck);
            command["date"] = json!("2018-06-01");
            luck.one(&[staff, department])
        }
        "record_visit" | "prove_benefit" => luck.one(&[staff, department]),
        "accept" => staff,
        "uphold_refusal" | "overturn_refusal" => department,
        _ if super::commands::OPERATOR.contains(&name) => {
            in_the_open(&mut command, luck);
            match name {
                "reinstate" if luck.rarely(2) => command["lapses"] = json!(luck.between(0, 2)),
                "issue_referral" => command["vacancy"] = json!(a_vacancy(model, Some(one.line), luck)),
                "unlink_parent" => {
                    let all = [one.parents.clone(), vec![one.applicant.clone()]].concat();
                    command["parent"] = json!(luck.one(&all));
                }
                "correct" if luck.rarely(2) => command["benefit"] = json!(luck.one(&BENEFITS)),
                "correct" => command["born"] = json!(plus(one.born, luck.between(-40, 40)).to_string()),
                _ => {}
            }
            json!({"role": "operator", "name": "duty-1"})
        }
        _ => applicant,
    };
    acted(&mut command, luck, by);
    command
}

/// R69: by its number, by its referral, by the child.
fn name_it(command: &mut Value, one: &Application, luck: &mut Luck) {
    let of_referral = [
        "extend_referral",
        "recall_referral",
        "record_visit",
        "accept",
        "refuse",
        "uphold_refusal",
        "overturn_refusal",
        "void_referral",
    ];
    if of_referral.iter().any(|name| command["type"] == *name) {
        if !one.referrals.is_empty() && luck.rarely(2) {
            // Mostly the last one.
            let last = one.referrals.len() - 1;
            command["referral"] =
                json!(if luck.rarely(5) { &one.referrals[0] } else { &one.referrals[last] });
            return;
        }
        if luck.rarely(3) {
            command["child"] = json!(one.child);
            return;
        }
    }
    command["application"] = json!(one.number);
}

fn why(luck: &mut Luck) -> Value {
    match luck.between(0, 7) {
        0 => json!(" "),
        1 => json!({"code": "moved", "text": "moved away"}),
        _ => json!("moved away"),
    }
}

/// Who asks: mostly nobody in particular, or the right one, with a signature.
pub(crate) fn acted(command: &mut Value, luck: &mut Luck, right: Value) {
    match luck.between(0, 9) {
        0..=4 => {}
        5..=7 => {
            command["by"] = right;
            command["signature"] = json!("signed");
        }
        8 => command["by"] = right,
        _ => {
            let others = [
                json!({"role": "applicant", "iin": "p:stranger"}),
                json!({"role": "staff", "kindergartens": [luck.one(&["bobek", "elsewhere"])]}),
                json!({"role": "department"}),
                json!({"role": "operator", "name": "duty-2"}),
            ];
            command["by"] = luck.one(&others);
        }
    }
}

//! A story out of bytes: each step some time and a command that mostly fits, under a policy of ours.

use arbitrary::{Result, Unstructured};
use kezek::{Moment, Policy, Register};
use serde_json::{Value, json};

use crate::edit::spoil;
use crate::wire::{is_whole, live};

const NAMES: [&str; 31] = [
    "submit",
    "publish_vacancy",
    "choose",
    "pass_turn",
    "accept",
    "refuse",
    "recall_referral",
    "confirm_interest",
    "change_benefit",
    "link_parent",
    "withdraw",
    "extend_referral",
    "record_visit",
    "prove_benefit",
    "uphold_refusal",
    "overturn_refusal",
    "mark_departure",
    "import",
    "reinstate",
    "issue_referral",
    "void_referral",
    "void_enrolment",
    "void_departure",
    "withdraw_places",
    "unlink_parent",
    "correct",
    "move_out",
    "change_policy",
    "change_calendar",
    "pause",
    "resume",
];
const POLICIES: [&str; 5] = ["akmola-2018", "aktobe-2018", "astana-2018", "astana-2019", "kz-2025"];
const MOST_STEPS: usize = 60;

/// Commands one after the other; after each, what is refused has changed nothing, and at the end all is whole.
pub fn apply(bytes: &[u8]) {
    let _ = try_apply(&mut Unstructured::new(bytes));
}

fn try_apply(bytes: &mut Unstructured<'_>) -> Result<()> {
    let policy = Policy::named(bytes.choose(&POLICIES)?).expect("a policy of ours");
    let mut register = Register::new(policy).expect("a register");
    let mut now: Moment = "2018-01-10T09:00:00+06:00".parse().expect("an instant");
    for _ in 0..MOST_STEPS {
        if bytes.is_empty() {
            break;
        }
        now = later(&register, now, bytes)?;
        let at = now.in_zone(register.policy().zone()).to_string();
        let step = if bytes.ratio(1, 8)? {
            json!({"at": at, "advance": true})
        } else {
            let mut command = command(&register, now, bytes)?;
            if bytes.ratio(1, 8)? {
                spoil(&mut command, bytes)?;
            }
            json!({"at": at, "do": command})
        };
        let judged = register.check_json(&step["do"], &at);
        let before = register.revision();
        live(&mut register, &step);
        // (A key that was used is answered as before: nothing happens.)
        if let (Ok(judged), None) = (judged, step["do"].get("key")) {
            let said = judged["denials"].as_array().is_some_and(|denials| !denials.is_empty());
            let events = register.events_after(before).map_or(0, <[_]>::len);
            assert!(
                said || events > 0 || register.now() == Some(now),
                "nothing happened, and nobody said no"
            );
        }
        if let Some(next) = register.next_deadline() {
            assert!(register.now().is_none_or(|now| next.at > now), "law 5");
        }
    }
    is_whole(&register);
    Ok(())
}

fn later(register: &Register, now: Moment, bytes: &mut Unstructured<'_>) -> Result<Moment> {
    let due = register.next_deadline().map_or(now, |next| next.at);
    Ok(match bytes.int_in_range(0..=7)? {
        0..=2 => now,
        3 => now.plus_seconds(i64::from(bytes.arbitrary::<u16>()?)),
        4 => now.plus_seconds(86_400 * i64::from(bytes.arbitrary::<u8>()?)),
        5 => due,
        6 => due.plus_seconds(i64::from(bytes.int_in_range(-2..=2_i8)?)),
        _ if bytes.ratio(1, 8)? => Moment::from_unix(bytes.arbitrary()?),
        _ => now.plus_seconds(3600),
    })
}

fn command(register: &Register, now: Moment, bytes: &mut Unstructured<'_>) -> Result<Value> {
    let name = *bytes.choose(&NAMES)?;
    let numbers: Vec<String> = {
        let mut all: Vec<_> = register
            .events()
            .iter()
            .filter_map(|event| event.fact.application())
            .map(ToString::to_string)
            .collect();
        all.sort();
        all.dedup();
        all
    };
    let number = if numbers.is_empty() { "UO.2018.000001.1" } else { bytes.choose(&numbers)?.as_str() };
    let zone = register.policy().zone();
    let day = zone.day(now).plus_days(i32::from(bytes.int_in_range(-40..=90_i8)?)).to_string();
    let line = bytes.int_in_range(2012..=2017)?;
    let person = |who: &str, n: u8| format!("p:{who}-{}", n % 6);
    let benefits = json!([null, "orphan", "large-family", "disabled-parent", "veteran-equated", "nonsense"]);
    let benefit = benefits[bytes.int_in_range(0..=5_usize)?].clone();
    let kindergarten = *bytes.choose(&["bobek", "balapan", "айгүл"])?;
    let vacancy = bytes.int_in_range(1..=6)?;
    let child = json!({"iin": person("child", bytes.arbitrary()?), "born": format!("{line}-0{}-02", bytes.int_in_range(1..=9)?)});
    let mut command = match name {
        "submit" => {
            json!({"applicant": person("parent", bytes.arbitrary()?), "child": child, "benefit": benefit})
        }
        "publish_vacancy" => json!({"kindergarten": kindergarten, "group_year": line,
            "language": *bytes.choose(&["kk", "ru"])?, "places": bytes.int_in_range(0..=4)?}),
        "choose" | "issue_referral" => json!({"application": number, "vacancy": vacancy}),
        "change_benefit" => {
            json!({"application": number, "benefit": benefit, "documents": bytes.int_in_range(0..=3)?})
        }
        "link_parent" | "unlink_parent" => {
            json!({"application": number, "parent": person("parent", bytes.arbitrary()?)})
        }
        "extend_referral" => json!({"application": number, "until": day, "reason": "ill"}),
        "mark_departure" => json!({"application": number, "date": day, "reason": "moved"}),
        "withdraw_places" => json!({"vacancy": vacancy, "places": bytes.int_in_range(0..=3)?}),
        "correct" => json!({"application": number, "benefit": benefit, "born": child["born"]}),
        "reinstate" => json!({"application": number, "lapses": bytes.int_in_range(0..=2)?}),
        "change_policy" => json!({"policy": *bytes.choose(&POLICIES)?, "from": day}),
        "change_calendar" => json!({"calendar": calendar(bytes)?}),
        "import" => import(register, now, &child, bytes)?,
        "pause" | "resume" => json!({}),
        _ => json!({"application": number, "reason": "their wish"}),
    };
    command["type"] = json!(name);
    if NAMES.iter().position(|known| *known == name) > Some(16) {
        command["reason"] = json!("by order");
        command["authority"] = json!({"kind": "department", "document": "2-15/2018"});
    }
    let by = [
        Value::Null,
        json!({"role": "applicant", "iin": person("parent", bytes.arbitrary()?)}),
        json!({"role": "staff", "kindergartens": [kindergarten]}),
        json!({"role": "department"}),
        json!({"role": "operator", "name": "somebody"}),
    ];
    let by = bytes.choose(&by)?;
    if !by.is_null() {
        command["by"] = by.clone();
    }
    if bytes.ratio(1, 6)? {
        command["key"] = json!(format!("k{}", bytes.arbitrary::<u8>()? % 4));
    }
    Ok(command)
}

/// The calendar of Kazakhstan, a day in it off that was not, or on.
fn calendar(bytes: &mut Unstructured<'_>) -> Result<Value> {
    let (on, day) =
        (bytes.arbitrary()?, format!("2018-0{}-1{}", bytes.int_in_range(1..=9)?, bytes.int_in_range(0..=9)?));
    let year = if on { json!({"off": [], "on": [day]}) } else { json!({"off": [day], "on": []}) };
    Ok(json!({"id": "own", "known_at": "2018-01-01", "years": {"2018": year}}))
}

/// An application of a running portal: the ends of its stage, near now.
fn import(register: &Register, now: Moment, child: &Value, bytes: &mut Unstructured<'_>) -> Result<Value> {
    let zone = register.policy().zone();
    let mut near = |days: i8| -> Result<String> {
        let hours = i64::from(days) * 24 + i64::from(bytes.arbitrary::<i8>()?);
        Ok(now.plus_seconds(hours * 3600).in_zone(zone).to_string())
    };
    let (registered, end, due) = (near(-90)?, near(3)?, near(60)?);
    let (stage, needs): (&str, &[&str]) = *bytes.choose(&[
        ("queued", &["next_due"][..]),
        ("notified", &["choose_by", "vacancy"]),
        ("referred", &["expires_at", "referral", "vacancy"]),
        ("under_review", &["expires_at", "referral", "vacancy"]),
        ("stop_listed", &["until"]),
        ("inactive", &["until"]),
        ("enrolled", &["referral", "kindergarten"]),
        ("closed", &[]),
    ])?;
    let mut command = json!({"applicant": "p:parent-7", "child": child, "registered_at": registered,
        "application": format!("AA.{}", bytes.arbitrary::<u8>()? % 8), "stage": stage});
    for (key, value) in [
        ("choose_by", json!(end)),
        ("expires_at", json!(end)),
        ("recall_until", json!(end)),
        ("until", json!(end)),
        ("next_due", json!(due)),
        ("lapses", json!(1)),
        ("extensions", json!(1)),
        ("referral", json!("1000000101")),
        ("vacancy", json!(bytes.int_in_range(1..=3)?)),
        ("kindergarten", json!("bobek")),
    ] {
        // What the stage needs, mostly; anything else, seldom.
        if bytes.ratio(if needs.contains(&key) { 7 } else { 1 }, 8)? {
            command[key] = value;
        }
    }
    Ok(command)
}

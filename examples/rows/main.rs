//! A portal of rows: no register, one SQLite table of applications with a card each.
//!
//! ```text
//! cargo run --example rows
//! ```
//!
//! Two children, one place: the turn comes by `ORDER BY order_key`, nothing is chosen in time, and the place
//! opens to everybody. Then a register reads the portal's journal, and says the same.

#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "commands and effects may be added; a portal follows those that it knows"
)]

mod portal;

use kezek::{Command, Moment, Policy, Register};
use portal::{Failure, Portal};
use rusqlite::Connection;
use serde_json::{Value, json};

fn main() -> Result<(), Failure> {
    let policy = Policy::named("akmola-2018")?;
    let mut portal = Portal::found(Connection::open_in_memory()?, policy)?;
    let child = |n: u32| json!({"iin": format!("p:child-{n}"), "born": "2015-05-02"});
    tell(
        &mut portal,
        "2018-01-10T09:00:00+06:00",
        json!({"type": "submit", "applicant": "p:a", "child": child(1)}),
    )?;
    tell(
        &mut portal,
        "2018-01-10T09:00:01+06:00",
        json!({"type": "submit", "applicant": "p:b", "child": child(2)}),
    )?;
    let publish = json!({"type": "publish_vacancy", "kindergarten": "bobek", "group_year": 2015, "language": "ru",
        "places": 1});
    tell(&mut portal, "2018-03-16T18:20:00+06:00", publish)?;
    let choose = json!({"type": "choose", "application": "UO.2018.000002.1", "vacancy": 1});
    tell(&mut portal, "2018-03-26T10:00:00+06:00", choose.clone())?;
    tell(&mut portal, "2018-03-27T00:00:00+06:00", choose)?;

    // Whoever has the referral does not come.
    let expired = portal.advance("2018-05-01T00:00:00+06:00".parse()?)?;
    println!(
        "by 1 May: {}",
        expired.events.iter().map(|event| event.fact.name()).collect::<Vec<_>>().join(", ")
    );

    let register = Register::replay(portal.journal()?)?;
    println!("a register of the same journal: revision {}, {}", register.revision(), register.digest());
    Ok(())
}

fn tell(portal: &mut Portal, at: &str, command: Value) -> Result<(), Failure> {
    let now: Moment = at.parse()?;
    let outcome = portal.apply(&Command::from_json(&command)?, now)?;
    println!("{at}  {}", command.get("type").and_then(Value::as_str).unwrap_or_default());
    for event in &outcome.events {
        let number = event.fact.application().map(ToString::to_string).unwrap_or_default();
        println!("  {:>3} {:<20} {number}", event.seq, event.fact.name());
    }
    for denial in &outcome.denials {
        println!("      denied: {} ({})", denial.code(), denial.rule);
    }
    Ok(())
}

//! The figures as Markdown, ready to be pasted.

use std::fmt::Write as _;

use crate::figures::Row;
use crate::work::Outcome;
use crate::{Arguments, Kept};

/// The figures of one kind of work.
type Pick = fn(&Outcome) -> Row;

/// Everything.
pub(crate) fn told(arguments: &Arguments, outcomes: &[(Kept, Outcome)]) -> String {
    let alone = outcomes.iter().find(|(kept, _)| *kept == Kept::Postgresql).map(|(_, outcome)| outcome);
    let mut text = String::from("| a second (times PostgreSQL alone) · median / p99 / longest in ms |");
    for (kept, _) in outcomes {
        let _ = write!(text, " {} |", name(*kept));
    }
    text += "\n|---|";
    text += &"---|".repeat(outcomes.len());
    let readers = arguments.readers.unwrap_or(arguments.connections);
    let asked = format!("for {} s, {readers} at a time", arguments.seconds);
    let rows: [(String, Pick); 5] = [
        (
            format!("{} registrations, {} at a time", thousands(arguments.families), arguments.connections),
            |all| all.registrations,
        ),
        (format!("{} places in publications of 100", thousands(arguments.places)), |all| all.publications),
        (format!("positions, {asked}"), |all| all.positions),
        (format!("dossiers, {asked}"), |all| all.dossiers),
        (format!("{} families for one place, {} times", arguments.rivals, arguments.rushes), |all| all.rush),
    ];
    for (what, row) in rows {
        let _ = write!(text, "\n| {what} |");
        for (_, outcome) in outcomes {
            let _ = write!(text, " {} |", figures(row(outcome), alone.map(row)));
        }
    }
    text += "\n| errors |";
    outcomes.iter().for_each(|(_, outcome)| {
        let _ = write!(text, " {} |", outcome.errors());
    });
    text += "\n| the portal's memory |";
    for (_, outcome) in outcomes {
        let _ = match outcome.memory {
            Some(megabytes) => write!(text, " {megabytes} MB |"),
            None => write!(text, " |"),
        };
    }
    text += "\n\n";
    for (kept, outcome) in outcomes {
        if let Some(heard) = outcome.heard {
            let _ = writeln!(
                text,
                "{}, {} pages that listen, {readers} readers: from the answer of a publication to the event on a page, {} events: \
                 median {:.1} ms, p99 {:.1} ms, longest {:.1} ms; {} streams broke off; the portal's memory {} MB.\n",
                name(*kept),
                thousands(arguments.listeners),
                thousands(heard.count),
                heard.median,
                heard.p99,
                heard.longest,
                heard.errors,
                outcome.memory.unwrap_or_default(),
            );
        }
        let _ = writeln!(text, "{}, on the disk at the end: {}.", name(*kept), outcome.judged);
    }
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let _ =
        writeln!(text, "A machine of {cores} cores; its load over the last 1, 5 and 15 minutes: {}.", load());
    text
}

/// How busy the machine was over the last minutes.
pub(crate) fn load() -> String {
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    load.split_whitespace().take(3).collect::<Vec<_>>().join(" ")
}

fn name(kept: Kept) -> &'static str {
    match kept {
        Kept::PortalSqlite => "the portal, SQLite",
        Kept::PortalPostgresql => "the portal, PostgreSQL",
        Kept::Postgresql => "PostgreSQL alone, no rules",
    }
}

fn figures(row: Row, alone: Option<Row>) -> String {
    let times = alone.filter(|alone| alone.rate > 0.0).map(|alone| row.rate / alone.rate);
    let times = times.map_or_else(String::new, |times| format!(" ({times:.1}×)"));
    let rate =
        if row.rate < 100.0 { format!("{:.1}", row.rate) } else { grouped(&format!("{:.0}", row.rate)) };
    format!("{rate}{times} · {:.1} / {:.1} / {:.0}", row.median, row.p99, row.longest)
}

fn thousands(number: usize) -> String {
    grouped(&number.to_string())
}

/// 50000 becomes 50,000.
fn grouped(digits: &str) -> String {
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

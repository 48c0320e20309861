//! Metrics, in the words of Prometheus. No label says anything about a person.

use std::time::Duration;

use metrics::{counter, gauge, histogram};

/// The commands of the wire: a label is one of these, whatever somebody sends.
const COMMANDS: [&str; 32] = [
    "submit",
    "change_benefit",
    "confirm_interest",
    "link_parent",
    "withdraw",
    "pass_turn",
    "publish_vacancy",
    "choose",
    "extend_referral",
    "recall_referral",
    "record_visit",
    "prove_benefit",
    "accept",
    "refuse",
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
    "unknown",
];

/// The command of that name, or `unknown`.
pub(crate) fn known_command(name: &str) -> &'static str {
    COMMANDS.into_iter().find(|known| *known == name).unwrap_or("unknown")
}

/// A command was done, or denied.
pub(crate) fn command(name: &'static str, done: bool) {
    counter!("portal_commands_total", "type" => name, "result" => if done { "done" } else { "denied" })
        .increment(1);
}

/// A transaction was committed.
pub(crate) fn transaction(settlement: &str, commands: usize, events: usize, took: Duration) {
    if commands == 0 {
        return;
    }
    let settlement = settlement.to_owned();
    histogram!("portal_transaction_seconds", "settlement" => settlement.clone()).record(took);
    histogram!("portal_transaction_commands", "settlement" => settlement.clone()).record(count(commands));
    histogram!("portal_transaction_events", "settlement" => settlement).record(count(events));
}

/// A transaction failed.
pub(crate) fn failed_transaction(settlement: &str) {
    counter!("portal_transactions_failed_total", "settlement" => settlement.to_owned()).increment(1);
}

/// By how much the deadline that is settled now is late, in seconds.
pub(crate) fn deadline_lag(settlement: &str, seconds: i64) {
    gauge!("portal_deadline_lag_seconds", "settlement" => settlement.to_owned()).set(float(seconds));
}

/// A request was answered.
pub(crate) fn request(method: &str, route: &str, status: u16, took: Duration) {
    let labels = [("method", method.to_owned()), ("route", route.to_owned()), ("status", status.to_string())];
    histogram!("portal_request_seconds", &labels).record(took);
}

/// What is looked up when somebody asks for the metrics.
pub(crate) fn standing(settlement: &str, revision: i64, live: usize, waiting: Option<i64>) {
    let settlement = settlement.to_owned();
    gauge!("portal_revision", "settlement" => settlement.clone()).set(float(revision));
    gauge!("portal_live_applications", "settlement" => settlement.clone()).set(count(live));
    if let Some(waiting) = waiting {
        gauge!("portal_outbox_waiting", "settlement" => settlement).set(float(waiting));
    }
}

/// Whether the clock may be believed, and by how many seconds it is off.
pub(crate) fn clock(good: bool, apart: i64) {
    gauge!("portal_clock_good").set(if good { 1.0 } else { 0.0 });
    gauge!("portal_clock_apart_seconds").set(float(apart));
}

/// A parcel of the outbox.
pub(crate) fn parcels(settlement: &str, result: &'static str, parcels: usize) {
    let parcels = u64::try_from(parcels).unwrap_or(u64::MAX);
    counter!("portal_messages_total", "settlement" => settlement.to_owned(), "result" => result)
        .increment(parcels);
}

fn count(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::MAX, f64::from)
}

fn float(number: i64) -> f64 {
    i32::try_from(number).map_or(f64::MAX, f64::from)
}

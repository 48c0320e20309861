//! The task that lets happen what falls due, at its moment.

use std::sync::Arc;
use std::time::Duration;

use super::{Refusal, Settlement};
use crate::clock::Time;
use crate::meter;

/// The longest sleep: a clock that is set meanwhile is noticed then.
const STEP: Duration = Duration::from_secs(10);

/// Sleeps until the next deadline, and has it settled. A new event may bring an earlier one.
pub(super) async fn run(settlement: Arc<Settlement>) {
    let mut changed = settlement.watch();
    loop {
        let next = settlement.read().register.next_deadline().map(|next| next.at);
        let sleep = match (next, settlement.clock.read()) {
            (Some(at), Time::Good(now)) if at <= now && !settlement.clock_leapt() => {
                meter::deadline_lag(&settlement.id, now.unix().saturating_sub(at.unix()));
                match settlement.settle().await {
                    Ok(()) => Duration::from_millis(50),
                    Err(Refusal::Input(_) | Refusal::ClockLeapt | Refusal::Unavailable) => {
                        Duration::from_secs(1)
                    }
                }
            }
            (Some(at), Time::Good(now)) => {
                meter::deadline_lag(&settlement.id, 0);
                let left = u64::try_from(at.unix().saturating_sub(now.unix())).unwrap_or(0);
                Duration::from_secs(left.max(1)).min(STEP)
            }
            (None, _) | (_, Time::Leapt(_)) => STEP,
        };
        // A file stands in for the clock in tests, and may be set at any time.
        let sleep = if settlement.clock.is_file() { sleep.min(Duration::from_millis(200)) } else { sleep };
        tokio::select! {
            () = tokio::time::sleep(sleep) => {}
            still = changed.changed() => if still.is_err() { return },
        }
    }
}

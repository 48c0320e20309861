//! The order of service as a key of a database.

use crate::queue::{Class, Service};
use crate::{BenefitId, Moment, Policy};

/// A string that orders the applications of one line as they are served, for `ORDER BY`; none where the order
/// is no key: with benefit shares (F11) it depends on where the cycle stands.
///
/// Compare byte by byte (`COLLATE "C"` in PostgreSQL, the default in SQLite). The key changes with the
/// benefit, and with the policy (F20, O30).
///
/// ```
/// use kezek::{Policy, order_key};
/// let policy = Policy::named("akmola-2018")?;
/// let early = order_key("2018-01-10T09:00:00+06:00".parse()?, 7, None, &policy);
/// let late = order_key("2018-01-10T09:00:01+06:00".parse()?, 2, None, &policy);
/// assert!(early < late);
/// assert_eq!(early.as_deref(), Some("00000 2018-01-10T03:00:00Z 000007"));
/// assert_eq!(order_key("2020-01-10T09:00:00+06:00".parse()?, 1, None, &Policy::named("astana-2019")?), None);
/// # Ok::<(), kezek::Error>(())
/// ```
#[must_use]
pub fn order_key(
    registered_at: Moment,
    serial: u32,
    benefit: Option<&BenefitId>,
    policy: &Policy,
) -> Option<String> {
    match Service::of(policy) {
        Service::Classes => {
            let Class(class) = Class::of(benefit, policy);
            Some(format!("{class:05} {registered_at} {serial:06}"))
        }
        Service::Shares { .. } => None,
    }
}

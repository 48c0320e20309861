//! The policies that are shipped, each value with its source beside it (`*.sources.json`).

use std::sync::OnceLock;

use super::Policy;

/// A shipped policy: its name, its values, and for each the rule, decision or fact that it comes from.
pub(super) struct Shipped {
    pub(super) name: &'static str,
    pub(super) values: &'static str,
    pub(super) sources: &'static str,
    /// Made at the first question: every card that is read asks for one.
    pub(super) built: OnceLock<Policy>,
}

macro_rules! shipped {
    ($name:literal) => {
        Shipped {
            name: $name,
            values: include_str!(concat!($name, ".json")),
            sources: include_str!(concat!($name, ".sources.json")),
            built: OnceLock::new(),
        }
    };
}

/// The oldest first. The regime of F26 (answer, then choose) cannot be said yet.
pub(super) static SHIPPED: [Shipped; 5] = [
    shipped!("akmola-2018"),
    shipped!("aktobe-2018"),
    shipped!("astana-2018"),
    shipped!("astana-2019"),
    shipped!("kz-2025"),
];

//! The policies that are shipped, each value with its source beside it (`*.sources.json`).

/// Name, values, and for each value the rule or fact it comes from.
pub(super) const SHIPPED: [(&str, &str, &str); 2] = [
    ("akmola-2018", include_str!("akmola-2018.json"), include_str!("akmola-2018.sources.json")),
    ("aktobe-2018", include_str!("aktobe-2018.json"), include_str!("aktobe-2018.sources.json")),
];

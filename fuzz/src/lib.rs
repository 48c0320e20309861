//! What each fuzz target does with its bytes. `tests/fuzzed.rs` does the same with the bytes that are kept, on a
//! stable compiler; a finding is a panic, or an answer that an assertion here calls wrong.

mod deck;
mod edit;
mod journal;
mod story;
mod values;
mod wire;

pub use journal::bytes;
pub use story::apply;
pub use values::{instants, values};
pub use wire::{card, policy, scenario};

/// Every target by its name.
pub const TARGETS: [(&str, fn(&[u8])); 7] = [
    ("apply", apply),
    ("policy", policy),
    ("bytes", bytes),
    ("card", card),
    ("scenario", scenario),
    ("values", values),
    ("instants", instants),
];

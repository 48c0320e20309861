//! Writing JSON. What is written is erased, so that each type's code is made once and not once for each kind of writer.

use erased_serde::Serialize;
use serde_json::Value;

/// A value as JSON. (Its keys are text and its numbers whole, so that this cannot fail.)
pub(crate) fn value(value: &dyn Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

/// A value as JSON text: its fields in their order, no spaces.
pub(crate) fn text(value: &dyn Serialize) -> Vec<u8> {
    let mut text = Vec::new();
    text_to(&mut text, value);
    text
}

/// The same, bit by bit, to a writer that cannot fail.
pub(crate) fn text_to(to: &mut dyn std::io::Write, value: &dyn Serialize) {
    serde_json::to_writer(to, value).unwrap_or_default();
}

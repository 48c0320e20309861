//! What a key stands for: the same request twice is done once.

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::Command;

impl Command {
    /// The body that a key stands for: the SHA-256 of the command's canonical JSON (RFC 8785) without what may
    /// differ between two tries; none without a key.
    pub(crate) fn body(&self) -> Option<String> {
        self.key.as_ref()?;
        body_of_json(&crate::written::json_value(self))
    }
}

/// The same, of a command as it came. serde_json sorts keys and escapes as RFC 8785 does, and a command has
/// no fractions.
pub(crate) fn body_of_json(command: &Value) -> Option<String> {
    let mut map = command.as_object()?.clone();
    for differs in ["signature", "ext", "expected_revision"] {
        map.remove(differs);
    }
    Some(format!("{:x}", Sha256::digest(crate::written::json_text(&map))))
}

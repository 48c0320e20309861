//! Who asks: a bearer token stands for an actor. Only the SHA-256 of a token is known here.

use std::collections::HashMap;
use std::fmt::Write as _;

use kezek::Actor;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

/// A SHA-256.
type Hash = [u8; 32];

/// Whom a token stands for.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    /// The actor, as the rules know it.
    pub(crate) actor: Actor,
    /// The settlements where the token is good; none named: all.
    pub(crate) settlements: Option<Vec<String>>,
}

/// Every token.
#[derive(Debug, Default)]
pub(crate) struct Tokens {
    /// By the first bytes of the hash, so that one is found among many. How long that takes tells of the hash of
    /// what somebody sent, which he knows; the hashes themselves are compared in constant time.
    known: HashMap<[u8; 8], Vec<(Hash, Caller)>>,
}

impl Tokens {
    /// Out of the rows `{"sha256","actor","settlements"?}` of the configuration.
    pub(crate) fn read(rows: &[Value]) -> Result<Tokens, String> {
        let mut tokens = Tokens::default();
        for (place, row) in rows.iter().enumerate() {
            let fault = |what: &str| format!("tokens[{place}]: {what}");
            let hash = row.get("sha256").and_then(Value::as_str).and_then(unhex);
            let hash = hash.ok_or_else(|| fault("sha256: 64 hexadecimal digits"))?;
            let actor = Actor::from_json(row.get("actor").cloned().unwrap_or_default());
            let actor = actor.map_err(|error| fault(&format!("actor: {error}")))?;
            let settlements = row
                .get("settlements")
                .and_then(Value::as_array)
                .map(|names| names.iter().filter_map(Value::as_str).map(str::to_owned).collect());
            tokens.add_hash(hash, Caller { actor, settlements });
        }
        Ok(tokens)
    }

    /// Adds a token that is known in clear: the demo's.
    pub(crate) fn add(&mut self, token: &str, caller: Caller) {
        self.add_hash(Sha256::digest(token).into(), caller);
    }

    fn add_hash(&mut self, hash: Hash, caller: Caller) {
        self.known.entry(first(&hash)).or_default().push((hash, caller));
    }

    /// Whom a token stands for.
    pub(crate) fn caller(&self, token: &str) -> Option<&Caller> {
        let hash: Hash = Sha256::digest(token).into();
        let near = self.known.get(&first(&hash))?;
        near.iter().find(|(known, _)| bool::from(known.ct_eq(&hash))).map(|(_, caller)| caller)
    }
}

impl Caller {
    /// Whether the token is good in a settlement.
    pub(crate) fn may_enter(&self, settlement: &str) -> bool {
        self.settlements.as_ref().is_none_or(|names| names.iter().any(|name| name == settlement))
    }
}

fn first(hash: &Hash) -> [u8; 8] {
    let mut first = [0; 8];
    first.iter_mut().zip(hash).for_each(|(to, from)| *to = *from);
    first
}

fn unhex(text: &str) -> Option<Hash> {
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    let mut hash = Hash::default();
    for (place, byte) in hash.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(place * 2..place * 2 + 2)?, 16).ok()?;
    }
    Some(hash)
}

/// The hash of a token as the configuration has it.
pub(crate) fn hashed(token: &str) -> String {
    Sha256::digest(token).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

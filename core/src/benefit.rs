//! Benefits (льготы / жеңілдіктер): grounds that a family declares (R17).

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::number::short_text;
use crate::packed::packed_name;

/// The id of a benefit in a policy's list, such as `large-family`: 1 to 64 characters.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "льгота", alias = "жеңілдік")]
pub struct BenefitId(Arc<str>);

short_text!(BenefitId);
packed_name!(BenefitId);

impl BenefitId {
    /// The id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for BenefitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for BenefitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// What a benefit does to the order of the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// Before everybody else (внеочередное / кезектен тыс), F11.
    OutOfTurn,
    /// By shares with the ordinary ones (первоочередное / бірінші кезекте), F11.
    Priority,
    /// Counted in `in_benefit`; no effect on the order.
    Listed,
}

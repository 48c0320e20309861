//! What a place is: its kindergarten, group year, language and kind.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::number::short_text;
use crate::packed::packed_name;

/// The year of a group (год группы / топ жылы): the birth year of its children (R64, O29).
pub type GroupYear = u16;

/// A kindergarten (ДДО / БМҰ), by a name of the host's choice: 1 to 64 characters.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "ДДО", alias = "БМҰ")]
pub struct Kindergarten(Arc<str>);

short_text!(Kindergarten);
packed_name!(Kindergarten);

impl Kindergarten {
    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Kindergarten {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Kindergarten {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// The language of instruction of a place (язык обучения / оқыту тілі), R63. It is a property of the place,
/// not of the application (R43, F43). [`Texts`](crate::Texts) speak the same three.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Kazakh.
    Kk,
    /// Russian.
    Ru,
    /// English.
    En,
}

/// The kind of a kindergarten (тип детского сада / балабақша түрі), R68. The flow is the same for all (O33).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum KindergartenKind {
    /// State kindergarten (государственный / МББ).
    #[default]
    State,
    /// Private, on a state order (частный по гос. дотации / ЖББ).
    Private,
    /// Mini-centre (мини-центр / мини-орталық).
    MiniCentre,
}

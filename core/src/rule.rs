//! The ids of the rules, so that every answer can say why.

use std::fmt;

use serde::de::{self, Unexpected};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The id of a rule: `R47` (stated in a portal instruction), `O13` (decided where they are silent or
/// contradict each other), `F18` (a fact from another source). `docs/rules.md` tells each.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rule {
    kind: RuleKind,
    number: u8,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum RuleKind {
    Stated,
    Decided,
    Fact,
}

impl Rule {
    /// A rule stated in an instruction.
    pub(crate) const fn r(number: u8) -> Rule {
        Rule { kind: RuleKind::Stated, number }
    }

    /// A decision where the instructions are silent.
    pub(crate) const fn o(number: u8) -> Rule {
        Rule { kind: RuleKind::Decided, number }
    }

    /// A fact from another source.
    pub(crate) const fn f(number: u8) -> Rule {
        Rule { kind: RuleKind::Fact, number }
    }

    fn read(text: &str) -> Option<Rule> {
        let number = text.get(1..)?.parse().ok()?;
        match text.get(..1)? {
            "R" => Some(Rule::r(number)),
            "O" => Some(Rule::o(number)),
            "F" => Some(Rule::f(number)),
            _ => None,
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letter = match self.kind {
            RuleKind::Stated => 'R',
            RuleKind::Decided => 'O',
            RuleKind::Fact => 'F',
        };
        write!(f, "{letter}{:02}", self.number)
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Rule {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Rule, D::Error> {
        let text = String::deserialize(from)?;
        Rule::read(&text)
            .ok_or_else(|| de::Error::invalid_value(Unexpected::Str(&text), &"a rule id such as R47"))
    }
}

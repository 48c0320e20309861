//! What shows that a queue is the one that was published, to somebody who trusts nobody: sums, a seal, a proof.

mod tree;

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::fields::{FromJson, door, records};
use crate::written::json_text;
use crate::{ApplicationNumber, Error, GroupYear, Moment};

pub(crate) use tree::Tree;

/// A SHA-256, written as 64 hexadecimal digits.
///
/// ```
/// use kezek::Sum;
/// let sum: Sum = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855".parse()?;
/// assert!(sum.to_string().starts_with("e3b0c4"));
/// assert!("e3b0".parse::<Sum>().is_err());
/// # Ok::<(), kezek::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "хеш", alias = "отпечаток")]
pub struct Sum([u8; 32]);

const SUM_FORM: &str = "64 hexadecimal digits";

impl Sum {
    /// Of bytes, one piece after the other.
    pub(crate) fn of(pieces: &[&[u8]]) -> Sum {
        let mut hasher = Sha256::new();
        pieces.iter().for_each(|piece| hasher.update(piece));
        Sum(hasher.finalize().into())
    }

    /// What stands before the first link of a chain.
    pub(crate) const NOTHING: Sum = Sum([0; 32]);

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Sum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Sum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Sum {
    type Err = Error;

    fn from_str(text: &str) -> Result<Sum, Error> {
        let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        let mut sum = [0; 32];
        let read = text.len() == 64
            && sum.iter_mut().zip(text.as_bytes().chunks_exact(2)).all(|(byte, pair)| match pair {
                [high, low] => match (digit(*high), digit(*low)) {
                    (Some(high), Some(low)) => {
                        *byte = high << 4 | low;
                        true
                    }
                    (_, _) => false,
                },
                _ => false,
            });
        if read {
            Ok(Sum(sum))
        } else {
            Err(Error::malformed("", SUM_FORM, format!("{} characters", text.chars().count())))
        }
    }
}

impl Serialize for Sum {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl FromJson for Sum {
    fn of_json(value: Value) -> Result<Sum, Error> {
        String::of_json(value)?.parse()
    }
}

/// What an office publishes of a queue, every day or after every change: whoever keeps it can hold the office to it.
///
/// `root` stands for the order of every line at that revision, `chain` for everything that ever happened. The same
/// register has the same seal, in every language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[doc(alias = "опубликованный отпечаток очереди", alias = "кезектің жарияланған таңбасы")]
pub struct Seal {
    /// The `seq` of the last event.
    pub revision: u64,
    /// The instant that it was made for.
    pub at: Moment,
    /// The last link of the journal's chain; none where the journal has none.
    pub chain: Option<Sum>,
    /// What stands for the order of every line.
    pub root: Sum,
    /// How many applications stand in all lines together.
    pub of: u32,
}

/// That an application stands at a number of its line, under a published root: some 20 sums, whatever the size of the queue.
///
/// It names nobody else: the sums of the others are blinded with what only they and the office know.
///
/// ```
/// use kezek::{Action, Child, Policy, Register, verify_proof};
/// let mut register = Register::new(Policy::named("akmola-2018")?)?;
/// let now = "2018-01-10T09:00:00+06:00".parse()?;
/// for n in 1..=5 {
///     let child = Child { iin: format!("p:child-{n}").parse()?, born: "2015-05-02".parse()? };
///     let submit = Action::Submit {
///         applicant: format!("p:parent-{n}").parse()?, child, benefit: None, documents: None,
///         channel: None, channel_number: None, application: None,
///     };
///     let _ = register.apply(submit, now)?.accepted()?;
/// }
/// let view = register.at(now)?;
/// let proof = view.proof(&"UO.2018.000004.1".parse()?)?;
/// assert_eq!((proof.number, proof.of), (4, 5));
/// assert!(verify_proof(&proof, &view.seal().root));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[doc(alias = "доказательство места в очереди", alias = "кезектегі орынның дәлелі")]
pub struct Proof {
    /// Whose.
    pub application: ApplicationNumber,
    /// Its line.
    pub group_year: GroupYear,
    /// Its number in the line, from 1: `in_group_year` of its position.
    pub number: u32,
    /// How many stand in the line.
    pub of: u32,
    /// What only the family and the office know, as a sum: without it nobody can try out numbers.
    pub blind: Sum,
    /// The sums beside the way from the application up to its line's.
    pub path: Vec<Sum>,
    /// Which of the lines it is, from 0 in the order of group years.
    pub line: u32,
    /// How many lines there are.
    pub lines: u32,
    /// The sums beside the way from the line up to the root.
    pub lines_path: Vec<Sum>,
}

impl Seal {
    /// A seal out of its JSON.
    ///
    /// # Errors
    /// [`ErrorCode::Malformed`](crate::ErrorCode::Malformed) with the path of what cannot be read.
    pub fn from_json(value: Value) -> Result<Seal, Error> {
        FromJson::of_json(value)
    }
}

impl Proof {
    /// A proof out of its JSON.
    ///
    /// # Errors
    /// [`ErrorCode::Malformed`](crate::ErrorCode::Malformed) with the path of what cannot be read.
    pub fn from_json(value: Value) -> Result<Proof, Error> {
        FromJson::of_json(value)
    }
}

records! {
    "a seal: an object with a root"
    Seal { revision, at, root, of } may { chain }

    "a proof: an object with a path"
    Proof { application, group_year, number, of, blind, path, line, lines, lines_path }
}

door!(Sum);
door!(Seal);
door!(Proof);

/// What the sum of an application is made of.
#[derive(Serialize)]
struct Leaf<'a> {
    application: &'a ApplicationNumber,
    blind: Sum,
}

/// What the sum of a line is made of.
#[derive(Serialize)]
struct Line {
    group_year: GroupYear,
    of: u32,
    root: Sum,
}

/// The sum of an application in its line.
pub(crate) fn leaf(application: &ApplicationNumber, blind: Sum) -> Sum {
    tree::leaf(json_text(&Leaf { application, blind }).as_bytes())
}

/// The sum of a line among the lines.
pub(crate) fn line(group_year: GroupYear, of: u32, root: Sum) -> Sum {
    tree::leaf(json_text(&Line { group_year, of, root }).as_bytes())
}

/// What the root is made of: how many lines there are would not be bound otherwise.
#[derive(Serialize)]
struct Lines {
    lines: u32,
    root: Sum,
}

/// The root of so many lines.
pub(crate) fn root(lines: u32, root: Sum) -> Sum {
    tree::leaf(json_text(&Lines { lines, root }).as_bytes())
}

/// Whether a proof holds under a published root: the application stands at that number of its line, and so many stand
/// there. Anything else is `false`: another root, another number, another application, a sum that was touched.
#[must_use]
pub fn verify_proof(proof: &Proof, root: &Sum) -> bool {
    let Proof { application, group_year, number, of, blind, path, line: place, lines, lines_path } = proof;
    let Some(index) = number.checked_sub(1) else { return false };
    let own = leaf(application, *blind);
    let Some(own_line) = tree::climb(own, index, *of, path) else { return false };
    let top = tree::climb(line(*group_year, *of, own_line), *place, *lines, lines_path);
    top.map(|top| self::root(*lines, top)).as_ref() == Some(root)
}

#[cfg(test)]
mod tests;

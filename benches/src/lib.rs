//! What the programs of `benches/` share: a town of any size, and the way they are asked.

mod town;

use std::error::Error;
use std::io::{BufRead as _, Write as _};
use std::time::Instant;

use serde_json::Value;
pub use town::{LEAP, Story, Town, YEARS};

/// Why a measurement could not be taken.
pub type Failure = Box<dyn Error>;

/// The nanoseconds since then.
#[must_use]
pub fn since(began: Instant) -> u64 {
    u64::try_from(began.elapsed().as_nanos()).unwrap_or(u64::MAX)
}

/// Answers each line of standard input with a line of JSON, so that rounds of several programs can be taken in turn.
///
/// # Errors
/// The first question that has no answer.
pub fn converse(mut answer: impl FnMut(&str) -> Result<Value, Failure>) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    for question in std::io::stdin().lock().lines() {
        writeln!(out, "{}", answer(&question?)?)?;
        out.flush()?;
    }
    Ok(())
}

/// The words of a question, one after another.
pub struct Words<'a>(std::str::SplitWhitespace<'a>);

impl<'a> Words<'a> {
    /// Of a line.
    #[must_use]
    pub fn of(line: &'a str) -> Words<'a> {
        Words(line.split_whitespace())
    }

    /// The next word; empty at the end.
    pub fn text(&mut self) -> &'a str {
        self.0.next().unwrap_or_default()
    }

    /// The next word as a number.
    ///
    /// # Errors
    /// Where it is none.
    pub fn number(&mut self) -> Result<usize, Failure> {
        let word = self.text();
        word.parse().map_err(|_| format!("{word:?} is no number").into())
    }
}

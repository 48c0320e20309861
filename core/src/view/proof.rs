//! What an office publishes of its queue, and the proof of a place in it.

use serde::Serialize;

use super::View;
use crate::application::Application;
use crate::error::ErrorCode;
use crate::moment::writing_in_utc;
use crate::proof::{Tree, leaf, line, root};
use crate::written::json_text;
use crate::{ApplicationNumber, Child, Error, GroupYear, Moment, Person, Proof, Seal, Sum};

/// What only the family and the office know together.
#[derive(Serialize)]
struct Own<'a> {
    applicant: &'a Person,
    child: &'a Child,
    registered_at: Moment,
}

fn blind(application: &Application) -> Sum {
    let Application { applicant, child, registered_at, .. } = application;
    let own = Own { applicant, child, registered_at: *registered_at };
    Sum::of(&[writing_in_utc(|| json_text(&own)).as_bytes()])
}

/// The order of every line at a moment, as sums: makes the seal, and a proof for each. From [`View::prover`].
#[derive(Clone, Debug)]
pub struct Prover<'a> {
    view: View<'a>,
    /// By group year; none of them empty.
    lines: Vec<(GroupYear, Tree)>,
    top: Tree,
}

impl<'a> View<'a> {
    /// The order of every line as sums. It takes a few microseconds for each application; every proof after it a few more
    /// altogether.
    #[must_use]
    pub fn prover(self) -> Prover<'a> {
        let years = self.register.index().queue.years();
        let tree = |year| Tree::new(self.line(year).map(|one| leaf(&one.number, blind(one))).collect());
        let lines: Vec<_> =
            years.map(|year| (year, tree(year))).filter(|(_, tree)| tree.size() > 0).collect();
        let top = Tree::new(lines.iter().map(|(year, tree)| line(*year, tree.size(), tree.root())).collect());
        Prover { view: self, lines, top }
    }

    /// What stands for the whole queue: to be published every day, or after every change.
    #[doc(alias = "опубликованный отпечаток очереди", alias = "кезектің жарияланған таңбасы")]
    #[must_use]
    pub fn seal(self) -> Seal {
        self.prover().seal()
    }

    /// That an application stands where it does, under the root of [`View::seal`] at the same revision:
    /// [`verify_proof`](crate::verify_proof) checks it, in the family's browser too. For many, ask [`View::prover`] once.
    ///
    /// # Errors
    /// As [`Prover::proof`].
    #[doc(alias = "доказательство места в очереди", alias = "кезектегі орынның дәлелі")]
    pub fn proof(self, number: &ApplicationNumber) -> Result<Proof, Error> {
        self.prover().proof(number)
    }
}

impl Prover<'_> {
    /// What stands for the whole queue.
    #[must_use]
    pub fn seal(&self) -> Seal {
        Seal {
            revision: self.view.register.revision(),
            at: self.view.now,
            chain: self.view.register.chain().copied(),
            root: root(self.top.size(), self.top.root()),
            of: self.lines.iter().map(|(_, tree)| tree.size()).sum(),
        }
    }

    /// That an application stands where it does, under the root of [`Prover::seal`].
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] for an application that is not there, or that stands in no line (enrolled, closed).
    pub fn proof(&self, number: &ApplicationNumber) -> Result<Proof, Error> {
        let (_, application) = self.view.find(number)?;
        let position = self.view.position(number)?;
        let own_line = |(_, (year, _)): &(usize, &(GroupYear, Tree))| *year == application.group_year;
        let stands = position.in_group_year.checked_sub(1).zip(self.lines.iter().enumerate().find(own_line));
        let Some((index, (place, (group_year, tree)))) = stands else {
            let found = format!("one that is {:?}", application.stage());
            return Err(Error::new(ErrorCode::NotFound, "application", "one that stands in a line", found));
        };
        Ok(Proof {
            application: application.number.clone(),
            group_year: *group_year,
            number: position.in_group_year,
            of: tree.size(),
            blind: blind(application),
            path: tree.path(usize::try_from(index).unwrap_or(usize::MAX)),
            line: u32::try_from(place).unwrap_or(u32::MAX),
            lines: self.top.size(),
            lines_path: self.top.path(place),
        })
    }
}

#[cfg(test)]
#[path = "proof_tests.rs"]
mod tests;

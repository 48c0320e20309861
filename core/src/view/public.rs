//! The public list: a line in the order of service, for everybody to read, without telling on a family.

use serde::{Deserialize, Serialize};

use super::View;
use crate::application::Application;
use crate::queue::Key;
use crate::sorted::{Map, Set};
use crate::{BenefitId, GroupYear, Moment, Policy, Stage};

/// A row of the public list: no person, no birth date, no number of an application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct QueueRow {
    /// The place in the line, from 1.
    pub place: usize,
    /// Since when; 00:00 of that day where the list is rounded to days.
    pub registered_at: Moment,
    /// With which benefit; none where too few of the line have it to name it: `has_benefit` tells that from no
    /// benefit at all, and [`Texts::listed_benefit`](crate::Texts::listed_benefit) says it.
    pub benefit: Option<BenefitId>,
    /// Whether with a benefit at all, named or not.
    pub has_benefit: bool,
    /// Where it stands.
    pub stage: Stage,
}

/// How exactly the public list tells when somebody registered. In JSON `snake_case`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// To the second, as it was.
    #[default]
    Second,
    /// To 00:00 of the day, in the register's zone.
    Day,
}

impl<'a> View<'a> {
    /// The group years that have somebody in line.
    #[must_use]
    pub fn group_years(self) -> Vec<GroupYear> {
        self.register.index().queue.group_years().collect()
    }

    /// A line in the order of service (список очередников / кезекте тұрғандар тізімі), for everybody to read:
    /// `limit` rows after `offset` of them.
    ///
    /// A benefit is named where at least `public_list.benefit_from` active applications **of the line** have it
    /// (a value of the policy; five where it says nothing), otherwise the row says "with a benefit" and no more.
    /// The line counts, not the register, because the line is what is read: the only orphan born in 2015 is the
    /// only one in the list of 2015, whatever other lines hold. Where a single benefit of the policy would be
    /// left without its name, it could be told by what is missing; then the least frequent of the named ones
    /// goes without a name too.
    ///
    /// So whoever knows which benefit a family has cannot tell its row from at least as many others. What is
    /// **not** protected: a reader who knows when a family registered finds its row (less surely with
    /// [`Rounding::Day`]), and there reads a benefit that is named. Where benefits are served before others, the
    /// place itself tells the tier. A list that is read again and again tells who came and who left between. And
    /// a policy with one benefit alone has nothing to hide it among.
    ///
    /// ```
    /// use kezek::{Action, Child, Policy, Register, Rounding};
    /// let mut register = Register::new(Policy::named("akmola-2018")?)?;
    /// let child = Child { iin: "p:child-1".parse()?, born: "2015-05-02".parse()? };
    /// let submit = Action::Submit {
    ///     applicant: "p:parent-1".parse()?, child, benefit: Some("orphan".parse()?), documents: Some(1),
    ///     channel: None, channel_number: None, application: None,
    /// };
    /// let now = "2018-01-10T09:00:00+06:00".parse()?;
    /// let _ = register.apply(submit, now)?.accepted()?;
    /// let list = register.at(now)?.queue(2015, Rounding::Day, 0, 100);
    /// assert_eq!((list[0].place, &list[0].benefit, list[0].has_benefit), (1, &None, true));
    /// assert_eq!(list[0].registered_at, "2018-01-10T00:00:00+06:00".parse()?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[doc(alias = "список очередников")]
    #[must_use]
    pub fn queue(
        self,
        group_year: GroupYear,
        rounding: Rounding,
        offset: usize,
        limit: usize,
    ) -> Vec<QueueRow> {
        let named = named(self.line(group_year), self.register.policy());
        let rows = self.line(group_year).zip(1..).map(|(application, place)| QueueRow {
            place,
            registered_at: self.rounded(application.registered_at, rounding),
            benefit: application.benefit.clone().filter(|benefit| named.contains(benefit)),
            has_benefit: application.benefit.is_some(),
            stage: application.stage(),
        });
        super::page(rows, offset, limit)
    }

    /// The active applications of a line in the order of service.
    pub(super) fn line(self, group_year: GroupYear) -> impl Iterator<Item = &'a Application> {
        let keys = self.register.index().queue.line(group_year, self.register.book().cycle(group_year));
        keys.filter_map(|key: Key| self.register.application(key.holder))
    }

    fn rounded(self, at: Moment, rounding: Rounding) -> Moment {
        let zone = self.register.policy().zone();
        match rounding {
            Rounding::Second => at,
            Rounding::Day => zone.midnight(zone.day(at)),
        }
    }
}

/// The benefits that the list of a line may name.
fn named<'a>(line: impl Iterator<Item = &'a Application>, policy: &Policy) -> Set<&'a BenefitId> {
    let mut counts: Map<&BenefitId, usize> = Map::default();
    for benefit in line.filter_map(|application| application.benefit.as_ref()) {
        *counts.or_default(benefit) += 1;
    }
    let enough = usize::from(policy.public_list.benefit_from.get());
    let often = counts.iter().filter(|(_, count)| **count >= enough);
    let mut named: Set<_> = often.map(|(benefit, _)| (benefit, ())).collect();
    // One alone without its name could be told by what is missing.
    let in_policy = policy.benefits.iter().map(|benefit| &benefit.id);
    let possible: Set<_> = in_policy.chain(counts.keys()).map(|benefit| (benefit, ())).collect();
    let hides = named.len() < counts.len();
    if hides && possible.len() == named.len() + 1 {
        let rarest = counts.iter().filter(|(benefit, _)| named.contains(benefit));
        let rarest = rarest.min_by_key(|(_, count)| **count).map(|(benefit, _)| benefit);
        rarest.map(|benefit| named.remove(benefit));
    }
    named
}

#[cfg(test)]
#[path = "public_tests.rs"]
mod tests;

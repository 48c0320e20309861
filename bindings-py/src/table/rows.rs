//! Which columns the rows of the library have.

use kezek::{BenefitId, DeadlineView, PositionRow};

use super::{Table, Values};

impl Table {
    /// The numbers of many applications.
    pub(crate) fn positions(rows: &[PositionRow<'_>]) -> Table {
        let rows = rows.iter();
        Table::of([
            ("application", Values::written(rows.clone().map(|row| row.application))),
            ("stage", Values::words(rows.clone().map(|row| row.stage.as_str()))),
            ("group_year", Values::years(rows.clone().map(|row| row.group_year))),
            ("benefit", Values::text(rows.clone().map(|row| row.benefit.map(BenefitId::as_str)))),
            ("number", Values::numbers(rows.clone().map(|row| row.position.number))),
            ("in_group_year", Values::numbers(rows.clone().map(|row| row.position.in_group_year))),
            ("in_benefit", Values::numbers(rows.map(|row| row.position.in_benefit))),
        ])
    }

    /// Many deadlines.
    pub(crate) fn deadlines(rows: &[DeadlineView]) -> Table {
        let rows = rows.iter();
        let whose = rows.clone().map(|row| row.application.as_ref());
        Table::of([
            ("at", Values::instants(rows.clone().map(|row| row.at))),
            ("rule", Values::written(rows.clone().map(|row| row.rule))),
            ("application", Values::written_where_there(whose)),
            ("projected", Values::flags(rows.clone().map(|row| row.projected))),
            ("brings", Values::words(rows.map(|row| row.brings))),
        ])
    }
}

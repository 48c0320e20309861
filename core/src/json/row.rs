//! A card out of the columns of a portal's table.

use serde_json::Value;

use crate::fields::{Fields, Record as _};
use crate::{ApplicationView, Calendar, Card, CardDetails, CardRow, Error, Policy, written};

impl Card {
    /// A card out of the columns of a portal's table, each under the name that it has in [`CardRow`],
    /// [`ApplicationView`](crate::ApplicationView) or [`CardDetails`], without these groups. `policy` and `calendar`
    /// are the portal's own.
    ///
    /// `application`, `serial`, `applicant`, `child` and `registered_at` must be there. What is not there is as the
    /// registration leaves it: queued, in the line of the birth year, interest to be confirmed for the first time
    /// where the policy asks for that (R31; `next_due` null: never).
    ///
    /// ```
    /// use kezek::{Calendar, Card, Policy, Stage};
    /// let columns = serde_json::json!({
    ///     "application": "UO.2018.000001.1", "serial": 1, "applicant": "p:parent-1",
    ///     "child": {"iin": "p:child-1", "born": "2015-05-02"}, "registered_at": "2018-01-10T09:00:00+06:00",
    ///     "stage": "notified", "choose_by": "2018-03-27T00:00:00+06:00", "seat": {"vacancy": 1, "place": 1},
    /// });
    /// let card = Card::of_columns(Policy::named("akmola-2018")?, Calendar::kazakhstan(), columns)?;
    /// assert_eq!(card.application().stage, Stage::Notified);
    /// # Ok::<(), kezek::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorCode::Malformed`](crate::ErrorCode::Malformed), with the name of the column: one that cannot be read,
    /// one that is no column, and what the stage needs and the row does not have.
    pub fn of_columns(policy: Policy, calendar: Calendar, columns: Value) -> Result<Card, Error> {
        let mut from = Fields::of(columns, "the columns of a row")?;
        let (application, registered_at) = (from.need("application")?, from.need("registered_at")?);
        let (serial, applicant) = (from.need("serial")?, from.need("applicant")?);
        let new = CardRow::new(policy, application, serial, applicant, from.need("child")?, registered_at);
        from.fill(written::json_value(&new.application));
        let row = CardRow {
            application: ApplicationView::read(&mut from)?,
            details: CardDetails::read(&mut from)?,
            calendar,
            ..new.with_what_is_around(&mut from)?
        };
        from.end()?;
        Card::of(row).map_err(|error| error.out_of("application").out_of("details"))
    }
}

//! The Python module `kezek._kezek`: a thin skin over the library.
//!
//! What Python hands over is read into plain values first (`read`), the library is asked, and what it answers is
//! written as Python objects (`write`) when nothing is locked any more. Panics are caught at the edge (`error`).

mod calendar;
mod card;
mod days;
mod desk;
mod error;
mod event;
mod form;
mod outcome;
mod person;
mod policy;
mod read;
mod register;
mod table;
mod texts;
mod when;
mod write;

use calendar::Calendar;
use event::Event;
use person::Iin;
use policy::Policy;

/// The rules of Kazakhstan's electronic preschool queue. Import `kezek`, not this.
#[pyo3::pymodule(gil_used = false)]
mod _kezek {
    #[pymodule_export]
    use crate::calendar::Calendar;
    #[pymodule_export]
    use crate::card::{Card, CardOutcome, order_key};
    #[pymodule_export]
    use crate::desk::{Desk, Filed};
    #[pymodule_export]
    use crate::event::Event;
    #[pymodule_export]
    use crate::form::Form;
    #[pymodule_export]
    use crate::outcome::{Denial, Outcome};
    #[pymodule_export]
    use crate::person::{Iin, is_person};
    #[pymodule_export]
    use crate::policy::Policy;
    #[pymodule_export]
    use crate::register::{Register, backtest, verify, verify_proof};
    #[pymodule_export]
    use crate::table::{Column, Table};
    #[pymodule_export]
    use crate::texts::Texts;

    /// The version of the library.
    #[pymodule_export]
    const VERSION: &str = env!("CARGO_PKG_VERSION");
}

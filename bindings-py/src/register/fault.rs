//! A fault put in for a test: no input of the library's reaches a panic, so that what a panic becomes at the border
//! can only be seen where one is made. Never in a wheel: `tests/run` builds the module with it, for one test.

use pyo3::prelude::*;

use super::Register;
use crate::error::Result;

#[pymethods]
impl Register {
    /// Panics while the register is locked, as a bug of the library would; `released`: while the GIL is.
    #[allow(clippy::panic, reason = "the fault that is put in")]
    fn _fail(&self, py: Python<'_>, released: bool) -> Result<()> {
        if released {
            self.released(py, |_| panic!("put in by a test"))
        } else {
            self.with(py, |_| panic!("put in by a test"))
        }
    }
}

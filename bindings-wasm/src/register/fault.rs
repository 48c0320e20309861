//! A fault put in for a test: no input of the library's reaches a panic, so that what a panic becomes at the border
//! can only be seen where one is made. Never in a package: the tests build a module with it.

use wasm_bindgen::prelude::wasm_bindgen;

use super::Register;

#[wasm_bindgen]
impl Register {
    /// Panics while the register is held, as a bug of the library would.
    #[allow(clippy::panic, reason = "the fault that is put in")]
    pub fn fail(&mut self) {
        panic!("put in by a test: {:?}", self.0.revision())
    }
}

//! The application form: what a page holds in, everything that is wrong with it and the command out (R12-R19).

use wasm_bindgen::prelude::wasm_bindgen;

use crate::Policy;
use crate::edge::{Thrown, at, moment, text, value};

/// Everything found in a form, and what comes of it, JSON: `findings`, `command`, `contacts`.
///
/// # Errors
/// `malformed`, with the path of a field of another kind.
#[wasm_bindgen]
pub fn check_form(form: &str, policy: &Policy, now: f64) -> Result<String, Thrown> {
    let form = kezek::Form::from_json(&value(form, "form")?).map_err(|error| at("form", &error))?;
    let policy = policy.core();
    Ok(text(policy.zone(), &form.check(policy, moment(now))))
}

//! The module of the npm package `kezek`: a thin skin over the library, for the JavaScript beside it (`../js`).
//!
//! What crosses the border is flat: numbers, text, JSON as text, and handles. JavaScript reads and writes the JSON, asks
//! for numbers within their range, and knows which instance a handle belongs to; an error is thrown as JSON text (`edge`).
//! Nothing catches a panic: it is a trap, after which the instance answers nothing any more.

pub mod calendar;
pub mod card;
pub mod desk;
pub mod edge;
pub mod form;
pub mod person;
pub mod policy;
pub mod proof;
#[cfg(feature = "register")]
pub mod register;
pub mod texts;

use calendar::Calendar;
use policy::Policy;
use wasm_bindgen::prelude::wasm_bindgen;

/// The version of the library.
#[wasm_bindgen]
#[must_use]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// An instant as whole seconds since 1970-01-01T00:00:00Z.
///
/// # Errors
/// For text that is no RFC 3339 instant with an offset.
#[wasm_bindgen]
pub fn instant(text: &str) -> Result<f64, edge::Thrown> {
    let moment: kezek::Moment = edge::parsed(text, "")?;
    Ok(edge::seconds(moment))
}

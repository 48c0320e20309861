//! Personal numbers (ИИН / ЖСН).

use kezek::{Iin, Person};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::edge::{Thrown, parsed};

/// The birth date that the digits of a personal number tell, where they tell one.
///
/// # Errors
/// `malformed`, for what is no personal number.
#[wasm_bindgen]
pub fn iin_birth_date(iin: &str) -> Result<Option<String>, Thrown> {
    let iin: Iin = parsed(iin, "iin")?;
    Ok(iin.birth_date().map(|day| day.to_string()))
}

/// Whether the digits tell another birth date.
///
/// # Errors
/// `malformed`.
#[wasm_bindgen]
pub fn iin_differs_from(iin: &str, born: &str) -> Result<bool, Thrown> {
    let iin: Iin = parsed(iin, "iin")?;
    Ok(iin.differs_from(parsed(born, "born")?))
}

/// Whether a text is a person of the wire.
#[wasm_bindgen]
#[must_use]
pub fn is_person(text: &str) -> bool {
    text.parse::<Person>().is_ok()
}

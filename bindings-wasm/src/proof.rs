//! Proofs of places: checked without a register, in a family's browser.

use kezek::{Proof, Sum};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::edge::{Thrown, at, parsed, value};

/// Whether a proof, JSON, holds under a published root.
///
/// # Errors
/// `malformed`, for what is no proof or no root.
#[wasm_bindgen]
pub fn verify_proof(proof: &str, root: &str) -> Result<bool, Thrown> {
    let proof = Proof::from_json(value(proof, "proof")?).map_err(|error| at("proof", &error))?;
    let root: Sum = parsed(root, "root")?;
    Ok(kezek::verify_proof(&proof, &root))
}

//! The repository's scenarios, as what is spoilt.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use arbitrary::{Result, Unstructured};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// The scenario of `tests/scenarios/` that the bytes name: the first whose own number is not below theirs. A scenario that
/// is added takes over some of one other's numbers: to nearly all bytes that are kept it makes no difference.
pub(crate) fn scenario(bytes: &mut Unstructured<'_>) -> Result<&'static Value> {
    let all = scenarios();
    let named: u32 = bytes.arbitrary()?;
    let mut from_there = all.range(named..).chain(all);
    Ok(from_there.next().expect("a scenario").1)
}

/// Those that are lived, each at a number that its name gives it.
fn scenarios() -> &'static BTreeMap<u32, Value> {
    static READ: OnceLock<BTreeMap<u32, Value>> = OnceLock::new();
    READ.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/scenarios");
        let entries = std::fs::read_dir(folder).expect("the folder of scenarios");
        let paths = entries.map(|entry| entry.expect("an entry").path());
        let paths = paths.filter(|path| path.extension().is_some_and(|extension| extension == "json"));
        let read = paths.map(|path| {
            let name = path.file_stem().and_then(|name| name.to_str()).expect("a name");
            let number = Sha256::digest(name).iter().take(4).fold(0, |sum, byte| sum << 8 | u32::from(*byte));
            let text = std::fs::read_to_string(&path).expect("a scenario");
            (number, serde_json::from_str::<Value>(&text).expect("JSON"))
        });
        read.filter(|(_, scenario)| scenario["steps"].is_array()).collect()
    })
}

//! The repository's scenarios, as what is spoilt.

use std::path::Path;
use std::sync::OnceLock;

use serde_json::Value;

/// Every scenario of `tests/scenarios/` that is lived, in the order of their names.
pub(crate) fn scenarios() -> &'static [Value] {
    static READ: OnceLock<Vec<Value>> = OnceLock::new();
    READ.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/scenarios");
        let entries = std::fs::read_dir(folder).expect("the folder of scenarios");
        let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
        paths.sort();
        let read = |path| {
            let text = std::fs::read_to_string(path).expect("a scenario");
            serde_json::from_str::<Value>(&text).expect("JSON")
        };
        paths.iter().map(read).filter(|scenario| scenario["steps"].is_array()).collect()
    })
}

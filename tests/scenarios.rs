//! Runs every scenario (wire.md 7) of `tests/scenarios/`, and of the folders that `KEZEK_SCENARIOS` and `KEZEK_PAIRS`
//! name, and prints the digest at its end, so that languages can be compared.

#[path = "support/runner.rs"]
mod runner;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use runner::{Differs, run_scenario};

fn main() -> ExitCode {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/scenarios");
    let given =
        ["KEZEK_SCENARIOS", "KEZEK_PAIRS"].into_iter().filter_map(std::env::var_os).map(PathBuf::from);
    let wanted: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    // Where only the answer counts, and time: for the thousand versions of cargo-mutants.
    let quick = std::env::var_os("KEZEK_QUICK").is_some();
    let (mut passed, mut failed) = (0, 0);
    for folder in std::iter::once(own).chain(given) {
        let paths = match scenarios_in(&folder) {
            Ok(paths) => paths,
            Err(error) => {
                println!("FAILED {}: {error}", folder.display());
                failed += 1;
                continue;
            }
        };
        for path in paths {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            if !wanted.is_empty() && !wanted.iter().any(|part| name.contains(part.as_str())) {
                continue;
            }
            match run_file(&path) {
                Ok(digest) => {
                    passed += 1;
                    println!("ok     {name}  {digest}");
                }
                Err(differs) => {
                    failed += 1;
                    println!("FAILED {name}\n       {}", differs.replace('\n', "\n       "));
                    if quick {
                        return ExitCode::FAILURE;
                    }
                }
            }
        }
    }
    println!("\n{passed} passed, {failed} failed");
    if failed == 0 && (passed > 0 || !wanted.is_empty()) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn scenarios_in(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let entries: Result<Vec<_>, _> = std::fs::read_dir(folder)?.collect();
    let mut paths: Vec<PathBuf> = entries?.into_iter().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.sort();
    Ok(paths)
}

fn run_file(path: &Path) -> Result<String, Differs> {
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    run_scenario(&serde_json::from_str(&text).map_err(|error| format!("not JSON: {error}"))?)
}

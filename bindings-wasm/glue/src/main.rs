//! Writes the JavaScript glue of a module: what the command `wasm-bindgen` does, by exactly the version that is in the
//! module. (That command, installed by hand, is of another version sooner or later, and then the build stops.)
//!
//! ```text
//! kezek-glue MODULE.wasm FOLDER NAME     writes FOLDER/NAME.js, NAME.d.ts, NAME_bg.wasm
//! ```

use std::process::ExitCode;

use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let [module, folder, name] = given.as_slice() else {
        eprintln!("usage: kezek-glue MODULE.wasm FOLDER NAME");
        return ExitCode::FAILURE;
    };
    match glue(module, folder, name) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn glue(module: &str, folder: &str, name: &str) -> Result<(), String> {
    let mut bindgen = Bindgen::new();
    let bindgen = bindgen.web(true).map_err(|error| format!("{error:#}"))?;
    let written = bindgen
        .input_path(module)
        .out_name(name)
        .typescript(true)
        // The package's own loader says where the module is.
        .omit_default_module_path(true)
        // A new instance in the place of one that trapped.
        .reset_state_function(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(folder);
    written.map_err(|error| format!("{error:#}"))
}

#[cfg(test)]
mod tests {
    /// The version that Cargo.lock has of a package.
    fn locked(package: &str) -> Option<&'static str> {
        let lock = include_str!("../../../Cargo.lock");
        let (_, after) = lock.split_once(&format!("\nname = \"{package}\"\nversion = \""))?;
        after.split('"').next()
    }

    #[test]
    fn the_module_and_its_glue_are_of_one_version() {
        assert!(locked("wasm-bindgen").is_some());
        for package in ["wasm-bindgen-shared", "wasm-bindgen-cli-support", "wasm-bindgen-macro"] {
            assert_eq!(locked("wasm-bindgen"), locked(package), "{package}");
        }
    }
}

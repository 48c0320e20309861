//! Writes the JSON Schemas of the wire into the folder `schema`, or into another one that is named:
//! `cargo run -p kezek --features schema --example schema`.

use std::path::PathBuf;

fn main() -> std::io::Result<()> {
    let folder = std::env::args_os().nth(1).map_or_else(committed, PathBuf::from);
    std::fs::create_dir_all(&folder)?;
    for (name, schema) in kezek::schemas() {
        std::fs::write(folder.join(format!("{name}.json")), format!("{schema:#}\n"))?;
    }
    Ok(())
}

fn committed() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../schema"))
}

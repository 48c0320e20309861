//! How the small library of a wheel is linked.
//!
//! A wheel is zipped, and what is zipped is compared with the 32 KB before it. Where the linker is Rust's own (`lld`, as
//! it is on Linux), it puts functions that look alike beside each other, and keeps one of those that are equal: the
//! wheel is 35 KB smaller by that, and runs as fast. Any other linker does its own.

use std::env;
use std::path::PathBuf;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if is("OPT_LEVEL", "s") && links_with_lld() {
        println!("cargo::rustc-cdylib-link-arg=-Wl,-O2,--icf=all,--bp-compression-sort=both");
    }
}

/// Whether nothing but Rust's own `lld` links.
fn links_with_lld() -> bool {
    let flags = env::var("CARGO_ENCODED_RUSTFLAGS").unwrap_or_default();
    let chosen = env::var_os("RUSTC_LINKER").is_some() || flags.contains("link");
    is("TARGET", "x86_64-unknown-linux-gnu") && !chosen && own_lld().is_some_and(|lld| lld.exists())
}

/// Where it is in a toolchain that has it.
fn own_lld() -> Option<PathBuf> {
    let sysroot = Command::new(env::var_os("RUSTC")?).args(["--print", "sysroot"]).output().ok()?;
    let sysroot = PathBuf::from(String::from_utf8(sysroot.stdout).ok()?.trim_end());
    Some(sysroot.join("lib/rustlib/x86_64-unknown-linux-gnu/bin/gcc-ld/ld.lld"))
}

fn is(name: &str, value: &str) -> bool {
    env::var(name).is_ok_and(|own| own == value)
}

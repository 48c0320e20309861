//! The load of `load.sh`, small: all three ways do the same work, and nothing is counted wrong at the end.

#![cfg(test)]

mod support;

use std::process::Command;

use support::postgres::Server;

fn load(arguments: &[&str]) -> String {
    let out = Command::new(env!("CARGO_BIN_EXE_portal-load"))
        .args(["--portal", env!("CARGO_BIN_EXE_portal")])
        .args([
            "--families",
            "600",
            "--places",
            "300",
            "--seconds",
            "1",
            "--connections",
            "8",
            "--rushes",
            "2",
        ])
        .args(arguments)
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&out.stdout).into_owned();
    assert!(out.status.success(), "{text}{}", String::from_utf8_lossy(&out.stderr));
    text
}

const JUDGED: &str = "632 families, 302 places, 302 children with a place; no place twice, no child with two";

#[test]
fn in_a_file_with_pages_that_listen() {
    let text = load(&["--listeners", "20"]);
    assert!(text.contains(JUDGED), "{text}");
    let heard = text.split_once("on a page, ").and_then(|(_, rest)| rest.split_once(" events"));
    let heard: usize = heard.unwrap_or_else(|| panic!("{text}")).0.parse().unwrap();
    // Children who are not yet two are not called.
    assert!((10..=20).contains(&heard), "{text}");
    assert!(text.contains("20 pages that listen") && text.contains("0 streams broke off"), "{text}");
}

#[test]
fn on_a_server_and_on_the_server_alone() {
    let Some(server) = Server::start() else { return };
    let text = load(&["--way", "portal-postgresql,postgresql", "--server", &server.address()]);
    assert_eq!(text.matches(JUDGED).count(), 2, "{text}");
}

//! What goes wrong with real processes, and what is left afterwards: no accepted command lost, none done twice, both
//! invariants, equal digests, complete messages.

#![cfg(test)]

mod support;

use std::time::Duration;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore as _, SeedableRng as _};
use serde_json::json;
use support::storm::{Ledger, Storm};
use support::{BEGIN, Place, Portal, journal, publish, submit};

/// How often a process is killed; more with KEZEK_KILLS.
fn kills() -> u32 {
    std::env::var("KEZEK_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(20)
}

async fn millis(count: u32) {
    tokio::time::sleep(Duration::from_millis(u64::from(count))).await;
}

/// The portal says the digest that the journal gives.
async fn agree(place: &Place, portals: &[&Portal], ledger: &Ledger) {
    let digest = journal::judge(place, ledger).await;
    for portal in portals {
        // The other process's events are followed within a second or so.
        portal.door.until("equal digests", async |door| door.digest().await == digest).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_random_moments_under_load() {
    let place = Place::new();
    let storm = Storm::new(Vec::new());
    let people = storm.rise(12, 1);
    let mut dice = ChaCha8Rng::seed_from_u64(9);
    for _ in 0..kills() {
        let portal = place.start(&["--snapshot-every", "300"]);
        *storm.doors.lock().unwrap() = vec![portal.door.clone()];
        // Some commands were done, others are on their way.
        let wanted = storm.ledger.accepted().len() + 5 + dice.next_u32() as usize % 40;
        portal.door.until("load", async |_| storm.ledger.accepted().len() >= wanted).await;
        millis(dice.next_u32() % 30).await;
        portal.kill();
        storm.doors.lock().unwrap().clear();
        journal::Tables::read(&place).await.replayed();
    }
    let portal = place.start(&[]);
    *storm.doors.lock().unwrap() = vec![portal.door.clone()];
    millis(300).await;
    storm.calm(people).await;
    assert!(storm.ledger.unanswered.load(std::sync::atomic::Ordering::Relaxed) > 20, "nobody was cut off");
    agree(&place, &[&portal], &storm.ledger).await;
    assert!(portal.stop(), "it does not stop in peace");
    // After a peaceful stop the snapshot is read, and says the same.
    let portal = place.start(&[]);
    agree(&place, &[&portal], &storm.ledger).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_request_ten_times() {
    let place = Place::new();
    let portal = place.start(&[]);
    let ledger = Ledger::default();
    let (door, command) = (&portal.door, submit(1, "p:child-1"));
    let asked = (0..10).map(|_| door.command("parent-1", "the same", &command));
    let answers = futures_util::future::join_all(asked).await;
    let answers: Vec<_> = answers.into_iter().map(|answer| answer.expect("no answer")).collect();
    for answer in &answers {
        assert_eq!((answer.status, &answer.body["events"]), (200, &answers[0].body["events"]));
        ledger.accept("the same", &answer.body);
    }
    // Another command under this key is an error, and so is somebody else's.
    let other = door.command("parent-1", "the same", &submit(1, "p:child-2")).await.unwrap();
    assert_eq!((other.status, other.body["code"].as_str()), (422, Some("key_conflict")));
    let theirs = door.command("parent-2", "the same", &submit(1, "p:child-1")).await.unwrap();
    assert_eq!(theirs.status, 422);
    portal.kill();
    let portal = place.start(&[]);
    let again = portal.door.done("parent-1", "the same", command).await;
    assert_eq!(again["events"], answers[0].body["events"]);
    agree(&place, &[&portal], &ledger).await;
}

/// Two processes serve one settlement; now and then one of them is killed.
async fn two_writers(place: &Place, seed: u64) {
    let mut one = place.start(&[]);
    let two = place.start(&[]);
    let storm = Storm::new(vec![one.door.clone(), two.door.clone()]);
    let people = storm.rise(10, seed);
    for _ in 0..4 {
        millis(700).await;
        storm.doors.lock().unwrap().remove(0);
        one.kill();
        one = place.start(&[]);
        storm.doors.lock().unwrap().insert(0, one.door.clone());
    }
    millis(700).await;
    storm.calm(people).await;
    assert!(storm.ledger.accepted().len() > 50, "no load: {}", storm.ledger.accepted().len());
    agree(place, &[&one, &two], &storm.ledger).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_writers_on_one_file() {
    two_writers(&Place::new(), 2).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_writers_on_one_server() {
    let Some(server) = support::postgres::Server::start() else { return };
    two_writers(&Place::at(server.address()), 3).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_crashes_under_load() {
    let Some(server) = support::postgres::Server::start() else { return };
    let place = Place::at(server.address());
    let portal = place.start(&[]);
    let storm = Storm::new(vec![portal.door.clone()]);
    let people = storm.rise(10, 4);
    for _ in 0..5 {
        millis(600).await;
        server.crash();
    }
    millis(600).await;
    storm.calm(people).await;
    assert!(storm.ledger.accepted().len() > 50, "no load: {}", storm.ledger.accepted().len());
    portal.door.until("ready again", async |door| door.ready().await.status == 200).await;
    agree(&place, &[&portal], &storm.ledger).await;
}

/// A disk of its own, so small that it is soon full; none where nobody may make one.
struct Disk(tempfile::TempDir);

impl Disk {
    fn new() -> Option<Disk> {
        let disk = Disk(tempfile::tempdir().unwrap());
        disk.mount("size=2m,mode=700").then_some(disk)
    }

    fn mount(&self, options: &str) -> bool {
        let mount = std::process::Command::new("mount")
            .args(["-t", "tmpfs", "-o", options, "tmpfs"])
            .arg(self.0.path())
            .stderr(std::process::Stdio::null())
            .status();
        mount.is_ok_and(|status| status.success())
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = std::process::Command::new("umount").arg("-l").arg(self.0.path()).status();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk() {
    let Some(disk) = Disk::new() else {
        eprintln!("SKIPPED: only root may make a small disk; a full database file is still tried");
        return;
    };
    let place = Place::at(disk.0.path().join("portal.db").display().to_string());
    let portal = place.start(&[]);
    fill(&place, portal, async |portal| {
        assert!(disk.mount("remount,size=64m"));
        portal
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_file() {
    let place = Place::new();
    let portal = place.start(&["--most-pages", "120"]);
    fill(&place, portal, async |portal: Portal| {
        portal.kill();
        place.start(&[])
    })
    .await;
}

/// Families come until there is no room; then room is made.
async fn fill(place: &Place, portal: Portal, make_room: impl AsyncFnOnce(Portal) -> Portal) {
    let ledger = Ledger::default();
    let mut refused = None;
    for child in 0..5_000 {
        let key = format!("child-{child}");
        let answer = portal.door.command("parent-1", &key, &submit(1, &format!("p:{key}"))).await.unwrap();
        match answer.status {
            200 => ledger.accept(&key, &answer.body),
            503 => {
                assert_eq!(answer.body["code"], "unavailable");
                refused = Some((key, child));
                break;
            }
            other => panic!("{other}: {}", answer.body),
        }
    }
    let (key, child) = refused.expect("the disk was never full");
    assert_eq!(portal.door.ready().await.status, 503);
    // What is there can still be read, and nothing of what was refused is.
    agree(place, &[&portal], &ledger).await;
    let portal = make_room(portal).await;
    // The same request is done now.
    let command = submit(1, &format!("p:child-{child}"));
    portal
        .door
        .until("room", async |door| {
            door.command("parent-1", &key, &command).await.is_some_and(|answer| answer.status == 200)
        })
        .await;
    ledger.accept(&key, &portal.door.done("parent-1", &key, command).await);
    assert_eq!(portal.door.ready().await.status, 200);
    agree(place, &[&portal], &ledger).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_leaps() {
    let place = Place::new();
    let portal = place.start(&[]);
    let (door, ledger) = (&portal.door, Ledger::default());
    ledger.accept("1", &door.done("parent-1", "1", submit(1, "p:child-1")).await);
    ledger.accept("2", &door.done("staff", "2", publish(1)).await);
    for leapt in ["2019-05-02T10:00:00+06:00", "2018-05-02T10:02:01+06:00", "2018-05-01T10:00:00+06:00"] {
        place.set_clock(leapt, 0);
        let refused = door.command("parent-2", "3", &submit(2, "p:child-2")).await.unwrap();
        assert_eq!((refused.status, refused.body["code"].as_str()), (503, Some("clock_leapt")), "{leapt}");
        let ready = door.ready().await;
        assert_eq!((ready.status, &ready.body["faults"]), (503, &json!(["clock_leapt"])));
        // Nothing has fallen due, and questions are answered as of the last good moment.
        tokio::time::sleep(Duration::from_millis(600)).await;
        let own =
            door.ask("parent-1", json!({ "view": "application", "application": "UO.2018.000001.1" })).await;
        assert_eq!(own.body["stage"], "notified", "{}", own.body);
    }
    // It agrees again.
    place.set_clock("2018-05-02T10:01:30+06:00", 0);
    ledger.accept("3", &door.done("parent-2", "3", submit(2, "p:child-2")).await);
    agree(&place, &[&portal], &ledger).await;
    portal.kill();

    // Started anew under a clock that is a year ahead: the journal contradicts it, until people say otherwise.
    place.set_clock("2019-05-02T10:00:00+06:00", 0);
    let portal = place.start(&[]);
    let refused = portal.door.command("parent-3", "4", &submit(3, "p:child-3")).await.unwrap();
    assert_eq!(refused.body["code"], "clock_leapt");
    portal.kill();
    let portal = place.start(&["--accept-clock"]);
    ledger.accept("4", &portal.door.done("parent-3", "4", submit(3, "p:child-3")).await);
    agree(&place, &[&portal], &ledger).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_falls_due_happens_by_itself() {
    let place = Place::new();
    let portal = place.start(&[]);
    let (door, ledger) = (&portal.door, Ledger::default());
    ledger.accept("1", &door.done("parent-1", "1", submit(1, "p:child-1")).await);
    ledger.accept("2", &door.done("staff", "2", publish(1)).await);
    // Three working days after Wednesday, 2 May: 7 to 9 May are holidays, 5 May is worked. Nobody asks for anything.
    let days = 12 * 24 * 3_600;
    place.set_clock("2018-05-14T10:00:00+06:00", days);
    let mut seen = 0;
    for _ in 0..100 {
        seen = journal::Tables::read(&place).await.events.len();
        if seen >= 6 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert!(seen >= 6, "{seen} events: the turn has not lapsed");
    let events = journal::Tables::read(&place).await.events;
    let lapsed = events.iter().find(|event| event.contains("\"turn_lapsed\"")).expect("no lapse");
    // At its own moment, however late somebody looked.
    let lapsed: serde_json::Value = serde_json::from_str(lapsed).unwrap();
    assert!(lapsed["at"].as_str().unwrap() > BEGIN && lapsed["at"].as_str().unwrap() < "2018-05-14");
    agree(&place, &[&portal], &ledger).await;
}

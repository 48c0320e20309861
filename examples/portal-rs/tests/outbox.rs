//! Messages: none is lost, each comes under its own name, and what comes again says the same.

#![cfg(test)]

mod support;

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use support::storm::{Ledger, Storm};
use support::{Place, journal, publish, submit};

/// Whoever takes the messages.
#[derive(Clone, Default)]
struct Receiver {
    taken: Arc<Mutex<HashMap<String, Vec<String>>>>,
    count: Arc<AtomicUsize>,
    /// At every so-many-th message the portal dies before it hears that the message was taken.
    victim: Arc<Mutex<Option<support::Portal>>>,
}

/// After so many messages the portal dies.
const DEATH: usize = 37;

async fn take(State(receiver): State<Receiver>, Path(id): Path<String>, body: String) -> StatusCode {
    let count = receiver.count.fetch_add(1, Ordering::Relaxed) + 1;
    // A receiver that is out of order now and then.
    if count % 11 == 0 {
        return StatusCode::INTERNAL_SERVER_ERROR;
    }
    receiver.taken.lock().unwrap().entry(id).or_default().push(body);
    if count % DEATH == 0
        && let Some(portal) = receiver.victim.lock().unwrap().take()
    {
        portal.kill();
    }
    StatusCode::NO_CONTENT
}

async fn receiver() -> (Receiver, String) {
    let receiver = Receiver::default();
    let router = axum::Router::new().route("/{id}", axum::routing::put(take)).with_state(receiver.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    (receiver, url)
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_between_put_and_mark() {
    killed_before_the_mark(Place::new()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_between_put_and_mark_on_a_server() {
    let Some(server) = support::postgres::Server::start() else { return };
    killed_before_the_mark(Place::at(server.address())).await;
}

async fn killed_before_the_mark(place: Place) {
    let (receiver, url) = receiver().await;
    let more = ["--outbox-url", &url];
    let portal = place.start(&more);
    let storm = Storm::new(vec![portal.door.clone()]);
    *receiver.victim.lock().unwrap() = Some(portal);
    let people = storm.rise(6, 5);
    let mut deaths = 0;
    for _ in 0..600 {
        tokio::time::sleep(Duration::from_millis(50)).await;
        if receiver.victim.lock().unwrap().is_some() {
            continue;
        }
        deaths += 1;
        let portal = place.start(&more);
        *storm.doors.lock().unwrap() = vec![portal.door.clone()];
        *receiver.victim.lock().unwrap() = Some(portal);
        if deaths == 4 {
            break;
        }
    }
    assert_eq!(deaths, 4, "the portal did not die often enough");
    // From here on it lives.
    let portal = receiver.victim.lock().unwrap().take().expect("it died again");
    storm.calm(people).await;
    portal
        .door
        .until("an empty outbox", async |_| {
            journal::Tables::read(&place).await.outbox.iter().all(|(.., sent)| sent.is_some())
        })
        .await;
    journal::judge(&place, &storm.ledger).await;

    let tables = journal::Tables::read(&place).await;
    let mut taken = std::mem::take(&mut *receiver.taken.lock().unwrap());
    let mut again = 0;
    for (seq, part, body, sent) in &tables.outbox {
        let id = format!("{}-{seq}-{part}", support::TOWN);
        let bodies = taken.remove(&id);
        if sent.as_deref() == Some("late") {
            continue;
        }
        let bodies = bodies.unwrap_or_else(|| panic!("{id} is lost"));
        again += bodies.len() - 1;
        assert!(bodies.iter().all(|one| one == body), "{id} says another thing the second time");
    }
    assert!(taken.is_empty(), "messages that nobody wrote: {:?}", taken.keys());
    assert!(again > 0, "it was never killed between the two");
}

#[tokio::test(flavor = "multi_thread")]
async fn into_a_folder_and_not_when_it_is_too_late() {
    let place = Place::new();
    let ledger = Ledger::default();
    // Nobody sends at first.
    let portal = place.start(&[]);
    ledger.accept("1", &portal.door.done("parent-1", "1", submit(1, "p:child-1")).await);
    ledger.accept("2", &portal.door.done("staff", "2", publish(1)).await);
    portal.kill();
    // Twelve days later the turn is over.
    place.set_clock("2018-05-14T10:00:00+06:00", 0);
    let folder = place.path("messages").display().to_string();
    let portal = place.start(&["--outbox-dir", &folder, "--accept-clock"]);
    portal
        .door
        .until("an empty outbox", async |_| {
            let outbox = journal::Tables::read(&place).await.outbox;
            outbox.len() >= 3 && outbox.iter().all(|(.., sent)| sent.is_some())
        })
        .await;
    let outbox = journal::Tables::read(&place).await.outbox;
    let turn =
        outbox.iter().find(|(_, _, body, _)| body.contains("\"turn_came\"")).expect("no message of the turn");
    assert_eq!(turn.3.as_deref(), Some("late"));
    for (seq, part, body, sent) in &outbox {
        let file = place.path("messages").join(format!("{}-{seq}-{part}.json", support::TOWN));
        let expected = if sent.as_deref() == Some("late") { "" } else { body };
        assert_eq!(support::read(&file), expected);
    }
    assert!(outbox.iter().any(|(.., sent)| sent.as_deref() != Some("late")), "nothing was sent at all");
}

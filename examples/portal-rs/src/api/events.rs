//! Server-sent events: a family's page hears at once what concerns it.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::sse::{Event as Said, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use kezek::{ApplicationNumber, Event};
use serde_json::json;
use tokio::sync::watch;
use tokio::time::Instant;

use super::caller::{At, Known};
use super::dossier::Named;
use super::rights::Rights;
use super::{App, Problem};
use crate::settlement::Settlement;

/// What concerns others only makes a card old: that is told so often at the most.
const OTHERS: Duration = Duration::from_secs(2);
/// So often something is said, so that nobody between takes the connection for dead.
const BEAT: Duration = Duration::from_secs(15);

/// What changes: `event: changed`, `id` the revision, `data` `{"revision","events"}` with the events of this
/// application; without any where only its card has become old.
#[utoipa::path(get, path = "/api/v1/settlements/{settlement}/applications/{application}/events", tag = "applications",
    params(("settlement" = String, Path), ("application" = String, Path),
        ("Last-Event-ID" = Option<String>, Header, pattern = "^[0-9]{1,15}$", description = "The revision that is known: what came after it is told first")),
    responses(
        (status = 200, description = "A stream that does not end", content_type = "text/event-stream", body = String),
        (status = "4XX", response = super::openapi::Wrong), (status = "5XX", response = super::openapi::Wrong)
    ), security(("token" = [])))]
pub(crate) async fn events(
    Known(caller): Known,
    At(settlement): At,
    State(app): State<Arc<App>>,
    Path(named): Path<Named>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let application = named.number()?;
    let (may, revision) = settlement
        .ask(|readers, view, _| {
            let _ = view.application(&application)?;
            let may = Rights::of(&caller.actor, view).read(&application, &readers.index);
            Ok((may, readers.register.revision()))
        })
        .await?;
    if !may {
        return Err(Problem::forbidden());
    }
    let told = headers.get("last-event-id").map(|last| {
        let last = last.to_str().ok().and_then(|last| last.trim().parse::<u64>().ok());
        last.ok_or_else(|| Problem::malformed("Last-Event-ID", "a revision", "something else"))
    });
    // A revision that is not there yet is from nowhere: then from now on.
    let told = told.transpose()?.map_or(revision, |last| last.min(revision));
    let ear = Ear {
        changed: settlement.watch(),
        settlement,
        application,
        told,
        others_from: Instant::now(),
        stopping: app.stopping.clone(),
        ready: VecDeque::new(),
    };
    let said = stream::unfold(ear, async |mut ear| {
        let said = ear.next().await?;
        Some((Ok::<_, Infallible>(said), ear))
    });
    Ok(Sse::new(Box::pin(said)).keep_alive(KeepAlive::new().interval(BEAT)).into_response())
}

/// Somebody who listens.
struct Ear {
    settlement: Arc<Settlement>,
    application: ApplicationNumber,
    changed: watch::Receiver<u64>,
    /// The revision that was told last.
    told: u64,
    /// When what concerns others may be told again.
    others_from: Instant,
    stopping: watch::Receiver<bool>,
    ready: VecDeque<Said>,
}

impl Ear {
    /// The next thing to say; nothing more once the portal stops.
    async fn next(&mut self) -> Option<Said> {
        loop {
            if let Some(said) = self.ready.pop_front() {
                return Some(said);
            }
            if *self.stopping.borrow() {
                return None;
            }
            let revision = *self.changed.borrow_and_update();
            let (own, others) = (self.own(), revision > self.told);
            if own || (others && Instant::now() >= self.others_from) {
                self.say();
                continue;
            }
            let later = if others { self.others_from } else { Instant::now() + BEAT };
            tokio::select! {
                changed = self.changed.changed() => changed.ok()?,
                () = tokio::time::sleep_until(later) => {}
                _ = self.stopping.changed() => {}
            }
        }
    }

    /// Whether something of this application is new.
    fn own(&self) -> bool {
        let readers = self.settlement.read();
        readers.index.events_of(&self.application).last().is_some_and(|last| *last > self.told)
    }

    fn say(&mut self) {
        let readers = self.settlement.read();
        let revision = readers.register.revision();
        let own = readers.index.events_of(&self.application).iter().filter(|seq| **seq > self.told);
        let own: Vec<&Event> = own.filter_map(|seq| readers.event(*seq)).collect();
        let data = json!({ "revision": revision, "events": readers.register.write(&own) });
        self.ready
            .push_back(Said::default().id(revision.to_string()).event("changed").data(data.to_string()));
        drop(readers);
        self.told = revision;
        self.others_from = Instant::now() + OTHERS;
    }
}

//! Delivering messages: every one at least once, and each under its own name, so that whoever takes them knows one
//! that comes again after a crash.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use futures_util::{StreamExt as _, stream};
use kezek::{Moment, View, Zone};
use serde_json::Value;

use crate::meter;
use crate::settlement::{Readers, Settlement};
use crate::store::{Parcel, Store, StoreError};

/// So many messages are read at a time.
const BATCH: i64 = 128;
/// So many are on their way at a time.
const AT_ONCE: usize = 16;
/// The longest wait after a failure.
const LONGEST: Duration = Duration::from_secs(60);

/// Where messages go.
#[derive(Clone)]
pub(crate) enum Way {
    /// `PUT URL/ID`.
    Http(reqwest::Client, String),
    /// `FOLDER/ID.json`.
    Folder(PathBuf),
}

impl Way {
    /// By HTTP. (Without TLS: the receiver stands beside the portal.)
    pub(crate) fn http(url: &str) -> Result<Way, String> {
        let client = reqwest::Client::builder().timeout(Duration::from_secs(10)).build();
        Ok(Way::Http(client.map_err(|error| error.to_string())?, url.trim_end_matches('/').to_owned()))
    }

    async fn send(&self, id: &str, body: String) -> Result<(), String> {
        match self {
            Way::Http(client, url) => {
                let put =
                    client.put(format!("{url}/{id}")).header("content-type", "application/json").body(body);
                let answer = put.send().await.map_err(|error| error.without_url().to_string())?;
                if answer.status().is_success() { Ok(()) } else { Err(answer.status().to_string()) }
            }
            Way::Folder(folder) => write(folder, id, &body).await.map_err(|error| error.to_string()),
        }
    }
}

/// Whole or not at all, and on the disk.
async fn write(folder: &Path, id: &str, body: &str) -> std::io::Result<()> {
    let new = folder.join(format!(".{id}.new"));
    let mut file = tokio::fs::File::create(&new).await?;
    tokio::io::AsyncWriteExt::write_all(&mut file, body.as_bytes()).await?;
    file.sync_all().await?;
    tokio::fs::rename(&new, folder.join(format!("{id}.json"))).await
}

/// Sends what waits, as it comes.
pub(crate) async fn run(settlement: Arc<Settlement>, store: Store, way: Way) {
    let mut changed = settlement.watch();
    let mut wait = Duration::from_secs(1);
    loop {
        match deliver(&settlement, &store, &way).await {
            // There may be more.
            Ok(true) => {
                wait = Duration::from_secs(1);
                continue;
            }
            Ok(false) => {
                wait = Duration::from_secs(1);
                // Another process may have left something behind, too.
                tokio::select! {
                    still = changed.changed() => if still.is_err() { return },
                    () = tokio::time::sleep(Duration::from_secs(5)) => {}
                }
            }
            Err(error) => {
                tracing::warn!(settlement = settlement.id, error, "messages wait");
                tokio::time::sleep(wait).await;
                wait = (wait * 2).min(LONGEST);
            }
        }
    }
}

/// Sends some; whether there were any.
async fn deliver(settlement: &Settlement, store: &Store, way: &Way) -> Result<bool, String> {
    let fault = |error: StoreError| error.to_string();
    let parcels = store.parcels(&settlement.id, BATCH).await.map_err(fault)?;
    if parcels.is_empty() {
        return Ok(false);
    }
    // As of now: what has fallen due may make a message late that has waited.
    let judged = settlement.ask(|readers, view, _| {
        Ok(parcels.iter().map(|parcel| is_late(readers, view, parcel)).collect::<Vec<bool>>())
    });
    let judged = judged.await.map_err(|error| error.to_string())?;
    let (late, timely): (Vec<_>, Vec<_>) = parcels.into_iter().zip(judged).partition(|(_, late)| *late);
    let plain = |rows: Vec<(Parcel, bool)>| rows.into_iter().map(|(parcel, _)| parcel).collect::<Vec<_>>();
    let (late, timely) = (plain(late), plain(timely));
    let names =
        |parcels: &[Parcel]| parcels.iter().map(|parcel| (parcel.seq, parcel.part)).collect::<Vec<_>>();
    if !late.is_empty() {
        store.mark(&settlement.id, &names(&late), "late").await.map_err(fault)?;
        meter::parcels(&settlement.id, "late", late.len());
    }
    let sent = stream::iter(timely).map(async |parcel| {
        let id = format!("{}-{}-{}", settlement.id, parcel.seq, parcel.part);
        way.send(&id, parcel.body.clone()).await.map(|()| parcel)
    });
    let sent: Vec<Result<Parcel, String>> = sent.buffer_unordered(AT_ONCE).collect().await;
    let (sent, failed): (Vec<_>, Vec<_>) = sent.into_iter().partition(Result::is_ok);
    let sent: Vec<Parcel> = sent.into_iter().filter_map(Result::ok).collect();
    if !sent.is_empty() {
        let now = when(settlement);
        store.mark(&settlement.id, &names(&sent), &now).await.map_err(fault)?;
        meter::parcels(&settlement.id, "sent", sent.len());
    }
    match failed.into_iter().find_map(Result::err) {
        Some(error) => {
            meter::parcels(&settlement.id, "failed", 1);
            Err(error)
        }
        None => Ok(true),
    }
}

fn when(settlement: &Settlement) -> String {
    let zone: Zone = settlement.read().register.policy().zone();
    let now: Moment = settlement.clock.believed();
    now.in_zone(zone).to_string()
}

/// Whether the matter is over by now, though it was not when the message was made. Where that cannot be told, it is
/// sent.
fn is_late(readers: &Readers, view: View<'_>, parcel: &Parcel) -> bool {
    let Some(event) = u64::try_from(parcel.seq).ok().and_then(|seq| readers.event(seq)) else { return false };
    let Ok(body) = serde_json::from_str::<Value>(&parcel.body) else { return false };
    let Ok(messages) = view.messages(event) else { return false };
    let same = messages.iter().find(|message| body.get("to") == Some(&readers.register.write(&message.to)));
    same.is_some_and(|message| message.late)
}

//! A queue portal on kezek: the journal of a settlement in SQLite or PostgreSQL, a JSON API over it, the parent's
//! page, messages.
//!
//! The journal of events is the truth. One [`settlement`] writer appends to it, and answers a command once the
//! events and the messages that tell of them are on the disk; everybody else reads what is committed.

mod api;
mod auth;
mod clock;
mod config;
mod demo;
mod meter;
mod outbox;
mod settlement;
mod store;

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::Parser as _;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

use api::App;
use clock::{Clock, Source};
use config::{Arguments, Config};
use settlement::{Founding, Settlement};
use store::Store;

/// So long may requests that run take once the portal is to stop.
const LAST_REQUESTS: Duration = Duration::from_secs(10);

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let filter = tracing_subscriber::EnvFilter::try_from_default_env();
    let filter = filter.unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info,sqlx=warn"));
    tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).init();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let ran =
        runtime.map_err(|error| error.to_string()).and_then(|runtime| runtime.block_on(run(&arguments)));
    match ran {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("portal: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: &Arguments) -> Result<(), String> {
    let buckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];
    let prometheus = metrics_exporter_prometheus::PrometheusBuilder::new()
        .set_buckets_for_metric(metrics_exporter_prometheus::Matcher::Suffix("_seconds".to_owned()), &buckets)
        .and_then(metrics_exporter_prometheus::PrometheusBuilder::install_recorder)
        .map_err(|error| error.to_string())?;
    let store = Store::open(&arguments.database(), arguments.most_pages).await;
    let store = store.map_err(|error| error.to_string())?;
    let (config, demo, source) = set(arguments, &store).await?;
    let clock = Arc::new(Clock::new(source)?);
    compare(&store, &clock).await;

    let mut settlements = std::collections::BTreeMap::new();
    let mut writers = Vec::new();
    for place in config.settlements {
        let founding = Founding {
            id: place.id.clone(),
            policy: place.policy,
            prefix: place.prefix,
            snapshot_every: arguments.snapshot_every,
            longest_stop: (!arguments.accept_clock && demo.is_none()).then_some(arguments.longest_stop),
        };
        let (settlement, writer) = settlement::open(founding, &store, &clock)
            .await
            .map_err(|error| format!("{}: {error}", place.id))?;
        settlements.insert(place.id, settlement);
        writers.push(writer);
    }
    let tasks = tasks(arguments, &settlements.values().cloned().collect::<Vec<_>>(), &store, &clock)?;

    let (stop, stopping) = watch::channel(false);
    let app = App {
        settlements,
        tokens: config.tokens,
        store: store.clone(),
        clock,
        demo,
        prometheus,
        stopping: stopping.clone(),
    };
    let app = Arc::new(app);
    let listener = TcpListener::bind(arguments.listen).await.map_err(|error| error.to_string())?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    println!("The portal is at http://{address}/ (stop with Ctrl+C)");
    let mut gone = stopping.clone();
    let serve = axum::serve(listener, api::router(Arc::clone(&app), arguments))
        .with_graceful_shutdown(async move { drop(gone.wait_for(|stop| *stop).await) });
    let serve = tokio::spawn(async move { serve.await });
    stopped().await;
    tracing::info!("stopping");
    stop.send_replace(true);
    if tokio::time::timeout(LAST_REQUESTS, serve).await.is_err() {
        tracing::warn!("some requests were cut off");
    }
    // What was asked is done, and a snapshot kept.
    for settlement in app.settlements.values() {
        settlement.stop().await;
    }
    for writer in writers {
        let _ = writer.await;
    }
    tasks.iter().for_each(JoinHandle::abort);
    store.close().await;
    Ok(())
}

/// The settlements and the tokens, and the clock that they live by.
async fn set(arguments: &Arguments, store: &Store) -> Result<(Config, Option<demo::Demo>, Source), String> {
    let file = arguments.clock.clone().map(Source::File);
    if let Some(journal) = &arguments.demo {
        let town = demo::town(journal, store).await?;
        let wall = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        let wall = i64::try_from(wall.as_secs()).unwrap_or(i64::MAX);
        let source = file.unwrap_or(Source::Shifted(town.now.unix().saturating_sub(wall)));
        let config = Config { settlements: vec![town.place], tokens: town.tokens };
        return Ok((config, Some(town.demo), source));
    }
    let Some(path) = &arguments.config else {
        let row = auth::hashed("a long random token");
        return Err(format!(
            "--config FILE is needed, or --demo. A file: {{\"settlements\":[{{\"id\":\"town\",\"policy\":\"kz-2025\",\
             \"prefix\":\"UO\"}}],\"tokens\":[{{\"sha256\":\"{row}\",\"actor\":{{\"role\":\"department\"}}}}]}}"
        ));
    };
    Ok((Config::read(path)?, None, file.unwrap_or(Source::System)))
}

/// What runs beside the requests.
fn tasks(
    arguments: &Arguments,
    settlements: &[Arc<Settlement>],
    store: &Store,
    clock: &Arc<Clock>,
) -> Result<Vec<JoinHandle<()>>, String> {
    let way = match (&arguments.outbox_url, &arguments.outbox_dir) {
        (Some(url), _) => Some(outbox::Way::http(url)?),
        (None, Some(folder)) => {
            std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
            Some(outbox::Way::Folder(folder.clone()))
        }
        (None, None) => None,
    };
    let mut tasks = Vec::new();
    if let Some(way) = way {
        for settlement in settlements {
            tasks.push(tokio::spawn(outbox::run(Arc::clone(settlement), store.clone(), way.clone())));
        }
    }
    let (told, mut heard) = mpsc::channel(64);
    let listening = store.clone();
    tasks.push(tokio::spawn(async move {
        while !told.is_closed() {
            if let Err(error) = listening.listen(told.clone()).await {
                tracing::warn!(%error, "cannot hear other writers");
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }));
    let all = settlements.to_vec();
    tasks.push(tokio::spawn(async move {
        while let Some(said) = heard.recv().await {
            let meant = all.iter().filter(|one| said.as_ref().is_none_or(|said| *said == one.id));
            meant.for_each(|settlement| settlement.look());
        }
    }));
    let (compared, clock) = (store.clone(), Arc::clone(clock));
    tasks.push(tokio::spawn(async move {
        loop {
            tokio::time::sleep(Duration::from_secs(10)).await;
            compare(&compared, &clock).await;
        }
    }));
    Ok(tasks)
}

/// Holds our clock against the database's.
async fn compare(store: &Store, clock: &Clock) {
    if let Ok(Some(database)) = store.clock().await {
        clock.compare(database);
    }
}

/// Ends when somebody wants the portal to stop.
async fn stopped() {
    use tokio::signal::unix::{SignalKind, signal};
    let terminated = async {
        match signal(SignalKind::terminate()) {
            Ok(mut terminated) => drop(terminated.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        () = terminated => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}

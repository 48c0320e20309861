//! Families' pages that listen while places are published.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::Fault;
use crate::figures::{Figures, Row};
use crate::way::Published;

/// An event of the listener's own application arrived.
#[derive(Clone, Copy)]
struct Heard {
    seq: u64,
    at: Instant,
}

/// Open streams, and what is heard on them.
pub(crate) struct Listeners {
    heard: Arc<Mutex<Vec<Heard>>>,
    tasks: Vec<JoinHandle<bool>>,
    over: watch::Sender<bool>,
}

impl Listeners {
    /// Opens a stream for each of the addresses; all are open when this returns.
    pub(crate) async fn open(addresses: Vec<String>) -> Result<Listeners, Fault> {
        let client = reqwest::Client::builder().build()?;
        let heard = Arc::new(Mutex::new(Vec::new()));
        let (over, _) = watch::channel(false);
        let mut tasks = Vec::new();
        for address in addresses {
            let answer = client.get(address).bearer_auth("department").send().await?.error_for_status()?;
            let (heard, over) = (Arc::clone(&heard), over.subscribe());
            tasks.push(tokio::spawn(listen(answer, heard, over)));
        }
        Ok(Listeners { heard, tasks, over })
    }

    /// Ends it: how long it took from the answer of a publication to the event on a page of whoever was called; and how
    /// many streams broke off before.
    pub(crate) async fn close(self, published: &[(Published, Instant)], during: Duration) -> Row {
        // What is under way still arrives.
        tokio::time::sleep(Duration::from_secs(2)).await;
        self.over.send_replace(true);
        let mut figures = Figures::default();
        for task in self.tasks {
            if !task.await.unwrap_or(false) {
                figures.fail();
            }
        }
        let heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        for Heard { seq, at } in heard.iter() {
            // The first publication that ends with this event or after it made it.
            let place = published.partition_point(|(published, _)| published.revision < *seq);
            if let Some((_, answered)) = published.get(place) {
                // What comes before its publication is answered has not waited.
                figures.add(at.saturating_duration_since(*answered));
            }
        }
        figures.row(during)
    }
}

/// Listens until it is over; false where the stream ended before.
async fn listen(
    mut answer: reqwest::Response,
    heard: Arc<Mutex<Vec<Heard>>>,
    mut over: watch::Receiver<bool>,
) -> bool {
    let mut text = String::new();
    loop {
        let bytes = tokio::select! {
            bytes = answer.chunk() => bytes,
            _ = over.changed() => return true,
        };
        let at = Instant::now();
        let Ok(Some(bytes)) = bytes else { return false };
        text.push_str(&String::from_utf8_lossy(&bytes));
        while let Some((said, rest)) = text.split_once("\n\n") {
            let data = said.lines().find_map(|line| line.strip_prefix("data:"));
            let data: Option<Value> = data.and_then(|data| serde_json::from_str(data).ok());
            let own = data.as_ref().and_then(|data| data.pointer("/events/0/seq")).and_then(Value::as_u64);
            if let Some(seq) = own {
                heard.lock().unwrap_or_else(PoisonError::into_inner).push(Heard { seq, at });
            }
            text = rest.to_owned();
        }
    }
}

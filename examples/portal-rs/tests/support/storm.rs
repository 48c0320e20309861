//! Many people at once, who ask until they are answered.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore as _, SeedableRng as _};
use serde_json::{Value, json};

use super::{Door, publish, submit};

/// Who asked for what, and what was answered.
#[derive(Default)]
pub(crate) struct Ledger {
    rows: Mutex<HashMap<String, Row>>,
    /// Answers that said nothing of what was done: none, or 503.
    pub(crate) unanswered: AtomicUsize,
}

#[derive(Clone, Debug, Default)]
struct Row {
    accepted: Option<Option<u64>>,
    denied: bool,
}

impl Ledger {
    fn asked(&self, key: &str) {
        self.rows.lock().unwrap().entry(key.to_owned()).or_default();
    }

    /// An accepted command, with the `seq` of the event that carries its key, where the asker may see it.
    pub(crate) fn accept(&self, key: &str, body: &Value) {
        let events = body["events"].as_array().cloned().unwrap_or_default();
        let seq = events.iter().find(|event| event["key"] == key).and_then(|event| event["seq"].as_u64());
        let mut rows = self.rows.lock().unwrap();
        let row = rows.entry(key.to_owned()).or_default();
        // The same request again is answered with the same.
        assert!(row.accepted.is_none_or(|known| known == seq), "{key} was answered twice, differently");
        row.accepted = Some(seq);
    }

    fn deny(&self, key: &str) {
        self.rows.lock().unwrap().entry(key.to_owned()).or_default().denied = true;
    }

    pub(crate) fn accepted(&self) -> Vec<(String, Option<u64>)> {
        let rows = self.rows.lock().unwrap();
        rows.iter().filter_map(|(key, row)| Some((key.clone(), row.accepted?))).collect()
    }

    pub(crate) fn denied(&self) -> HashSet<String> {
        let rows = self.rows.lock().unwrap();
        rows.iter()
            .filter(|(_, row)| row.denied && row.accepted.is_none())
            .map(|(key, _)| key.clone())
            .collect()
    }

    pub(crate) fn knows(&self, key: &str) -> bool {
        self.rows.lock().unwrap().contains_key(key)
    }
}

/// A town at work.
#[derive(Clone)]
pub(crate) struct Storm {
    /// The portals that serve it now; people go to any.
    pub(crate) doors: Arc<Mutex<Vec<Door>>>,
    pub(crate) ledger: Arc<Ledger>,
    pub(crate) over: Arc<AtomicBool>,
}

impl Storm {
    pub(crate) fn new(doors: Vec<Door>) -> Storm {
        Storm {
            doors: Arc::new(Mutex::new(doors)),
            ledger: Arc::default(),
            over: Arc::new(AtomicBool::new(false)),
        }
    }

    /// Lets so many people work until it is over.
    pub(crate) fn rise(&self, people: usize, seed: u64) -> Vec<tokio::task::JoinHandle<()>> {
        (0..people).map(|one| tokio::spawn(self.clone().work(one, seed))).collect()
    }

    /// Ends it: everybody gets the answer that he waits for.
    pub(crate) async fn calm(&self, people: Vec<tokio::task::JoinHandle<()>>) {
        self.over.store(true, Ordering::Relaxed);
        for one in people {
            one.await.unwrap();
        }
    }

    /// The first is staff, the others families.
    async fn work(self, one: usize, seed: u64) {
        let mut dice = ChaCha8Rng::seed_from_u64(seed * 1_000 + one as u64);
        let token = if one == 0 { "staff".to_owned() } else { format!("parent-{one}") };
        let mut own: Vec<String> = Vec::new();
        for step in 0.. {
            if self.over.load(Ordering::Relaxed) {
                return;
            }
            let key = format!("{seed}-{one}-{step}");
            let some = own.get(dice.next_u32() as usize % own.len().max(1)).cloned();
            let command = match (one, some, dice.next_u32() % 6) {
                (0, ..) => {
                    tokio::time::sleep(Duration::from_millis(5)).await;
                    publish(1 + dice.next_u32() % 3)
                }
                (_, None, _) | (_, _, 0 | 1) => submit(one, &format!("p:child-{key}")),
                (_, Some(application), 2 | 3) => {
                    let vacancy = 1 + dice.next_u32() % 8;
                    json!({ "type": "choose", "application": application, "vacancy": vacancy, "signature": "signed" })
                }
                (_, Some(application), 4) => {
                    let reason = json!({ "text": "another place" });
                    json!({ "type": "recall_referral", "application": application, "reason": reason, "signature": "signed" })
                }
                (_, Some(application), _) => json!({ "type": "withdraw", "application": application }),
            };
            let answer = self.insist(&mut dice, &token, &key, &command).await;
            if let Some(application) = answer["dossier"]["card"]["application"]["application"].as_str()
                && command["type"] == "submit"
            {
                own.push(application.to_owned());
            }
        }
    }

    /// Asks until there is an answer that says something.
    async fn insist(&self, dice: &mut ChaCha8Rng, token: &str, key: &str, command: &Value) -> Value {
        self.ledger.asked(key);
        loop {
            let door = {
                let doors = self.doors.lock().unwrap();
                doors.get(dice.next_u32() as usize % doors.len().max(1)).cloned()
            };
            let answer = match &door {
                Some(door) => door.command(token, key, command).await,
                None => None,
            };
            match answer {
                Some(answer) if answer.status == 200 => {
                    self.ledger.accept(key, &answer.body);
                    return answer.body;
                }
                Some(answer) if answer.status == 409 => {
                    self.ledger.deny(key);
                    return answer.body;
                }
                Some(answer) if answer.status == 503 => {}
                Some(answer) => panic!("{command}: {} {}", answer.status, answer.body),
                None => {}
            }
            self.ledger.unanswered.fetch_add(1, Ordering::Relaxed);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

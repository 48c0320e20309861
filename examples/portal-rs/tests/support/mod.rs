//! Real processes of the portal, and what is looked at after each test.

#![allow(dead_code, reason = "each test uses its part of it")]

pub(crate) mod journal;
pub(crate) mod postgres;
pub(crate) mod storm;

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// The settlement of the tests.
pub(crate) const TOWN: &str = "town";
/// When the tests begin: a Wednesday.
pub(crate) const BEGIN: &str = "2018-05-02T10:00:00+06:00";

/// A folder with a configuration, a clock, and (unless a server holds it) the database.
pub(crate) struct Place {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) database: String,
}

impl Place {
    /// One with a database in the folder.
    pub(crate) fn new() -> Place {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("portal.db").display().to_string();
        Place::with(folder, database)
    }

    /// One with a database elsewhere.
    pub(crate) fn at(database: String) -> Place {
        Place::with(tempfile::tempdir().unwrap(), database)
    }

    fn with(folder: tempfile::TempDir, database: String) -> Place {
        let place = Place { folder, database };
        place.configure("akmola-2018");
        place.set_clock(BEGIN, 0);
        place
    }

    fn configure(&self, policy: &str) {
        let row = |token: &str, actor: Value| {
            let hash: String = Sha256::digest(token).iter().map(|byte| format!("{byte:02x}")).collect();
            json!({ "sha256": hash, "actor": actor })
        };
        let mut tokens = vec![
            row("department", json!({ "role": "department" })),
            row("operator", json!({ "role": "operator", "name": "tests" })),
            row("staff", json!({ "role": "staff", "kindergartens": ["bobek"] })),
            row("elsewhere", json!({ "role": "staff", "kindergartens": ["altyn"] })),
        ];
        let parents = (0..64).map(|n| {
            row(&format!("parent-{n}"), json!({ "role": "applicant", "iin": format!("p:parent-{n}") }))
        });
        tokens.extend(parents);
        let mut villager = row("villager", json!({ "role": "department" }));
        villager["settlements"] = json!(["village"]);
        tokens.push(villager);
        let village = json!({ "id": "village", "policy": { "base": "kz-2025", "name": "the village's" }, "prefix": "V" });
        let settlements = json!([{ "id": TOWN, "policy": policy }, village]);
        let config = json!({ "settlements": settlements, "tokens": tokens });
        std::fs::write(self.path("portal.json"), config.to_string()).unwrap();
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Sets the wall clock, and the seconds of the steady clock beside it; both change at once.
    pub(crate) fn set_clock(&self, wall: &str, steady: i64) {
        std::fs::write(self.path("clock.new"), format!("{wall}\n{steady}\n")).unwrap();
        std::fs::rename(self.path("clock.new"), self.path("clock")).unwrap();
    }

    /// Starts a portal.
    pub(crate) fn start(&self, more: &[&str]) -> Portal {
        self.try_start(more).expect("the portal does not start")
    }

    /// The same, where it may fail.
    pub(crate) fn try_start(&self, more: &[&str]) -> Option<Portal> {
        let log = std::fs::OpenOptions::new().create(true).append(true).open(self.path("log")).unwrap();
        let mut process = Command::new(env!("CARGO_BIN_EXE_portal"))
            .args(["--listen", "127.0.0.1:0", "--config"])
            .arg(self.path("portal.json"))
            .arg("--clock")
            .arg(self.path("clock"))
            .args(more)
            .env("PORTAL_DATABASE", &self.database)
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url = line.split_whitespace().find(|word| word.starts_with("http://"));
        let Some(url) = url else {
            let _ = process.wait();
            return None;
        };
        let url = url.trim_end_matches('/').to_owned();
        Some(Portal { process, door: Door::new(&url) })
    }
}

/// A running portal.
pub(crate) struct Portal {
    pub(crate) process: Child,
    pub(crate) door: Door,
}

impl Portal {
    /// `kill -9`.
    pub(crate) fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// `kill`, and waits for the end.
    pub(crate) fn stop(mut self) -> bool {
        let pid = self.process.id().to_string();
        assert!(Command::new("kill").arg(pid).status().unwrap().success());
        self.process.wait().unwrap().success()
    }
}

impl Drop for Portal {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The way to a portal.
#[derive(Clone)]
pub(crate) struct Door {
    pub(crate) url: String,
    client: reqwest::Client,
}

/// An answer.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) etag: Option<String>,
    pub(crate) body: Value,
}

impl Door {
    fn new(url: &str) -> Door {
        let client = reqwest::Client::builder().timeout(Duration::from_secs(30)).build().unwrap();
        Door { url: url.to_owned(), client }
    }

    /// An address of the town.
    pub(crate) fn town(&self, rest: &str) -> String {
        format!("{}/api/v1/settlements/{TOWN}/{rest}", self.url)
    }

    pub(crate) async fn get(&self, token: Option<&str>, url: &str, headers: &[(&str, &str)]) -> Answer {
        let request = with(self.client.get(url), token, headers);
        answer(request).await.expect("no answer")
    }

    pub(crate) async fn post(
        &self,
        token: Option<&str>,
        url: &str,
        headers: &[(&str, &str)],
        body: &Value,
    ) -> Answer {
        let request = with(self.client.post(url), token, headers).body(body.to_string());
        answer(request).await.expect("no answer")
    }

    /// A command; none when there is no answer.
    pub(crate) async fn command(&self, token: &str, key: &str, command: &Value) -> Option<Answer> {
        let request = with(self.client.post(self.town("commands")), Some(token), &[("Idempotency-Key", key)]);
        answer(request.body(command.to_string())).await
    }

    /// A command that must be done.
    pub(crate) async fn done(&self, token: &str, key: &str, command: Value) -> Value {
        let answer = self.command(token, key, &command).await.expect("no answer");
        assert_eq!(answer.status, 200, "{command}: {}", answer.body);
        answer.body
    }

    pub(crate) async fn ask(&self, token: &str, question: Value) -> Answer {
        self.post(Some(token), &self.town("questions"), &[], &question).await
    }

    pub(crate) async fn digest(&self) -> String {
        let answer = self.ask("operator", json!({ "view": "digest" })).await;
        answer.body.as_str().unwrap_or_else(|| panic!("{}", answer.body)).to_owned()
    }

    pub(crate) async fn ready(&self) -> Answer {
        self.get(None, &format!("{}/health/ready", self.url), &[]).await
    }

    /// Waits until something is so, for half a minute at the most.
    pub(crate) async fn until(&self, what: &str, mut is: impl AsyncFnMut(&Door) -> bool) {
        for _ in 0..300 {
            if is(self).await {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("it never came to this: {what}");
    }
}

fn with(
    request: reqwest::RequestBuilder,
    token: Option<&str>,
    headers: &[(&str, &str)],
) -> reqwest::RequestBuilder {
    let request = match token {
        Some(token) => request.header("Authorization", format!("Bearer {token}")),
        None => request,
    };
    headers.iter().fold(request, |request, (name, value)| request.header(*name, *value))
}

async fn answer(request: reqwest::RequestBuilder) -> Option<Answer> {
    let response = request.send().await.ok()?;
    let status = response.status().as_u16();
    let etag = response.headers().get("etag").and_then(|tag| tag.to_str().ok()).map(str::to_owned);
    let text = response.text().await.ok()?;
    Some(Answer { status, etag, body: serde_json::from_str(&text).unwrap_or(Value::String(text)) })
}

/// A family's application.
pub(crate) fn submit(parent: usize, child: &str) -> Value {
    json!({
        "type": "submit", "applicant": format!("p:parent-{parent}"),
        "child": { "iin": child, "born": "2015-03-01" }, "signature": "signed",
    })
}

/// Places of the kindergarten.
pub(crate) fn publish(places: u32) -> Value {
    json!({
        "type": "publish_vacancy", "kindergarten": "bobek", "group_year": 2015, "language": "kk", "places": places,
    })
}

/// The text of a file.
pub(crate) fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_default()
}

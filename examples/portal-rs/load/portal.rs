//! A portal of its own, asked by its API.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::journal;
use crate::way::{Expected, Family, Published, Way};
use crate::{Arguments, Fault};

/// The settlement of the load.
pub(crate) const CITY: &str = "city";

/// A portal that runs, and the way to it.
pub(crate) struct Portal {
    process: Child,
    folder: PathBuf,
    database: String,
    url: String,
    client: reqwest::Client,
    year: u64,
}

impl Portal {
    /// Starts one on a new file, or on a server.
    pub(crate) fn start(arguments: &Arguments, server: Option<&str>, year: u64) -> Result<Portal, Fault> {
        let folder = std::env::temp_dir().join(format!("kezek-load-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        let database = server.map_or_else(|| folder.join("portal.db").display().to_string(), str::to_owned);
        let config = configure(&folder, arguments.families + arguments.rushers())?;
        let beside = std::env::current_exe()?.with_file_name("portal");
        let mut process = Command::new(arguments.portal.clone().unwrap_or(beside))
            .args(["--listen", "127.0.0.1:0", "--config"])
            .arg(config)
            .env("PORTAL_DATABASE", &database)
            .env("RUST_LOG", "warn")
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        BufReader::new(process.stdout.take().ok_or("no output")?).read_line(&mut line)?;
        let address = line.split_whitespace().find(|word| word.starts_with("http://"));
        let address = address.ok_or("the portal does not start")?.trim_end_matches('/');
        let url = format!("{address}/api/v1/settlements/{CITY}");
        let client = reqwest::Client::builder().timeout(Duration::from_secs(60)).build()?;
        Ok(Portal { process, folder, database, url, client, year })
    }

    /// The address of an application.
    fn application(&self, serial: u64) -> String {
        format!("{}/applications/{}", self.url, self.number(serial))
    }

    fn number(&self, serial: u64) -> String {
        format!("UO.{}.{serial:06}.1", self.year)
    }

    /// A command: the state of its answer, and the answer.
    async fn command(&self, token: &str, key: &str, command: &Value) -> Option<(u16, String)> {
        let post = self.client.post(format!("{}/commands", self.url)).bearer_auth(token);
        whole(post.header("Idempotency-Key", key).body(command.to_string())).await
    }

    async fn done(&self, token: &str, key: &str, command: &Value) -> Option<String> {
        self.command(token, key, command).await.filter(|(status, _)| *status == 200).map(|(_, text)| text)
    }
}

impl Way for Portal {
    async fn register(&self, family: Family) -> Option<u64> {
        let Family { number, year, month, day } = family;
        let command = json!({
            "type": "submit", "applicant": format!("p:family-{number}"), "signature": "load",
            "child": { "iin": format!("p:child-{number}"), "born": format!("{year}-{month:02}-{day:02}") },
        });
        let text = self.done(&format!("family-{number}"), &format!("s{number}"), &command).await?;
        // UO.2026.000001.1: only the serial is looked for, the answer is the family's.
        let (_, rest) = text.split_once(&format!("\"UO.{}.", self.year))?;
        rest.split('.').next()?.parse().ok()
    }

    async fn publish(&self, number: usize, year: u64, places: usize) -> Option<Published> {
        let command = json!({
            "type": "publish_vacancy", "kindergarten": format!("k{}", number % 60), "group_year": year,
            "language": "kk", "places": places,
        });
        let text = self.done("staff", &format!("v{number}"), &command).await?;
        let answer: Value = serde_json::from_str(&text).ok()?;
        let vacancy = answer.pointer("/events/0/vacancy")?.as_u64()?;
        Some(Published { vacancy, revision: answer.get("revision")?.as_u64()? })
    }

    async fn position(&self, serial: u64) -> Option<()> {
        let get = self.client.get(format!("{}/position", self.application(serial)));
        whole(get).await.filter(|(status, _)| *status == 200).map(drop)
    }

    async fn dossier(&self, serial: u64) -> Option<()> {
        // Whose it is, only the department knows here: families registered in any order.
        let get = self.client.get(self.application(serial)).bearer_auth("department");
        whole(get).await.filter(|(status, _)| *status == 200).map(drop)
    }

    async fn choose(&self, family: Family, serial: u64, vacancy: u64) -> Option<bool> {
        let number = family.number;
        let command = json!({
            "type": "choose", "application": self.number(serial), "vacancy": vacancy, "signature": "load",
        });
        match self.command(&format!("family-{number}"), &format!("c{number}"), &command).await? {
            (200, _) => Some(true),
            (409, _) => Some(false),
            (_, _) => None,
        }
    }

    async fn leave(&self, family: Family, serial: u64) -> Option<()> {
        let number = family.number;
        let command = json!({ "type": "withdraw", "application": self.number(serial) });
        self.done(&format!("family-{number}"), &format!("w{number}"), &command).await.map(drop)
    }

    fn streams(&self, serials: &[u64]) -> Vec<String> {
        serials.iter().map(|serial| format!("{}/events", self.application(*serial))).collect()
    }

    async fn memory(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse().ok()?;
        Some(kilobytes / 1_024)
    }

    async fn judge(mut self, expected: Expected) -> Result<String, Fault> {
        // As a power cut would end it: what was answered is on the disk.
        self.process.kill()?;
        self.process.wait()?;
        expected.judged(journal::counted(&self.database).await?)
    }
}

impl Drop for Portal {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// The whole answer.
async fn whole(request: reqwest::RequestBuilder) -> Option<(u16, String)> {
    let answer = request.send().await.ok()?;
    let status = answer.status().as_u16();
    Some((status, answer.text().await.ok()?))
}

/// Sixty kindergartens, and a token for each family.
fn configure(folder: &Path, families: usize) -> Result<PathBuf, Fault> {
    let row = |token: &str, actor: Value| {
        let hash: String = Sha256::digest(token).iter().map(|byte| format!("{byte:02x}")).collect();
        json!({ "sha256": hash, "actor": actor })
    };
    let kindergartens: Vec<String> = (0..60).map(|number| format!("k{number}")).collect();
    let mut tokens = vec![
        row("staff", json!({ "role": "staff", "kindergartens": kindergartens })),
        row("department", json!({ "role": "department" })),
    ];
    let family = |n: usize| {
        row(&format!("family-{n}"), json!({ "role": "applicant", "iin": format!("p:family-{n}") }))
    };
    tokens.extend((0..families).map(family));
    let config = folder.join("portal.json");
    let settlements = json!([{ "id": CITY, "policy": "akmola-2018" }]);
    std::fs::write(&config, json!({ "settlements": settlements, "tokens": tokens }).to_string())?;
    Ok(config)
}

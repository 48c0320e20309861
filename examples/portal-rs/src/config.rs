//! What is set from outside: the command line, and a file with the settlements and the tokens.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::Parser;
use kezek::Policy;
use serde_json::Value;

use crate::auth::Tokens;

/// A queue portal: a JSON API over the journal, the parent's page, messages.
#[derive(Debug, Parser)]
#[command(name = "portal", version, about)]
pub(crate) struct Arguments {
    /// The settlements and the tokens, as JSON.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// The database: a file, or postgres://…; else what PORTAL_DATABASE says, else portal.db.
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) database: Option<String>,
    /// Where to listen; port 0 is any that is free.
    #[arg(long, default_value = "127.0.0.1:8080")]
    pub(crate) listen: SocketAddr,
    /// The folder with the parent's page.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) page: Option<PathBuf>,
    /// Messages are PUT to URL/ID.
    #[arg(long, value_name = "URL", conflicts_with = "outbox_dir")]
    pub(crate) outbox_url: Option<String>,
    /// Messages are written to FOLDER/ID.json.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) outbox_dir: Option<PathBuf>,
    /// A town to try everything in, played from a journal of commands (else from the town of 2018 that is built in),
    /// with tokens that everybody knows. In a new database, and never beside real families.
    #[arg(long, value_name = "JOURNAL", num_args = 0..=1, default_missing_value = "-")]
    pub(crate) demo: Option<PathBuf>,
    /// The clock is right, though the journal says that it cannot be.
    #[arg(long)]
    pub(crate) accept_clock: bool,
    /// A start at which something would fall due later than by so many hours asks for --accept-clock.
    #[arg(long, value_name = "HOURS", default_value_t = 72)]
    pub(crate) longest_stop: i64,
    /// After so many events a new snapshot is kept.
    #[arg(long, value_name = "EVENTS", default_value_t = 50_000)]
    pub(crate) snapshot_every: u64,
    /// For tests: the clock is in a file.
    #[arg(long, hide = true)]
    pub(crate) clock: Option<PathBuf>,
    /// For tests: the disk is full after so many pages of SQLite.
    #[arg(long, hide = true)]
    pub(crate) most_pages: Option<u32>,
}

impl Arguments {
    /// The database's address. (In the environment nobody who lists processes reads its password.)
    pub(crate) fn database(&self) -> String {
        let set = || std::env::var("PORTAL_DATABASE").ok();
        self.database.clone().or_else(set).unwrap_or_else(|| "portal.db".to_owned())
    }
}

/// A settlement that is served.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// Its name in addresses: letters, digits and hyphens.
    pub(crate) id: String,
    /// Its rules, where its journal is still to be begun.
    pub(crate) policy: Policy,
    /// How its application numbers begin.
    pub(crate) prefix: String,
}

/// The file.
#[derive(Debug, Default)]
pub(crate) struct Config {
    /// The settlements.
    pub(crate) settlements: Vec<Place>,
    /// Who may come.
    pub(crate) tokens: Tokens,
}

impl Config {
    /// Reads the file.
    pub(crate) fn read(path: &Path) -> Result<Config, String> {
        let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        let value: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
        Config::of(&value)
    }

    /// Out of its JSON: `{"settlements":[{"id","policy","prefix"?}],"tokens":[{"sha256","actor","settlements"?}]}`.
    pub(crate) fn of(value: &Value) -> Result<Config, String> {
        let rows = |name: &str| value.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
        let settlements: Result<Vec<_>, _> = rows("settlements").iter().map(place).collect();
        let settlements = settlements?;
        if settlements.is_empty() {
            return Err("settlements: at least one is needed".to_owned());
        }
        Ok(Config { settlements, tokens: Tokens::read(&rows("tokens"))? })
    }
}

fn place(row: &Value) -> Result<Place, String> {
    let id = row.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
    let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    if id.is_empty() || id.len() > 64 || !id.chars().all(plain) {
        return Err(format!("settlements: id: 1 to 64 letters, digits and hyphens, not {id:?}"));
    }
    let policy = match row.get("policy") {
        Some(Value::String(name)) => Policy::named(name),
        Some(given) => Policy::from_json(given),
        None => return Err(format!("settlements: {id}: policy: a name or an object")),
    };
    let policy = policy.map_err(|error| format!("settlements: {id}: policy: {error}"))?;
    let prefix = row.get("prefix").and_then(Value::as_str).unwrap_or("UO").to_owned();
    Ok(Place { id, policy, prefix })
}

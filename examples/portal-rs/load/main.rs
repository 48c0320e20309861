//! Load: so many families look at their places in the queue, again and again, while staff publish a city's places.
//!
//! ```text
//! cargo run --release -p kezek-portal --bin portal-load -- --families 50000 --places 24000 --seconds 60
//! ```
//!
//! Starts a portal of its own on the loopback, with a database in a temporary folder (or `--database postgres://…`).
//! Everything is on this machine: those who ask take their part of its processors.

mod figures;

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use clap::Parser;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore as _, SeedableRng as _};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use figures::Figures;

#[derive(Clone, Debug, Parser)]
#[command(name = "portal-load", about = "Families that refresh while places are published")]
struct Arguments {
    /// The families.
    #[arg(long, default_value_t = 50_000)]
    families: usize,
    /// The places that are published.
    #[arg(long, default_value_t = 24_000)]
    places: usize,
    /// For so long the families look.
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// So many of them ask at the same time.
    #[arg(long, default_value_t = 32)]
    connections: usize,
    /// The portal; else the one beside this program.
    #[arg(long)]
    portal: Option<PathBuf>,
    /// The database; else a new file.
    #[arg(long)]
    database: Option<String>,
}

/// What goes wrong here is told and ends it.
type Fault = Box<dyn std::error::Error + Send + Sync>;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let ran = runtime.map_err(Fault::from).and_then(|runtime| runtime.block_on(run(&arguments)));
    match ran {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("portal-load: {fault}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: &Arguments) -> Result<(), Fault> {
    let folder = std::env::temp_dir().join(format!("kezek-load-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let mut portal = start(arguments, &folder)?;
    let city = Arc::new(City {
        url: format!("{}/api/v1/settlements/city", portal.1),
        client: reqwest::Client::builder().timeout(Duration::from_secs(60)).build()?,
        over: AtomicBool::new(false),
        next: AtomicUsize::new(0),
        families: arguments.families,
    });
    let worked = work(arguments, &city).await;
    let memory = memory(&portal.0);
    let _ = portal.0.kill();
    let _ = portal.0.wait();
    std::fs::remove_dir_all(&folder)?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", worked?)?;
    writeln!(out, "the portal's memory at the end: {memory}")?;
    Ok(())
}

/// Everybody registers; then they look while staff publish.
async fn work(arguments: &Arguments, city: &Arc<City>) -> Result<String, Fault> {
    let began = Instant::now();
    let registered = everybody(arguments.connections, |_| Arc::clone(city).register()).await?;
    let mut told = registered.told("registrations", began.elapsed());

    let began = Instant::now();
    let looking: Vec<_> =
        (0..arguments.connections).map(|one| tokio::spawn(Arc::clone(city).look(one))).collect();
    let publishing = tokio::spawn(Arc::clone(city).publish(arguments.places));
    let end = tokio::time::Instant::now() + Duration::from_secs(arguments.seconds);
    let published = publishing.await?;
    let took = began.elapsed();
    told += &published.told(&format!("publications ({} places)", arguments.places), took);
    tokio::time::sleep_until(end).await;
    city.over.store(true, Ordering::Relaxed);
    let (mut positions, mut dossiers) = (Figures::default(), Figures::default());
    for one in looking {
        let (position, dossier) = one.await?;
        positions.join(position);
        dossiers.join(dossier);
    }
    let took = began.elapsed();
    told += &positions.told("positions", took);
    told += &dossiers.told("dossiers", took);
    Ok(told)
}

async fn everybody<F>(connections: usize, work: impl Fn(usize) -> F) -> Result<Figures, Fault>
where
    F: Future<Output = Figures> + Send + 'static,
{
    let all: Vec<_> = (0..connections).map(|one| tokio::spawn(work(one))).collect();
    let mut figures = Figures::default();
    for one in all {
        figures.join(one.await?);
    }
    Ok(figures)
}

/// The settlement, as those who ask know it.
struct City {
    url: String,
    client: reqwest::Client,
    over: AtomicBool,
    /// The next family to register.
    next: AtomicUsize,
    families: usize,
}

impl City {
    async fn register(self: Arc<City>) -> Figures {
        let mut figures = Figures::default();
        loop {
            let family = self.next.fetch_add(1, Ordering::Relaxed);
            if family >= self.families {
                return figures;
            }
            let born = format!("{}-{:02}-{:02}", 2021 + family % 4, 1 + family % 12, 1 + family % 28);
            let command = json!({
                "type": "submit", "applicant": format!("p:family-{family}"), "signature": "load",
                "child": { "iin": format!("p:child-{family}"), "born": born },
            });
            self.command(&mut figures, &format!("family-{family}"), &format!("s{family}"), &command).await;
        }
    }

    async fn publish(self: Arc<City>, places: usize) -> Figures {
        let mut figures = Figures::default();
        let (mut left, mut number) = (places, 0);
        while left > 0 {
            let some = left.min(100);
            let command = json!({
                "type": "publish_vacancy", "kindergarten": format!("k{}", number % 60), "group_year": 2021 + number % 4,
                "language": "kk", "places": some,
            });
            self.command(&mut figures, "staff", &format!("v{number}"), &command).await;
            left -= some;
            number += 1;
        }
        figures
    }

    async fn command(&self, figures: &mut Figures, token: &str, key: &str, command: &Value) {
        let began = Instant::now();
        let post = self.client.post(format!("{}/commands", self.url)).bearer_auth(token);
        let post = post.header("Idempotency-Key", key).body(command.to_string());
        figures.take(began, whole(post, &[200]).await.is_some());
    }

    /// A family looks at its numbers, or at its dossier, which it may know already.
    async fn look(self: Arc<City>, one: usize) -> (Figures, Figures) {
        let mut dice = ChaCha8Rng::seed_from_u64(u64::try_from(one).unwrap_or(0));
        let (mut positions, mut dossiers) = (Figures::default(), Figures::default());
        let year = time_year();
        while !self.over.load(Ordering::Relaxed) {
            let roll = usize::try_from(dice.next_u32()).unwrap_or(0);
            let serial = 1 + roll % self.families.max(1);
            let url = format!("{}/applications/UO.{year}.{serial:06}.1", self.url);
            let began = Instant::now();
            if dice.next_u32().is_multiple_of(2) {
                let get = self.client.get(format!("{url}/position"));
                positions.take(began, whole(get, &[200]).await.is_some());
            } else {
                // Whose it is, only the department knows here: families registered in any order.
                let get = self.client.get(url).bearer_auth("department");
                dossiers.take(began, whole(get, &[200, 304]).await.is_some());
            }
        }
        (positions, dossiers)
    }
}

/// The whole answer, if it has one of these states.
async fn whole(request: reqwest::RequestBuilder, good: &[u16]) -> Option<usize> {
    let answer = request.send().await.ok()?;
    let status = answer.status().as_u16();
    let bytes = answer.bytes().await.ok()?;
    good.contains(&status).then_some(bytes.len())
}

/// This year: it stands in the numbers.
fn time_year() -> u64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    // In Kazakhstan it begins five hours earlier.
    1970 + (now.as_secs() + 5 * 3_600) / 31_556_952
}

/// A portal of the city, and its address.
fn start(arguments: &Arguments, folder: &Path) -> Result<(Child, String), Fault> {
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
    tokens.extend((0..arguments.families).map(family));
    let config = folder.join("portal.json");
    let settlements = json!([{ "id": "city", "policy": "akmola-2018" }]);
    std::fs::write(&config, json!({ "settlements": settlements, "tokens": tokens }).to_string())?;
    let beside = std::env::current_exe()?.with_file_name("portal");
    let database =
        arguments.database.clone().unwrap_or_else(|| folder.join("portal.db").display().to_string());
    let mut portal = Command::new(arguments.portal.clone().unwrap_or(beside))
        .args(["--listen", "127.0.0.1:0", "--config"])
        .arg(config)
        .env("PORTAL_DATABASE", database)
        .env("RUST_LOG", "warn")
        .stdout(Stdio::piped())
        .spawn()?;
    let mut line = String::new();
    BufReader::new(portal.stdout.take().ok_or("no output")?).read_line(&mut line)?;
    let url = line.split_whitespace().find(|word| word.starts_with("http://"));
    let url = url.ok_or("the portal does not start")?.trim_end_matches('/').to_owned();
    Ok((portal, url))
}

/// What a process takes of the memory, where that can be told.
fn memory(process: &Child) -> String {
    let status = std::fs::read_to_string(format!("/proc/{}/status", process.id())).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.map_or("unknown", str::trim).to_owned()
}

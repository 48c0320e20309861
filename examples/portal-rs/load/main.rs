//! Load: so many families look at their places in the queue, again and again, while staff publish a city's places;
//! then some of them rush for the last place of a group year. The portal, and beside it PostgreSQL alone.
//!
//! ```text
//! bash examples/portal-rs/load.sh            everything, with a PostgreSQL of its own
//! portal-load --families 50000 --places 24000 --seconds 40
//! portal-load --way portal-sqlite,portal-postgresql,postgresql --server postgres://…
//! ```
//!
//! A portal is started on the loopback, with its database in a temporary folder or on the server. Everything is on
//! this machine: those who ask take their part of its processors.

mod figures;
mod journal;
mod listeners;
mod portal;
mod postgres_only;
mod table;
mod way;
mod work;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, ValueEnum};

use portal::Portal;
use postgres_only::Alone;
use work::Outcome;

#[derive(Clone, Debug, Parser)]
#[command(name = "portal-load", about = "Families that refresh while places are published")]
struct Arguments {
    /// Who keeps the queue; several one after the other.
    #[arg(long, value_enum, value_delimiter = ',', default_value = "portal-sqlite")]
    way: Vec<Kept>,
    /// The PostgreSQL of the ways that need one: an empty database.
    #[arg(long, value_name = "postgres://…")]
    server: Option<String>,
    /// The families.
    #[arg(long, default_value_t = 50_000)]
    families: usize,
    /// The places that are published; at the most half as many as there are families.
    #[arg(long, default_value_t = 24_000)]
    places: usize,
    /// For so long the families look.
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// So many of them ask at the same time.
    #[arg(long, default_value_t = 32)]
    connections: usize,
    /// So many of them look while places are published; else as many.
    #[arg(long)]
    readers: Option<usize>,
    /// So many pages listen while places are published (a portal only).
    #[arg(long, default_value_t = 0)]
    listeners: usize,
    /// So often there is a rush for one place.
    #[arg(long, default_value_t = 50)]
    rushes: usize,
    /// So many families want it.
    #[arg(long, default_value_t = 16)]
    rivals: usize,
    /// The portal; else the one beside this program.
    #[arg(long)]
    portal: Option<PathBuf>,
}

impl Arguments {
    /// The families of all rushes.
    fn rushers(&self) -> usize {
        self.rushes * self.rivals
    }

    fn server(&self) -> Result<&str, Fault> {
        self.server.as_deref().ok_or_else(|| "this way needs --server postgres://…".into())
    }
}

/// Who keeps the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kept {
    /// The portal, its journal in a file.
    PortalSqlite,
    /// The portal, its journal on the server.
    PortalPostgresql,
    /// The server alone: no rules.
    Postgresql,
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
    if arguments.families < 2 * arguments.places {
        return Err("--places: at the most half as many as --families".into());
    }
    let mut outcomes = Vec::new();
    for kept in &arguments.way {
        eprintln!("{kept:?}: load of the machine before it {}", table::load());
        outcomes.push((*kept, one(arguments, *kept).await?));
    }
    write!(std::io::stdout().lock(), "{}", table::told(arguments, &outcomes))?;
    let failed: usize = outcomes.iter().map(|(_, outcome)| outcome.errors()).sum();
    if failed > 0 { Err(format!("{failed} errors").into()) } else { Ok(()) }
}

async fn one(arguments: &Arguments, kept: Kept) -> Result<Outcome, Fault> {
    let year = work::this_year();
    match kept {
        Kept::PortalSqlite => work::all(arguments, Portal::start(arguments, None, year)?, year).await,
        Kept::PortalPostgresql => {
            work::all(arguments, Portal::start(arguments, Some(arguments.server()?), year)?, year).await
        }
        Kept::Postgresql => {
            work::all(arguments, Alone::start(arguments, arguments.server()?).await?, year).await
        }
    }
}

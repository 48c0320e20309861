//! What the command line may say.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use kezek::{AuthorityKind, Day, Moment};

use super::import::read::Format;

/// Plays a settlement's journal of commands and prints its story, its deadlines, its lines and its vacancies.
///
/// A journal is JSON Lines: {"at":"2018-01-10T09:00:00+06:00","do":{"type":"submit",…}}, or
/// {"at":"…","advance":true} to let time pass. A denied command is part of the story. Unreadable input ends the
/// run with status 2 before anything is written.
#[derive(Debug, Parser)]
#[command(name = "city", args_conflicts_with_subcommands = true)]
pub(crate) struct Args {
    /// What else to do.
    #[command(subcommand)]
    pub(crate) command: Option<Sub>,
    /// What to play.
    #[command(flatten)]
    pub(crate) play: Play,
}

/// Which journal, by which rules, and where to.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct Play {
    /// The journal, or - for standard input [default: the town of examples/data/kokshetau-2018.jsonl]
    pub(crate) journal: Option<PathBuf>,
    /// A shipped policy, or a JSON file such as {"base":"akmola-2018","name":"ours","choice_window":{"hours":24}}
    #[arg(long, value_name = "NAME|FILE.json", default_value = "akmola-2018")]
    pub(crate) policy: String,
    /// Your own calendar: {"id":"kz-five-day","known_at":"2018-01-01","years":{"2018":{"off":[…],"on":[…]}}}
    #[arg(long, value_name = "FILE.json")]
    pub(crate) calendar: Option<PathBuf>,
    /// Stop at that instant: commands up to it, and what fell due by then
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    pub(crate) until: Option<Moment>,
    /// Write the events there, one a line
    #[arg(long, value_name = "FILE.jsonl")]
    pub(crate) events: Option<PathBuf>,
    /// Write the register at rest there
    #[arg(long, value_name = "FILE.json")]
    pub(crate) snapshot: Option<PathBuf>,
    /// Tell it in Kazakh, Russian or English with the library's own texts
    #[arg(long, value_enum)]
    pub(crate) lang: Option<Lang>,
    /// No story: tables and digest only
    #[arg(long)]
    pub(crate) quiet: bool,
    /// How many rows a table may have; 0: all
    #[arg(long, value_name = "N", default_value_t = 40)]
    pub(crate) rows: usize,
}

/// A language of the library's texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lang {
    /// Қазақша
    Kk,
    /// По-русски
    Ru,
    /// In English
    En,
}

/// What else can be done.
#[derive(Debug, Subcommand)]
pub(crate) enum Sub {
    /// Makes the journal of a city of any size; the same seed makes the same bytes
    Generate(Generate),
    /// Takes over a running portal's applications from a file
    Import(Import),
    /// Plays a journal, and says how often the forecasts of its turns would have held
    Backtest(Backtest),
}

/// Which journal's forecasts are looked at.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Backtest {
    /// The journal of commands, or - for standard input
    pub(crate) journal: PathBuf,
    /// A shipped policy, or a JSON file
    #[arg(long, value_name = "NAME|FILE.json", default_value = "akmola-2018")]
    pub(crate) policy: String,
    /// Your own calendar
    #[arg(long, value_name = "FILE.json")]
    pub(crate) calendar: Option<PathBuf>,
    /// Ask each month for at most so many of those who wait in each line
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) per_line: u32,
}

/// What to take over, and on whose authority.
///
/// A table has the columns application, applicant, parents (`;` between them), child_iin, born, registered_at,
/// benefit, stage, choose_by, expires_at, recall_until, until, next_due, lapses, extensions, referral, vacancy and
/// kindergarten; an object has the fields of the wire's `import`. Every bad row is reported.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Import {
    /// The applications: .csv, .json (a list) or .jsonl (an object a line); - for standard input
    pub(crate) file: PathBuf,
    /// How the file is written, where its name does not tell
    #[arg(long, value_enum)]
    pub(crate) format: Option<Format>,
    /// The vacancies that they hold places of, in the order of their numbers: kindergarten, group_year, language,
    /// places, kind, published_at (empty: at the take-over)
    #[arg(long, value_name = "FILE")]
    pub(crate) vacancies: Option<PathBuf>,
    /// A shipped policy, or a JSON file
    #[arg(long, value_name = "NAME|FILE.json", default_value = "akmola-2018")]
    pub(crate) policy: String,
    /// Your own calendar
    #[arg(long, value_name = "FILE.json")]
    pub(crate) calendar: Option<PathBuf>,
    /// The moment of the take-over
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    pub(crate) at: Moment,
    /// Why: it stands in the event of each
    #[arg(long, value_name = "TEXT", value_parser = not_blank)]
    pub(crate) reason: String,
    /// On whose authority: court, department or operator, and its document
    #[arg(long, value_name = "KIND:DOCUMENT", value_parser = authority)]
    pub(crate) authority: (AuthorityKind, String),
    /// What bad rows do: none lets nothing at all be taken over, skip leaves them out
    #[arg(long, value_enum, default_value = "none")]
    pub(crate) bad_rows: BadRows,
    /// Write the commands there, a journal that city plays
    #[arg(long, value_name = "FILE.jsonl")]
    pub(crate) out: Option<PathBuf>,
    /// Write the events there, one a line
    #[arg(long, value_name = "FILE.jsonl")]
    pub(crate) events: Option<PathBuf>,
    /// Write the register at rest there
    #[arg(long, value_name = "FILE.json")]
    pub(crate) snapshot: Option<PathBuf>,
    /// How many rows a table may have; 0: all
    #[arg(long, value_name = "N", default_value_t = 40)]
    pub(crate) rows: usize,
}

/// What becomes of the others when rows are bad.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum BadRows {
    /// Nothing at all is taken over
    None,
    /// The good ones are
    Skip,
}

/// Which city to make.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Generate {
    /// How many children are put in the queue in all that time
    #[arg(long, value_name = "N", default_value_t = 50_000, value_parser = clap::value_parser!(u32).range(1..=900_000))]
    pub(crate) children: u32,
    /// For how many years
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=20))]
    pub(crate) years: u32,
    /// The seed of its chances
    #[arg(long, value_name = "N", default_value_t = 7)]
    pub(crate) seed: u64,
    /// The first day
    #[arg(long, value_name = "DATE", default_value = "2018-01-03", value_parser = date)]
    pub(crate) start: Day,
    /// The policy that the city lives by: a shipped one, or a JSON file
    #[arg(long, value_name = "NAME|FILE.json", default_value = "akmola-2018")]
    pub(crate) policy: String,
    /// Write the journal there instead of to standard output
    #[arg(long, value_name = "FILE.jsonl")]
    pub(crate) out: Option<PathBuf>,
}

fn instant(text: &str) -> Result<Moment, String> {
    text.parse().map_err(|error: kezek::Error| error.to_string())
}

fn date(text: &str) -> Result<Day, String> {
    let day: Day = text.parse().map_err(|error: kezek::Error| error.to_string())?;
    if (2000..=2078).contains(&day.year()) {
        Ok(day)
    } else {
        Err(format!("expected a year from 2000 to 2078, found {}", day.year()))
    }
}

fn not_blank(text: &str) -> Result<String, String> {
    if text.trim().is_empty() {
        Err("expected a text that is not blank".to_owned())
    } else {
        Ok(text.to_owned())
    }
}

fn authority(text: &str) -> Result<(AuthorityKind, String), String> {
    let expected = "expected court, department or operator, a colon and a document";
    let (kind, document) = text.split_once(':').ok_or(expected)?;
    let kind = match kind {
        "court" => AuthorityKind::Court,
        "department" => AuthorityKind::Department,
        "operator" => AuthorityKind::Operator,
        _another => return Err(expected.to_owned()),
    };
    Ok((kind, not_blank(document)?))
}

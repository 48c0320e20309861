//! A city's preschool queue, played from a journal of commands.
//!
//! `cargo run --release --example city` plays the year of a small town: what happened, day by day, with the rule
//! of each line; the open deadlines; the lines with their numbers; the vacancies as the portal shows them; and
//! the digest of the register. `-- --help` tells how to run a journal of your own.
//!
//! A host of the library has little to do, and all of it is in [`play`]: hand over commands and the time, look
//! at the outcome. The rest reads files ([`journal`], [`settings`]) and makes things readable ([`story`],
//! [`views`]); with `--lang` the library's own texts do that ([`spoken`]). [`generate`] makes the journal of a city of any size,
//! [`import`] the one that takes over a running portal's applications.

#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "a host: out here the library's enums may grow at any time"
)]

mod args;
mod backtest;
mod clock;
mod fault;
mod generate;
mod import;
mod journal;
mod output;
mod play;
mod sentence;
mod settings;
mod spoken;
mod story;
mod table;
mod views;

use std::ffi::OsString;
use std::io::{IsTerminal as _, Write};
use std::process::ExitCode;

use clap::Parser as _;

use args::{Args, Play, Sub};
use fault::Fault;
use kezek::Register;
use output::Pending;

fn main() -> ExitCode {
    let plain = std::env::var_os("NO_COLOR").is_some_and(|set| !set.is_empty());
    let stdout = std::io::stdout();
    let colour = stdout.is_terminal() && !plain;
    let mut out = std::io::BufWriter::new(stdout.lock());
    ExitCode::from(run(std::env::args_os(), &mut out, &mut std::io::stderr(), colour))
}

/// Everything, with the exit status: 0, 1 when a file could not be written, 2 for input that cannot be read.
pub(crate) fn run(
    args: impl IntoIterator<Item = OsString>,
    out: &mut dyn Write,
    err: &mut dyn Write,
    colour: bool,
) -> u8 {
    let args = match Args::try_parse_from(args) {
        Ok(args) => args,
        Err(usage) => {
            let text = usage.render();
            let _ = if usage.use_stderr() { write!(err, "{text}") } else { write!(out, "{text}") };
            let _ = out.flush();
            return u8::try_from(usage.exit_code()).unwrap_or(2);
        }
    };
    let done = match args.command {
        Some(Sub::Generate(wanted)) => generate::run(&wanted, out, err),
        Some(Sub::Import(wanted)) => import::run(&wanted, out, err, colour),
        Some(Sub::Backtest(wanted)) => backtest::run(&wanted, out, err, colour),
        None => city(&args.play, out, err, colour),
    };
    match done.and_then(|()| Ok(out.flush()?)) {
        Ok(()) => 0,
        Err(fault) => {
            if let Some(text) = fault.text() {
                let _ = writeln!(err, "{text}");
            }
            fault.status()
        }
    }
}

/// Plays a journal. Nothing is written, and no line printed, before all of it was read and played.
fn city(wanted: &Play, out: &mut dyn Write, err: &mut dyn Write, colour: bool) -> Result<(), Fault> {
    let register = settings::register(&wanted.policy, wanted.calendar.as_deref())?;
    let (source, steps) = journal::read(wanted.journal.as_deref())?;
    let played = play::play(register, &source, steps, wanted.until)?;

    let events = wanted.events.as_deref().map(|path| write_events(path, &played.register)).transpose()?;
    let snapshot =
        wanted.snapshot.as_deref().map(|path| write_snapshot(path, &played.register)).transpose()?;
    for file in [events, snapshot].into_iter().flatten() {
        file.keep()?;
    }

    let paper = story::Paper { out: &mut *out, colour };
    print(paper, &source, &played, wanted)?;
    out.flush()?;
    writeln!(err, "{}", played.summary())?;
    Ok(())
}

fn print(
    mut paper: story::Paper<'_>,
    source: &str,
    played: &play::Played,
    wanted: &Play,
) -> Result<(), Fault> {
    let register = &played.register;
    let policy = register.policy();
    let heading = match wanted.lang {
        None => format!("{source}, by the rules of {} ({})", policy.name(), policy.zone()),
        Some(_) => format!("{source}, {} ({})", policy.name(), policy.zone()),
    };
    paper.heading(&heading)?;
    if let Some(lang) = wanted.lang {
        let texts = spoken::texts(lang, register)?;
        spoken::print(&mut paper, texts, played, wanted)?;
        return paper.line(&register.digest());
    }
    if !wanted.quiet {
        story::tell(&mut paper, played)?;
    }
    if let Some(now) = register.now() {
        let limit = if wanted.rows == 0 { usize::MAX } else { wanted.rows };
        views::print(&mut paper, register, now, limit)?;
    }
    paper.line(&register.digest())
}

/// The journal of events, one a line, as the wire has them.
fn write_events(path: &std::path::Path, register: &Register) -> Result<Pending, Fault> {
    let mut file = Pending::create(path)?;
    for event in register.events() {
        file.line(&register.write(event))?;
    }
    Ok(file)
}

/// The register at rest.
fn write_snapshot(path: &std::path::Path, register: &Register) -> Result<Pending, Fault> {
    let mut file = Pending::create(path)?;
    file.line(&register.snapshot())?;
    Ok(file)
}

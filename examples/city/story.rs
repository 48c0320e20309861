//! The day-by-day story: events and denied commands in the order in which they happened.

use std::io::Write;

use kezek::{Day, Register};

use super::clock;
use super::fault::Fault;
use super::play::{Played, Refused};
use super::sentence::{Teller, condition};
use super::table::{WIDTH, pad, wrap};

/// Where the story is printed, and whether in colour.
pub(crate) struct Paper<'a> {
    /// Where.
    pub(crate) out: &'a mut dyn Write,
    /// Whether in colour.
    pub(crate) colour: bool,
}

/// How a line looks in colour: as an ANSI code.
#[derive(Clone, Copy)]
pub(crate) enum Look {
    Plain,
    Bold,
    Red,
}

impl Paper<'_> {
    /// A line of text.
    pub(crate) fn line(&mut self, text: &str) -> Result<(), Fault> {
        self.looking(text, Look::Plain)
    }

    /// A heading, with a line above it.
    pub(crate) fn heading(&mut self, text: &str) -> Result<(), Fault> {
        writeln!(self.out)?;
        self.looking(text, Look::Bold)
    }

    /// A line of text with a look.
    pub(crate) fn looking(&mut self, text: &str, look: Look) -> Result<(), Fault> {
        let code = match look {
            Look::Plain => "",
            Look::Bold => "\u{1b}[1m",
            Look::Red => "\u{1b}[31m",
        };
        if self.colour && !code.is_empty() {
            writeln!(self.out, "{code}{text}\u{1b}[0m")?;
        } else {
            writeln!(self.out, "{text}")?;
        }
        Ok(())
    }
}

/// The columns of a line: `  18:20:00  UO.2018.000001.1    the turn has come …   R38`.
pub(crate) const WHO: usize = 18;
const RULE: usize = 3;
pub(crate) const WHAT: usize = WIDTH - 2 - 8 - 2 - WHO - 2 - 2 - RULE;

/// Tells it all.
pub(crate) fn tell(paper: &mut Paper<'_>, played: &Played) -> Result<(), Fault> {
    let register = &played.register;
    let zone = register.policy().zone();
    let mut teller = Teller::new(zone, register.calendar());
    let mut today = None;
    let mut denied = played.denied.iter().peekable();
    let mut told = Ok(());
    for event in register.events() {
        while let Some(refused) = denied.next_if(|refused| refused.after < event.seq) {
            refusal(paper, register, refused, &mut today)?;
        }
        let (Some(at), Some(sentence)) = (event.at, teller.tell(event)) else { continue };
        begin_day(paper, register, zone.day(at), &mut today)?;
        let rule = event.rule.to_string();
        told = line(paper, &clock::time(at, zone), &sentence.who, &sentence.what, &rule, Look::Plain);
        if told.is_err() {
            break;
        }
    }
    for refused in denied {
        refusal(paper, register, refused, &mut today)?;
    }
    told
}

/// A denied command: every unmet condition on its own line, with its rule.
fn refusal(
    paper: &mut Paper<'_>,
    register: &Register,
    refused: &Refused,
    today: &mut Option<Day>,
) -> Result<(), Fault> {
    let zone = register.policy().zone();
    begin_day(paper, register, zone.day(refused.at), today)?;
    let time = clock::time(refused.at, zone);
    for (i, denial) in refused.denials.iter().enumerate() {
        let (code, rule) = condition(denial, zone);
        let first = format!("✗ {} is denied: {code}", refused.action);
        let (time, who, what) = match i {
            0 => (time.as_str(), refused.about.as_str(), first),
            _ => ("", "", format!("  and {code}")),
        };
        line(paper, time, who, &what, rule, Look::Red)?;
    }
    Ok(())
}

/// A new day has a heading, which tells days off: terms in working days pass over them.
fn begin_day(
    paper: &mut Paper<'_>,
    register: &Register,
    day: Day,
    today: &mut Option<Day>,
) -> Result<(), Fault> {
    if *today == Some(day) {
        return Ok(());
    }
    *today = Some(day);
    let weekend = clock::weekday(day) > 5;
    let kind = match (register.calendar().is_working_day(day), weekend) {
        (Ok(false), true) => " (weekend)",
        (Ok(false), false) => " (a day off)",
        (Ok(true), true) => " (worked for another day)",
        (Ok(true), false) | (Err(_), _) => "",
    };
    paper.heading(&format!("{}{kind}", clock::long_day(day)))
}

/// A line of the story, broken where it is too long.
pub(crate) fn line(
    paper: &mut Paper<'_>,
    time: &str,
    who: &str,
    what: &str,
    rule: &str,
    look: Look,
) -> Result<(), Fault> {
    for (i, part) in wrap(what, WHAT).iter().enumerate() {
        let (time, who, rule) = if i == 0 { (time, who, rule) } else { ("", "", "") };
        let text = format!(
            "  {}  {}  {}  {rule}",
            pad(time, 8, false),
            pad(who, WHO, false),
            pad(part, WHAT, false)
        );
        paper.looking(text.trim_end(), look)?;
    }
    Ok(())
}

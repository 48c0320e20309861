//! Playing a journal: commands and the time go in, events and denials come out.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use kezek::{Action, Command, Deed, Denial, Error, Moment, Register, Which};
use serde_json::Value;

use super::fault::{Fault, Place};
use super::journal::{Act, Step};

/// A journal that was played.
pub(crate) struct Played {
    /// The register as it is then: its events are the story.
    pub(crate) register: Register,
    /// The commands that were denied; no event tells of them.
    pub(crate) denied: Vec<Refused>,
    /// How many commands there were.
    commands: usize,
    /// How long the playing took.
    took: Duration,
}

/// A command that was denied.
pub(crate) struct Refused {
    /// When.
    pub(crate) at: Moment,
    /// After which event.
    pub(crate) after: u64,
    /// Which command.
    pub(crate) action: &'static str,
    /// About what: an application, a referral, a kindergarten.
    pub(crate) about: String,
    /// Every unmet condition, as on the wire.
    pub(crate) denials: Vec<Value>,
    /// The same, typed.
    pub(crate) reasons: Vec<Denial>,
}

/// Below so many steps no progress is shown.
const LONG: usize = 5_000;

/// Plays the steps up to `until` (all of them when it is not said), and settles what fell due by then.
pub(crate) fn play(
    mut register: Register,
    source: &str,
    steps: Vec<Step>,
    until: Option<Moment>,
) -> Result<Played, Fault> {
    let began = Instant::now();
    let bar = progress(steps.len());
    let mut denied = Vec::new();
    let mut commands: usize = 0;
    for (step, done) in
        steps.into_iter().take_while(|step| until.is_none_or(|until| step.at <= until)).zip(1_u64..)
    {
        let place = Place { source, line: Some(step.line) };
        commands += usize::from(!matches!(step.act, Act::Advance));
        let refused = one(&mut register, step).map_err(|(field, error)| place.error(field, &error))?;
        denied.extend(refused);
        if done.is_multiple_of(1024) {
            bar.set_position(done);
        }
    }
    if let Some(until) = until {
        let settled = register.advance(until);
        let _ = settled.map_err(|error| Place { source: "--until", line: None }.error("", &error))?;
    }
    bar.finish_and_clear();
    Ok(Played { register, denied, commands, took: began.elapsed() })
}

/// One step; what was denied, if anything. An error comes with the field that it is about.
fn one(register: &mut Register, step: Step) -> Result<Option<Refused>, (&'static str, Error)> {
    let at = step.at;
    let of = |error: Error| (if error.path() == "now" { "" } else { "do" }, error);
    let (command, denials, reasons) = match step.act {
        Act::Advance => {
            let _settled = register.advance(at).map_err(of)?;
            return Ok(None);
        }
        Act::Command(command) => {
            let about = (command.action.name(), about(&command));
            let outcome = register.apply(*command, at).map_err(of)?;
            (about, register.write(&outcome.denials), outcome.denials)
        }
        Act::Keyed(command, written) => {
            let mut outcome = register.apply_json(&written, &at.to_string()).map_err(of)?;
            let denials = outcome.get_mut("denials").map(Value::take).unwrap_or_default();
            // A denied command has changed nothing: asked again, it is denied for the same reasons.
            let denied = denials.as_array().is_some_and(|denials| !denials.is_empty());
            let about = (command.action.name(), about(&command));
            let reasons = if denied { register.check(*command, at).map_err(of)? } else { Vec::new() };
            (about, denials, reasons)
        }
    };
    let Value::Array(denials) = denials else { return Ok(None) };
    if denials.is_empty() {
        return Ok(None);
    }
    let (action, about) = command;
    Ok(Some(Refused { at, after: register.revision(), action, about, denials, reasons }))
}

/// What stands for a person.
pub(crate) const A_CHILD: &str = "a child";
/// What stands for a person whose application has no number yet.
pub(crate) const A_NEW_CHILD: &str = "a new child";

/// What a command is about. A person is not repeated.
fn about(command: &Command) -> String {
    match &command.action {
        Action::ChangeBenefit { application, .. }
        | Action::ConfirmInterest { application }
        | Action::LinkParent { application, .. }
        | Action::Withdraw { application }
        | Action::PassTurn { application }
        | Action::Choose { application, .. }
        | Action::ProveBenefit { application }
        | Action::MarkDeparture { application, .. } => application.to_string(),
        Action::ExtendReferral { of, .. }
        | Action::RecallReferral { of, .. }
        | Action::RecordVisit { of }
        | Action::Accept { of }
        | Action::Refuse { of, .. }
        | Action::UpholdRefusal { of }
        | Action::OverturnRefusal { of } => match of {
            Which::Application(application) => application.to_string(),
            Which::Referral(referral) => referral.to_string(),
            Which::Child(_) => A_CHILD.to_owned(),
        },
        Action::PublishVacancy { kindergarten, .. } => kindergarten.to_string(),
        Action::Submit { application: Some(application), .. } => application.to_string(),
        Action::Submit { application: None, .. } => A_NEW_CHILD.to_owned(),
        Action::Operate(operation) => match &operation.deed {
            Deed::Import(import) => import.application.to_string(),
            _another => String::new(),
        },
        _later_command => String::new(),
    }
}

fn progress(steps: usize) -> ProgressBar {
    // indicatif draws on standard error, and only when that is a terminal.
    if steps < LONG {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(u64::try_from(steps).unwrap_or(u64::MAX));
    let style = ProgressStyle::with_template("{wide_bar} {human_pos}/{human_len} commands, {eta} to go");
    style.map_or(bar.clone(), |style| bar.with_style(style))
}

impl Played {
    /// The figures, on one line.
    pub(crate) fn summary(&self) -> String {
        format!(
            "{} commands, {} denied, {} events, played in {:.2} s",
            self.commands,
            self.denied.len(),
            self.register.events().len(),
            self.took.as_secs_f64(),
        )
    }
}

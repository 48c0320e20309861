//! The journal of a city of any size.
//!
//! The city is lived through: a register is driven while the journal is written, so that people know whose turn
//! came and which places are open, as they do on the portal. Every day begins with plans ([`staff`], [`families`]);
//! what happens makes new ones.

mod dice;
mod families;
mod rates;
mod staff;
mod world;

use std::io::Write;
use std::time::Instant;

use kezek::Register;
use serde::Serialize;

use super::args::Generate;
use super::fault::{Fault, Place};
use super::output::Pending;
use super::settings;
use world::World;

/// Where the lines of the journal go.
enum Out<'a> {
    Printed(&'a mut dyn Write),
    Filed(Pending),
}

impl Out<'_> {
    fn line(&mut self, line: &impl Serialize) -> Result<(), Fault> {
        match self {
            Out::Filed(file) => file.line(line),
            Out::Printed(out) => {
                serde_json::to_writer(&mut **out, line).map_err(std::io::Error::from)?;
                Ok(out.write_all(b"\n")?)
            }
        }
    }
}

/// Makes a journal.
pub(crate) fn run(wanted: &Generate, out: &mut dyn Write, err: &mut dyn Write) -> Result<(), Fault> {
    let began = Instant::now();
    let policy = settings::policy(&wanted.policy)?;
    let benefits = settings::benefits(&policy);
    let place = Place { source: "generate", line: None };
    let register = Register::new(policy).map_err(|error| place.error("", &error))?;
    let out = match &wanted.out {
        Some(path) => Out::Filed(Pending::create(path)?),
        None => Out::Printed(out),
    };
    let mut world = World::new(wanted, register, benefits, out);
    world.live().map_err(|error| match error {
        world::Stopped::Rules(error) => place.error("", &error),
        world::Stopped::Output(fault) => fault,
    })?;
    let summary = world.summary();
    match world.out {
        Out::Filed(file) => file.keep()?,
        Out::Printed(out) => out.flush()?,
    }
    writeln!(err, "{summary}, made in {:.2} s", began.elapsed().as_secs_f64())?;
    Ok(())
}

//! Playing the scenarios of `tests/scenarios` for tests that look at more than the scenarios expect.

use std::path::Path;

use kezek::{Command, Denial, Moment, Opening, Policy, Register};
use serde_json::Value;

/// All of them.
pub(crate) fn all() -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/scenarios");
    let entries = std::fs::read_dir(folder).expect("the scenarios");
    let texts =
        entries.map(|entry| std::fs::read_to_string(entry.expect("an entry").path()).expect("a text"));
    texts.map(|text| serde_json::from_str(&text).expect("JSON")).collect()
}

/// Plays one and looks after each step, at what was denied too; none where its policy must be refused.
pub(crate) fn play(scenario: &Value, mut look: impl FnMut(&Register, Moment, &[Denial])) -> Option<Register> {
    let steps = scenario["steps"].as_array()?;
    let policy = Policy::from_json(&scenario["policy"]).expect("a policy");
    let mut register = Opening::new(policy).open().expect("a register");
    for step in steps {
        let Ok(now) = step["at"].as_str().unwrap_or_default().parse::<Moment>() else { continue };
        let command = |key: &str| step.get(key).map(Command::from_json);
        let denials = match (command("do"), command("check")) {
            (Some(Ok(command)), _) => register.apply(command, now).map(|outcome| outcome.denials),
            (_, Some(Ok(command))) => register.advance(now).and_then(|_| register.check(command, now)),
            (_, _) => register.advance(now).map(|outcome| outcome.denials),
        };
        look(&register, now, &denials.unwrap_or_default());
    }
    Some(register)
}

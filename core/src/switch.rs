//! A switch for the tests that show what replay does without: under it, every question to a part panics.

/// What can be switched off.
#[derive(Clone, Copy)]
pub(crate) enum Part {
    Calendar,
    Policy,
}

/// Every question to a part passes here.
#[cfg(not(test))]
pub(crate) fn asked(_: Part) {}

#[cfg(test)]
pub(crate) use testing::{asked, off};

#[cfg(test)]
mod testing {
    use std::cell::Cell;

    use super::Part;

    thread_local! {
        static OFF: [Cell<bool>; 2] = const { [Cell::new(false), Cell::new(false)] };
    }

    fn with<T>(part: Part, look: impl FnOnce(&Cell<bool>) -> T) -> T {
        OFF.with(|[calendar, policy]| match part {
            Part::Calendar => look(calendar),
            Part::Policy => look(policy),
        })
    }

    pub(crate) fn asked(part: Part) {
        let name = match part {
            Part::Calendar => "a calendar",
            Part::Policy => "a policy",
        };
        assert!(!with(part, Cell::get), "{name} was asked while it is switched off");
    }

    /// Runs `run` with a part switched off in this thread.
    pub(crate) fn off<T>(part: Part, run: impl FnOnce() -> T) -> T {
        struct Restore(Part, bool);
        impl Drop for Restore {
            fn drop(&mut self) {
                with(self.0, |off| off.set(self.1));
            }
        }
        let _restore = Restore(part, with(part, |off| off.replace(true)));
        run()
    }
}

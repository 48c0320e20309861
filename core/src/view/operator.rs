//! What an operator looks at: what was done beside the rules, and what other rules would change.

use serde::Serialize;

use super::{PositionView, View};
use crate::{Actor, ApplicationNumber, Authority, DeadlineView, Error, Moment, Policy, Reason, Which};

/// One of the operator's commands that was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OverrideRow {
    /// Its first event.
    pub seq: u64,
    /// When.
    pub at: Moment,
    /// What that event says.
    #[serde(rename = "type")]
    pub fact: &'static str,
    /// About which application.
    pub application: Option<ApplicationNumber>,
    /// By whom, where that was said.
    pub by: Option<Actor>,
    /// On whose authority.
    pub authority: Authority,
    /// Why.
    pub grounds: Option<Reason>,
    /// How many waiting applications it put behind.
    pub passed: u32,
}

/// What another policy would change for one application. Only what changes is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PolicyEffect {
    /// Which.
    pub application: ApplicationNumber,
    /// Its numbers now and then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<(PositionView, PositionView)>,
    /// Its deadlines now and then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadlines: Option<(Vec<DeadlineView>, Vec<DeadlineView>)>,
    /// The commands whose answer changes, each with whether it is allowed then.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub permissions: Vec<(&'static str, bool)>,
}

impl View<'_> {
    /// Every operator's command that was done, the oldest first, with how many it passed over.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`](crate::ErrorCode::NotFound) at `events` where the host keeps them.
    pub fn overrides(self) -> Result<Vec<OverrideRow>, Error> {
        let events = self.register.whole_history()?.iter();
        let rows = events.filter_map(|event| {
            let envelope = event.envelope.as_ref()?;
            Some(OverrideRow {
                seq: event.seq,
                at: event.moment(),
                fact: event.fact.name(),
                application: event.fact.application().cloned(),
                by: envelope.by.clone(),
                authority: envelope.authority.clone()?,
                grounds: envelope.grounds.clone(),
                passed: envelope.passed.unwrap_or_default(),
            })
        });
        Ok(rows.collect())
    }

    /// What a policy would change for each application if it held from now on, before it is done. The register is
    /// copied for it: a question for an operator, not for every page.
    ///
    /// # Errors
    /// As the command `change_policy`: [`ErrorCode::InvalidPolicy`](crate::ErrorCode::InvalidPolicy) for another
    /// zone or calendar.
    pub fn preview_policy(self, policy: &Policy) -> Result<Vec<PolicyEffect>, Error> {
        let then = self.register.under(policy, self.now)?;
        let then = View { register: &then, now: self.now };
        let mut effects = Vec::new();
        for (_, application) in self.applications().filter(|(_, application)| application.is_active()) {
            let number = &application.number;
            let (before, after) = (self.position(number)?, then.position(number)?);
            let (ends, new_ends) = (self.deadlines(number)?, then.deadlines(number)?);
            let which = Which::Application(number.clone());
            let (may, will) = (self.permissions(&which, None)?, then.permissions(&which, None)?);
            let changed = may.iter().zip(&will).filter(|(may, will)| may.allowed != will.allowed);
            let effect = PolicyEffect {
                application: number.clone(),
                position: (before != after).then_some((before, after)),
                deadlines: (ends != new_ends).then_some((ends, new_ends)),
                permissions: changed.map(|(_, will)| (will.action, will.allowed)).collect(),
            };
            if effect.position.is_some() || effect.deadlines.is_some() || !effect.permissions.is_empty() {
                effects.push(effect);
            }
        }
        Ok(effects)
    }
}

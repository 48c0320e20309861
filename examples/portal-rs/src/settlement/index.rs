//! Where the events of an application are in the journal, so that a dossier does not look through all of it.

use std::collections::HashMap;

use kezek::{ApplicationNumber, Event, Fact, Kindergarten};

/// Events by application, applications by kindergarten.
#[derive(Default)]
pub(crate) struct Index {
    events: HashMap<ApplicationNumber, Vec<u64>>,
    /// Every application that ever had a referral to a kindergarten.
    referred: HashMap<Kindergarten, Vec<ApplicationNumber>>,
    /// Every application that was ever refused.
    refused: Vec<ApplicationNumber>,
    /// The kindergarten of the last referral.
    last: HashMap<ApplicationNumber, Kindergarten>,
}

impl Index {
    pub(super) fn take(&mut self, event: &Event) {
        let Some(application) = event.fact.application() else { return };
        self.events.entry(application.clone()).or_default().push(event.seq);
        if let Fact::ReferralIssued { kindergarten, .. } = &event.fact {
            self.refer(application, kindergarten);
        } else if let Fact::Imported(imported) = &event.fact
            && let Some(kindergarten) = &imported.kindergarten
        {
            self.refer(application, kindergarten);
        } else if let Fact::Refused { .. } = &event.fact
            && !self.refused.contains(application)
        {
            self.refused.push(application.clone());
        }
    }

    fn refer(&mut self, application: &ApplicationNumber, kindergarten: &Kindergarten) {
        let known = self.referred.entry(kindergarten.clone()).or_default();
        if !known.contains(application) {
            known.push(application.clone());
        }
        self.last.insert(application.clone(), kindergarten.clone());
    }

    /// The events of an application, the oldest first.
    pub(crate) fn events_of(&self, application: &ApplicationNumber) -> &[u64] {
        self.events.get(application).map_or(&[], Vec::as_slice)
    }

    /// The kindergarten that an application was last referred to.
    pub(crate) fn kindergarten_of(&self, application: &ApplicationNumber) -> Option<&Kindergarten> {
        self.last.get(application)
    }

    /// The applications that had a referral to a kindergarten.
    pub(crate) fn referred_to(&self, kindergarten: &Kindergarten) -> &[ApplicationNumber] {
        self.referred.get(kindergarten).map_or(&[], Vec::as_slice)
    }

    /// The applications that were refused.
    pub(crate) fn refused(&self) -> &[ApplicationNumber] {
        &self.refused
    }
}

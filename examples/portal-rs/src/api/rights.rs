//! Who may see what. (What somebody may *do*, the rules themselves judge.)

use std::collections::HashSet;

use kezek::{Actor, ApplicationNumber, Event, Kindergarten, View};

use crate::settlement::{Index, Readers};

/// What an actor may read.
pub(crate) enum Rights {
    /// Everything: the department, the operator.
    All,
    /// Of these applications: filed by the applicant, or linked to him (R05, R06).
    Own(HashSet<ApplicationNumber>),
    /// Of the applications whose last referral is to one of these kindergartens (R69).
    Referred(Vec<Kindergarten>),
}

impl Rights {
    /// Of an actor, as things stand.
    pub(crate) fn of(actor: &Actor, view: View<'_>) -> Rights {
        match actor {
            Actor::Applicant { iin } => {
                Rights::Own(view.journal(iin).into_iter().map(|own| own.application).collect())
            }
            Actor::Staff { kindergartens } => Rights::Referred(kindergartens.clone()),
            Actor::Department | Actor::Operator { .. } => Rights::All,
        }
    }

    /// Whether it may read the dossier of an application.
    pub(crate) fn read(&self, application: &ApplicationNumber, index: &Index) -> bool {
        match self {
            Rights::All => true,
            Rights::Own(own) => own.contains(application),
            Rights::Referred(kindergartens) => {
                index.kindergarten_of(application).is_some_and(|last| kindergartens.contains(last))
            }
        }
    }

    /// Whether it may see an event. What is about no application is told to everybody.
    pub(crate) fn see(&self, event: &Event, readers: &Readers) -> bool {
        event.fact.application().is_none_or(|application| self.read(application, &readers.index))
    }

    /// Whether it is one of these kindergartens, or above them.
    pub(crate) fn serve(&self, kindergarten: &str) -> bool {
        match self {
            Rights::All => true,
            Rights::Own(_) => false,
            Rights::Referred(own) => own.iter().any(|own| own.as_str() == kindergarten),
        }
    }
}

//! Every condition of every command on one application, each with its rule. Pure: it only answers.
//!
//! The conditions are listed in the order of wire.md 2; each is judged by itself, so that a parent learns
//! everything at once.

use super::{Application, Standing};
use crate::policy::{Clock, ExtensionBase, Per};
use crate::{
    Action, Actor, ApplicationNumber, Command, Day, DenialReason, GroupYear, Moment, Policy, ReferralNumber,
    Stage, VacancyState,
};

/// What the rules need to know around one application.
#[derive(Clone, Debug, Default)]
pub(crate) struct Around {
    /// The referral that the command names by its number.
    pub(crate) asked: Option<ReferralNumber>,
    /// Another application with which the child is enrolled.
    pub(crate) enrolled_with: Option<ApplicationNumber>,
    /// The vacancy that the command names.
    pub(crate) vacancy: Option<Places>,
}

/// What a choice needs to know of a vacancy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Places {
    pub(crate) vacancy: Option<u32>,
    pub(crate) group_year: GroupYear,
    pub(crate) waiting: u16,
    pub(crate) open: u16,
    pub(crate) state: VacancyState,
}

impl Application {
    /// Every unmet condition of a command on this application, the main one first.
    pub(crate) fn judge(
        &self,
        command: &Command,
        around: &Around,
        clock: Clock<'_>,
        now: Moment,
    ) -> Vec<DenialReason> {
        let mut unmet = Vec::new();
        unmet.extend(command.by.as_ref().and_then(|actor| self.not_yours(&command.action, actor)));
        unmet.extend(signature(command, clock));
        let stage = self.stage_forbids(&command.action, around.asked);
        let closed = stage == Some(DenialReason::AlreadyClosed);
        unmet.extend(stage);
        if !closed {
            self.conditions(&command.action, around, clock, now, &mut unmet);
        }
        unmet
    }

    /// What stands against giving it a turn: only one who is queued, old enough and under the age limit is called.
    pub(crate) fn not_callable(&self, clock: Clock<'_>, now: Moment) -> Vec<DenialReason> {
        let found = self.stage();
        let stage = (found != Stage::Queued).then_some(DenialReason::NotInQueue { found });
        let ages =
            [too_young(self.child.born, clock.policy, now), too_old(self.child.born, clock.policy, now)];
        stage.into_iter().chain(ages.into_iter().flatten()).collect()
    }

    /// R05, R06, R08: whose command it is.
    fn not_yours(&self, action: &Action, actor: &Actor) -> Option<DenialReason> {
        let (allowed, expected) = match action {
            // R05, R06: the applicant or a linked parent.
            Action::ChangeBenefit { .. }
            | Action::ConfirmInterest { .. }
            | Action::Withdraw { .. }
            | Action::PassTurn { .. }
            | Action::Choose { .. }
            | Action::ExtendReferral { .. }
            | Action::RecallReferral { .. } => {
                let own = matches!(actor, Actor::Applicant { iin } if self.belongs_to(iin));
                (own, "the applicant or a linked parent")
            }
            // R06: the parent himself, or one already linked.
            Action::LinkParent { parent, .. } => {
                let own = matches!(actor, Actor::Applicant { iin } if iin == parent || self.belongs_to(iin));
                (own, "the parent, or one already linked")
            }
            // O25, F18, R78: staff of the kindergarten, or the department.
            Action::RecordVisit { .. } | Action::ProveBenefit { .. } | Action::MarkDeparture { .. } => {
                let served = *actor == Actor::Department || self.is_served_by(actor);
                (served, "staff of the referral's kindergarten, or the department")
            }
            // R71: staff of the kindergarten.
            Action::Accept { .. } | Action::Refuse { .. } => {
                (self.is_served_by(actor), "staff of the referral's kindergarten")
            }
            // R75, R76: the department.
            Action::UpholdRefusal { .. } | Action::OverturnRefusal { .. } => {
                (*actor == Actor::Department, "the department")
            }
            Action::Submit { .. } | Action::PublishVacancy { .. } | Action::Operate(_) => (true, ""),
        };
        (!allowed).then_some(DenialReason::NotYours { expected: expected.into() })
    }

    /// The table "What is allowed when" of wire.md 2.
    fn stage_forbids(&self, action: &Action, asked: Option<ReferralNumber>) -> Option<DenialReason> {
        let found = self.stage();
        let live = asked.is_none() || asked == self.referral().map(|referral| referral.number);
        match action {
            // R27: only in the queue.
            Action::ChangeBenefit { .. } => match found {
                Stage::Queued => None,
                Stage::Notified
                | Stage::Referred
                | Stage::UnderReview
                | Stage::StopListed
                | Stage::Inactive
                | Stage::Enrolled => Some(DenialReason::NotInQueue { found }),
                Stage::Closed => Some(DenialReason::AlreadyClosed),
            },
            // R34: shown in the queue, and nothing forbids it in the other active stages (O22). F18: likewise.
            Action::ConfirmInterest { .. } | Action::ProveBenefit { .. } => match found {
                Stage::Queued
                | Stage::Notified
                | Stage::Referred
                | Stage::UnderReview
                | Stage::StopListed
                | Stage::Inactive => None,
                Stage::Enrolled => Some(DenialReason::NotInQueue { found }),
                Stage::Closed => Some(DenialReason::AlreadyClosed),
            },
            // R28; R29: not with a referral, unless the kindergarten must accept the child anyway.
            Action::Withdraw { .. } => match &self.standing {
                Standing::Queued
                | Standing::Notified { .. }
                | Standing::UnderReview { .. }
                | Standing::StopListed { .. }
                | Standing::Inactive { .. }
                | Standing::Referred { must_accept: true, .. } => None,
                Standing::Referred { must_accept: false, .. } | Standing::Enrolled(_) => {
                    Some(DenialReason::NotInQueue { found })
                }
                Standing::Closed { .. } => Some(DenialReason::AlreadyClosed),
            },
            // Only a turn can be passed.
            Action::PassTurn { .. } => match found {
                Stage::Notified => None,
                Stage::Queued => Some(DenialReason::NotYourTurn),
                Stage::Referred
                | Stage::UnderReview
                | Stage::StopListed
                | Stage::Inactive
                | Stage::Enrolled => Some(DenialReason::NotInQueue { found }),
                Stage::Closed => Some(DenialReason::AlreadyClosed),
            },
            // R35; R49, O32: blocked in the stop-list.
            Action::Choose { .. } => match &self.standing {
                Standing::Queued | Standing::Notified { .. } => None,
                Standing::StopListed { until } => Some(DenialReason::StopListed { until: Some(until.at) }),
                Standing::Referred { .. }
                | Standing::UnderReview { .. }
                | Standing::Inactive { .. }
                | Standing::Enrolled(_) => Some(DenialReason::NotInQueue { found }),
                Standing::Closed { .. } => Some(DenialReason::AlreadyClosed),
            },
            // R55, O07, R71: with a live referral, and this one.
            Action::ExtendReferral { .. }
            | Action::RecallReferral { .. }
            | Action::RecordVisit { .. }
            | Action::Accept { .. }
            | Action::Refuse { .. } => match found {
                Stage::Referred if live => None,
                Stage::UnderReview if live => Some(DenialReason::UnderReview),
                Stage::Queued
                | Stage::Notified
                | Stage::Referred
                | Stage::UnderReview
                | Stage::StopListed
                | Stage::Inactive
                | Stage::Enrolled
                | Stage::Closed => Some(DenialReason::NoActiveReferral { found }),
            },
            // R75, R76: while the refusal lies with the department.
            Action::UpholdRefusal { .. } | Action::OverturnRefusal { .. } => match found {
                Stage::UnderReview if live => None,
                Stage::Queued
                | Stage::Notified
                | Stage::Referred
                | Stage::UnderReview
                | Stage::StopListed
                | Stage::Inactive
                | Stage::Enrolled
                | Stage::Closed => Some(DenialReason::NotUnderReview { found }),
            },
            // R77: only an enrolled child can leave.
            Action::MarkDeparture { .. } => match found {
                Stage::Enrolled => None,
                Stage::Closed => Some(DenialReason::AlreadyClosed),
                Stage::Queued
                | Stage::Notified
                | Stage::Referred
                | Stage::UnderReview
                | Stage::StopListed
                | Stage::Inactive => Some(DenialReason::NotEnrolled { found }),
            },
            // R06: at any time before it is closed.
            Action::LinkParent { .. } => match found {
                Stage::Closed => Some(DenialReason::AlreadyClosed),
                Stage::Queued
                | Stage::Notified
                | Stage::Referred
                | Stage::UnderReview
                | Stage::StopListed
                | Stage::Inactive
                | Stage::Enrolled => None,
            },
            Action::Submit { .. } | Action::PublishVacancy { .. } | Action::Operate(_) => None,
        }
    }

    /// What else a command asks for. What concerns a referral is judged only while it is live and not under
    /// review.
    fn conditions(
        &self,
        action: &Action,
        around: &Around,
        clock: Clock<'_>,
        now: Moment,
        unmet: &mut Vec<DenialReason>,
    ) {
        match (action, self.live(around)) {
            // R17: a benefit of the policy's list.
            (Action::ChangeBenefit { benefit: Some(benefit), .. }, _)
                if !clock.policy.knows_benefit(benefit) =>
            {
                unmet.push(unknown_benefit(clock.policy, Some(benefit.to_string())));
            }
            // F18: there must be a benefit to prove.
            (Action::ProveBenefit { .. }, _) if self.benefit.is_none() => {
                unmet.push(unknown_benefit(clock.policy, None));
            }
            (Action::Choose { .. }, _) => self.choice(around, clock, now, unmet),
            // O27: a child can be enrolled once.
            (Action::Accept { .. }, Some(_)) => {
                let with = around.enrolled_with.as_ref();
                unmet.extend(with.map(|with| DenialReason::AlreadyEnrolled { found: with.to_string() }));
            }
            // R76: the department has decided.
            (Action::Refuse { .. }, Some(live)) if live.must_accept => unmet.push(DenialReason::MustAccept),
            // O25: once.
            (Action::RecordVisit { .. }, Some(live)) if live.visited => {
                unmet.push(DenialReason::AlreadyVisited)
            }
            (Action::RecallReferral { .. }, Some(live)) => unmet.extend(live.recall(now)),
            (Action::ExtendReferral { until, .. }, Some(live)) => {
                self.extension(*until, &live, clock, now, unmet);
            }
            (
                Action::ChangeBenefit { .. }
                | Action::ProveBenefit { .. }
                | Action::Accept { .. }
                | Action::Refuse { .. }
                | Action::RecordVisit { .. }
                | Action::RecallReferral { .. }
                | Action::ExtendReferral { .. }
                | Action::Submit { .. }
                | Action::ConfirmInterest { .. }
                | Action::LinkParent { .. }
                | Action::Withdraw { .. }
                | Action::PassTurn { .. }
                | Action::PublishVacancy { .. }
                | Action::UpholdRefusal { .. }
                | Action::OverturnRefusal { .. }
                | Action::MarkDeparture { .. }
                | Action::Operate(_),
                _,
            ) => {}
        }
        // R54, R58, R73, R78: a stated reason.
        if action.reason().is_some_and(|reason| reason.is_blank()) {
            unmet.push(DenialReason::ReasonRequired);
        }
    }

    /// R35: age, turn and free places.
    fn choice(&self, around: &Around, clock: Clock<'_>, now: Moment, unmet: &mut Vec<DenialReason>) {
        let places = around.vacancy;
        // R41: of his group year.
        if let Some(places) = places
            && places.group_year != self.group_year
        {
            unmet.push(DenialReason::WrongGroupYear { expected: self.group_year, found: places.group_year });
        }
        // R36, O32: two full years or older, in free choice too.
        unmet.extend(too_young(self.child.born, clock.policy, now));
        unmet.extend(too_old(self.child.born, clock.policy, now));
        // R35, O42: without a turn only what is in free choice; the condition is met there, even when
        // somebody else was faster.
        let in_free_choice = places.is_some_and(|places| {
            places.open > 0 || (places.waiting == 0 && places.state == VacancyState::FreeChoice)
        });
        if self.stage() == Stage::Queued && !in_free_choice {
            unmet.push(DenialReason::NotYourTurn);
        }
        // O26: notified, and then no free place left.
        if places.is_none_or(|places| places.waiting == 0 && places.open == 0) {
            unmet.push(DenialReason::NoFreePlace { found: places.and_then(|places| places.vacancy) });
        }
    }

    /// The standing of the referral that is meant, while it is live and not under review.
    fn live(&self, around: &Around) -> Option<Live<'_>> {
        match &self.standing {
            Standing::Referred { referral, expires_at, visited, must_accept, .. }
                if around.asked.is_none_or(|asked| asked == referral.number) =>
            {
                let expires_at = expires_at.map(|deadline| deadline.at);
                Some(Live { referral, expires_at, visited: *visited, must_accept: *must_accept })
            }
            Standing::Queued
            | Standing::Notified { .. }
            | Standing::Referred { .. }
            | Standing::UnderReview { .. }
            | Standing::StopListed { .. }
            | Standing::Inactive { .. }
            | Standing::Enrolled(_)
            | Standing::Closed { .. } => None,
        }
    }

    /// R53: once, by up to 30 calendar days.
    fn extension(
        &self,
        until: Day,
        live: &Live<'_>,
        clock: Clock<'_>,
        now: Moment,
        unmet: &mut Vec<DenialReason>,
    ) {
        // O23, O25: nothing to extend once the term no longer runs.
        if live.expires_at.is_none() {
            unmet.push(DenialReason::NoTermRuns);
        }
        // R53, O09: so many times per referral, or per application.
        let (expected, found) = match clock.policy.extension {
            None => (0, 0),
            Some(extension) => match extension.per {
                Per::Referral => (extension.times.get(), live.referral.extensions),
                Per::Application => (extension.times.get(), self.extensions),
            },
        };
        if found >= expected {
            unmet.push(DenialReason::ExtensionUsed { expected, found });
        }
        let Some(expires_at) = live.expires_at else { return };
        // O37: later than the present end; a day off will do.
        let asked = clock.after(until, live.referral.issued_at);
        if asked <= expires_at {
            let expected = clock.last_good_day(expires_at);
            unmet.push(DenialReason::ExtensionNotLater { expected, found: until });
        }
        // O08: at most so much later than the last good day (or the issue, or today).
        let Some(extension) = clock.policy.extension else { return };
        let base = match extension.counted_from {
            ExtensionBase::Expiry => clock.last_good_day(expires_at),
            ExtensionBase::Issue => clock.day(live.referral.issued_at),
            ExtensionBase::Request => clock.day(now),
        };
        let latest = clock.latest(extension.max, base, live.referral.issued_at);
        if asked > latest {
            unmet
                .push(DenialReason::ExtensionTooLong { expected: clock.last_good_day(latest), found: until });
        }
    }
}

/// A referral that is live and not under review.
struct Live<'a> {
    referral: &'a super::Referral,
    expires_at: Option<Moment>,
    visited: bool,
    must_accept: bool,
}

impl Live<'_> {
    /// R56, R57: not later than 24 hours from the issue, after an extension too (O38).
    fn recall(&self, now: Moment) -> Option<DenialReason> {
        let until = self.referral.recall_until.map(|deadline| deadline.at);
        let closed = until.is_none_or(|until| now >= until);
        let expected = until.map(|until| until.plus_seconds(-1));
        closed.then_some(DenialReason::RecallWindowClosed { expected, found: now })
    }
}

/// R11: with a caller named, the acts that need one carry a signature.
pub(crate) fn signature(command: &Command, clock: Clock<'_>) -> Option<DenialReason> {
    let required = clock.policy.signature == crate::policy::Signature::Required;
    let missing = command.by.is_some()
        && command.action.is_signed()
        && command.signature.as_ref().is_none_or(|signature| signature.trim().is_empty());
    (required && missing).then_some(DenialReason::SignatureRequired)
}

/// R36, O02: a place is for children from an age on.
fn too_young(born: Day, policy: &Policy, now: Moment) -> Option<DenialReason> {
    let until = policy.old_enough_at(born);
    let (expected, found) = (policy.day(until), policy.day(now));
    (now < until).then_some(DenialReason::TooYoung { expected, found, until })
}

/// R23: a child is registered from birth on.
pub(crate) fn not_born(born: Day, policy: &Policy, now: Moment) -> Option<DenialReason> {
    let (today, until) = (policy.day(now), policy.zone().midnight(born));
    (today < born).then_some(DenialReason::TooYoung { expected: born, found: today, until })
}

/// R12, O28: the service is for children up to an age.
pub(crate) fn too_old(born: Day, policy: &Policy, now: Moment) -> Option<DenialReason> {
    let limit = policy.too_old_at(born);
    (now >= limit).then(|| DenialReason::TooOld { expected: policy.day(limit), found: policy.day(now) })
}

/// R17: a benefit comes from the policy's list.
pub(crate) fn unknown_benefit(policy: &Policy, found: Option<String>) -> DenialReason {
    let expected = policy.benefits.iter().map(|benefit| benefit.id.to_string()).collect();
    DenialReason::UnknownBenefit { expected, found }
}

/// R17: a benefit is declared with documents. What they are worth is a matter of the enrolment (R18).
pub(crate) fn undocumented(with_benefit: bool, documents: Option<u32>) -> Option<DenialReason> {
    let without = with_benefit && documents.unwrap_or_default() == 0;
    without.then_some(DenialReason::DocumentsRequired)
}

//! Single words: where something stands, what kind it is, what it is called.

use super::{Key, Role, Texts};
use crate::{
    BenefitId, Channel, CloseReason, ErrorCode, KindergartenKind, Language, Stage, Tier, VacancyState,
};

impl Texts<'_> {
    /// Where an application stands: «Кезекте», «В очереди».
    #[must_use]
    pub fn stage(self, stage: Stage) -> &'static str {
        self.say(match stage {
            Stage::Queued => Key::StageQueued,
            Stage::Notified => Key::StageNotified,
            Stage::Referred => Key::StageReferred,
            Stage::UnderReview => Key::StageUnderReview,
            Stage::StopListed => Key::StageStopListed,
            Stage::Inactive => Key::StageInactive,
            Stage::Enrolled => Key::StageEnrolled,
            Stage::Closed => Key::StageClosed,
        })
    }

    /// Why an application was closed, as a part of a sentence: «по желанию заявителя».
    #[must_use]
    pub fn close_reason(self, reason: CloseReason) -> &'static str {
        self.say(match reason {
            CloseReason::Withdrawn => Key::ClosedWithdrawn,
            CloseReason::InterestLapsed => Key::ClosedInterestLapsed,
            CloseReason::ReferralsLapsed => Key::ClosedReferralsLapsed,
            CloseReason::RefusalUpheld => Key::ClosedRefusalUpheld,
            CloseReason::AgeLimit => Key::ClosedAgeLimit,
            CloseReason::NoAnswer => Key::ClosedNoAnswer,
            CloseReason::Departed => Key::ClosedDeparted,
            CloseReason::Moved => Key::ClosedMoved,
        })
    }

    /// The state of a vacancy: «Ожидает», «В свободном выборе» (R62).
    #[must_use]
    pub fn vacancy_state(self, state: VacancyState) -> &'static str {
        self.say(match state {
            VacancyState::Waiting => Key::VacancyWaiting,
            VacancyState::FreeChoice => Key::VacancyFreeChoice,
        })
    }

    /// The kind of a kindergarten: «Государственный» (R68).
    #[must_use]
    pub fn kind(self, kind: KindergartenKind) -> &'static str {
        self.say(match kind {
            KindergartenKind::State => Key::KindState,
            KindergartenKind::Private => Key::KindPrivate,
            KindergartenKind::MiniCentre => Key::KindMiniCentre,
        })
    }

    /// The language of instruction of a place: «Казахский» (R63).
    #[must_use]
    pub fn language_of_instruction(self, language: Language) -> &'static str {
        self.say(match language {
            Language::Kk => Key::LanguageKk,
            Language::Ru => Key::LanguageRu,
            Language::En => Key::LanguageEn,
        })
    }

    /// A benefit by the name that the policy gives it, else by that of the shipped policies, else by its id; «Без
    /// льготы» for none.
    #[must_use]
    pub fn benefit(&self, benefit: Option<&BenefitId>) -> String {
        let Some(id) = benefit else { return self.say(Key::BenefitNone).to_owned() };
        let row = self.policy.and_then(|policy| policy.benefit(id));
        let own = row.and_then(|row| self.named(row.names.as_ref()?));
        let shipped = || shipped_benefit(id).map(|key| self.say(key));
        own.or_else(shipped).map_or_else(|| id.to_string(), str::to_owned)
    }

    /// What a benefit does to the order: «Внеочередная».
    #[must_use]
    pub fn tier(self, tier: Tier) -> &'static str {
        self.say(match tier {
            Tier::OutOfTurn => Key::TierOutOfTurn,
            Tier::Priority => Key::TierPriority,
            Tier::Listed => Key::TierListed,
        })
    }

    /// Where an application was filed (R24).
    #[must_use]
    pub fn channel(self, channel: Channel) -> &'static str {
        self.say(match channel {
            Channel::Portal => Key::ChannelPortal,
            Channel::Egov => Key::ChannelEgov,
            Channel::Centre => Key::ChannelCentre,
        })
    }

    /// Who acts: «Заявитель», «Сотрудник ДДО».
    #[must_use]
    pub fn role(self, role: Role) -> &'static str {
        self.say(match role {
            Role::Applicant => Key::RoleApplicant,
            Role::Staff => Key::RoleStaff,
            Role::Department => Key::RoleDepartment,
            Role::Operator => Key::RoleOperator,
        })
    }

    /// What is wrong with an input, in one or two sentences.
    #[must_use]
    pub fn error(self, code: ErrorCode) -> &'static str {
        self.say(match code {
            ErrorCode::Malformed => Key::ErrorMalformed,
            ErrorCode::UnknownPolicy => Key::ErrorUnknownPolicy,
            ErrorCode::InvalidPolicy => Key::ErrorInvalidPolicy,
            ErrorCode::NotFound => Key::ErrorNotFound,
            ErrorCode::NotSettled => Key::ErrorNotSettled,
            ErrorCode::ClockMovedBack => Key::ErrorClockMovedBack,
            ErrorCode::StaleRevision => Key::ErrorStaleRevision,
            ErrorCode::KeyConflict => Key::ErrorKeyConflict,
            ErrorCode::OutsideCalendar => Key::ErrorOutsideCalendar,
            ErrorCode::NumbersExhausted => Key::ErrorNumbersExhausted,
            ErrorCode::UnsupportedFormat => Key::ErrorUnsupportedFormat,
            ErrorCode::CorruptHistory => Key::ErrorCorruptHistory,
        })
    }
}

/// The benefits that the shipped policies know; a test holds them against the policies.
fn shipped_benefit(id: &BenefitId) -> Option<Key> {
    match id.as_str() {
        "disabled-parent" => Some(Key::BenefitDisabledParent),
        "no-parental-care" => Some(Key::BenefitNoParentalCare),
        "orphan" => Some(Key::BenefitOrphan),
        "large-family" => Some(Key::BenefitLargeFamily),
        "veteran-equated" => Some(Key::BenefitVeteranEquated),
        "serviceman" => Some(Key::BenefitServiceman),
        "special-body" => Some(Key::BenefitSpecialBody),
        "special-needs" => Some(Key::BenefitSpecialNeeds),
        _ => None,
    }
}

//! Denials out of JSON: for hosts that kept one, and put it into words later.

use std::borrow::Cow;
use std::sync::Arc;

use serde_json::Value;

use super::{Denial, DenialReason};
use crate::fields::Fields;
use crate::{Error, Stage};

impl Denial {
    /// A denial out of its JSON. What it says is taken as it stands; nothing is judged again.
    ///
    /// ```
    /// use kezek::{Denial, Language, Texts, Zone};
    /// let kept = serde_json::json!({"code": "no_free_place", "found": 7, "rule": "O26", "policy": "akmola-2018"});
    /// let denial = Denial::from_json(kept)?;
    /// let texts = Texts::new(Language::En, Zone::Almaty).ok_or("English is not built in")?;
    /// assert!(texts.denial(&denial).contains("7"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorCode::Malformed`](crate::ErrorCode::Malformed) with the path of the field; a code that the library
    /// does not know, and a field that the code does not have, too.
    pub fn from_json(value: Value) -> Result<Denial, Error> {
        let mut from = Fields::of(value, "a denial")?;
        let policy: String = from.need("policy")?;
        let rule = from.need("rule")?;
        let reason = DenialReason::read(&mut from)?;
        from.end()?;
        Ok(Denial { reason, rule, policy: Arc::from(policy) })
    }
}

impl DenialReason {
    fn read(from: &mut Fields) -> Result<DenialReason, Error> {
        let code: String = from.need("code")?;
        Ok(match code.as_str() {
            "not_found" => DenialReason::NotFound { expected: words(from)?, found: from.need("found")? },
            "paused" => DenialReason::Paused,
            "not_yours" => DenialReason::NotYours { expected: words(from)? },
            "signature_required" => DenialReason::SignatureRequired,
            "already_closed" => DenialReason::AlreadyClosed,
            "not_in_queue" => DenialReason::NotInQueue { found: from.need("found")? },
            "stop_listed" => DenialReason::StopListed { until: from.may("until")? },
            "no_active_referral" => DenialReason::NoActiveReferral { found: from.need("found")? },
            "under_review" => DenialReason::UnderReview,
            "not_under_review" => DenialReason::NotUnderReview { found: from.need("found")? },
            "not_enrolled" => DenialReason::NotEnrolled { found: from.need("found")? },
            "number_taken" => DenialReason::NumberTaken { found: from.need("found")? },
            "already_in_queue" => DenialReason::AlreadyInQueue { found: from.need("found")? },
            "already_enrolled" => DenialReason::AlreadyEnrolled { found: from.need("found")? },
            "wrong_group_year" => {
                DenialReason::WrongGroupYear { expected: from.need("expected")?, found: from.need("found")? }
            }
            "too_young" => DenialReason::TooYoung {
                expected: from.need("expected")?,
                found: from.need("found")?,
                until: from.need("until")?,
            },
            "too_old" => {
                DenialReason::TooOld { expected: from.need("expected")?, found: from.need("found")? }
            }
            "unknown_benefit" => {
                DenialReason::UnknownBenefit { expected: from.need("expected")?, found: from.may("found")? }
            }
            "documents_required" => DenialReason::DocumentsRequired,
            "not_your_turn" => DenialReason::NotYourTurn,
            "no_free_place" => DenialReason::NoFreePlace { found: from.may("found")? },
            "must_accept" => DenialReason::MustAccept,
            "no_term_runs" => DenialReason::NoTermRuns,
            "already_visited" => DenialReason::AlreadyVisited,
            "recall_window_closed" => DenialReason::RecallWindowClosed {
                expected: from.may("expected")?,
                found: from.need("found")?,
            },
            "extension_used" => {
                DenialReason::ExtensionUsed { expected: from.need("expected")?, found: from.need("found")? }
            }
            "extension_not_later" => DenialReason::ExtensionNotLater {
                expected: from.need("expected")?,
                found: from.need("found")?,
            },
            "extension_too_long" => DenialReason::ExtensionTooLong {
                expected: from.need("expected")?,
                found: from.need("found")?,
            },
            "reason_required" => DenialReason::ReasonRequired,
            "places_out_of_range" => {
                DenialReason::PlacesOutOfRange { expected: words(from)?, found: from.need("found")? }
            }
            "publication_closed" => DenialReason::PublicationClosed { found: from.need("found")? },
            "wrong_stage" => {
                let expected: Vec<Stage> = from.need("expected")?;
                DenialReason::WrongStage { expected: Cow::Owned(expected), found: from.need("found")? }
            }
            "last_parent" => DenialReason::LastParent,
            "not_paused" => DenialReason::NotPaused,
            other => return Err(Error::malformed("code", "the code of a denial", format!("{other:?}"))),
        })
    }
}

fn words(from: &mut Fields) -> Result<Cow<'static, str>, Error> {
    from.need("expected").map(Cow::Owned)
}

//! The documents of an application (Общие документы / Жалпы құжаттар).

use serde::{Deserialize, Serialize};

use super::View;
use crate::{ApplicationNumber, Error, Event, Fact, Moment};

/// A document that the portal makes by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DocumentKind {
    /// «Уведомление о регистрации», R22.
    RegistrationNotice,
    /// «Извещение о приеме документов», R22.
    DocumentsReceipt,
    /// «Регистрация ребенка в книге учета», R22.
    RecordBookEntry,
    /// «Карточка ребёнка», R45.
    ChildCard,
    /// «Направление в ДДО», R45.
    Referral,
}

/// A document and its date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DocumentView {
    /// Which.
    pub kind: DocumentKind,
    /// When it was made.
    pub at: Moment,
}

impl View<'_> {
    /// The documents of an application: three on registration (R22), two with each referral (R45).
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`](crate::ErrorCode::NotFound).
    pub fn documents(self, number: &ApplicationNumber) -> Result<Vec<DocumentView>, Error> {
        Ok(self.history(number)?.into_iter().flat_map(|event| DocumentView::of(event)).collect())
    }
}

impl DocumentView {
    /// The documents that are made when something happens: for a host that keeps the events of an application at
    /// hand, and need not look through the whole journal as [`View::documents`] does.
    ///
    /// ```
    /// # use kezek::{Action, Child, DocumentView, Policy, Register};
    /// # let mut register = Register::new(Policy::named("akmola-2018")?)?;
    /// # let child = Child { iin: "p:child-1".parse()?, born: "2015-05-02".parse()? };
    /// # let submit = Action::Submit { applicant: "p:parent-1".parse()?, child, benefit: None, documents: None,
    /// #     channel: None, channel_number: None, application: None };
    /// let events = register.apply(submit, "2018-01-10T09:00:00+06:00".parse()?)?.accepted()?;
    /// assert_eq!(DocumentView::of(&events[0]).len(), 3);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn of(event: &Event) -> Vec<DocumentView> {
        let kinds: &[DocumentKind] = if let Fact::Registered { .. } = &event.fact {
            &[DocumentKind::RegistrationNotice, DocumentKind::DocumentsReceipt, DocumentKind::RecordBookEntry]
        } else if let Fact::ReferralIssued { .. } = &event.fact {
            &[DocumentKind::ChildCard, DocumentKind::Referral]
        } else {
            &[]
        };
        kinds.iter().map(|kind| DocumentView { kind: *kind, at: event.moment() }).collect()
    }
}

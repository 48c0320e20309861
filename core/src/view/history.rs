//! The documents of an application (Общие документы / Жалпы құжаттар).

use serde::{Deserialize, Serialize};

use super::View;
use crate::{ApplicationNumber, Error, Fact, Moment};

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
        let mut documents = Vec::new();
        for event in self.history(number)? {
            let kinds: &[DocumentKind] = if let Fact::Registered { .. } = &event.fact {
                &[
                    DocumentKind::RegistrationNotice,
                    DocumentKind::DocumentsReceipt,
                    DocumentKind::RecordBookEntry,
                ]
            } else if let Fact::ReferralIssued { .. } = &event.fact {
                &[DocumentKind::ChildCard, DocumentKind::Referral]
            } else {
                &[]
            };
            documents.extend(kinds.iter().map(|kind| DocumentView { kind: *kind, at: event.moment() }));
        }
        Ok(documents)
    }
}

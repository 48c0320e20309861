//! What stands over the columns of the portal's tables and beside the fields of its cards.

use super::{Key, Texts};

/// A heading or a caption of the portal (rules A2, R24, R26, R61).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Label {
    /// «Номер заявления».
    Application,
    /// «В очереди с».
    InQueueSince,
    /// «Текущее состояние».
    Stage,
    /// «Тип льготы».
    Benefit,
    /// «Номер очереди», R26.
    Number,
    /// The number in the line of the group year.
    NumberInGroupYear,
    /// «Номер очереди по льготной категории», R26.
    NumberInBenefit,
    /// «Название детского сада», R61.
    Kindergarten,
    /// «Год группы».
    GroupYear,
    /// «Язык».
    Language,
    /// «Всего».
    Total,
    /// «Свободно».
    Free,
    /// «Тип детского сада».
    Kind,
    /// «Дата добавления».
    PublishedAt,
    /// «Состояние» of a vacancy.
    VacancyState,
    /// «Список детских дошкольных организаций (свободных мест)».
    Vacancies,
    /// The lines.
    Queue,
    /// Deadlines.
    Deadlines,
    /// When something falls due.
    When,
    /// What it brings.
    What,
    /// The rule.
    Rule,
    /// A command was not done.
    Denied,
    /// An empty list.
    Nothing,
    /// A Saturday or Sunday that is off.
    Weekend,
    /// A weekday that is off.
    DayOff,
    /// A Saturday or Sunday that is worked.
    Worked,
    /// «ИИН заявителя», R14.
    FormApplicantIin,
    /// «Дата рождения заявителя», R14.
    FormApplicantBorn,
    /// «E-mail», R14.
    FormEmail,
    /// «Телефон», R14.
    FormPhone,
    /// «Дополнительный Email», R24.
    FormAdditionalEmail,
    /// «Дополнительный телефон», R24.
    FormAdditionalPhone,
    /// «ИИН ребенка», R16.
    FormChildIin,
    /// «Дата рождения ребенка», R16.
    FormChildBorn,
    /// «Категория льготности», R17.
    FormBenefit,
    /// «Документы удостоверяющие льготу», R17.
    FormDocuments,
    /// The tick that the instruction was read, R13.
    FormInstructionRead,
}

impl Label {
    /// All of them.
    pub const ALL: [Label; 37] = [
        Label::Application,
        Label::InQueueSince,
        Label::Stage,
        Label::Benefit,
        Label::Number,
        Label::NumberInGroupYear,
        Label::NumberInBenefit,
        Label::Kindergarten,
        Label::GroupYear,
        Label::Language,
        Label::Total,
        Label::Free,
        Label::Kind,
        Label::PublishedAt,
        Label::VacancyState,
        Label::Vacancies,
        Label::Queue,
        Label::Deadlines,
        Label::When,
        Label::What,
        Label::Rule,
        Label::Denied,
        Label::Nothing,
        Label::Weekend,
        Label::DayOff,
        Label::Worked,
        Label::FormApplicantIin,
        Label::FormApplicantBorn,
        Label::FormEmail,
        Label::FormPhone,
        Label::FormAdditionalEmail,
        Label::FormAdditionalPhone,
        Label::FormChildIin,
        Label::FormChildBorn,
        Label::FormBenefit,
        Label::FormDocuments,
        Label::FormInstructionRead,
    ];

    /// Its name among the stored texts ([`Texts::stored`]), without the group: `application`, `form.child_iin`.
    #[must_use]
    pub fn name(self) -> &'static str {
        let name = self.key().name();
        name.strip_prefix("label.").unwrap_or(name)
    }

    /// The label of that name.
    ///
    /// ```
    /// use kezek::Label;
    /// assert_eq!(Label::named("number_in_benefit"), Some(Label::NumberInBenefit));
    /// assert!(Label::ALL.into_iter().all(|label| Label::named(label.name()) == Some(label)));
    /// ```
    #[must_use]
    pub fn named(name: &str) -> Option<Label> {
        Label::ALL.into_iter().find(|label| label.name() == name)
    }

    /// The label of a field of the form, by its path as [`Finding::field`](crate::Finding::field) names it:
    /// `child.iin`.
    ///
    /// ```
    /// use kezek::{Label, Language, Texts, Zone};
    /// let texts = Texts::new(Language::Kk, Zone::Almaty).ok_or("Kazakh is not built in")?;
    /// assert_eq!(Label::of_field("child.iin").map(|label| texts.label(label)), Some("Баланың ЖСН-і"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn of_field(path: &str) -> Option<Label> {
        match path {
            "applicant.iin" => Some(Label::FormApplicantIin),
            "applicant.born" => Some(Label::FormApplicantBorn),
            "applicant.email" => Some(Label::FormEmail),
            "applicant.phone" => Some(Label::FormPhone),
            "applicant.additional_email" => Some(Label::FormAdditionalEmail),
            "applicant.additional_phone" => Some(Label::FormAdditionalPhone),
            "child.iin" => Some(Label::FormChildIin),
            "child.born" => Some(Label::FormChildBorn),
            "benefit" => Some(Label::FormBenefit),
            "documents" => Some(Label::FormDocuments),
            "instruction_read" => Some(Label::FormInstructionRead),
            _ => None,
        }
    }
}

impl Label {
    fn key(self) -> Key {
        match self {
            Label::Application => Key::LabelApplication,
            Label::InQueueSince => Key::LabelInQueueSince,
            Label::Stage => Key::LabelStage,
            Label::Benefit => Key::LabelBenefit,
            Label::Number => Key::LabelNumber,
            Label::NumberInGroupYear => Key::LabelNumberInYear,
            Label::NumberInBenefit => Key::LabelNumberInBenefit,
            Label::Kindergarten => Key::LabelKindergarten,
            Label::GroupYear => Key::LabelGroupYear,
            Label::Language => Key::LabelLanguage,
            Label::Total => Key::LabelTotal,
            Label::Free => Key::LabelFree,
            Label::Kind => Key::LabelKind,
            Label::PublishedAt => Key::LabelPublishedAt,
            Label::VacancyState => Key::LabelVacancyState,
            Label::Vacancies => Key::LabelVacancies,
            Label::Queue => Key::LabelQueue,
            Label::Deadlines => Key::LabelDeadlines,
            Label::When => Key::LabelWhen,
            Label::What => Key::LabelWhat,
            Label::Rule => Key::LabelRule,
            Label::Denied => Key::LabelDenied,
            Label::Nothing => Key::LabelNothing,
            Label::Weekend => Key::LabelWeekend,
            Label::DayOff => Key::LabelDayOff,
            Label::Worked => Key::LabelWorked,
            Label::FormApplicantIin => Key::LabelFormApplicantIin,
            Label::FormApplicantBorn => Key::LabelFormApplicantBorn,
            Label::FormEmail => Key::LabelFormEmail,
            Label::FormPhone => Key::LabelFormPhone,
            Label::FormAdditionalEmail => Key::LabelFormAdditionalEmail,
            Label::FormAdditionalPhone => Key::LabelFormAdditionalPhone,
            Label::FormChildIin => Key::LabelFormChildIin,
            Label::FormChildBorn => Key::LabelFormChildBorn,
            Label::FormBenefit => Key::LabelFormBenefit,
            Label::FormDocuments => Key::LabelFormDocuments,
            Label::FormInstructionRead => Key::LabelFormInstructionRead,
        }
    }
}

impl Texts<'_> {
    /// A heading or a caption.
    #[must_use]
    pub fn label(self, label: Label) -> &'static str {
        self.say(label.key())
    }
}

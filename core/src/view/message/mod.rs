//! Messages (хабарлама / уведомление): who is told of an event, by what, in which words, and whether it is too
//! late to matter. Making them changes nothing; delivering them is the host's.

mod matter;

use serde::Serialize;

use super::View;
use crate::application::Application;
use crate::text::Key;
use crate::{
    Actor, ApplicationNumber, Error, Event, Fact, Kindergarten, Language, Moment, Person, ReferralNumber,
    Rule, Texts,
};
use matter::Told;

/// A message to one person or one office about one event (R38, O24).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[doc(alias = "уведомление", alias = "хабарлама")]
pub struct Message {
    /// The event's place in the journal.
    pub event: u64,
    /// The event's name: `turn_came`, `reminder_due`, `closed` …
    pub kind: &'static str,
    /// When that happened: a message that was not sent for a while should say so.
    pub at: Moment,
    /// Who is told.
    pub to: Actor,
    /// By what.
    pub channels: Vec<Contact>,
    /// About which application.
    pub application: ApplicationNumber,
    /// In Kazakh, where that was built in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kk: Option<String>,
    /// In Russian, where that was built in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ru: Option<String>,
    /// In English, where that was built in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
    /// The matter is over: what it tells is no longer so, or nothing can be done about it any more. What stays
    /// true (an enrolment, a closing) is never late, however old. `event` and `to` together name a message, so
    /// that a host sends it once.
    pub late: bool,
    /// The rule by which it is sent.
    pub rule: Rule,
}

/// By what a message goes: the addresses are the host's (R15).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Contact {
    /// The e-mail address.
    Email,
    /// The telephone number.
    Phone,
}

impl View<'_> {
    /// The messages about an event of this register (Уведомления / Хабарламалар), R38, R39, O24: to the applicant
    /// and every linked parent (R05, R06) as they are now, to the staff of a referral's kindergarten, to the
    /// department. Empty when nobody is told.
    ///
    /// ```
    /// # use kezek::{Action, Child, Language, Policy, Register};
    /// # let mut register = Register::new(Policy::named("akmola-2018")?)?;
    /// # let child = Child { iin: "p:child-1".parse()?, born: "2015-05-02".parse()? };
    /// # let submit = Action::Submit { applicant: "p:parent-1".parse()?, child, benefit: None, documents: None,
    /// #     channel: None, channel_number: None, application: None };
    /// # let _ = register.apply(submit, "2018-01-10T09:00:00+06:00".parse()?)?.accepted()?;
    /// # let publish = Action::PublishVacancy {
    /// #     kindergarten: "bobek".parse()?, group_year: 2015, language: Language::Ru, places: 1, kind: None };
    /// let now = "2018-03-16T18:20:00+06:00".parse()?;
    /// let events = register.apply(publish, now)?.accepted()?;
    /// let told = register.at(now)?.messages(&events[1])?;
    /// assert_eq!((told.len(), told[0].kind, told[0].late), (1, "turn_came", false));
    /// assert_eq!(told[0].en.as_deref(), Some("Application No. UO.2018.000001.1. The turn has come. \
    ///     A kindergarten is to be chosen by the end of 26 March 2018."));
    ///
    /// // After the window the same message comes too late.
    /// let later = "2018-03-27T00:00:00+06:00".parse()?;
    /// let _ = register.advance(later)?;
    /// assert!(register.at(later)?.messages(&events[1])?[0].late);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`](crate::ErrorCode::NotFound) at `events` for an event from before those that the register
    /// keeps: what has happened since is not known here.
    pub fn messages(self, event: &Event) -> Result<Vec<Message>, Error> {
        let Some(number) = event.fact.application() else { return Ok(Vec::new()) };
        let Ok((_, application)) = self.find(number) else { return Ok(Vec::new()) };
        let since = self.register.kept(event.seq, self.register.revision())?;
        let late = self.is_over(event, since.get(1..).unwrap_or_default());
        let make = |to: Actor, text: &dyn Fn(Texts<'_>) -> String| {
            let say = |language| Texts::of(language, self.register.policy()).map(text);
            Message {
                event: event.seq,
                kind: event.fact.name(),
                at: event.moment(),
                to,
                channels: vec![Contact::Email, Contact::Phone],
                application: number.clone(),
                kk: say(Language::Kk),
                ru: say(Language::Ru),
                en: say(Language::En),
                late,
                rule: rule(&event.fact),
            }
        };
        let to_parent = |texts: Texts<'_>| {
            let args = [("application", number.to_string()), ("what", texts.event(event))];
            texts.fill(Key::MessageApplicant, &args)
        };
        let to_office = |to: fn(Kindergarten) -> Actor, key: Key| {
            let kindergarten = self.kindergarten_of(event, application)?;
            let text = |texts: Texts<'_>| office(texts, key, &event.fact, number, &kindergarten);
            Some(make(to(kindergarten.clone()), &text))
        };
        let parents = || {
            let persons = persons(application, &event.fact).into_iter();
            persons.map(|iin| make(Actor::Applicant { iin: iin.clone() }, &to_parent))
        };
        Ok(match matter::told(&event.fact) {
            Told::Nobody => Vec::new(),
            Told::Parents => parents().collect(),
            Told::ParentsAndStaff(key) => {
                let staff = |kindergarten| Actor::Staff { kindergartens: vec![kindergarten] };
                parents().chain(to_office(staff, key)).collect()
            }
            Told::ParentsAndDepartment(key) => {
                parents().chain(to_office(|_| Actor::Department, key)).collect()
            }
        })
    }

    /// The kindergarten of the referral that an event is about: where it was issued to, or taken over with.
    fn kindergarten_of(self, event: &Event, application: &Application) -> Option<Kindergarten> {
        if let Fact::ReferralIssued { kindergarten, .. } | Fact::DepartureVoided { kindergarten, .. } =
            &event.fact
        {
            return Some(kindergarten.clone());
        }
        let referral = referral(&event.fact)?;
        let before = self.register.events().iter().rev().skip_while(|other| other.seq > event.seq);
        let issued = before.into_iter().find_map(|other| given_with(&other.fact, referral));
        issued.or(application.last_kindergarten.as_ref()).cloned()
    }
}

/// The kindergarten that a referral was given for, where this is the fact that gave it.
fn given_with(fact: &Fact, wanted: ReferralNumber) -> Option<&Kindergarten> {
    if let Fact::ReferralIssued { referral, kindergarten, .. } = fact {
        return (*referral == wanted).then_some(kindergarten);
    }
    let Fact::Imported(imported) = fact else { return None };
    imported.kindergarten.as_ref().filter(|_| imported.referral == Some(wanted))
}

/// The referral that a fact names, of those that an office is told about.
fn referral(fact: &Fact) -> Option<ReferralNumber> {
    if let Fact::ReferralIssued { referral, .. }
    | Fact::ReferralExtended { referral, .. }
    | Fact::ReferralRecalled { referral, .. }
    | Fact::ReferralExpired { referral, .. }
    | Fact::ReferralVoided { referral, .. }
    | Fact::Refused { referral, .. }
    | Fact::RefusalUpheld { referral, .. }
    | Fact::RefusalOverturned { referral, .. }
    | Fact::EnrolmentVoided { referral, .. } = fact
    {
        Some(*referral)
    } else {
        None
    }
}

/// What an office is told: of the child only the numbers of its application and referral.
fn office(texts: Texts<'_>, key: Key, fact: &Fact, number: &ApplicationNumber, at: &Kindergarten) -> String {
    let mut args = vec![("application", number.to_string()), ("kindergarten", at.to_string())];
    args.extend(referral(fact).map(|referral| ("referral", referral.to_string())));
    if let Fact::ReferralIssued { expires_at, .. }
    | Fact::ReferralExtended { expires_at, .. }
    | Fact::EnrolmentVoided { expires_at, .. } = fact
    {
        args.push(("until", texts.until(*expires_at)));
    }
    if let Fact::Refused { reason, .. } = fact {
        args.push(("reason", reason.text.trim().to_owned()));
    }
    texts.fill(key, &args)
}

/// The applicant and the linked parents (R05, R06); one whose link was taken back is told so too.
fn persons<'a>(application: &'a Application, fact: &'a Fact) -> Vec<&'a Person> {
    let mut persons = vec![&application.applicant];
    persons.extend(&application.parents);
    if let Fact::ParentUnlinked { parent, .. } = fact
        && !persons.contains(&parent)
    {
        persons.push(parent);
    }
    persons
}

/// R38: the turn; O24: everything else.
fn rule(fact: &Fact) -> Rule {
    if let Fact::TurnCame { .. } = fact { Rule::r(38) } else { Rule::o(24) }
}

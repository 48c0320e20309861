//! Texts in Kazakh, Russian and English, with the portal's own words.
//!
//! They are data: `keys` lists everything that can be said, and one file for each language says it, with the
//! arguments in braces. The rest leads the library's words to keys and arguments: `words` single ones, `when`
//! dates and terms, `event` and `denial` whole sentences, `button` what stands on a page. What stands on a higher
//! floor says itself with these keys: the form its findings, the views their answers.

mod button;
mod denial;
#[cfg(feature = "text-en")]
mod en;
mod event;
mod fill;
mod keys;
#[cfg(feature = "text-kk")]
mod kk;
mod label;
#[cfg(feature = "text-ru")]
mod ru;
#[cfg(any(feature = "text-kk", feature = "text-ru", feature = "text-en"))]
mod table;
#[cfg(test)]
mod tests;
mod when;
mod words;

pub use button::{Button, Role};
pub use label::Label;

pub(crate) use keys::Key;

use crate::policy::Names;
use crate::{Language, Policy, Zone};
use fill::Args;

/// What a key says in one language.
type Table = fn(Key) -> &'static str;

/// Everything that the library has to say, in one language (тексты / мәтіндер): stages, events, denials, deadlines,
/// buttons, documents, messages, with dates and terms as the language writes them.
///
/// The texts are for parents: polite, short, with the portal's own words. A deadline is told as its last good day,
/// although the wire names the first instant that is too late. The languages are the features `text-kk`,
/// `text-ru` and `text-en`, all on by default.
///
/// ```
/// use kezek::{Language, Stage, Term, Texts, Unit, Zone};
/// let texts = Texts::new(Language::Ru, Zone::Almaty).ok_or("Russian is not built in")?;
/// assert_eq!(texts.stage(Stage::Notified), "Направлено уведомление");
/// assert_eq!(texts.until("2018-03-27T00:00:00+06:00".parse()?), "до 26 марта 2018 г. включительно");
/// let term = Term::new(Unit::WorkingDays, 3).ok_or("no term")?;
/// assert_eq!(texts.term(term), "3 рабочих дня");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "тексты", alias = "мәтіндер")]
pub struct Texts<'a> {
    language: Language,
    zone: Zone,
    policy: Option<&'a Policy>,
    table: Table,
}

impl Texts<'static> {
    /// Texts in a language, with dates as the clocks of a zone show them; `None` where that language was not
    /// built in. Benefits have the names of the shipped policies.
    #[must_use]
    pub fn new(language: Language, zone: Zone) -> Option<Texts<'static>> {
        let table = table(language)?;
        Some(Texts { language, zone, policy: None, table })
    }
}

impl<'a> Texts<'a> {
    /// Texts in a language for the register of a policy: its zone, its names of benefits, and what it does when
    /// nothing was chosen in time (R42). `None` where that language was not built in.
    #[must_use]
    pub fn of(language: Language, policy: &'a Policy) -> Option<Texts<'a>> {
        let table = table(language)?;
        Some(Texts { language, zone: policy.zone(), policy: Some(policy), table })
    }

    /// The languages that are built in.
    pub fn languages() -> impl Iterator<Item = Language> {
        [Language::Kk, Language::Ru, Language::En].into_iter().filter(|language| table(*language).is_some())
    }

    /// All texts of this language as they are stored: each key's name and its text, the arguments in braces, the
    /// forms for different numbers with `|` between them. For translators, and for pages that fill them in themselves.
    ///
    /// ```
    /// use kezek::{Language, Texts, Zone};
    /// let texts = Texts::new(Language::En, Zone::Almaty).ok_or("English is not built in")?;
    /// let stored = texts.stored().find(|(key, _)| *key == "event.enrolled");
    /// assert_eq!(stored.map(|(_, text)| text), Some("The child is accepted by the kindergarten “{kindergarten}”."));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn stored(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        Key::ALL.iter().map(move |key| (key.name(), (self.table)(*key)))
    }

    /// The language.
    #[must_use]
    pub fn language(self) -> Language {
        self.language
    }

    /// A text without arguments.
    pub(crate) fn say(self, key: Key) -> &'static str {
        (self.table)(key)
    }

    /// A text with its arguments.
    pub(crate) fn fill(self, key: Key, args: Args<'_>) -> String {
        fill::fill(self.say(key), args)
    }

    /// A text in its form for a number, with that number as the argument `count` and with others.
    pub(crate) fn fill_for(self, key: Key, count: u64, others: Args<'_>) -> String {
        let mut args = vec![("count", count.to_string())];
        args.extend_from_slice(others);
        fill::fill(fill::form(self.language, self.say(key), count), &args)
    }

    /// In the language's quotation marks.
    fn quoted(self, text: &str) -> String {
        match self.language {
            Language::Kk | Language::Ru => format!("«{text}»"),
            Language::En => format!("“{text}”"),
        }
    }

    /// The name of something in this language, where it has one.
    fn named(self, names: &Names) -> Option<&str> {
        match self.language {
            Language::Kk => names.kk.as_deref(),
            Language::Ru => names.ru.as_deref(),
            Language::En => names.en.as_deref(),
        }
    }
}

fn table(language: Language) -> Option<Table> {
    match language {
        #[cfg(feature = "text-kk")]
        Language::Kk => Some(kk::text),
        #[cfg(not(feature = "text-kk"))]
        Language::Kk => None,
        #[cfg(feature = "text-ru")]
        Language::Ru => Some(ru::text),
        #[cfg(not(feature = "text-ru"))]
        Language::Ru => None,
        #[cfg(feature = "text-en")]
        Language::En => Some(en::text),
        #[cfg(not(feature = "text-en"))]
        Language::En => None,
    }
}

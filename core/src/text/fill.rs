//! Filling a text's arguments in, and choosing a plural form.

use crate::Language;

/// What stands for the names in a text's braces.
pub(super) type Args<'a> = &'a [(&'static str, String)];

/// The text with its arguments. A name that has no argument stays as it is; a full stop after an argument that
/// ends with one is left out («26 марта 2018 г.»).
pub(super) fn fill(text: &str, args: Args<'_>) -> String {
    let mut filled = String::with_capacity(text.len().saturating_mul(2));
    let mut rest = text;
    while let Some((before, (name, after))) =
        rest.split_once('{').and_then(|(before, open)| Some((before, open.split_once('}')?)))
    {
        filled.push_str(before);
        rest = after;
        match args.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => {
                filled.push_str(value);
                if value.ends_with('.') {
                    rest = rest.strip_prefix('.').unwrap_or(rest);
                }
            }
            None => filled.extend(["{", name, "}"]),
        }
    }
    filled.push_str(rest);
    filled
}

/// The form of a noun or of a sentence for a number, of those that stand in a text: one for each plural category
/// that the language has for whole numbers, `one|few|many` in Russian; a single one is for every number.
pub(super) fn form(language: Language, forms: &str, count: u64) -> &str {
    let last = forms.rsplit('|').next().unwrap_or(forms);
    forms.split('|').nth(category(language, count)).unwrap_or(last)
}

/// The place of a number's plural category among the forms: 0 `one`, 1 `few`, beyond them the last.
#[cfg(any(feature = "text-kk", feature = "text-ru", feature = "text-en"))]
fn category(language: Language, count: u64) -> usize {
    use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};
    use unic_langid::LanguageIdentifier;
    let name = match language {
        Language::Kk => "kk",
        Language::Ru => "ru",
        Language::En => "en",
    };
    let mut id = LanguageIdentifier::default();
    id.language = name.parse().unwrap_or_default();
    let rules = PluralRules::create(id, PluralRuleType::CARDINAL).ok();
    match rules.and_then(|rules| rules.select(count).ok()) {
        Some(PluralCategory::ONE) => 0,
        Some(PluralCategory::FEW) => 1,
        Some(PluralCategory::ZERO | PluralCategory::TWO | PluralCategory::MANY | PluralCategory::OTHER)
        | None => usize::MAX,
    }
}

/// Without a language there is nothing to choose.
#[cfg(not(any(feature = "text-kk", feature = "text-ru", feature = "text-en")))]
fn category(_language: Language, _count: u64) -> usize {
    0
}

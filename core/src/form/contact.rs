//! E-mail addresses and phones: read, brought into one form, and doubted where they hardly exist.

use email_address::{EmailAddress, Options};

use super::finding::Fault;
use crate::form::FindingCode;

/// The providers that most addresses of Kazakhstan are with; none is one letter away from another. A domain
/// that is, a letter lost, doubled, replaced or two swapped, is a slip.
const PROVIDERS: [&str; 11] = [
    "gmail.com",
    "mail.ru",
    "yandex.ru",
    "yandex.kz",
    "yandex.com",
    "inbox.ru",
    "outlook.com",
    "hotmail.com",
    "icloud.com",
    "rambler.ru",
    "yahoo.com",
];

/// The mobile codes of Kazakhstan, after +7 (as libphonenumber lists them).
const MOBILE: [&str; 19] = [
    "700", "701", "702", "705", "706", "707", "708", "747", "760", "761", "762", "763", "764", "771", "775",
    "776", "777", "778", "785",
];

/// An e-mail address; its domain in small letters, which is all that may be changed in one.
pub(super) fn email(text: &str) -> Result<String, Fault> {
    let plain = Options::default().without_display_text().without_domain_literal();
    match EmailAddress::parse_with_options(text, plain) {
        Ok(address) => Ok(format!("{}@{}", address.local_part(), small(address.domain()))),
        Err(error) => {
            let expected = "an e-mail address such as name@example.kz";
            let found = error.to_string().trim_end_matches('.').to_ascii_lowercase();
            Err(Fault::new(FindingCode::EmailMalformed, expected, found))
        }
    }
}

/// Why an address that can be read hardly exists.
pub(super) fn unlikely_email(address: &str) -> Option<Fault> {
    let unlikely =
        |expected: &str, found: &str| Some(Fault::new(FindingCode::EmailUnlikely, expected, found));
    let (_, domain) = address.rsplit_once('@')?;
    if !domain.contains('.') {
        return unlikely("a domain with a dot", "none");
    }
    if !address.is_ascii() {
        return unlikely("Latin letters", "others");
    }
    let one_away = |provider: &&&str| strsim::osa_distance(domain, provider) == 1;
    let meant = PROVIDERS.iter().find(one_away)?;
    unlikely(meant, "a domain one letter away")
}

/// Whether two addresses are the same one: no provider tells capital letters from small ones.
pub(super) fn same_email(one: &str, other: &str) -> bool {
    small(one) == small(other)
}

/// A text in small letters.
fn small(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

/// A phone as `+7` and ten digits.
///
/// Spaces, brackets, dashes and the marks of direction that phones copy along are passed over. Before the ten digits may stand `+7`, `7`, `8` (the way to dial
/// inside the country), or nothing: the portals print ten digits alone.
pub(super) fn phone(text: &str) -> Result<String, Fault> {
    let kept: String = text.chars().filter(|c| !separates(*c)).collect();
    let (plus, digits) = kept.strip_prefix('+').map_or((false, kept.as_str()), |digits| (true, digits));
    let malformed = |found: String| Fault::new(FindingCode::PhoneMalformed, "+7 and ten digits", found);
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(malformed("a character that is no digit".to_owned()));
    }
    let national = match (digits.len(), plus) {
        (10, false) => Some(digits),
        (11, false) => digits.strip_prefix(['7', '8']),
        (11, true) => digits.strip_prefix('7'),
        _ => None,
    };
    national.map(|digits| format!("+7{digits}")).ok_or_else(|| match digits.len() {
        11 => malformed("another country's code".to_owned()),
        count => malformed(format!("{count} digits")),
    })
}

fn separates(c: char) -> bool {
    let dash = matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}');
    let direction = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_whitespace() || matches!(c, '(' | ')') || dash || direction
}

/// The provider that was meant, where [`unlikely_email`] expects one.
pub(super) fn provider(expected: &str) -> Option<&'static str> {
    PROVIDERS.into_iter().find(|provider| *provider == expected)
}

/// Why a phone of the form `+7` and ten digits hardly gets a message (R38).
pub(super) fn unlikely_phone(phone: &str) -> Option<Fault> {
    let national = phone.strip_prefix("+7")?;
    let unlikely =
        |expected: &str, found: &str| Some(Fault::new(FindingCode::PhoneUnlikely, expected, found));
    let first = national.chars().next()?;
    if national.chars().all(|digit| digit == first) {
        return unlikely("a number in use", "ten equal digits");
    }
    let code = national.get(..3)?;
    if MOBILE.contains(&code) { None } else { unlikely("a mobile code such as 701", code) }
}

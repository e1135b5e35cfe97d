//! The languages of the site: words, plurals, numbers, dates.
//!
//! Words come from Fluent files in `locale/<language>/`, numbers and dates from CLDR through ICU4X. A test fails when a
//! string is missing, unused, or differs between the languages in its variables.

mod number;
mod strings;
mod time;

pub use number::Count;
pub use strings::{Argument, SOURCES};
pub use time::{Milliseconds, Moment};

use std::fmt::Display;

use crate::html::SafeHtml;
use crate::page::Page;

/// A language of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Locale {
    /// English as written in Britain.
    En,
    /// French.
    Fr,
}

/// Marks a string literal as the name of a Fluent message, so that the test that looks for missing and unused messages
/// finds it outside of a call that prints it.
pub const fn key(name: &'static str) -> &'static str {
    name
}

impl Locale {
    /// Every language, the default first.
    pub const ALL: [Self; 2] = [Self::En, Self::Fr];

    /// The tag in `lang` attributes and cookies.
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
        }
    }

    /// What the language calls itself.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Fr => "Français",
        }
    }

    /// The language with this tag, whatever its region.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or(tag);
        Self::ALL.into_iter().find(|locale| locale.tag().eq_ignore_ascii_case(primary))
    }

    /// The first of our languages that an `Accept-Language` header asks for, by its weights; English otherwise.
    pub fn negotiate(accept_language: &str) -> Self {
        let mut best = (0.0_f32, Self::En);
        for choice in accept_language.split(',').take(32) {
            let mut parts = choice.split(';').map(str::trim);
            let tag = parts.next().unwrap_or_default();
            let weight = parts.find_map(|part| part.strip_prefix("q=")?.parse().ok()).unwrap_or(1.0);
            if let Some(locale) = Self::from_tag(tag)
                && weight > best.0
            {
                best = (weight, locale);
            }
        }
        best.1
    }

    /// The words of a message without variables.
    pub fn t(self, key: &str) -> &'static str {
        strings::of(self).plain(key)
    }

    /// The words of a message with one variable.
    pub fn t1(self, key: &str, name: &str, value: impl Display) -> String {
        strings::of(self).format(key, &[Argument::text(name, value)])
    }

    /// The words of a message with two variables.
    pub fn t2(self, key: &str, first: &str, one: impl Display, second: &str, two: impl Display) -> String {
        strings::of(self).format(key, &[Argument::text(first, one), Argument::text(second, two)])
    }

    /// The words of a message with any variables.
    pub fn tn(self, key: &str, values: &[(&str, &str)]) -> String {
        let arguments: Vec<_> = values.iter().map(|(name, value)| Argument::text(name, value)).collect();
        strings::of(self).format(key, &arguments)
    }

    /// A message about a number, shortened where it is large: "41.7M followers". Its variable is `$count`, and
    /// `$form` chooses between its plurals.
    pub fn count(self, key: &str, count: u64) -> String {
        strings::of(self).format(key, &Count::short(self, count).arguments())
    }

    /// A message about a number in words where it is large: "41.7 million followers".
    pub fn count_long(self, key: &str, count: u64) -> String {
        strings::of(self).format(key, &Count::long(self, count).arguments())
    }

    /// A message about a number in full: "41,700,000 followers".
    pub fn count_exact(self, key: &str, count: u64) -> String {
        strings::of(self).format(key, &Count::exact(self, count).arguments())
    }

    /// A number, shortened where it is large: 41.7M.
    pub fn short(self, count: u64) -> String {
        Count::short(self, count).words
    }

    /// A number in full: 41,700,000.
    pub fn number(self, count: u64) -> String {
        Count::exact(self, count).words
    }
}

/// A number as templates pass it on: by value or behind references.
pub trait Number {
    /// The number.
    fn value(&self) -> u64;
}

impl Number for u64 {
    fn value(&self) -> u64 {
        *self
    }
}

impl<N: Number> Number for &N {
    fn value(&self) -> u64 {
        (*self).value()
    }
}

impl Page {
    /// See [`Locale::t`].
    pub fn t(&self, key: &str) -> &'static str {
        self.locale.t(key)
    }

    /// See [`Locale::t1`].
    pub fn t1(&self, key: &str, name: &str, value: impl Display) -> String {
        self.locale.t1(key, name, value)
    }

    /// See [`Locale::t2`].
    pub fn t2(&self, key: &str, first: &str, one: impl Display, second: &str, two: impl Display) -> String {
        self.locale.t2(key, first, one, second, two)
    }

    /// See [`Locale::tn`].
    pub fn tn(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.locale.tn(key, values)
    }

    /// See [`Locale::count_long`].
    pub fn count_long(&self, key: &str, count: impl Number) -> String {
        self.locale.count_long(key, count.value())
    }

    /// See [`Locale::count`].
    pub fn count(&self, key: &str, count: impl Number) -> String {
        self.locale.count(key, count.value())
    }

    /// See [`Locale::count_exact`].
    pub fn count_exact(&self, key: &str, count: impl Number) -> String {
        self.locale.count_exact(key, count.value())
    }

    /// See [`Locale::short`].
    pub fn short(&self, count: impl Number) -> String {
        self.locale.short(count.value())
    }

    /// See [`Locale::number`].
    pub fn number(&self, count: impl Number) -> String {
        self.locale.number(count.value())
    }

    /// A message about a number as it stands under a name: in full up to 99,999, and in bold.
    pub fn count_bold(&self, key: &str, count: impl Number) -> SafeHtml {
        let count = count.value();
        let count = if count < 100_000 { Count::exact(self.locale, count) } else { Count::short(self.locale, count) };
        let bold = SafeHtml::trusted(format!("<b>{}</b>", SafeHtml::text(&count.words)));
        strings::of(self.locale).format_html(key, &[("count", bold)], &[Argument::text("form", count.form)])
    }

    /// A message with HTML in the place of a variable; its own words are escaped.
    pub fn rich1(&self, key: &str, name: &str, value: SafeHtml) -> SafeHtml {
        strings::of(self.locale).format_html(key, &[(name, value)], &[])
    }

    /// A message with HTML in the place of two variables.
    pub fn rich2(&self, key: &str, first: &str, one: SafeHtml, second: &str, two: SafeHtml) -> SafeHtml {
        strings::of(self.locale).format_html(key, &[(first, one), (second, two)], &[])
    }

    /// A message about a number, with HTML in the place of another variable.
    pub fn count_rich1(&self, key: &str, count: impl Number, name: &str, value: SafeHtml) -> SafeHtml {
        let count = Count::exact(self.locale, count.value());
        strings::of(self.locale).format_html(key, &[(name, value)], &count.arguments())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weight_of_a_language_decides_and_not_its_place() {
        assert_eq!(Locale::negotiate("en;q=0.3, fr-CA;q=0.9"), Locale::Fr);
        assert_eq!(Locale::negotiate("de, nb;q=0.9"), Locale::En);
        assert_eq!(Locale::negotiate("fr"), Locale::Fr);
        assert_eq!(Locale::negotiate("fr;q=oops,,;q=1"), Locale::Fr);
        assert_eq!(Locale::negotiate(""), Locale::En);
    }
}

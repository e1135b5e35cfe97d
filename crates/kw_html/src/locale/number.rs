//! Numbers as the reader writes them, and which plural they take.

use std::sync::OnceLock;

use icu_decimal::input::Decimal;
use icu_decimal::options::{CompactDecimalFormatterOptions, DecimalFormatterOptions};
use icu_decimal::{CompactDecimalFormatter, DecimalFormatter};
use icu_plurals::{PluralCategory, PluralRules};

use crate::locale::strings::Argument;
use crate::locale::{Locale, time};

/// A number in words of its language, with the plural that it takes there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// The number as printed.
    pub words: String,
    /// The plural: `one`, `many`, `other`…
    pub form: &'static str,
}

struct Formatters {
    exact: DecimalFormatter,
    compact: CompactDecimalFormatter,
    compact_long: CompactDecimalFormatter,
    plurals: PluralRules,
}

fn of(locale: Locale) -> &'static Formatters {
    static ALL: OnceLock<[Formatters; 2]> = OnceLock::new();
    let all = ALL.get_or_init(|| {
        Locale::ALL.map(|locale| {
            let tag = time::cldr_numbers(locale);
            Formatters {
                exact: DecimalFormatter::try_new((&tag).into(), DecimalFormatterOptions::default())
                    .expect("numbers are compiled in"),
                compact: CompactDecimalFormatter::try_new_short(
                    (&tag).into(),
                    CompactDecimalFormatterOptions::default(),
                )
                .expect("short numbers are compiled in"),
                compact_long: CompactDecimalFormatter::try_new_long(
                    (&tag).into(),
                    CompactDecimalFormatterOptions::default(),
                )
                .expect("long numbers are compiled in"),
                plurals: PluralRules::try_new_cardinal((&tag).into()).expect("plurals are compiled in"),
            }
        })
    });
    match locale {
        Locale::En => &all[0],
        Locale::Fr => &all[1],
    }
}

impl Count {
    /// The number in full.
    pub fn exact(locale: Locale, count: u64) -> Self {
        let formatters = of(locale);
        Self {
            words: formatters.exact.format(&Decimal::from(count)).to_string(),
            form: word(formatters.plurals.category_for(count)),
        }
    }

    /// The number with one digit after the point where it is large: 41.7M. Cut rather than rounded: 999,999 is 999.9K
    /// and never a million.
    pub fn short(locale: Locale, count: u64) -> Self {
        if count < 1_000 { Self::exact(locale, count) } else { Self::compact(locale, &of(locale).compact, count) }
    }

    /// The same in words, for running text, from a million: 41.7 million.
    pub fn long(locale: Locale, count: u64) -> Self {
        if count < 1_000_000 {
            Self::exact(locale, count)
        } else {
            Self::compact(locale, &of(locale).compact_long, count)
        }
    }

    fn compact(locale: Locale, formatter: &CompactDecimalFormatter, count: u64) -> Self {
        let magnitude = i16::try_from(count.ilog10()).expect("a u64 has at most 20 digits");
        let exponent = formatter.compact_exponent_for_magnitude(magnitude);
        let mut significand = Decimal::from(count);
        significand.multiply_pow10(-i16::from(exponent));
        significand.trunc(-1);
        significand.absolute.trim_end();
        let words = formatter
            .format_with_exponent(&significand, exponent)
            .expect("the exponent is the one that the formatter asked for")
            .to_string();
        // CLDR's rules for French, Italian, Spanish and Portuguese ask whether a number is shown in millions. A whole
        // million is such a number in each of them.
        let like = if exponent >= 6 { 1_000_000 } else { count };
        Self { words, form: word(of(locale).plurals.category_for(like)) }
    }

    /// The two variables of a message about a number.
    pub fn arguments(&self) -> [Argument; 2] {
        [Argument::text("count", &self.words), Argument::text("form", self.form)]
    }
}

fn word(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_numbers_are_cut_as_each_language_does() {
        let cases = [
            (0, "0", "0"),
            (999, "999", "999"),
            (1_200, "1.2K", "1,2\u{a0}k"),
            (48_213, "48.2K", "48,2\u{a0}k"),
            (999_999, "999.9K", "999,9\u{a0}k"),
            (4_000_000, "4M", "4\u{a0}M"),
            (41_700_000, "41.7M", "41,7\u{a0}M"),
        ];
        for (count, english, french) in cases {
            assert_eq!(Count::short(Locale::En, count).words, english);
            assert_eq!(Count::short(Locale::Fr, count).words, french);
        }
    }

    #[test]
    fn full_numbers_are_grouped_as_each_language_does() {
        assert_eq!(Locale::En.number(41_700_000), "41,700,000");
        assert_eq!(Locale::Fr.number(41_700_000), "41\u{202f}700\u{202f}000");
    }

    #[test]
    fn running_text_has_millions_in_words() {
        assert_eq!(Count::long(Locale::En, 41_700_000).words, "41.7 million");
        assert_eq!(Count::long(Locale::Fr, 41_700_000).words, "41,7 millions");
        assert_eq!(Count::long(Locale::En, 12_640).words, "12,640");
    }

    #[test]
    fn millions_take_their_own_plural_in_french() {
        assert_eq!(Locale::Fr.count("profile-followers", 41_700_000), "41,7\u{a0}M d’abonnés");
        assert_eq!(Locale::Fr.count("profile-followers", 0), "0 abonné");
        assert_eq!(Locale::En.count("profile-followers", 41_700_000), "41.7M followers");
        assert_eq!(Locale::En.count("profile-followers", 1), "1 follower");
    }
}

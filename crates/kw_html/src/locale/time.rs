//! Dates and times as the reader writes them, in the reader's zone.

use std::sync::OnceLock;

use icu_calendar::Gregorian;
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::{MD, MDT, YMD, YMDT};
use icu_datetime::input::{Date, DateTime, Time};
use icu_locale_core::{Locale as Tag, locale};
use jiff::{Timestamp, Zoned, tz::TimeZone};

use crate::html::SafeHtml;
use crate::locale::Locale;
use crate::page::Page;

/// The locale of CLDR that a language of ours is written in.
pub(super) fn cldr(locale: Locale) -> Tag {
    match locale {
        Locale::En => locale!("en-GB"),
        Locale::Fr => locale!("fr"),
    }
}

/// The locale of CLDR whose numbers a language of ours uses. Short numbers in Britain are 41.7m, which many read as
/// metres or minutes; 41.7M is understood wherever English is.
pub(super) fn cldr_numbers(locale: Locale) -> Tag {
    match locale {
        Locale::En => locale!("en"),
        Locale::Fr => locale!("fr"),
    }
}

/// A moment in the forms that a page needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// For machines: `2017-11-03T18:52:00Z`.
    pub machine: String,
    /// Beside a post: "4 min", then "3 Nov", then "3 Nov 2017".
    pub short: String,
    /// In full: "3 November 2017 at 18:52 CET".
    pub full: String,
}

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;

struct Formatters {
    day: FixedCalendarDateTimeFormatter<Gregorian, MD>,
    day_of_year: FixedCalendarDateTimeFormatter<Gregorian, YMD>,
    date: FixedCalendarDateTimeFormatter<Gregorian, YMD>,
    moment: FixedCalendarDateTimeFormatter<Gregorian, YMDT>,
    moment_of_year: FixedCalendarDateTimeFormatter<Gregorian, MDT>,
}

fn of(locale: Locale) -> &'static Formatters {
    static ALL: OnceLock<[Formatters; 2]> = OnceLock::new();
    let all = ALL.get_or_init(|| Locale::ALL.map(Formatters::load));
    match locale {
        Locale::En => &all[0],
        Locale::Fr => &all[1],
    }
}

impl Formatters {
    fn load(locale: Locale) -> Self {
        const COMPILED_IN: &str = "the dates of our languages are compiled in";
        let tag = cldr(locale);
        Self {
            day: FixedCalendarDateTimeFormatter::try_new((&tag).into(), MD::medium()).expect(COMPILED_IN),
            day_of_year: FixedCalendarDateTimeFormatter::try_new((&tag).into(), YMD::medium()).expect(COMPILED_IN),
            date: FixedCalendarDateTimeFormatter::try_new((&tag).into(), YMD::long()).expect(COMPILED_IN),
            moment: FixedCalendarDateTimeFormatter::try_new((&tag).into(), YMD::long().with_time_hm())
                .expect(COMPILED_IN),
            moment_of_year: FixedCalendarDateTimeFormatter::try_new((&tag).into(), MD::long().with_time_hm())
                .expect(COMPILED_IN),
        }
    }
}

/// The wall clock of a zone at a moment. Moments out of range become 1970, zones that nobody knows become UTC.
fn zoned(ms: i64, zone: &str) -> Zoned {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(zone)
}

fn civil(zoned: &Zoned) -> DateTime<Gregorian> {
    const VALID: &str = "jiff's dates are dates of the Gregorian calendar";
    let date = Date::try_new_gregorian(zoned.year().into(), zoned.month().unsigned_abs(), zoned.day().unsigned_abs());
    let time = Time::try_new(zoned.hour().unsigned_abs(), zoned.minute().unsigned_abs(), 0, 0);
    DateTime { date: date.expect(VALID), time: time.expect(VALID) }
}

impl Moment {
    /// A moment as it reads `now_ms`, both in Unix milliseconds.
    pub fn new(locale: Locale, zone: &str, now_ms: i64, ms: i64) -> Self {
        let zoned_then = zoned(ms, zone);
        let then = civil(&zoned_then);
        let formatters = of(locale);
        let age_ms = now_ms.saturating_sub(ms);
        let short = if age_ms < MINUTE_MS {
            locale.t("time-now").to_owned()
        } else if age_ms < HOUR_MS {
            locale.t1("time-minutes", "minutes", age_ms / MINUTE_MS)
        } else if age_ms < DAY_MS {
            locale.t1("time-hours", "hours", age_ms / HOUR_MS)
        } else if zoned_then.year() == zoned(now_ms, zone).year() {
            formatters.day.format(&then.date).to_string()
        } else {
            formatters.day_of_year.format(&then.date).to_string()
        };
        let machine = Timestamp::from_second(ms.div_euclid(1000)).unwrap_or(Timestamp::UNIX_EPOCH).to_string();
        let full = format!("{} {}", formatters.moment.format(&then), zoned_then.strftime("%Z"));
        Self { machine, short, full }
    }
}

impl Locale {
    /// A date in full: "3 November 2017", "3 novembre 2017".
    pub fn date(self, zone: &str, ms: i64) -> String {
        of(self).date.format(&civil(&zoned(ms, zone)).date).to_string()
    }

    /// A date and a time: "3 November 2017 at 18:52", without the year when it is the present one.
    pub fn date_time(self, zone: &str, now_ms: i64, ms: i64) -> String {
        let then = zoned(ms, zone);
        if then.year() == zoned(now_ms, zone).year() {
            of(self).moment_of_year.format(&civil(&then)).to_string()
        } else {
            of(self).moment.format(&civil(&then)).to_string()
        }
    }
}

/// A moment in Unix milliseconds as templates pass it on: by value or behind references.
pub trait Milliseconds {
    /// The milliseconds.
    fn value(&self) -> i64;
}

impl Milliseconds for i64 {
    fn value(&self) -> i64 {
        *self
    }
}

impl<M: Milliseconds> Milliseconds for &M {
    fn value(&self) -> i64 {
        (*self).value()
    }
}

impl Page {
    fn moment(&self, ms: i64) -> Moment {
        Moment::new(self.locale, &self.time_zone, self.now_ms, ms)
    }

    /// How long ago, or when: short, with the full moment on hover and for machines.
    pub fn time(&self, ms: impl Milliseconds) -> SafeHtml {
        let moment = self.moment(ms.value());
        time_element(&moment, &moment.short)
    }

    /// A date in full.
    pub fn date(&self, ms: impl Milliseconds) -> SafeHtml {
        let ms = ms.value();
        time_element(&self.moment(ms), &self.locale.date(&self.time_zone, ms))
    }

    /// A date and a time in full.
    pub fn date_time(&self, ms: impl Milliseconds) -> SafeHtml {
        let ms = ms.value();
        time_element(&self.moment(ms), &self.locale.date_time(&self.time_zone, self.now_ms, ms))
    }
}

impl Page {
    /// The day in the reader's zone, as a date field has it: 2026-11-23.
    pub fn day(&self, ms: impl Milliseconds) -> String {
        zoned(ms.value(), &self.time_zone).date().to_string()
    }

    /// The time of day where the moment is of today, else the short date: "18:47", "3 Nov".
    pub fn clock(&self, ms: impl Milliseconds) -> SafeHtml {
        let ms = ms.value();
        let (then, now) = (zoned(ms, &self.time_zone), zoned(self.now_ms, &self.time_zone));
        let moment = self.moment(ms);
        let is_today = then.date() == now.date();
        let words = if is_today { then.strftime("%H:%M").to_string() } else { moment.short.clone() };
        time_element(&moment, &words)
    }
}

fn time_element(moment: &Moment, words: &str) -> SafeHtml {
    let mut html = format!("<time datetime=\"{}\" title=\"", moment.machine);
    crate::html::escape_into(&mut html, &moment.full);
    html.push_str("\">");
    crate::html::escape_into(&mut html, words);
    html.push_str("</time>");
    SafeHtml::trusted(html)
}

#[cfg(test)]
mod tests {
    use super::*;

    const THURSDAY: i64 = 1_509_656_400_000; // 2017-11-02T21:00:00Z

    fn short(locale: Locale, zone: &str, age_ms: i64) -> String {
        Moment::new(locale, zone, THURSDAY + age_ms, THURSDAY).short
    }

    #[test]
    fn a_moment_grows_old_from_minutes_to_years() {
        assert_eq!(short(Locale::En, "UTC", 20_000), "now");
        assert_eq!(short(Locale::En, "UTC", 4 * MINUTE_MS), "4 min");
        assert_eq!(short(Locale::En, "UTC", 2 * HOUR_MS), "2 h");
        assert_eq!(short(Locale::En, "UTC", 3 * DAY_MS), "2 Nov");
        assert_eq!(short(Locale::En, "UTC", 300 * DAY_MS), "2 Nov 2017");
        assert_eq!(short(Locale::Fr, "UTC", 300 * DAY_MS), "2 nov. 2017");
    }

    #[test]
    fn dates_are_those_of_the_readers_zone() {
        assert_eq!(Locale::En.date("Pacific/Auckland", THURSDAY), "3 November 2017");
        assert_eq!(Locale::Fr.date("Pacific/Auckland", THURSDAY), "3 novembre 2017");
        assert_eq!(Locale::En.date("America/New_York", THURSDAY), "2 November 2017");
        assert_eq!(Locale::En.date("Nowhere/Atall", THURSDAY), "2 November 2017");
    }

    #[test]
    fn a_moment_of_this_year_needs_no_year() {
        assert_eq!(Locale::En.date_time("UTC", THURSDAY + DAY_MS, THURSDAY), "2 November at 21:00");
        assert_eq!(Locale::En.date_time("UTC", THURSDAY + 300 * DAY_MS, THURSDAY), "2 November 2017 at 21:00");
    }

    #[test]
    fn the_full_moment_names_its_zone() {
        let moment = Moment::new(Locale::En, "Europe/Paris", THURSDAY, THURSDAY);
        assert_eq!(moment.machine, "2017-11-02T21:00:00Z");
        assert_eq!(moment.full, "2 November 2017 at 22:00 CET");
        let french = Moment::new(Locale::Fr, "Europe/Paris", THURSDAY, THURSDAY);
        assert_eq!(french.full, "2 novembre 2017 \u{e0} 22:00 CET");
    }
}

//! Moments and days as the client API writes them.

use jiff::Timestamp;
use kw_domain::time::Millis;

/// `2026-11-23T07:30:00.000Z`: UTC with exactly three digits. Clients disagree about everything else.
pub fn moment(at: Millis) -> String {
    format!("{:.3}", stamp(at))
}

/// `2026-11-23`.
pub fn day(at: Millis) -> String {
    stamp(at).strftime("%Y-%m-%d").to_string()
}

fn stamp(at: Millis) -> Timestamp {
    i64::try_from(at.0).ok().and_then(|ms| Timestamp::from_millisecond(ms).ok()).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_have_exactly_three_digits_of_fraction() {
        assert_eq!(moment(Millis(0)), "1970-01-01T00:00:00.000Z");
        assert_eq!(moment(Millis(1_795_419_000_005)), "2026-11-23T07:30:00.005Z");
        assert_eq!(moment(Millis(1_795_419_000_120)), "2026-11-23T07:30:00.120Z");
    }

    #[test]
    fn days_have_no_time() {
        assert_eq!(day(Millis(1_795_419_000_005)), "2026-11-23");
    }

    #[test]
    fn a_moment_beyond_the_calendar_is_written_all_the_same() {
        assert!(moment(Millis(u64::MAX)).starts_with("9999"));
    }
}

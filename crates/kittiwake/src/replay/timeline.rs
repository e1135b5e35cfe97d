//! What happened in an evening: moments in three lanes, and for how long the account was gone. It measures nothing and looks
//! at nothing; whoever plays says what was seen.

use kw_domain::time::Millis;
use serde::Serialize;

/// From where something was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Lane {
    /// From the street: visitors, followers, programs.
    Readers,
    /// By whoever owns the account.
    Owner,
    /// At the desks of the staff.
    Staff,
}

impl Lane {
    /// All of them, in the order in which they are drawn.
    pub const ALL: [Self; 3] = [Self::Readers, Self::Owner, Self::Staff];

    /// What it is called.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Readers => "readers",
            Self::Owner => "owner",
            Self::Staff => "staff",
        }
    }
}

/// What something means for the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    /// It goes on.
    Plain,
    /// It does harm.
    Harm,
    /// Harm was kept away, or ends.
    Good,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moment {
    /// When, in milliseconds from the beginning of the evening.
    pub at_ms: u64,
    /// Where.
    pub lane: Lane,
    /// What it means.
    pub tone: Tone,
    /// What, in a sentence.
    pub what: String,
}

/// A time in which readers could not see the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Gone {
    /// When it was first not there, in milliseconds from the beginning.
    pub from_ms: u64,
    /// When it was there again.
    pub until_ms: u64,
}

/// An evening.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    began: Millis,
    moments: Vec<Moment>,
    gone: Vec<Gone>,
    gone_since: Option<u64>,
}

impl Timeline {
    /// An evening that begins.
    pub const fn new(began: Millis) -> Self {
        Self { began, moments: Vec::new(), gone: Vec::new(), gone_since: None }
    }

    /// Writes down what happened.
    pub fn say(&mut self, at: Millis, lane: Lane, tone: Tone, what: impl Into<String>) {
        let at_ms = at.0.saturating_sub(self.began.0);
        self.moments.push(Moment { at_ms, lane, tone, what: what.into() });
    }

    /// Takes note of whether readers see the account.
    pub fn see(&mut self, at: Millis, is_there: bool) {
        let at_ms = at.0.saturating_sub(self.began.0);
        match (self.gone_since, is_there) {
            (None, false) => self.gone_since = Some(at_ms),
            (Some(from_ms), true) => {
                self.gone.push(Gone { from_ms, until_ms: at_ms });
                self.gone_since = None;
            }
            (None, true) | (Some(_), false) => {}
        }
    }

    /// Everything that happened, in order.
    pub fn moments(&self) -> Vec<Moment> {
        let mut moments = self.moments.clone();
        moments.sort_by_key(|moment| moment.at_ms);
        moments
    }

    /// When the account was gone; what has not ended is gone until the last moment.
    pub fn gone(&self) -> Vec<Gone> {
        let last = self.moments.iter().map(|moment| moment.at_ms).max().unwrap_or(0);
        let open = self.gone_since.map(|from_ms| Gone { from_ms, until_ms: last.max(from_ms) });
        self.gone.iter().copied().chain(open).collect()
    }

    /// For how long it was gone in all, in milliseconds.
    pub fn gone_ms(&self) -> u64 {
        self.gone().iter().map(|gone| gone.until_ms - gone.from_ms).sum()
    }
}

/// A length of time as people say it: `850 ms`, `11 min`, `2 h 5 min`.
pub fn spoken(ms: u64) -> String {
    let (hours, minutes, seconds) = (ms / Millis::HOUR, ms / Millis::MINUTE % 60, ms / 1_000 % 60);
    match (hours, minutes, seconds) {
        (0, 0, 0) => format!("{ms} ms"),
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, 0) => format!("{minutes} min"),
        (0, minutes, seconds) => format!("{minutes} min {seconds} s"),
        (hours, 0, _) => format!("{hours} h"),
        (hours, minutes, _) => format!("{hours} h {minutes} min"),
    }
}

/// A number in groups of three digits.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A moment of an evening on a clock: `18:11:00`.
pub fn on_the_clock(began: Millis, at_ms: u64) -> String {
    let of_day = (began.0 + at_ms) % Millis::DAY;
    format!("{:02}:{:02}:{:02}", of_day / Millis::HOUR, of_day / Millis::MINUTE % 60, of_day / 1_000 % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIX: Millis = Millis(100 * Millis::DAY + 18 * Millis::HOUR);

    fn later(ms: u64) -> Millis {
        Millis(SIX.0 + ms)
    }

    #[test]
    fn an_account_is_gone_from_the_first_look_in_vain_to_the_first_that_finds_it() {
        let mut evening = Timeline::new(SIX);
        for (at, is_there) in [(0, true), (1_000, false), (400_000, false), (661_000, true), (700_000, true)] {
            evening.see(later(at), is_there);
        }
        assert_eq!(evening.gone(), [Gone { from_ms: 1_000, until_ms: 661_000 }]);
        assert_eq!(evening.gone_ms(), 660_000);
    }

    #[test]
    fn what_was_never_there_again_is_gone_to_the_end() {
        let mut evening = Timeline::new(SIX);
        evening.see(later(10), false);
        evening.say(later(90), Lane::Readers, Tone::Harm, "nothing there");
        assert_eq!(evening.gone(), [Gone { from_ms: 10, until_ms: 90 }]);
    }

    #[test]
    fn gone_twice_is_told_twice_and_added_up() {
        let mut evening = Timeline::new(SIX);
        for (at, is_there) in [(1, false), (2, true), (5, false), (9, true)] {
            evening.see(later(at), is_there);
        }
        assert_eq!((evening.gone().len(), evening.gone_ms()), (2, 5));
    }

    #[test]
    fn an_account_that_was_always_there_was_never_gone() {
        let mut evening = Timeline::new(SIX);
        evening.see(later(0), true);
        assert_eq!((evening.gone(), evening.gone_ms()), (Vec::new(), 0));
    }

    #[test]
    fn moments_are_told_in_the_order_of_the_clock() {
        let mut evening = Timeline::new(SIX);
        evening.say(later(500), Lane::Staff, Tone::Plain, "second");
        evening.say(later(100), Lane::Owner, Tone::Plain, "first");
        evening.say(Millis(SIX.0 - 7), Lane::Readers, Tone::Plain, "before everything");
        let told: Vec<_> = evening.moments().into_iter().map(|moment| (moment.at_ms, moment.what)).collect();
        let wanted = [(0, "before everything"), (100, "first"), (500, "second")];
        assert_eq!(told, wanted.map(|(at, what)| (at, what.to_owned())));
    }

    #[test]
    fn lengths_numbers_and_clocks_are_written_as_people_write_them() {
        let lengths =
            [(0, "0 ms"), (850, "850 ms"), (61_000, "1 min 1 s"), (660_000, "11 min"), (7_500_000, "2 h 5 min")];
        for (ms, words) in lengths {
            assert_eq!(spoken(ms), words);
        }
        for (number, words) in [(7, "7"), (1_000, "1,000"), (41_700_000, "41,700,000")] {
            assert_eq!(grouped(number), words);
        }
        assert_eq!(on_the_clock(SIX, 660_500), "18:11:00");
        assert_eq!(on_the_clock(SIX, 7 * Millis::HOUR), "01:00:00");
    }
}

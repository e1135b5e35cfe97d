//! Moments, in milliseconds since 1970. Always a parameter.

use std::fmt;

/// A moment: milliseconds since 1970-01-01T00:00:00Z. In statements and leaves a decimal string.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Millis(pub u64);

impl Millis {
    /// A minute.
    pub const MINUTE: u64 = 60_000;
    /// An hour.
    pub const HOUR: u64 = 60 * Self::MINUTE;
    /// A day.
    pub const DAY: u64 = 24 * Self::HOUR;

    /// So much later.
    #[must_use]
    pub const fn plus(self, millis: u64) -> Self {
        Self(self.0.saturating_add(millis))
    }

    /// So much earlier.
    #[must_use]
    pub const fn minus(self, millis: u64) -> Self {
        Self(self.0.saturating_sub(millis))
    }

    /// How long after `earlier`; 0 when it is not after it.
    pub const fn since(self, earlier: Self) -> u64 {
        self.0.saturating_sub(earlier.0)
    }

    /// Reads the decimal form: no sign, no leading zero.
    pub fn parse(text: &str) -> Option<Self> {
        let is_plain = text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
        is_plain.then(|| text.parse().ok()).flatten().map(Self)
    }
}

impl fmt::Display for Millis {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

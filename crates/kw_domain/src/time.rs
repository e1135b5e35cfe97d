//! Moments, as the rules see them. Formatting belongs to the edges, the clock to nobody here.

use std::time::Duration;

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Millis(pub u64);

impl Millis {
    /// One minute.
    pub const MINUTE: u64 = 60_000;
    /// One hour.
    pub const HOUR: u64 = 60 * Self::MINUTE;
    /// One day.
    pub const DAY: u64 = 24 * Self::HOUR;

    /// This much later.
    #[must_use]
    pub fn plus(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(duration.as_millis() as u64))
    }

    /// This many milliseconds later.
    #[must_use]
    pub const fn plus_ms(self, millis: u64) -> Self {
        Self(self.0.saturating_add(millis))
    }

    /// This many milliseconds earlier, not before 1970.
    #[must_use]
    pub const fn minus_ms(self, millis: u64) -> Self {
        Self(self.0.saturating_sub(millis))
    }

    /// The midnight (UTC) at or before this moment.
    #[must_use]
    pub const fn midnight(self) -> Self {
        Self(self.0 - self.0 % Self::DAY)
    }
}

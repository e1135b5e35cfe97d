//! The rule of every write: what one change does to what an engine holds of its row. Pure; engines that can read before
//! they write ask it, so that they cannot differ.

use crate::{Change, Class, Condition, Put, Stamp};

/// What an engine holds of a row, present or not. A deleted or expired row stays, with its stamp, until it is collected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held<'a> {
    /// When it was written or deleted.
    pub stamp: Stamp,
    /// What was stored; `None` once it was deleted.
    pub value: Option<&'a [u8]>,
    /// From when on the row is not there, in milliseconds since 1970: its expiry, or the moment of its deletion.
    pub gone_ms: Option<u64>,
}

impl Held<'_> {
    /// Whether the row is there at `now_ms`.
    pub fn is_present(&self, now_ms: u64) -> bool {
        self.value.is_some() && self.gone_ms.is_none_or(|gone_ms| gone_ms > now_ms)
    }
}

/// What is to be done about one change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Its condition does not hold; the stamp of the row that stands in the way, or `None` if a row was expected.
    Refused(Option<Stamp>),
    /// The row stays as it is: a newer write has won.
    Keep,
    /// The row is written; `was_present` tells whether it was there before, which is what counts hang on.
    Write {
        /// Whether the row was there before.
        was_present: bool,
    },
}

/// What `change`, written with `stamp` at `now_ms`, does to a row of which `held` is known.
pub fn judge(change: &Change, stamp: Stamp, class: Class, held: Option<Held<'_>>, now_ms: u64) -> Verdict {
    let present = held.filter(|held| held.is_present(now_ms));
    let wins = match change.condition {
        Condition::Absent => match (present, held) {
            (Some(row), _) => return Verdict::Refused(Some(row.stamp)),
            (None, Some(remains)) if remains.stamp >= stamp => {
                return Verdict::Refused(Some(remains.stamp));
            }
            _ => true,
        },
        Condition::Is(expected) => match present {
            Some(row) if row.stamp == expected && row.stamp < stamp => true,
            found => return Verdict::Refused(found.map(|row| row.stamp)),
        },
        Condition::Newer => held.is_none_or(|held| is_newer(change.put.as_ref(), stamp, class, held)),
    };
    if wins { Verdict::Write { was_present: present.is_some() } } else { Verdict::Keep }
}

/// Whether a write beats what is held. It never asks the time, so that the order of arrival cannot show.
fn is_newer(put: Option<&Put>, stamp: Stamp, class: Class, held: Held<'_>) -> bool {
    if stamp != held.stamp || class == Class::Serial {
        return stamp > held.stamp;
    }
    match (put, held.value) {
        (_, None) => false,
        (None, Some(_)) => true,
        // Among equals the greater bytes, then the later expiry; no expiry is the latest.
        (Some(put), Some(value)) => {
            (&put.value[..], put.expires_ms.unwrap_or(u64::MAX)) > (value, held.gone_ms.unwrap_or(u64::MAX))
        }
    }
}

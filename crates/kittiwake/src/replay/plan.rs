//! What a play needs to go on where it stopped: how many followers, which evening, at which address. Kept as `play.json` in
//! its directory.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use kw_app::colony::{A_DAY, Colony, Shape};
use kw_domain::id::AccountId;
use kw_domain::time::Millis;
use serde::{Deserialize, Serialize};
use url::Url;

use super::cast::READERS;
use crate::failure::CommandError;

/// The file.
const FILE: &str = "play.json";
/// The evening is so many days ago: everything that is played after it is past as well.
const DAYS_AGO: u64 = 3;
/// The hour of the day at which the evening begins, UTC.
const BEGINS_HOUR: u64 = 22;
/// How long before the evening the last follower joined, in days: there is room for the founding in between.
const QUIET_DAYS: u64 = 30;
/// How long before its first follower the account was created, in days.
const ALONE_DAYS: u64 = 2;

/// What stays the same however often a play is interrupted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Followers of the account.
    pub followers: u64,
    /// When the evening begins, in milliseconds since 1970.
    pub evening: u64,
    /// Scheme, host and port.
    pub origin: Url,
    /// The account, once it has joined the town.
    #[serde(default)]
    pub account: Option<u64>,
    /// Whether its followers are loaded.
    #[serde(default)]
    pub is_loaded: bool,
    /// Whether the town is there with everybody in it.
    #[serde(default)]
    pub is_settled: bool,
    /// The owner's password in the town, which is nowhere else.
    #[serde(default)]
    pub password: String,
}

impl Plan {
    /// A new play.
    pub fn new(followers: u64, now: Millis, origin: Url) -> Self {
        let evening = (now.0 / Millis::DAY - DAYS_AGO) * Millis::DAY + BEGINS_HOUR * Millis::HOUR;
        let (account, is_loaded, is_settled, password) = (None, false, false, String::new());
        Self { followers, evening, origin, account, is_loaded, is_settled, password }
    }

    /// The one in `directory`, if a play has begun there.
    pub fn find(directory: &Path) -> Result<Option<Self>, CommandError> {
        let path = directory.join(FILE);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(CommandError::io(format!("{} cannot be read", path.display()))(error)),
        };
        let plan = serde_json::from_str(&text);
        plan.map(Some).map_err(|error| CommandError::said(format!("{} is not of a play: {error}", path.display())))
    }

    /// Writes it down: beside the old one first, so that an interruption leaves one of both.
    pub fn keep(&self, directory: &Path) -> Result<(), CommandError> {
        let (path, new) = (directory.join(FILE), directory.join("play.json.new"));
        let text = serde_json::to_string_pretty(self).expect("a plan can be written as JSON");
        let written = fs::write(&new, text).and_then(|()| fs::rename(&new, &path));
        written.map_err(CommandError::io(format!("{} cannot be written", path.display())))
    }

    /// When the evening begins.
    pub const fn evening(&self) -> Millis {
        Millis(self.evening)
    }

    /// Who follows `account`, beside those readers who are looked over the shoulder.
    pub const fn colony(&self, account: AccountId) -> Colony {
        let members = self.followers.saturating_sub(READERS.len() as u64);
        let shape = Shape::Celebrity(account);
        let colony = Colony { members, shape, first_day: Millis(0), a_day: A_DAY, seed: 0 };
        let first_day = (self.evening / Millis::DAY - QUIET_DAYS - colony.days()) * Millis::DAY;
        Colony { first_day: Millis(first_day), ..colony }
    }

    /// When the account was created.
    pub const fn beginning(&self) -> Millis {
        Millis(self.colony(AccountId(0)).first_day.0 - ALONE_DAYS * Millis::DAY)
    }

    /// Where the town is as it was before the evening.
    pub fn town(directory: &Path) -> PathBuf {
        directory.join("town")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Millis = Millis(1_795_600_000_000);

    fn origin() -> Url {
        Url::parse("http://localhost:8085").expect("it is an address")
    }

    #[test]
    fn followers_are_all_there_a_month_before_an_evening_that_is_past() {
        for followers in [1, 100_000, 41_700_000] {
            let plan = Plan::new(followers, NOW, origin());
            let colony = plan.colony(AccountId(1));
            assert!(plan.beginning() < colony.first_day && colony.end() < plan.evening());
            assert_eq!(colony.first_day.0 % Millis::DAY, 0);
            assert!(plan.evening().0 + 2 * Millis::DAY < NOW.0);
        }
    }

    #[test]
    fn a_plan_that_was_kept_is_found_again() {
        let directory = tempfile::tempdir().expect("a directory can be made");
        assert_eq!(Plan::find(directory.path()).expect("it can be looked for"), None);
        let mut plan = Plan::new(7, NOW, origin());
        plan.is_settled = true;
        plan.keep(directory.path()).expect("it can be written");
        assert_eq!(Plan::find(directory.path()).expect("it can be read"), Some(plan));
    }
}

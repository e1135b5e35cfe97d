//! What is kept of a colony beside its databases, as `colony.json`: who it is of, at which address, and what is loaded.

use std::fs;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use indicatif::ProgressBar;
use kw_app::account::{self, NewAccount};
use kw_app::authority::Authority;
use kw_app::colony::{self, Colony, Part, Shape};
use kw_domain::id::AccountId;
use kw_domain::time::Millis;
use kw_store::{Clock, SystemClock};
use serde::{Deserialize, Serialize};
use url::Url;

use super::load::{Loaded, load};
use crate::boot::{self, House};
use crate::config::Config;
use crate::demo::BackdatedClock;
use crate::failure::CommandError;
use crate::password;

/// The file.
const FILE: &str = "colony.json";
/// Whom a celebrity's colony follows.
pub const CELEBRITY: &str = "celebrity";
/// How long before its first follower the celebrity joined, in days.
const ALONE_DAYS: u64 = 2;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// Members.
    pub members: u64,
    /// Follows of a member of a crowd, on average; none for a celebrity's colony.
    pub follows: Option<u64>,
    /// What decides where chance would.
    pub seed: u64,
}

/// A colony and its directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    members: u64,
    follows: Option<u64>,
    seed: u64,
    /// The first day, in milliseconds since 1970.
    first_day: u64,
    /// Scheme, host and port.
    pub origin: Url,
    /// The account that all follow.
    pub celebrity: Option<u64>,
    /// Its password, which is nowhere else.
    pub password: String,
    loaded: Vec<String>,
    #[serde(skip)]
    directory: PathBuf,
}

impl Kept {
    /// The colony in `directory`, if there is one.
    pub fn find(directory: &Path) -> Result<Option<Self>, CommandError> {
        let path = directory.join(FILE);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(CommandError::io(format!("{} cannot be read", path.display()))(error)),
        };
        let kept: Self = serde_json::from_str(&text)
            .map_err(|error| CommandError::said(format!("{} is not of a colony: {error}", path.display())))?;
        Ok(Some(Self { directory: directory.to_owned(), ..kept }))
    }

    /// The colony in `directory`, or a new one where that is empty.
    pub async fn begin(directory: &Path, wanted: Wanted) -> Result<Self, CommandError> {
        if let Some(kept) = Self::find(directory)? {
            if (kept.members, kept.follows, kept.seed) == (wanted.members, wanted.follows, wanted.seed) {
                return Ok(kept);
            }
            return Err(CommandError::said(format!(
                "{} holds another colony. Name a new directory",
                directory.display()
            )));
        }
        if fs::read_dir(directory).is_ok_and(|mut files| files.next().is_some()) {
            return Err(CommandError::said(format!(
                "{} is not empty. A colony is made up and never gets into what people use: name a new directory",
                directory.display()
            )));
        }
        fs::create_dir_all(directory).map_err(CommandError::io(format!("{} cannot be made", directory.display())))?;
        let port = boot::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?.address.port();
        let origin = Url::parse(&format!("http://localhost:{port}")).expect("localhost with a port is an address");
        // Whom they follow is not known before the account is there; the days are the same.
        let shape = wanted.follows.map_or(Shape::Celebrity(AccountId(0)), |follows| Shape::Crowd { follows });
        let first_day =
            Colony::before(Millis(SystemClock.now_millis()), wanted.members, shape, wanted.seed).first_day.0;
        let Wanted { members, follows, seed } = wanted;
        let (celebrity, password, loaded) = (None, String::new(), Vec::new());
        let directory = directory.to_owned();
        let mut kept = Self { members, follows, seed, first_day, origin, celebrity, password, loaded, directory };
        kept.found().await?;
        kept.keep()?;
        Ok(kept)
    }

    /// Whose colony it is, with everything that decides its rows.
    pub const fn colony(&self) -> Colony {
        let shape = match (self.follows, self.celebrity) {
            (Some(follows), _) => Shape::Crowd { follows },
            (None, Some(account)) => Shape::Celebrity(AccountId(account)),
            (None, None) => Shape::Celebrity(AccountId(0)),
        };
        let first_day = Millis(self.first_day);
        Colony { members: self.members, shape, first_day, a_day: colony::A_DAY, seed: self.seed }
    }

    /// Loads a part, unless it is loaded; what that took.
    pub fn load(&mut self, part: Part, bar: &ProgressBar) -> Result<Option<Loaded>, CommandError> {
        let name = name(part);
        if self.loaded.iter().any(|loaded| loaded == name) {
            return Ok(None);
        }
        if part != Part::Accounts && !self.loaded.iter().any(|loaded| loaded == "accounts") {
            return Err(CommandError::said("nobody is there yet: `kittiwake load accounts` comes first"));
        }
        let loaded = load(&self.directory, self.colony(), part, bar)?;
        self.loaded.push(name.to_owned());
        self.keep()?;
        Ok(Some(loaded))
    }

    /// Opens the directory as a play, at the present.
    pub async fn open(&self) -> Result<House, CommandError> {
        self.open_at(Millis(SystemClock.now_millis())).await
    }

    /// Its directory.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    async fn open_at(&self, moment: Millis) -> Result<House, CommandError> {
        let config = Config::load(None, [])?;
        let clock = Arc::new(BackdatedClock::at(moment));
        boot::open_play(&config, &self.directory, self.origin.clone(), clock, |stores| stores).await
    }

    /// The server before anybody is there; with the one whom all follow.
    async fn found(&mut self) -> Result<(), CommandError> {
        let house = self.open_at(Millis(self.first_day - ALONE_DAYS * Millis::DAY)).await?;
        let cx = &house.cx;
        if self.follows.is_none() {
            self.password = password::generate(cx);
            let new = NewAccount { handle: CELEBRITY, email: None, password: &self.password, locale: "en" };
            self.celebrity = Some(account::create(cx, &Authority::operator(), &new).await?.0);
        }
        colony::prepare(cx, &self.colony()).await?;
        Ok(cx.rest().await?)
    }

    /// Writes it down: beside the old one first, so that an interruption leaves one of both.
    fn keep(&self) -> Result<(), CommandError> {
        let (path, new) = (self.directory.join(FILE), self.directory.join("colony.json.new"));
        let text = serde_json::to_string_pretty(self).expect("a colony can be written as JSON");
        let written = fs::write(&new, text).and_then(|()| fs::rename(&new, &path));
        written.map_err(CommandError::io(format!("{} cannot be written", path.display())))
    }
}

const fn name(part: Part) -> &'static str {
    match part {
        Part::Accounts => "accounts",
        Part::Follows => "follows",
        Part::Posts { .. } => "posts",
    }
}

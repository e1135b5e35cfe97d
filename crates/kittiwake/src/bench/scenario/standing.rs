//! Hiding an account and bringing it back, with few followers and with many, in turns: what it takes, what it writes, and how
//! soon every surface agrees. A label, a tier and another handle beside it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use kw_app::account::{PictureChange, ProfileChange, update_profile};
use kw_app::failure::Failure;
use kw_app::post::{self, NewPost};
use kw_app::staff::draft::Proposal;
use kw_app::staff::protection::prepare;
use kw_app::staff::rename;
use kw_app::staff::understudy::about;
use kw_domain::id::AccountId;
use kw_domain::post::Visibility;
use kw_domain::time::Millis;
use kw_staff::power::{Label, Power};
use kw_staff::statement::ActionId;
use kw_store::{Clock, SystemClock};

use crate::bench::cast::{Cast, Deed};
use crate::bench::client::{Connection, get};
use crate::bench::report::{Plot, Report, grouped, median, ms, share};
use crate::bench::{Wanted, colony};
use crate::colony::CELEBRITY;
use crate::demo::{self, BackdatedClock};
use crate::failure::CommandError;
use crate::replay::{Stage, set};

/// Followers of the accounts, as far as so many are wanted.
const SIZES: [u64; 4] = [1, 1_000, 1_000_000, 41_700_000];
/// Times that each account is hidden and brought back in a run.
const ROUNDS: usize = 20;
/// In one of so many rounds it gets another handle as well.
const RENAMED_EVERY: usize = 4;
/// After days that pass at once: the server's own work for them, which it does within a second or two.
const SETTLES: Duration = Duration::from_millis(2_500);
/// What the account says, and nobody else.
const WORD: &str = "breakwater";
/// What it is called for a while.
const OTHER: &str = "celebrity_renamed";
const TEXT: &str = "The new breakwater holds. #varnhaven";

/// An account with so many followers, on a server of its own.
struct Subject {
    followers: u64,
    stage: Stage,
    cast: Cast,
    account: AccountId,
    surfaces: Vec<(&'static str, Vec<u8>)>,
    connection: Connection,
    seen: [Vec<Taken>; 6],
    torn: usize,
    /// Surfaces that were looked at once more before they agreed, and how often.
    late: BTreeMap<&'static str, u64>,
    /// How long each took to be looked at right after a decision.
    looks: BTreeMap<&'static str, Vec<Duration>>,
}

/// What a decision took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Taken {
    /// From the signature that brought it about until it was done.
    decided: Duration,
    /// Until every surface agreed.
    agreed: Duration,
    rows: u64,
    bytes: u64,
}

/// What is measured, in the order of [`Subject::seen`].
const DEEDS: [&str; 6] =
    ["hide", "bring back", "add a label", "raise the tier", "give another handle", "take that handle back"];

/// Measures it.
pub async fn run(wanted: &Wanted, report: &mut Report) -> Result<(), CommandError> {
    let mut subjects = Vec::new();
    for followers in SIZES.into_iter().filter(|size| *size <= wanted.followers) {
        subjects.push(Subject::open(wanted, followers).await?);
    }
    for subject in &mut subjects {
        subject.prepare().await?;
    }
    for round in 0..wanted.runs * if wanted.is_quick { 1 } else { ROUNDS } {
        for subject in &mut subjects {
            subject.hide_and_bring_back().await?;
            if round % RENAMED_EVERY == 0 {
                subject.rename_and_take_back().await?;
            }
        }
    }
    tell(report, &subjects);
    for subject in subjects {
        let Subject { stage, cast, .. } = subject;
        drop(cast);
        stage.close().await?;
    }
    Ok(())
}

fn tell(report: &mut Report, subjects: &[Subject]) {
    let columns = [
        "decision",
        "followers",
        "median",
        "p99",
        "ratio of medians",
        "all surfaces agree, median",
        "all surfaces agree, p99",
        "rows",
        "bytes of rows",
    ];
    report.table("Decisions of staff, from the last signature", &columns);
    for (deed, name) in DEEDS.iter().enumerate() {
        let first = subjects.first().map_or(Duration::ZERO, |subject| median(&subject.times(deed)));
        for subject in subjects.iter().filter(|subject| !subject.seen[deed].is_empty()) {
            let times = subject.times(deed);
            let agreed: Vec<Duration> = subject.seen[deed].iter().map(|taken| taken.agreed).collect();
            let one = |of: fn(&Taken) -> u64| median(&subject.seen[deed].iter().map(of).collect::<Vec<_>>());
            let ratio = median(&times).as_secs_f64() / first.as_secs_f64().max(1e-9);
            report.row([
                (*name).to_owned(),
                grouped(subject.followers),
                ms(median(&times)),
                ms(share(&times, 0.99)),
                format!("{ratio:.2}"),
                ms(median(&agreed)),
                ms(share(&agreed, 0.99)),
                one(|taken| taken.rows).to_string(),
                one(|taken| taken.bytes).to_string(),
            ]);
        }
    }
    let columns =
        ["followers", "looked at", "slowest of them, p99", "later than the answer", "not as before, once brought back"];
    report.table("Surfaces", &columns);
    for subject in subjects {
        let names: Vec<&str> = subject.surfaces.iter().map(|(name, _)| *name).collect();
        let late: Vec<String> = subject.late.iter().map(|(name, times)| format!("{name} {times}×")).collect();
        let slowest = subject.looks.iter().map(|(name, times)| (share(times, 0.99), *name)).max();
        let slowest = slowest.map(|(time, name)| format!("{name} {}", ms(time))).unwrap_or_default();
        report.row([grouped(subject.followers), names.join(", "), slowest, late.join(", "), subject.torn.to_string()]);
    }
    let line = |deed: usize| {
        let point = |subject: &Subject| (subject.followers as f64, median(&subject.times(deed)).as_secs_f64() * 1e3);
        (DEEDS[deed].to_owned(), subjects.iter().map(point).collect())
    };
    report.plots.push(Plot {
        name: "standing".to_owned(),
        title: "Hiding an account and bringing it back".to_owned(),
        across: "followers".to_owned(),
        up: "milliseconds, median".to_owned(),
        lines: vec![line(0), line(1)],
    });
}

impl Subject {
    async fn open(wanted: &Wanted, followers: u64) -> Result<Self, CommandError> {
        let kept = colony::celebrity(wanted, followers).await?;
        // Staff are founded on a copy, so that the colony is as new the next time.
        let place = set(kept.directory(), &wanted.place("standing").join(followers.to_string()))?;
        let clock = Arc::new(BackdatedClock::at(Millis(SystemClock.now_millis())));
        let stage = Stage::open(&place, &kept.origin, clock).await?;
        let cx = &stage.cx;
        let account = AccountId(kept.celebrity.unwrap_or_default());
        let author = colony::sign_in(cx, &[account]).await?.remove(0);
        let new = NewPost {
            text: TEXT.to_owned(),
            spoiler_text: String::new(),
            visibility: Visibility::Public,
            language: Some("en".to_owned()),
            sensitive: false,
            in_reply_to: None,
            idempotency_key: None,
            application: None,
        };
        let picture = demo::picture();
        let change = ProfileChange { avatar: PictureChange::New(&picture), ..ProfileChange::default() };
        let dressed = update_profile(cx, &author.member, &change).await?;
        let said = post::create(cx, author.member.authority(), &new).await?.post.id;
        let reader = colony::reader(cx, "onlooker", &[account]).await?.token;
        let page = |path: &str| get(path, Some(&reader));
        let surfaces = vec![
            ("profile", get(&format!("/@{CELEBRITY}"), None)),
            ("post page", get(&format!("/@{CELEBRITY}/{said}"), None)),
            ("home", page("/api/v1/timelines/home?limit=20")),
            ("tag", page("/api/v1/timelines/tag/varnhaven")),
            ("search", page(&format!("/api/v2/search?q={CELEBRITY}"))),
            ("picture", get(&format!("/media/{account}/{}", dressed.profile.avatar.unwrap_or_default()), None)),
            ("account", page(&format!("/api/v1/accounts/{account}"))),
            ("post", page(&format!("/api/v1/statuses/{said}"))),
        ];
        let cast = Cast::found(cx).await?;
        // As the server does by itself within a second or two of a change of people.
        let of_worker = cx.clone();
        let prepared = tokio::task::spawn_blocking(move || prepare(&of_worker, None)).await;
        prepared.map_err(|error| CommandError::said(error.to_string()))?;
        let connection = Connection::open(stage.address().port()).await?;
        let seen = [const { Vec::new() }; 6];
        Ok(Self {
            followers,
            stage,
            cast,
            account,
            surfaces,
            connection,
            seen,
            torn: 0,
            late: BTreeMap::new(),
            looks: BTreeMap::new(),
        })
    }

    fn times(&self, deed: usize) -> Vec<Duration> {
        self.seen[deed].iter().map(|taken| taken.decided).collect()
    }

    /// The labels, which make the account notable, and the tier above: so that all need as many signatures.
    async fn prepare(&mut self) -> Result<(), CommandError> {
        let with = |power: Power, name: &str, value: &str, account: AccountId| {
            let mut proposal = about(power, account, None);
            proposal.parameters.insert(name.to_owned(), value.to_owned());
            proposal
        };
        for label in Label::ALL {
            let label = with(Power::LabelAdd, "label", label.word(), self.account);
            let taken = self.decide(&label).await?.1.1;
            self.seen[2].push(taken);
        }
        let tier = with(Power::TierUp, "tier", "protected", self.account);
        // With followers enough, it is there already.
        if let Ok((_, (_, taken))) = self.decide(&tier).await {
            self.seen[3].push(taken);
        }
        Ok(())
    }

    async fn hide_and_bring_back(&mut self) -> Result<(), CommandError> {
        let before = self.look().await?;
        let until = self.stage.now().plus_ms(Millis::HOUR);
        for (deed, power, is_there) in [(0, Power::TakeDown, false), (1, Power::Restore, true)] {
            let until = (power == Power::TakeDown).then_some(until);
            let (began, taken) = self.decide(&about(power, self.account, until)).await?.1;
            while self.find_late(is_there).await? {
                if began.elapsed() > Duration::from_secs(10) {
                    return Err(CommandError::said("some surfaces did not follow within ten seconds"));
                }
            }
            self.seen[deed].push(Taken { agreed: began.elapsed(), ..taken });
        }
        let after = self.look().await?;
        // Pages carry nonces, and the profile a line of what was decided; programs are told the same as before.
        self.torn += before.iter().zip(&after).skip(2).filter(|(before, after)| before.1 != after.1).count();
        Ok(())
    }

    /// Everything that was called by one handle is called by the other at once, and the old address leads to the new one.
    async fn rename_and_take_back(&mut self) -> Result<(), CommandError> {
        let mut proposal = about(Power::Rename, self.account, None);
        proposal.parameters = rename::parameters(CELEBRITY, OTHER).into();
        let (action, (began, taken)) = self.decide(&proposal).await?;
        let agreed = self.until_called(OTHER, began).await?;
        self.seen[4].push(Taken { agreed, ..taken });
        let undone = self.cast.undo(&self.stage.cx, action, async |deed| self.measure(deed).await).await;
        let (began, taken) = undone?;
        let agreed = self.until_called(CELEBRITY, began).await?;
        self.seen[5].push(Taken { agreed, ..taken });
        Ok(())
    }

    /// How long it takes until every surface that names the account names it so.
    async fn until_called(&mut self, handle: &str, began: Instant) -> Result<Duration, CommandError> {
        let name = format!("\"acct\":\"{handle}\"");
        let address = format!("/@{handle}");
        while began.elapsed() < Duration::from_secs(10) {
            let seen = self.look().await?;
            let late = self.surfaces.iter().zip(&seen).find(|((surface, _), (_, body))| {
                let body = String::from_utf8_lossy(body);
                match *surface {
                    "picture" => false,
                    "profile" | "post page" => !body.is_empty() && !body.contains(&address),
                    _ => !body.contains(&name),
                }
            });
            match late.map(|((surface, _), _)| *surface) {
                Some(surface) => *self.late.entry(surface).or_default() += 1,
                None => return Ok(began.elapsed()),
            }
        }
        Err(CommandError::said("some surfaces did not follow within ten seconds"))
    }

    /// Whether some surface has not followed yet; which one is written down.
    async fn find_late(&mut self, is_there: bool) -> Result<bool, CommandError> {
        let seen = self.look().await?;
        let late = self.surfaces.iter().zip(&seen).find(|(_, (is_shown, _))| *is_shown != is_there);
        let late = late.map(|((name, _), _)| *name);
        if let Some(name) = late {
            *self.late.entry(name).or_default() += 1;
        }
        Ok(late.is_some())
    }

    /// Whether each surface shows the account, and what it says.
    async fn look(&mut self) -> Result<Vec<(bool, Vec<u8>)>, CommandError> {
        let mut seen = Vec::with_capacity(self.surfaces.len());
        for (name, request) in &self.surfaces {
            let began = Instant::now();
            let answer = self.connection.ask(request).await?;
            let text = String::from_utf8_lossy(answer.body);
            let is_shown = answer.status == 200
                && match *name {
                    "picture" => true,
                    "account" => !text.contains("\"suspended\":true"),
                    "search" => text.contains(&format!("\"{}\"", self.account)),
                    _ => text.contains(WORD),
                };
            seen.push((is_shown, answer.body.to_vec()));
            self.looks.entry(name).or_default().push(began.elapsed());
        }
        Ok(seen)
    }

    /// Has it decided: which action, when the last signature was handed in, and what that took.
    async fn decide(&self, proposal: &Proposal) -> Result<(ActionId, (Instant, Taken)), CommandError> {
        let skip = async |from: Millis| {
            self.stage.clock.skip_to(from);
            tokio::time::sleep(SETTLES).await;
        };
        self.cast.decide(&self.stage.cx, proposal, async |deed| self.measure(deed).await, skip).await
    }

    async fn measure(&self, deed: Deed<'_>) -> Result<(ActionId, (Instant, Taken)), Failure> {
        self.stage.tally.take();
        self.stage.tally.take_bytes();
        let began = Instant::now();
        let done = deed.await?;
        let decided = began.elapsed();
        let rows = self.stage.tally.take().values().sum();
        let bytes = self.stage.tally.take_bytes();
        Ok((done.action, (began, Taken { decided, agreed: decided, rows, bytes })))
    }
}

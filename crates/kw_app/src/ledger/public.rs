//! Entries as everybody may read them: what their public openings say, and of the rest that there is an entry.

use kw_domain::id::AccountId;
use kw_domain::time::Millis;
use kw_ledger::{Leaf, leaf_hash};
use kw_staff::entry::leaf::{Audience, Openings, Shown};
use kw_staff::entry::{Kind, Record, Turn, leaf};
use kw_staff::fingerprint::fingerprint;
use kw_staff::power::Power;

use crate::context::Context;
use crate::failure::Failure;
use crate::families::staff::LEDGER;
use crate::ledger::log::Log;

/// Entries looked through for one page at most.
const LOOKED_AT_MAX: u64 = 500;

/// The newest signed checkpoint, in the words of people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// How many entries there are.
    pub size: u64,
    /// The root over them, in base64 as the checkpoint has it.
    pub root: String,
    /// When it was signed: with the entries that it adds.
    pub signed: Millis,
    /// The twelve words of entry 0.
    pub fingerprint: Vec<String>,
}

/// The newest checkpoint; none before the founding.
pub fn head(cx: &Context) -> Option<Head> {
    cx.ledger().read(|log| {
        let founding = log.fold().house()?.founding;
        Some(Head {
            size: log.size(),
            root: log.root().to_base64(),
            signed: Millis(log.fold().time().0),
            fingerprint: fingerprint(&founding),
        })
    })
}

/// What everybody may read of an entry. What is not public is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicEntry {
    /// Its number.
    pub index: u64,
    /// When it was appended.
    pub at: Millis,
    /// What it records.
    pub kind: Kind,
    /// The hash of its leaf in the tree.
    pub hash: [u8; 32],
    /// The hash of the policy it was decided under.
    pub policy: Option<[u8; 32]>,
    /// Until when more of it is sealed.
    pub seals_until: Option<Millis>,
    /// The account it is about.
    pub account: Option<AccountId>,
    /// The power used.
    pub power: Option<Power>,
    /// The word for why.
    pub ground: Option<String>,
    /// How many people signed and counted.
    pub people: Option<usize>,
    /// Of how many teams.
    pub teams: Option<u32>,
    /// When it ends by itself.
    pub until: Option<Millis>,
    /// From when it takes effect, while it waits.
    pub from: Option<Millis>,
}

impl PublicEntry {
    /// Whether everybody may know more of it than that it exists, when, and of which kind.
    fn says_more(&self) -> bool {
        let says_all = matches!(self.kind, Kind::Founded | Kind::TierRose | Kind::Started | Kind::Census);
        self.power.is_some() || says_all
    }
}

/// The newest entries below `below` of which everybody may know more than that they exist, and where to go on; none at the
/// beginning of the ledger.
pub async fn list_newest(
    cx: &Context,
    below: Option<u64>,
    limit: usize,
) -> Result<(Vec<PublicEntry>, Option<u64>), Failure> {
    let size = cx.ledger().read(Log::size);
    let top = below.unwrap_or(size).min(size);
    let mut found = Vec::new();
    for index in (top.saturating_sub(LOOKED_AT_MAX)..top).rev() {
        let entry = load(cx, index).await?;
        if entry.says_more() {
            found.push(entry);
        }
        if found.len() == limit {
            return Ok((found, (index > 0).then_some(index)));
        }
    }
    let next = top.saturating_sub(LOOKED_AT_MAX);
    Ok((found, (next > 0).then_some(next)))
}

/// The entry at `index`; none where there is none yet.
pub async fn find(cx: &Context, index: u64) -> Result<Option<PublicEntry>, Failure> {
    if index >= cx.ledger().read(Log::size) {
        return Ok(None);
    }
    load(cx, index).await.map(Some)
}

async fn load(cx: &Context, index: u64) -> Result<PublicEntry, Failure> {
    let damaged = |why: String| Failure::Damaged { family: LEDGER.family.name, why: format!("entry {index}: {why}") };
    let shelf = cx.ledger().shelf();
    let bytes = shelf.leaves(index..index + 1).await?.pop().ok_or_else(|| damaged("it is missing".to_owned()))?;
    let parsed = Leaf::from_bytes(&bytes).map_err(|error| damaged(error.to_string()))?;
    let openings = shelf.openings(index).await?;
    let record = leaf::decode(&parsed, &openings).map_err(|error| damaged(error.to_string()))?.record;
    let bare = PublicEntry {
        index,
        at: Millis(parsed.time_ms),
        kind: record.kind(),
        hash: *leaf_hash(&bytes).as_bytes(),
        policy: parsed.policy.map(|hash| *hash.as_bytes()),
        seals_until: parsed.seals_until_ms.map(Millis),
        account: None,
        power: None,
        ground: None,
        people: None,
        teams: None,
        until: None,
        from: None,
    };
    Ok(opened(bare, &record, &openings))
}

/// Adds what the public openings say. The record was read with all of them; each part is taken only where its own opening
/// is for everybody.
fn opened(bare: PublicEntry, record: &Record, openings: &Openings) -> PublicEntry {
    let is_public = |part: &Option<Shown>| part.as_ref().is_some_and(|shown| shown.audience == Audience::Public);
    let account = record.subject().and_then(|subject| subject.account_id()).map(AccountId);
    let known = PublicEntry { account: account.filter(|_| is_public(&openings.target)), ..bare };
    if !is_public(&openings.body) {
        return known;
    }
    match record {
        Record::InForce(in_force) => PublicEntry {
            power: Some(in_force.power),
            ground: in_force.ground.clone(),
            people: Some(in_force.signers.len()),
            teams: Some(in_force.teams),
            until: in_force.effect.until.map(|until| Millis(until.0)),
            ..known
        },
        Record::Outcome(outcome) => {
            let from = outcome.moment.filter(|_| outcome.turn == Turn::Scheduled).map(|from| Millis(from.0));
            PublicEntry { power: Some(outcome.power), from, ..known }
        }
        _ => known,
    }
}

//! Entries: what one leaf of the ledger records, as the state machine understands it.
//!
//! [`leaf`] turns an entry into a leaf and its openings, and back. Nothing here judges: whether an entry may be appended is
//! `step`'s to say, and what it changes is `fold`'s.

mod body;
pub mod leaf;
pub mod words;

use crate::assertion::{Assertion, RelyingParty};
use crate::authenticator_data::AuthenticatorData;
use crate::key::StaffKey;
use crate::person::{Person, PersonId};
use crate::power::{Power, Tier};
use crate::statement::{ActionId, Effect, Statement, TargetKind};
use crate::time::Millis;
use crate::word::words;

/// One entry. Its index is its place in the ledger, and no part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When it was appended: never earlier than the entry before it.
    pub time: Millis,
    /// What it records.
    pub record: Record,
}

words! {
    /// What a leaf says about itself to everybody. All steps look alike, so that a pending or a denied action shows to nobody.
    Kind {
        /// Entry 0.
        Founded = "founded",
        /// A signed step of an action.
        Step = "step",
        /// A signed step that was refused because the signer's powers had ended, or the key looks copied.
        RefusedStep = "refused_step",
        /// An action took effect.
        InForce = "in_force",
        /// An action will take effect at a moment.
        Scheduled = "scheduled",
        /// An action was stopped by one of those asked.
        Denied = "denied",
        /// An action was taken back before it took effect.
        Cancelled = "cancelled",
        /// An action was not completed in time.
        Expired = "expired",
        /// What an action was about had changed before it was completed.
        Stale = "stale",
        /// An effect reached its end.
        Lapsed = "lapsed",
        /// An effect was taken back.
        Undone = "undone",
        /// A break-glass stands to its `until`.
        Confirmed = "confirmed",
        /// An account's tier rose by itself.
        TierRose = "tier_rose",
        /// A server started.
        Started = "started",
        /// Counts of a day.
        Census = "census",
        /// An owner's own decision about an account.
        OwnerState = "owner_state",
        /// Somebody whose powers had ended was refused before they signed.
        Attempt = "attempt",
    }
}

/// What an entry records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Record {
    /// Entry 0.
    Founded(Box<Founding>),
    /// A step of an action, signed.
    Step(Box<SignedStep>),
    /// A step that was refused and had to be recorded.
    RefusedStep(Box<RefusedStep>),
    /// An action took effect. Explains itself without the steps before it.
    InForce(Box<InForce>),
    /// Any other turn in the life of an action.
    Outcome(Outcome),
    /// An account's tier rose by itself.
    TierRose(TierRise),
    /// A server started.
    Started(Started),
    /// Counts of a day.
    Census(Census),
    /// An owner's own decision.
    OwnerState(OwnerState),
    /// Somebody whose powers had ended was refused before they signed.
    Attempt(Attempt),
    /// The openings of this entry are gone. What its leaf says to everybody is all that is known.
    Erased {
        /// Its kind.
        kind: Kind,
        /// Its action, for entries that belong to one.
        action: Option<ActionId>,
    },
}

/// How a deployment begins. Everything in it is public: names are not in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Founding {
    /// The ledger's origin line.
    pub origin: String,
    /// The ledger's public key, as in its vkey.
    pub log_key: String,
    /// The site for which the passkeys are made.
    pub relying_party: RelyingParty,
    /// SHA-256 of the floor's text.
    pub floor: [u8; 32],
    /// Another floor than the program's own, for showing how an evening went that had none. Whoever replays the ledger is
    /// told so; a server has no way to ask for it.
    pub made_up_floor: Option<String>,
    /// The first policy's text.
    pub policy: String,
    /// The first people; one of them makes the deployment solo.
    pub people: Vec<Person>,
    /// Their keys; everybody has one at least.
    pub keys: Vec<StaffKey>,
    /// The vkeys of the first witnesses; may be empty.
    pub witnesses: Vec<String>,
}

/// Something that can be erased without breaking a signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened<T> {
    /// It is there.
    Here(T),
    /// It was erased.
    Erased,
}

/// Bytes to which a statement commits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Committed {
    /// The salt of the commitment.
    pub salt: [u8; 32],
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// The words of an action, brought along by its proposal: what a statement commits to and does not say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// Opens [`Statement::reason`]: JCS of [`Reason`].
    pub reason: Committed,
    /// Opens [`Statement::facts`].
    pub facts: Committed,
    /// Hashes to the target's card: what the screen showed of the target.
    pub card: Vec<u8>,
}

/// Why somebody proposes something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// One word for everybody: 1 to 40 characters of `a-z`, `0-9` and `_`, such as `hijack` or `terms`.
    pub ground: String,
    /// Where the rule stands, or a number of the case; may be empty.
    pub reference: String,
    /// In the proposer's own words; for the owner.
    pub explanation: String,
}

/// A step and its signature, in the exact bytes that were signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedStep {
    /// What was signed.
    pub statement: Statement,
    /// The passkey's signature.
    pub assertion: Assertion,
    /// A proposal brings its words. Other steps bring none.
    pub words: Option<Opened<Words>>,
    /// A proposal of a policy brings its text: its SHA-256 is the target's id.
    pub document: Option<String>,
}

/// A step that changed nothing and is recorded all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedStep {
    /// What was asked.
    pub step: SignedStep,
    /// The refusal's code.
    pub code: String,
}

/// What an action is about, without what may have changed since.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subject {
    /// What kind of thing.
    pub kind: TargetKind,
    /// Its id, as in [`crate::statement::Target::id`].
    pub id: String,
}

/// An action took effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InForce {
    /// Which action.
    pub action: ActionId,
    /// Its power.
    pub power: Power,
    /// What it is about.
    pub subject: Subject,
    /// The target's tier when it took effect.
    pub tier: Tier,
    /// The effect as it holds from now on: `until` is what is left of it by itself.
    pub effect: Effect,
    /// How many people it takes to undo it.
    pub undo_needs: u8,
    /// The reason's one public word; none where the words were erased before.
    pub ground: Option<String>,
    /// Hash of the policy that permitted it.
    pub policy: [u8; 32],
    /// Who signed and counted, in the order of signing.
    pub signers: Vec<PersonId>,
    /// How many teams they were of.
    pub teams: u32,
    /// The text of a policy that is in force from now on.
    pub document: Option<String>,
}

words! {
    /// A turn in the life of an action that is no step and no effect.
    Turn {
        /// Complete; takes effect later.
        Scheduled = "scheduled",
        /// Stopped by one of those asked.
        Denied = "denied",
        /// Taken back before it took effect.
        Cancelled = "cancelled",
        /// Not completed in time.
        Expired = "expired",
        /// What it was about has changed.
        Stale = "stale",
        /// Its effect reached its end.
        Lapsed = "lapsed",
        /// Its effect was taken back.
        Undone = "undone",
        /// A break-glass stands to its `until`.
        Confirmed = "confirmed",
    }
}

/// A turn in the life of an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Which action.
    pub action: ActionId,
    /// Which turn.
    pub turn: Turn,
    /// Its power.
    pub power: Power,
    /// What it is about.
    pub subject: Subject,
    /// The target's tier at this moment.
    pub tier: Tier,
    /// For `scheduled`: from when it may take effect; for `confirmed`: until when it now stands.
    pub moment: Option<Millis>,
    /// For `scheduled`: whether it takes effect without a fresh signature, as where one person runs the server. Everybody
    /// may read of that while it waits.
    pub by_itself: bool,
}

/// Why a tier rose without an action of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rise {
    /// So many followers.
    Followers(u64),
    /// A label was given.
    Label,
}

/// An account's tier rose by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TierRise {
    /// Which account.
    pub account: u64,
    /// Its tier from now on.
    pub tier: Tier,
    /// Why.
    pub because: Rise,
}

/// A server started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Started {
    /// Its version.
    pub version: String,
    /// SHA-256 of its binary.
    pub binary: [u8; 32],
    /// SHA-256 of its configuration.
    pub configuration: [u8; 32],
}

/// Counts of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Census {
    /// SHA-256 over what the ledger says of each account.
    pub root: [u8; 32],
    /// What was counted, by ASCII name.
    pub counts: std::collections::BTreeMap<String, u64>,
}

words! {
    /// What an owner chose for an account.
    Choice {
        /// There.
        Present = "present",
        /// Deactivated.
        Deactivated = "deactivated",
        /// Deleted.
        Deleted = "deleted",
    }
}

/// An owner's own decision about an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnerState {
    /// Which account.
    pub account: u64,
    /// What its owner chose.
    pub choice: Choice,
}

/// What somebody whose powers had ended was about to propose. The server's own word: nobody signed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// Who.
    pub person: PersonId,
    /// The power they would have used.
    pub power: Power,
    /// Over what.
    pub subject: Subject,
    /// The code of the refusal that they read.
    pub code: String,
}

impl Turn {
    /// The kind of the leaf that records it.
    pub const fn kind(self) -> Kind {
        match self {
            Self::Scheduled => Kind::Scheduled,
            Self::Denied => Kind::Denied,
            Self::Cancelled => Kind::Cancelled,
            Self::Expired => Kind::Expired,
            Self::Stale => Kind::Stale,
            Self::Lapsed => Kind::Lapsed,
            Self::Undone => Kind::Undone,
            Self::Confirmed => Kind::Confirmed,
        }
    }
}

/// Whether everybody may know on whom a power was used: where a page says so anyway.
pub fn is_shown(power: Power, tier: Tier) -> bool {
    power.hides() || tier > Tier::Ordinary
}

impl Record {
    /// The kind of the leaf that records it.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Founded(_) => Kind::Founded,
            Self::Step(_) => Kind::Step,
            Self::RefusedStep(_) => Kind::RefusedStep,
            Self::InForce(_) => Kind::InForce,
            Self::Outcome(outcome) => outcome.turn.kind(),
            Self::TierRose(_) => Kind::TierRose,
            Self::Started(_) => Kind::Started,
            Self::Census(_) => Kind::Census,
            Self::OwnerState(_) => Kind::OwnerState,
            Self::Attempt(_) => Kind::Attempt,
            Self::Erased { kind, .. } => *kind,
        }
    }

    /// The action it belongs to.
    pub fn action(&self) -> Option<ActionId> {
        match self {
            Self::Step(step) => Some(step.statement.action),
            Self::RefusedStep(refused) => Some(refused.step.statement.action),
            Self::InForce(in_force) => Some(in_force.action),
            Self::Outcome(outcome) => Some(outcome.action),
            Self::Erased { action, .. } => *action,
            _ => None,
        }
    }

    /// What it is about, where it is about one thing.
    pub fn subject(&self) -> Option<Subject> {
        match self {
            Self::Step(step) => step.statement.targets.first().map(Subject::of),
            Self::RefusedStep(refused) => refused.step.statement.targets.first().map(Subject::of),
            Self::InForce(in_force) => Some(in_force.subject.clone()),
            Self::Outcome(outcome) => Some(outcome.subject.clone()),
            Self::TierRose(rise) => Some(Subject::account(rise.account)),
            Self::OwnerState(state) => Some(Subject::account(state.account)),
            Self::Attempt(attempt) => Some(attempt.subject.clone()),
            _ => None,
        }
    }
}

impl Subject {
    /// What a target names.
    pub fn of(target: &crate::statement::Target) -> Self {
        Self { kind: target.kind, id: target.id.clone() }
    }

    /// An account.
    pub fn account(id: u64) -> Self {
        Self { kind: TargetKind::Account, id: id.to_string() }
    }

    /// A person of the roster.
    pub fn person(id: PersonId) -> Self {
        Self { kind: TargetKind::Person, id: id.to_string() }
    }

    /// The account's number, if it is one, written in the one way there is.
    pub fn account_id(&self) -> Option<u64> {
        (self.kind == TargetKind::Account).then(|| Millis::parse(&self.id)).flatten().map(|number| number.0)
    }
}

impl SignedStep {
    /// How often the key had signed, as its authenticator says; 0 where it does not count.
    pub(crate) fn counter(&self) -> u32 {
        AuthenticatorData::parse(&self.assertion.authenticator_data).map_or(0, |data| data.counter)
    }
}

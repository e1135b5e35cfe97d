//! Snapshots of the fold, so that a start need not read the whole ledger.
//!
//! A snapshot is a convenience: whoever doubts one folds the entries again. A version that this program does not know is
//! refused, and the entries are folded again.

use std::sync::Arc;

use kw_ledger::jcs::Value;

use super::Fold;
use super::account::{Account, Force, Hidden, Reach};
use super::case::{Case, Signature, State};
use super::house::House;
use super::pack::{Pack, packed, packed_words};
use super::roster::{HeldKey, Member};
use super::speed::Speed;
use crate::assertion::RelyingParty;
use crate::entry::Subject;
use crate::key::StaffKey;
use crate::person::{KeyId, Person, PersonId, Role, Team};
use crate::power::{Label, Power, Tier};
use crate::statement::{ActionId, Effect, TargetKind};
use crate::time::Millis;

/// The first bytes of every snapshot of this version.
const HEADER: &[u8] = b"kittiwake/fold/v3\n";

impl Fold {
    /// Writes a snapshot.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = HEADER.to_vec();
        self.put(&mut out);
        out
    }

    /// Reads a snapshot; none when it is of another version, cut, or followed by something.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(HEADER)?;
        let fold = Self::take(&mut rest)?;
        rest.is_empty().then_some(fold)
    }
}

/// For telling states apart in tests: the snapshot without what only numbers entries, and without what never changes there.
#[cfg(test)]
impl Fold {
    pub(crate) fn shape(&self) -> Vec<u8> {
        let mut shape = Self { size: 0, time: Millis(0), house: None, ..self.clone() };
        shape.people.clear();
        shape.keys.clear();
        shape.open.values_mut().for_each(|case| (case.index, case.standing) = (0, 0));
        shape.in_force.values_mut().for_each(|force| force.index = 0);
        shape.accounts.values_mut().for_each(|account| account.moved = 0);
        shape.to_bytes()
    }
}

packed! {
    Fold {
        size, time, house, people, keys, open, in_force, ends, closed, accounts, denials, attempts, speed, erased,
    }
    Member { person, joined, changed }
    Person { id, tag, pseudonym, roles, team, starts, ends }
    HeldKey { key, enrolled, ended, counter }
    Case {
        power, subject, tier, standing, effect, undo_needs, matter, policy, ground, document, index, proposed, execute_by,
        signers, state,
    }
    Signature { person, key }
    Effect { until, delay_ms, parameters }
    Subject { kind, id }
    Force { account, power, reach, since, ends, until, undo_needs, matter, signers, index }
    Account {
        tier, labels, moved, in_force, hidden, restored, broke_glass, stepped_up, handle, handle_before,
    }
    Hidden { action, since, until }
    Speed { people, restores, pairs, all }
}

packed_words!(Power, Tier, Label, Role, TargetKind, Reach);

macro_rules! packed_newtypes {
    ($($name:ident),*) => {$(
        impl Pack for $name {
            fn put(&self, out: &mut Vec<u8>) {
                self.0.put(out);
            }

            fn take(from: &mut &[u8]) -> Option<Self> {
                Pack::take(from).map(Self)
            }
        }
    )*};
}

packed_newtypes!(Millis, ActionId, PersonId, KeyId);

impl Pack for Team {
    fn put(&self, out: &mut Vec<u8>) {
        self.name().to_owned().put(out);
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        Self::new(&String::take(from)?)
    }
}

impl Pack for State {
    fn put(&self, out: &mut Vec<u8>) {
        match self {
            Self::Proposed => None,
            Self::Scheduled { from, by_itself } => Some((*from, *by_itself)),
        }
        .put(out);
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        let scheduled = <Option<(Millis, bool)> as Pack>::take(from)?;
        Some(scheduled.map_or(Self::Proposed, |(from, by_itself)| Self::Scheduled { from, by_itself }))
    }
}

impl Pack for Arc<House> {
    fn put(&self, out: &mut Vec<u8>) {
        House::put(self, out);
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        House::take(from).map(Self::new)
    }
}

impl Pack for House {
    fn put(&self, out: &mut Vec<u8>) {
        self.founding.put(out);
        let party = &self.relying_party;
        for text in [&self.origin, &self.log_key, &party.id, &party.origin, &self.policy_text] {
            text.put(out);
        }
        self.made_up_floor.put(out);
        self.witnesses.put(out);
        self.policy_index.put(out);
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        let founding = Pack::take(from)?;
        let mut text = || String::take(from);
        let (origin, log_key, id, party, policy_text) = (text()?, text()?, text()?, text()?, text()?);
        let made_up_floor = <Option<String> as Pack>::take(from)?;
        let policy = Self::read_policy(made_up_floor.as_deref(), &policy_text).ok()?;
        Some(Self {
            founding,
            origin,
            log_key,
            relying_party: RelyingParty { id, origin: party },
            made_up_floor,
            policy_hash: policy.hash(),
            policy: policy.into(),
            policy_text,
            witnesses: Pack::take(from)?,
            policy_index: Pack::take(from)?,
        })
    }
}

impl Pack for StaffKey {
    fn put(&self, out: &mut Vec<u8>) {
        String::from_utf8_lossy(&self.to_value().to_bytes()).into_owned().put(out);
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        let text = String::take(from)?;
        Self::from_value(&Value::parse(text.as_bytes()).ok()?).ok()
    }
}

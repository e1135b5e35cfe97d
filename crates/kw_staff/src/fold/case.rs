//! Open actions: proposed, or complete and waiting for their moment.

use super::Fold;
use crate::entry::Subject;
use crate::person::{KeyId, PersonId};
use crate::power::{Power, Tier};
use crate::statement::{ActionId, Effect};
use crate::time::Millis;

/// An action that is proposed or scheduled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The power it uses.
    pub power: Power,
    /// What it is about.
    pub subject: Subject,
    /// The target's tier, as it was signed.
    pub tier: Tier,
    /// Index of the newest entry that moved the target's reach, as it was signed.
    pub standing: u64,
    /// What follows.
    pub effect: Effect,
    /// How many people it takes to undo it.
    pub undo_needs: u8,
    /// Hash of what all its steps share.
    pub matter: [u8; 32],
    /// Hash of the policy it was signed under.
    pub policy: [u8; 32],
    /// The reason's public word; none where it was erased.
    pub ground: Option<String>,
    /// The text of the policy that it would put in force.
    pub document: Option<String>,
    /// Index of its proposal.
    pub index: u64,
    /// When it was proposed.
    pub proposed: Millis,
    /// Until when it may take effect.
    pub execute_by: Millis,
    /// Who signed, in order; the first one proposed.
    pub signers: Vec<Signature>,
    /// Where it stands.
    pub state: State,
}

/// One person's agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signature {
    /// Whose.
    pub person: PersonId,
    /// With which key.
    pub key: KeyId,
}

/// Where an open action stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Waiting for people.
    Proposed,
    /// Complete, and waiting.
    Scheduled {
        /// From when it may take effect.
        from: Millis,
        /// Whether it does so without a fresh signature: in solo mode, where nobody else could give one.
        by_itself: bool,
    },
}

impl Fold {
    /// The open actions about a subject. Those whose time is over and which no entry has closed yet are among them.
    pub fn cases_about<'a>(&'a self, subject: &'a Subject) -> impl Iterator<Item = (ActionId, &'a Case)> {
        self.cases().filter(move |(_, case)| case.matter_subject() == *subject)
    }
}

impl Case {
    /// The subject under which no two open actions of one power may stand. A key is its person's, and there is one policy.
    pub fn matter_subject(&self) -> Subject {
        self.subject.as_one_matter(&self.effect)
    }
}

impl Subject {
    /// What counts as the same matter: renaming a key or changing a space in a policy does not make another one of it.
    #[must_use]
    pub fn as_one_matter(&self, effect: &Effect) -> Self {
        use crate::statement::TargetKind;
        match self.kind {
            TargetKind::Key => {
                let person = effect.parameters.get("person").cloned().unwrap_or_default();
                Self { kind: TargetKind::Person, id: person }
            }
            TargetKind::Policy | TargetKind::House => Self { kind: self.kind, id: String::new() },
            TargetKind::Account | TargetKind::Person => self.clone(),
        }
    }
}

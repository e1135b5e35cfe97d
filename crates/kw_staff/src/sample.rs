//! What tests of this crate begin with: a statement, a site, a person's key. None of it is anybody's.

use crate::assertion::RelyingParty;
use crate::authenticator::{Authenticator, Backup, Counting};
use crate::key::StaffKey;
use crate::person::{KeyId, PersonId};
use crate::power::{Power, Tier, Verb};
use crate::statement::{ActionId, Effect, Seen, Statement, Target, TargetKind};
use crate::time::Millis;

/// The site of staff.
pub(crate) fn party() -> RelyingParty {
    RelyingParty { id: "staff.kittiwake.example".to_owned(), origin: "https://staff.kittiwake.example".to_owned() }
}

/// A device-bound Ed25519 passkey that counts, always the same for one `seed`, and its enrolled key.
pub(crate) fn passkey(seed: u8) -> (Authenticator, StaffKey) {
    let authenticator = Authenticator::from_seed(&[seed; 32], Backup::DeviceBound, Counting::EachSignature);
    let key = enrol(&authenticator);
    (authenticator, key)
}

/// The key of `authenticator`, as person 1's.
pub(crate) fn enrol(authenticator: &Authenticator) -> StaffKey {
    let enrolled = authenticator.create(&[9; 32], &party()).check(&[9; 32], &party());
    enrolled.expect("what the software authenticator makes can be enrolled").into_key(PersonId(1))
}

/// A proposal to take down a notable account for an hour, to be signed with `signer`.
pub(crate) fn statement(signer: KeyId) -> Statement {
    Statement {
        step: Verb::Propose,
        log: "kittiwake.example/ledger".to_owned(),
        log_key: "kittiwake.example/ledger+0a1b2c3d+AQIDBA".to_owned(),
        founding: [1; 32],
        action: ActionId(0x0123_4567_89ab_cdef_0123_4567_89ab_cdef),
        power: Power::TakeDown,
        targets: vec![Target {
            kind: TargetKind::Account,
            id: "113800000000000001".to_owned(),
            standing: 0,
            tier: Tier::Notable,
            card: [2; 32],
        }],
        effect: Effect {
            until: Some(Millis(1_509_670_800_000)),
            delay_ms: 0,
            parameters: [("label".to_owned(), "élu \"local\"".to_owned())].into(),
        },
        undo_needs: 1,
        reason: [3; 32],
        facts: [4; 32],
        policy: [5; 32],
        signer,
        seen: Seen { size: 12, root: [6; 32] },
        valid_until: Millis(1_509_667_200_000),
        execute_by: Millis(1_509_674_400_000),
    }
}

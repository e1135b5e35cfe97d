//! Who goes into which slot: every order of up to three different people.

use std::collections::BTreeSet;

use super::ask::SLOT_COUNT;
use super::question::Signer;

/// Every way to put none, one, two or three different people of `signers` into the slots: fewest people first.
///
/// All orders are tried, so that a policy may ask something of its `first` that it does not ask of its `second`.
pub(crate) fn arrangements(signers: &[Signer]) -> impl Iterator<Item = Vec<&Signer>> {
    let all: Vec<_> = signers.iter().collect();
    (0..=SLOT_COUNT).flat_map(move |count| arrangements_of(count, all.clone()))
}

/// Every way to put exactly `count` different people into the slots.
pub(crate) fn arrangements_of<'a>(
    count: usize,
    signers: Vec<&'a Signer>,
) -> Box<dyn Iterator<Item = Vec<&'a Signer>> + 'a> {
    if count == 0 {
        return Box::new(std::iter::once(Vec::new()));
    }
    let shorter = arrangements_of(count - 1, signers.clone());
    Box::new(shorter.flat_map(move |chosen| {
        let others: Vec<_> = signers.iter().copied().filter(|one| !has(&chosen, one)).collect();
        others.into_iter().map(move |other| chosen.iter().copied().chain([other]).collect())
    }))
}

/// How many different people with powers there are among `signers` beside those in `slots`.
pub(crate) fn others_with_powers(signers: &[Signer], slots: &[&Signer]) -> usize {
    let others = signers.iter().filter(|signer| signer.has_powers() && !has(slots, signer));
    others.map(|signer| signer.person).collect::<BTreeSet<_>>().len()
}

fn has(slots: &[&Signer], signer: &Signer) -> bool {
    slots.iter().any(|other| other.person == signer.person)
}

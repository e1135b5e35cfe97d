//! Who watches the ledger from outside: witnesses whose cosignatures stand on its newest checkpoint. Whoever is only
//! configured watches nothing, and does not count.

use kw_ledger::SignedCheckpoint;

use crate::context::Context;

/// How many witnesses that the founding names have signed the newest checkpoint.
pub fn watchers(cx: &Context) -> u64 {
    let ledger = cx.ledger();
    let (checkpoint, witnesses) = ledger.read(|log| {
        let witnesses = log.fold().house().map(|house| house.witnesses.clone()).unwrap_or_default();
        (log.checkpoint().to_vec(), witnesses)
    });
    if witnesses.is_empty() {
        return 0;
    }
    let Ok(signed) = SignedCheckpoint::open(&checkpoint, ledger.signer().verifier()) else { return 0 };
    let cosigned = |witness: &&String| witness.parse().is_ok_and(|witness| signed.cosigned_at(&witness).is_ok());
    witnesses.iter().filter(cosigned).count() as u64
}

//! Between the network's words and the ledger's: moments, refusals, the relying party.

use kw_domain::refusal::{Kind, Refusal};
use kw_domain::time::Millis;
use kw_staff::assertion::RelyingParty;
use kw_staff::fold::Fold;
use kw_staff::time;

/// A moment in the ledger's words.
pub const fn moment(moment: Millis) -> time::Millis {
    time::Millis(moment.0)
}

/// A refusal of the ledger in the network's words.
pub fn to_domain(refusal: kw_staff::refusal::Refusal) -> Refusal {
    let kind = match refusal.code {
        "unknown_target" | "target_gone" => Kind::Missing,
        _ => Kind::Invalid,
    };
    Refusal::new(kind, refusal.code, refusal.sentence)
}

/// Where staff's passkeys belong, as the founding says; none before it.
pub fn party(fold: &Fold) -> Option<RelyingParty> {
    Some(fold.house()?.relying_party.clone())
}

/// The relying party of an origin: its host. An address that is a bare number is none.
pub fn party_of(origin: &str) -> Option<RelyingParty> {
    let url = url::Url::parse(origin).ok()?;
    Some(RelyingParty { id: url.domain()?.to_owned(), origin: origin.to_owned() })
}

//! One question put to Cedar: the slots filled with up to three people, and what is said of the action.
//!
//! This and the trying of arrangements is all that has to be trusted beside Cedar. It knows no number of people, no role and
//! no tier: those are the policies' own.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use cedar_policy::{
    Authorizer, Context, Decision, Entities, EntityId, EntityTypeName, EntityUid, PolicySet, Request,
    RestrictedExpression,
};

use super::question::{Question, Signer};
use crate::person::Role;
use crate::power::{Power, Tier};

/// The slots, in the order in which they are filled.
const SLOTS: [&str; 3] = ["first", "second", "third"];

/// How many people a policy can look at together.
pub(crate) const SLOT_COUNT: usize = SLOTS.len();

/// Whether `rules` say yes.
///
/// A rule that fails to evaluate makes the answer no, whatever the others say: Cedar would skip it, even if it forbids.
pub(crate) fn is_allowed(rules: &PolicySet, request: &Request) -> bool {
    let answer = Authorizer::new().is_authorized(request, rules, &Entities::empty());
    answer.decision() == Decision::Allow && answer.diagnostics().errors().next().is_none()
}

/// The question when exactly these people sign, in these slots.
pub(crate) fn request(question: &Question, slots: &[&Signer]) -> Request {
    let mode = uid("Mode", question.mode.word());
    Request::new(mode, action(question.power), tier(question.tier), context(question, slots), None)
        .expect("no schema is given that the request could differ from")
}

fn context(question: &Question, slots: &[&Signer]) -> Context {
    let said = [
        ("span", RestrictedExpression::new_entity_uid(uid("Span", question.span.word()))),
        ("delay", RestrictedExpression::new_entity_uid(uid("Delay", question.delay.word()))),
        ("urgent", RestrictedExpression::new_bool(question.urgent)),
        ("undo_needs", RestrictedExpression::new_long(question.undo_needs.into())),
        ("live", RestrictedExpression::new_long(question.live.into())),
        ("live_teams", RestrictedExpression::new_long(question.live_teams.into())),
    ];
    let signers = SLOTS.into_iter().zip(slots.iter().map(|signer| staff(signer)));
    let pairs = said.into_iter().chain(signers).map(|(name, value)| (name.to_owned(), value));
    Context::from_pairs(pairs).expect("names differ and values are plain")
}

/// The action's name in policies.
pub(crate) fn action(power: Power) -> EntityUid {
    uid("Action", power.word())
}

/// The tier's name in policies.
pub(crate) fn tier(tier: Tier) -> EntityUid {
    uid("Tier", tier.word())
}

fn staff(signer: &Signer) -> RestrictedExpression {
    let roles = Role::ALL.iter().map(|role| (role.word(), RestrictedExpression::new_bool(signer.roles.contains(role))));
    let others = [
        ("person", RestrictedExpression::new_long(signer.person.0.into())),
        ("team", RestrictedExpression::new_string(signer.team.name().to_owned())),
        ("powers_ended", RestrictedExpression::new_bool(signer.powers_ended)),
        ("device_bound", RestrictedExpression::new_bool(signer.device_bound)),
    ];
    let pairs = roles.chain(others).map(|(name, value)| (name.to_owned(), value));
    RestrictedExpression::new_record(pairs).expect("names differ")
}

fn uid(kind: &'static str, word: &str) -> EntityUid {
    EntityUid::from_type_name_and_id(KINDS[kind].clone(), EntityId::new(word))
}

/// The names of kinds, parsed once: that costs more than an answer.
static KINDS: LazyLock<BTreeMap<&str, EntityTypeName>> = LazyLock::new(|| {
    let parsed = |kind: &'static str| (kind, kind.parse().expect("the kinds are names"));
    ["Action", "Mode", "Tier", "Span", "Delay"].map(parsed).into()
});

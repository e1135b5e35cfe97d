//! Reads a policy: text to rules that speak only of what the schema knows. Says in sentences, with lines, what is wrong.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use cedar_policy::ffi::DetailedError;
use cedar_policy::{
    ActionConstraint, Effect, Policy as Rule, PolicyId, PolicySet, Request, ResourceConstraint, Schema, ValidationMode,
    Validator,
};

use super::ask;
use crate::power::{Power, Tier};
use crate::refusal::Refusal;

/// The largest policy, in bytes.
pub const POLICY_BYTES_MAX: usize = 64 * 1024;

/// What policies can speak of.
pub(crate) const SCHEMA: &str = include_str!("schema.cedarschema");

/// The validator of [`SCHEMA`].
pub(crate) static VALIDATOR: LazyLock<Validator> = LazyLock::new(|| {
    let schema: Schema = SCHEMA.parse().expect("the schema in the program can be read");
    Validator::new(schema)
});

/// The rules that can have a say about one power over one tier.
#[derive(Debug, Clone)]
pub(crate) struct Rules {
    /// Their text: what is not spoken of in it makes no difference.
    pub(crate) words: String,
    /// The floor's and the deployment's.
    all: PolicySet,
    /// The floor's alone.
    floor: PolicySet,
    /// Those of `all` that permit.
    permits: PolicySet,
    /// Those of `floor` that permit: nothing can take that away.
    floor_permits: PolicySet,
}

/// Reads and validates one layer. Its rules get ids of their own: `layer` and a number, in order.
pub(crate) fn layer(layer: &str, text: &[u8]) -> Result<Vec<Rule>, Refusal> {
    if text.len() > POLICY_BYTES_MAX {
        let sentence = format!(
            "This policy has {} bytes; at most {POLICY_BYTES_MAX} can be put in force. Shorten it.",
            text.len()
        );
        return Err(Refusal::new("policy_too_big", sentence));
    }
    let text = std::str::from_utf8(text).map_err(|error| {
        let line = line_at(text, error.valid_up_to());
        Refusal::new(
            "policy_not_text",
            format!("Line {line} of this policy is not text. Save it as UTF-8 and try again."),
        )
    })?;
    let set: PolicySet = text.parse().map_err(|error| unreadable(text, &DetailedError::from(&error)))?;
    if set.num_of_templates() > 0 {
        let sentence = "This policy has a template (?principal or ?resource). Write each rule out and try again.";
        return Err(Refusal::new("policy_has_template", sentence));
    }
    let checked = VALIDATOR.validate(&set, ValidationMode::Strict);
    if let Some(error) = checked.validation_errors().next() {
        return Err(unreadable(text, &DetailedError::from(error)));
    }
    let mut rules: Vec<_> = set.policies().collect();
    rules.sort_by_key(|rule| number(rule.id()));
    Ok(rules.iter().enumerate().map(|(at, rule)| rule.new_id(PolicyId::new(format!("{layer}{at}")))).collect())
}

/// For each power and tier the rules of both layers that can match them. Most name both, so this makes questions quick.
pub(crate) fn by_cell(floor: &[Rule], deployment: &[Rule]) -> BTreeMap<(Power, Tier), Rules> {
    let cells = Power::ALL.iter().flat_map(|power| Tier::ALL.iter().map(|tier| (*power, *tier)));
    cells.map(|cell| (cell, rules(cell, floor, deployment))).collect()
}

fn rules((power, tier): (Power, Tier), floor: &[Rule], deployment: &[Rule]) -> Rules {
    let (power, tier) = (ask::action(power), ask::tier(tier));
    let can_match = |rule: &&Rule| {
        let names_another_power = matches!(rule.action_constraint(), ActionConstraint::Eq(named) if named != power);
        let names_another_tier = matches!(rule.resource_constraint(), ResourceConstraint::Eq(named) if named != tier);
        !names_another_power && !names_another_tier
    };
    let floor: Vec<_> = floor.iter().filter(can_match).collect();
    let all: Vec<_> = floor.iter().copied().chain(deployment.iter().filter(can_match)).collect();
    Rules {
        words: all.iter().map(ToString::to_string).collect(),
        permits: set(all.iter().filter(|rule| rule.effect() == Effect::Permit)),
        floor_permits: set(floor.iter().filter(|rule| rule.effect() == Effect::Permit)),
        all: set(&all),
        floor: set(&floor),
    }
}

impl Rules {
    /// Whether they permit what is requested.
    ///
    /// What no line permits needs no look at the prohibitions, and most arrangements are of that kind.
    pub(crate) fn permit(&self, request: &Request) -> bool {
        let is_permitted = |permits: &PolicySet, with_forbids: &PolicySet| {
            !permits.is_empty() && ask::is_allowed(permits, request) && ask::is_allowed(with_forbids, request)
        };
        is_permitted(&self.permits, &self.all) || is_permitted(&self.floor_permits, &self.floor)
    }
}

fn set<'a>(rules: impl IntoIterator<Item = &'a &'a Rule>) -> PolicySet {
    PolicySet::from_policies(rules.into_iter().map(|rule| (*rule).clone()))
        .expect("ids are numbered within a layer, and layers are named apart")
}

/// Cedar calls the rules of a text `policy0`, `policy1`, …, and gives them in no order.
fn number(id: &PolicyId) -> usize {
    let id: &str = id.as_ref();
    id.trim_start_matches("policy").parse().unwrap_or_default()
}

fn unreadable(text: &str, error: &DetailedError) -> Refusal {
    let deepest = error.related.iter().find(|error| !error.source_locations.is_empty()).unwrap_or(error);
    let place = deepest.source_locations.first().map(|label| line_at(text.as_bytes(), label.loc.start));
    let message = deepest.message.trim_end_matches('.');
    let sentence = match place {
        Some(line) => format!("This policy cannot be used. Line {line}: {message}. Correct that line and try again."),
        None => format!("This policy cannot be used: {message}. Correct it and try again."),
    };
    Refusal::new("policy_unreadable", sentence)
}

/// The line of the byte at `place`, counted from 1.
fn line_at(text: &[u8], place: usize) -> usize {
    1 + text.iter().take(place).filter(|byte| **byte == b'\n').count()
}

//! How a statement is written and read: canonical JSON (RFC 8785), one form only, and the challenge made from it.
//!
//! Strict, because what is signed must not depend on who reads it: a statement has one spelling, a target's id too. What a
//! statement means, and whether it may be done, is `policy`'s and the state machine's to say.

use std::collections::BTreeMap;

use kw_ledger::jcs::Value;
use sha2::{Digest as _, Sha256};

use crate::fields::{Fields, malformed};
use crate::hex;
use crate::person::{KeyId, PersonId};
use crate::power::{Power, Tier, Verb};
use crate::refusal::Refusal;
use crate::statement::{ActionId, Effect, Seen, Statement, Target, TargetKind};
use crate::time::Millis;

/// The longest statement, in bytes.
pub const STATEMENT_BYTES_MAX: usize = 16 * 1024;
/// How many targets a statement may have. Actions on lists will raise it.
pub const TARGETS_MAX: usize = 1;
/// How many parameters an effect may have.
pub const PARAMETERS_MAX: usize = 32;
/// The longest origin line and the longest public key of a ledger, in bytes.
pub const LOG_BYTES_MAX: usize = 512;

const WHAT: &str = "statement";
const CHALLENGE_PREFIX: &[u8] = b"kittiwake/staff-step/v1\n";

/// What a passkey signs for these bytes of a statement: `SHA-256("kittiwake/staff-step/v1\n" ‖ statement)`.
pub fn challenge(statement: &[u8]) -> [u8; 32] {
    Sha256::new().chain_update(CHALLENGE_PREFIX).chain_update(statement).finalize().into()
}

impl Statement {
    /// The one way in which it is written.
    pub fn to_bytes(&self) -> Vec<u8> {
        Value::map([
            ("action", Value::text(self.action.to_string())),
            ("effect", self.effect.to_value()),
            ("execute_by", Value::text(self.execute_by.to_string())),
            ("facts", hash(&self.facts)),
            ("founding", hash(&self.founding)),
            ("log", Value::text(&self.log)),
            ("log_key", Value::text(&self.log_key)),
            ("policy", hash(&self.policy)),
            ("power", Value::text(self.power.word())),
            ("reason", hash(&self.reason)),
            ("seen", self.seen.to_value()),
            ("signer", Value::text(self.signer.to_string())),
            ("step", Value::text(self.step.word())),
            ("targets", Value::List(self.targets.iter().map(Target::to_value).collect())),
            ("undo_needs", Value::text(self.undo_needs.to_string())),
            ("valid_until", Value::text(self.valid_until.to_string())),
        ])
        .to_bytes()
    }

    /// Reads a statement; refused unless it is exactly what [`Statement::to_bytes`] writes, and within its limits.
    pub fn parse(bytes: &[u8]) -> Result<Self, Refusal> {
        if bytes.len() > STATEMENT_BYTES_MAX {
            return Err(Refusal::new(
                "statement_too_long",
                format!("This statement is too long: {} bytes, of at most {STATEMENT_BYTES_MAX}.", bytes.len()),
            ));
        }
        let value = Value::parse(bytes).map_err(|why| malformed(WHAT, &why.to_string()))?;
        let mut fields = Fields::open(WHAT, &value)?;
        let statement = Self {
            step: fields.read("step", Verb::from_word)?,
            log: fields.read("log", line)?,
            log_key: fields.read("log_key", line)?,
            founding: fields.hex("founding")?,
            action: fields.read("action", ActionId::parse)?,
            power: fields.read("power", Power::from_word)?,
            targets: targets(fields.value("targets")?)?,
            effect: Effect::from_value(fields.value("effect")?)?,
            undo_needs: fields.read("undo_needs", people)?,
            reason: fields.hex("reason")?,
            facts: fields.hex("facts")?,
            policy: fields.hex("policy")?,
            signer: fields.read("signer", KeyId::parse)?,
            seen: Seen::from_value(fields.value("seen")?)?,
            valid_until: fields.moment("valid_until")?,
            execute_by: fields.moment("execute_by")?,
        };
        fields.end()?;
        // Each field is read in one form only; this holds whatever one of them overlooks.
        if statement.to_bytes() == bytes { Ok(statement) } else { Err(malformed(WHAT, "it is not in its only form")) }
    }
}

impl Target {
    fn to_value(&self) -> Value {
        Value::map([
            ("card", hash(&self.card)),
            ("id", Value::text(&self.id)),
            ("kind", Value::text(self.kind.word())),
            ("standing", Value::text(self.standing.to_string())),
            ("tier", Value::text(self.tier.word())),
        ])
    }

    fn from_value(value: &Value) -> Result<Self, Refusal> {
        let mut fields = Fields::open(WHAT, value)?;
        let kind = fields.read("kind", TargetKind::from_word)?;
        let target = Self {
            kind,
            id: fields.read("id", |id| kind.has_id(id).then(|| id.to_owned()))?,
            standing: fields.number("standing")?,
            tier: fields.read("tier", Tier::from_word)?,
            card: fields.hex("card")?,
        };
        fields.end()?;
        Ok(target)
    }
}

impl TargetKind {
    /// Whether `id` is the one spelling of an id of this kind. Were there two, two actions on one target could both be open.
    pub fn has_id(self, id: &str) -> bool {
        match self {
            Self::Account => Millis::parse(id).is_some(),
            Self::Person => PersonId::parse(id).is_some(),
            Self::Key | Self::Policy => hex::decode::<32>(id).is_some(),
            Self::House => id == "house",
        }
    }
}

impl Effect {
    fn to_value(&self) -> Value {
        let parameters = self.parameters.iter().map(|(name, text)| (name.as_str(), Value::text(text)));
        let until = self.until.map(|until| ("until", Value::text(until.to_string())));
        let always = [("delay", Value::text(self.delay_ms.to_string())), ("parameters", Value::map(parameters))];
        Value::map(always.into_iter().chain(until))
    }

    fn from_value(value: &Value) -> Result<Self, Refusal> {
        let mut fields = Fields::open(WHAT, value)?;
        let until = match fields.find("until") {
            None => None,
            Some(until) => Some(until.as_text().and_then(Millis::parse).ok_or_else(|| fields.wrong("until"))?),
        };
        let delay_ms = fields.number("delay")?;
        let parameters = fields.value("parameters")?.as_map().and_then(parameters);
        let parameters = parameters.ok_or_else(|| fields.wrong("parameters"))?;
        fields.end()?;
        Ok(Self { until, delay_ms, parameters })
    }
}

impl Seen {
    fn to_value(self) -> Value {
        Value::map([("root", hash(&self.root)), ("size", Value::text(self.size.to_string()))])
    }

    fn from_value(value: &Value) -> Result<Self, Refusal> {
        let mut fields = Fields::open(WHAT, value)?;
        let seen = Self { size: fields.number("size")?, root: fields.hex("root")? };
        fields.end()?;
        Ok(seen)
    }
}

fn targets(value: &Value) -> Result<Vec<Target>, Refusal> {
    let items = value.as_list().ok_or_else(|| malformed(WHAT, "“targets” is no list"))?;
    if items.is_empty() || items.len() > TARGETS_MAX {
        return Err(Refusal::new(
            "targets",
            format!("This statement names {} targets. It has to name one.", items.len()),
        ));
    }
    items.iter().map(Target::from_value).collect()
}

fn parameters(fields: &BTreeMap<String, Value>) -> Option<BTreeMap<String, String>> {
    let is_name = |name: &str| {
        (1..=32).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
    };
    let parameter = |(name, value): (&String, &Value)| {
        let text = value.as_text()?;
        is_name(name).then(|| (name.clone(), text.to_owned()))
    };
    (fields.len() <= PARAMETERS_MAX).then(|| fields.iter().map(parameter).collect()).flatten()
}

/// One line of text, such as an origin line.
fn line(text: &str) -> Option<String> {
    let is_line = (1..=LOG_BYTES_MAX).contains(&text.len()) && !text.chars().any(char::is_control);
    is_line.then(|| text.to_owned())
}

/// How many people it takes to undo: the form has two words for it.
fn people(text: &str) -> Option<u8> {
    match text {
        "1" => Some(1),
        "2" => Some(2),
        _ => None,
    }
}

fn hash(bytes: &[u8; 32]) -> Value {
    Value::Text(hex::encode(bytes))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::sample;

    fn sample() -> Statement {
        sample::statement(KeyId([7; 32]))
    }

    /// The sample's bytes with one text in place of another, which has to be there.
    fn replaced(old: &str, new: &str) -> Vec<u8> {
        let text = String::from_utf8(sample().to_bytes()).expect("JSON is UTF-8");
        assert!(text.contains(old), "{old} is not in {text}");
        text.replacen(old, new, 1).into_bytes()
    }

    #[test]
    fn a_statement_is_written_in_its_one_form() {
        let statement = Statement { effect: Effect::default(), ..sample() };
        let hash = |digit: &str| digit.repeat(32);
        let wanted = format!(
            "{{\"action\":\"0123456789abcdef0123456789abcdef\",\"effect\":{{\"delay\":\"0\",\"parameters\":{{}}}},\
             \"execute_by\":\"1509674400000\",\"facts\":\"{}\",\"founding\":\"{}\",\"log\":\"kittiwake.example/ledger\",\
             \"log_key\":\"kittiwake.example/ledger+0a1b2c3d+AQIDBA\",\"policy\":\"{}\",\"power\":\"take_down\",\
             \"reason\":\"{}\",\"seen\":{{\"root\":\"{}\",\"size\":\"12\"}},\"signer\":\"{}\",\"step\":\"propose\",\
             \"targets\":[{{\"card\":\"{}\",\"id\":\"113800000000000001\",\"kind\":\"account\",\"standing\":\"0\",\
             \"tier\":\"notable\"}}],\"undo_needs\":\"1\",\"valid_until\":\"1509667200000\"}}",
            hash("04"),
            hash("01"),
            hash("05"),
            hash("03"),
            hash("06"),
            hash("07"),
            hash("02"),
        );
        assert_eq!(String::from_utf8(statement.to_bytes()), Ok(wanted));
    }

    #[test]
    fn the_challenge_is_the_hash_of_prefix_and_statement() {
        // printf 'kittiwake/staff-step/v1\n{}' | sha256sum
        assert_eq!(hex::encode(&challenge(b"{}")), "ac88ae66b1b3d505b5c64935c3fe37de40236297bedca9cec99d0e4937bfa54e");
        assert_ne!(challenge(b"{}"), <[u8; 32]>::from(Sha256::digest(b"{}")));
    }

    #[test]
    fn what_is_missing_unknown_or_written_another_way_is_refused() {
        let cases = [
            ("\"power\":\"take_down\",", ""),
            ("\"delay\":\"0\",", ""),
            ("\"size\":\"12\"", "\"sizes\":\"12\""),
            ("\"step\":", "\"stamp\":\"\",\"step\":"),
            ("\"delay\":\"0\",", "\"delay\":\"0\",\"force\":\"yes\","),
            ("\"root\":", "\"more\":\"\",\"root\":"),
            ("\"card\":", "\"and\":\"\",\"card\":"),
            ("\"take_down\"", "\"take down\""),
            ("\"take_down\"", "\"TAKE_DOWN\""),
            ("\"propose\"", "\"proposed\""),
            ("\"notable\"", "\"mighty\""),
            ("\"account\"", "\"post\""),
            ("\"0123456789abcdef", "\"0123456789ABCDEF"),
            ("\"0123456789abcdef", "\"123456789abcdef"),
            ("\"0404", "\"04"),
            ("\"0404", "\"0g04"),
            ("\"12\"", "\"012\""),
            ("\"12\"", "\"+12\""),
            ("\"12\"", "12"),
            ("\"12\"", "\"\""),
            ("\"12\"", "\"18446744073709551616\""),
            ("\"1509667200000\"", "\"1509667200000.0\""),
            ("\"1509667200000\"", "\"2017-11-03\""),
            ("\"113800000000000001\"", "\"0113800000000000001\""),
            ("\"113800000000000001\"", "\"ada\""),
            ("\"undo_needs\":\"1\"", "\"undo_needs\":\"0\""),
            ("\"undo_needs\":\"1\"", "\"undo_needs\":\"3\""),
            ("\"kittiwake.example/ledger\"", "\"\""),
            ("\"kittiwake.example/ledger\"", "\"kittiwake\\n.example\""),
            ("\"label\":\"élu", "\"Label\":\"élu"),
            ("\"label\":\"élu", "\"\":\"élu"),
            ("\"until\":\"1509670800000\"", "\"until\":\"\""),
            ("\"until\":\"1509670800000\"", "\"until\":[]"),
            ("{\"action\"", "{ \"action\""),
            ("\"seen\":{", "\"seen\":[{"),
        ];
        for (old, new) in cases {
            let refusal = Statement::parse(&replaced(old, new)).expect_err(new);
            assert_eq!(refusal.code, "malformed", "{old} → {new}");
        }
        assert_eq!(Statement::parse(&replaced("é", "e")).map(|read| read.action), Ok(sample().action));
    }

    #[test]
    fn a_statement_names_exactly_one_target() {
        let one = sample().targets[0].clone();
        for targets in [vec![], vec![one.clone(), one]] {
            let statement = Statement { targets, ..sample() };
            assert_eq!(Statement::parse(&statement.to_bytes()).expect_err("one target").code, "targets");
        }
    }

    #[test]
    fn each_kind_of_target_has_ids_of_one_spelling() {
        let hash = "0a".repeat(32);
        let right = [
            (TargetKind::Account, "1"),
            (TargetKind::Account, "18446744073709551615"),
            (TargetKind::Person, "4294967295"),
            (TargetKind::Key, &hash),
            (TargetKind::Policy, &hash),
            (TargetKind::House, "house"),
        ];
        for (kind, id) in right {
            assert!(kind.has_id(id), "{kind} {id}");
        }
        let wrong = [
            (TargetKind::Account, ""),
            (TargetKind::Account, "01"),
            (TargetKind::Account, "18446744073709551616"),
            (TargetKind::Person, "4294967296"),
            (TargetKind::Person, "0"),
            (TargetKind::Key, &hash[2..]),
            (TargetKind::Policy, "house"),
            (TargetKind::House, "House"),
        ];
        for (kind, id) in wrong {
            assert!(!kind.has_id(id), "{kind} {id}");
        }
    }

    #[test]
    fn a_statement_has_limits() {
        let with = |text: String| {
            let parameters = [("key".to_owned(), text)].into();
            Statement { effect: Effect { parameters, ..Effect::default() }, ..sample() }.to_bytes()
        };
        let room = STATEMENT_BYTES_MAX - with(String::new()).len();
        assert!(Statement::parse(&with("a".repeat(room))).is_ok());
        let refusal = Statement::parse(&with("a".repeat(room + 1))).expect_err("it is too long");
        assert_eq!(refusal.code, "statement_too_long");

        let name = |index: u8| [b'a' + index / 16, b'a' + index % 16].map(char::from).iter().collect::<String>();
        for (count, is_read) in [(32, true), (33, false)] {
            let parameters = (0..count).map(|index| (name(index), String::new())).collect();
            let statement = Statement { effect: Effect { parameters, ..Effect::default() }, ..sample() };
            assert_eq!(Statement::parse(&statement.to_bytes()).is_ok(), is_read, "{count}");
        }
        for (length, is_read) in [(32, true), (33, false)] {
            let parameters = [("a".repeat(length), String::new())].into();
            let statement = Statement { effect: Effect { parameters, ..Effect::default() }, ..sample() };
            assert_eq!(Statement::parse(&statement.to_bytes()).is_ok(), is_read, "a name of {length}");
        }
    }

    fn hashes() -> impl Strategy<Value = [u8; 32]> {
        any::<[u8; 32]>()
    }

    fn one_of<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
        proptest::sample::select(all)
    }

    prop_compose! {
        fn effects()(
            until in proptest::option::of(any::<u64>().prop_map(Millis)),
            delay_ms in any::<u64>(),
            parameters in proptest::collection::btree_map("[a-z_]{1,32}", any::<String>(), 0..4),
        ) -> Effect {
            Effect { until, delay_ms, parameters }
        }
    }

    prop_compose! {
        fn targets_of_any_kind()(
            kind in one_of(TargetKind::ALL), number in 1..=u32::MAX, hash in hashes(), standing in any::<u64>(),
            tier in one_of(Tier::ALL), card in hashes(),
        ) -> Target {
            let id = match kind {
                TargetKind::Account | TargetKind::Person => number.to_string(),
                TargetKind::Key | TargetKind::Policy => hex::encode(&hash),
                TargetKind::House => "house".to_owned(),
            };
            Target { kind, id, standing, tier, card }
        }
    }

    prop_compose! {
        fn statements()(
            (step, power) in (one_of(Verb::ALL), one_of(Power::ALL)),
            target in targets_of_any_kind(),
            effect in effects(),
            (log, log_key) in ("[^\\p{C}]{1,40}", "[ -~]{1,80}"),
            [founding, reason, facts, policy, signer, root] in any::<[[u8; 32]; 6]>(),
            (action, size, valid_until, execute_by) in any::<(u128, u64, u64, u64)>(),
            undo_needs in 1..=2_u8,
        ) -> Statement {
            Statement {
                step, log, log_key, founding, action: ActionId(action), power, targets: vec![target], effect, undo_needs,
                reason, facts, policy, signer: KeyId(signer), seen: Seen { size, root },
                valid_until: Millis(valid_until), execute_by: Millis(execute_by),
            }
        }
    }

    proptest! {
        #[test]
        fn a_statement_is_read_back_as_it_was(statement in statements()) {
            prop_assert_eq!(Statement::parse(&statement.to_bytes()), Ok(statement));
        }

        #[test]
        fn a_changed_byte_is_refused_or_makes_another_statement(
            statement in statements(), at in any::<proptest::sample::Index>(), byte in any::<u8>(),
        ) {
            let mut bytes = statement.to_bytes();
            let at = at.index(bytes.len());
            prop_assume!(bytes[at] != byte);
            bytes[at] = byte;
            if let Ok(other) = Statement::parse(&bytes) {
                prop_assert_eq!(other.to_bytes(), bytes);
                prop_assert_ne!(other, statement);
            }
        }
    }
}

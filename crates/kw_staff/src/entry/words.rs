//! The words of an action and their form: what a statement commits to and does not say.

use kw_ledger::Opening;
use kw_ledger::jcs::Value;

use super::{Committed, Reason, Words};
use crate::fields::{Fields, bytes_value, malformed};
use crate::refusal::Refusal;

/// The longest explanation, in characters.
pub const EXPLANATION_CHARS_MAX: usize = 4_000;
/// The longest reference, in characters.
pub const REFERENCE_CHARS_MAX: usize = 500;
/// The longest bytes behind one commitment.
const BYTES_MAX: usize = 64 * 1024;
/// The longest ground, in bytes.
const GROUND_BYTES_MAX: usize = 40;

impl Committed {
    /// The commitment as statements carry it, under the name of the statement's field.
    pub fn commitment(&self, field: &str) -> [u8; 32] {
        let opening = Opening::new(field, self.salt, self.bytes.clone()).expect("statements' fields have plain names");
        *opening.commitment().as_bytes()
    }

    fn to_value(&self) -> Value {
        Value::map([("bytes", bytes_value(&self.bytes)), ("salt", bytes_value(&self.salt))])
    }

    fn from_value(value: &Value) -> Result<Self, Refusal> {
        let mut fields = Fields::open(WHAT, value)?;
        let bytes = fields.bytes("bytes", BYTES_MAX)?;
        let salt = fields.bytes("salt", 32)?.try_into().map_err(|_| malformed(WHAT, "a salt has 32 bytes"))?;
        fields.end()?;
        Ok(Self { salt, bytes })
    }
}

const WHAT: &str = "reason";

impl Words {
    /// The reason, if it is one.
    pub fn reason(&self) -> Option<Reason> {
        Reason::parse(&self.reason.bytes)
    }

    pub(super) fn to_value(&self) -> Value {
        Value::map([
            ("card", bytes_value(&self.card)),
            ("facts", self.facts.to_value()),
            ("reason", self.reason.to_value()),
        ])
    }

    pub(super) fn from_value(value: &Value) -> Result<Self, Refusal> {
        let mut fields = Fields::open(WHAT, value)?;
        let words = Self {
            card: fields.bytes("card", BYTES_MAX)?,
            facts: Committed::from_value(fields.value("facts")?)?,
            reason: Committed::from_value(fields.value("reason")?)?,
        };
        fields.end()?;
        Ok(words)
    }
}

impl Reason {
    /// The one way in which it is written.
    pub fn to_bytes(&self) -> Vec<u8> {
        Value::map([
            ("explanation", Value::text(&self.explanation)),
            ("ground", Value::text(&self.ground)),
            ("reference", Value::text(&self.reference)),
        ])
        .to_bytes()
    }

    /// Reads a reason; none when it is not one, is too long, or has no ground or explanation.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let value = Value::parse(bytes).ok()?;
        let mut fields = Fields::open(WHAT, &value).ok()?;
        let mut text = |name, chars_max| {
            fields.read(name, |text| (text.chars().count() <= chars_max).then(|| text.to_owned())).ok()
        };
        let reason = Self {
            explanation: text("explanation", EXPLANATION_CHARS_MAX)?,
            ground: text("ground", GROUND_BYTES_MAX).filter(|ground| is_ground(ground))?,
            reference: text("reference", REFERENCE_CHARS_MAX)?,
        };
        fields.end().ok()?;
        (!reason.explanation.trim().is_empty()).then_some(reason)
    }
}

fn is_ground(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'))
}

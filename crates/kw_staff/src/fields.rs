//! Reads an object of canonical JSON field by field: each field named once, each of its exact form, none left over.
//!
//! Deliberately absent: defaults. What a form does not name is refused, so that nothing can be signed and then overlooked.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use kw_ledger::jcs::Value;

use crate::hex;
use crate::refusal::Refusal;
use crate::time::Millis;

/// An object that is being read.
pub(crate) struct Fields<'a> {
    /// What it is, for the sentence of a refusal.
    what: &'static str,
    all: &'a BTreeMap<String, Value>,
    read: usize,
}

impl<'a> Fields<'a> {
    /// Begins to read `value`, which has to be an object.
    pub(crate) fn open(what: &'static str, value: &'a Value) -> Result<Self, Refusal> {
        let all = value.as_map().ok_or_else(|| malformed(what, "an object is expected"))?;
        Ok(Self { what, all, read: 0 })
    }

    /// The field, if it is there. A field is asked for once.
    pub(crate) fn find(&mut self, name: &str) -> Option<&'a Value> {
        let value = self.all.get(name)?;
        self.read += 1;
        Some(value)
    }

    /// The field, which has to be there.
    pub(crate) fn value(&mut self, name: &str) -> Result<&'a Value, Refusal> {
        self.find(name).ok_or_else(|| malformed(self.what, &format!("“{name}” is missing")))
    }

    /// A text that `read` understands.
    pub(crate) fn read<T>(&mut self, name: &str, read: impl FnOnce(&'a str) -> Option<T>) -> Result<T, Refusal> {
        self.value(name)?.as_text().and_then(read).ok_or_else(|| self.wrong(name))
    }

    /// `N` bytes as lower-case hex.
    pub(crate) fn hex<const N: usize>(&mut self, name: &str) -> Result<[u8; N], Refusal> {
        self.read(name, hex::decode)
    }

    /// Bytes as base64url without padding.
    pub(crate) fn bytes(&mut self, name: &str, bytes_max: usize) -> Result<Vec<u8>, Refusal> {
        self.read(name, |text| BASE64_URL_SAFE_NO_PAD.decode(text).ok().filter(|bytes| bytes.len() <= bytes_max))
    }

    /// A number in decimal digits, without sign or leading zero.
    pub(crate) fn number(&mut self, name: &str) -> Result<u64, Refusal> {
        self.read(name, |text| Millis::parse(text).map(|number| number.0))
    }

    /// A moment.
    pub(crate) fn moment(&mut self, name: &str) -> Result<Millis, Refusal> {
        self.read(name, Millis::parse)
    }

    /// Refused when a field was not asked for.
    pub(crate) fn end(self) -> Result<(), Refusal> {
        match self.read == self.all.len() {
            true => Ok(()),
            false => Err(malformed(self.what, "it has a field that does not belong there")),
        }
    }

    /// The refusal of a field that is there and not of its form.
    pub(crate) fn wrong(&self, name: &str) -> Refusal {
        malformed(self.what, &format!("“{name}” is not written as it should be"))
    }
}

/// Bytes as [`Fields::bytes`] reads them.
pub(crate) fn bytes_value(bytes: &[u8]) -> Value {
    Value::Text(BASE64_URL_SAFE_NO_PAD.encode(bytes))
}

/// The refusal of something that cannot be read.
pub(crate) fn malformed(what: &str, why: &str) -> Refusal {
    Refusal::new("malformed", format!("This {what} cannot be read: {why}. Load the page again and start over."))
}

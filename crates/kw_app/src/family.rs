//! Typed families: a [`kw_store::Family`] with the types of its keys and rows, and who may decide about them.

use std::marker::PhantomData;

use bytes::Bytes;
use kw_store::{Class, Family, Partition, Row, Stamp};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::failure::Failure;
use crate::key::Key;

/// Whose authority a row's deciding write needs (I10). Later steps of the same operation are its consequences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decider {
    /// The account in the first eight bytes of the partition key, through one of its seats.
    Owner,
    /// The account that is named in the row, or that the row is for: sign-up, codes, reservations. Any authority.
    Anyone,
    /// Nobody decides here: such rows are only written as consequences of another deciding row.
    Nobody,
    /// A named job of the system.
    System,
    /// The ledger alone.
    Ledger,
}

/// A family with the types of its partition keys, row keys and rows.
#[derive(Debug)]
pub struct Rows<P, K, V> {
    /// What the store knows of it.
    pub family: Family,
    /// Who may decide about its rows.
    pub decider: Decider,
    types: Types<P, K, V>,
}

/// The types of a family, without a value of any.
type Types<P, K, V> = PhantomData<fn() -> (P, K, V)>;

/// A stored value: a version byte, then postcard. A new version decodes the old ones in [`upgrade`](Value::upgrade).
pub trait Value: Serialize + DeserializeOwned {
    /// The version that is written.
    const VERSION: u8 = 1;

    /// Reads a value of an older version.
    fn upgrade(_version: u8, _bytes: &[u8]) -> Option<Self> {
        None
    }
}

/// A row that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored<K, V> {
    /// Where in its partition.
    pub key: K,
    /// What it says.
    pub value: V,
    /// When it was written; what a condition on it names.
    pub stamp: Stamp,
    /// When it goes by itself, in milliseconds since 1970; none when it stays.
    pub expires_ms: Option<u64>,
}

impl<P: Key, K: Key, V: Value> Rows<P, K, V> {
    /// A family whose rows are unique, counted, used once or toggled.
    pub const fn serial(id: u16, name: &'static str, decider: Decider) -> Self {
        Self { family: Family { id, name, class: Class::Serial, counted: false }, decider, types: PhantomData }
    }

    /// A family whose rows are written once, or by one writer.
    pub const fn stamped(id: u16, name: &'static str, decider: Decider) -> Self {
        Self { family: Family { id, name, class: Class::Stamped, counted: false }, decider, types: PhantomData }
    }

    /// The same, with each partition counting its rows.
    #[must_use]
    pub const fn counted(mut self) -> Self {
        self.family.counted = true;
        self
    }

    /// The partition at `key`.
    pub fn partition(&self, key: &P) -> Partition {
        Partition { family: self.family, key: key.to_bytes() }
    }

    /// The bytes of a value.
    pub fn encode(value: &V) -> Bytes {
        let mut bytes = Vec::new();
        Self::encode_into(value, &mut bytes);
        Bytes::from(bytes)
    }

    /// The same behind what `out` holds.
    pub fn encode_into(value: &V, out: &mut Vec<u8>) {
        out.push(V::VERSION);
        let all = postcard::to_extend(value, std::mem::take(out));
        *out = all.expect("rows hold nothing that postcard cannot write");
    }

    /// The typed form of a row.
    pub fn decode(&self, row: &Row) -> Result<Stored<K, V>, Failure> {
        let damaged = |why: &str| Failure::Damaged { family: self.family.name, why: why.to_owned() };
        let key = K::from_bytes(&row.key).ok_or_else(|| damaged("its key has another shape"))?;
        let (version, bytes) = row.value.split_first().ok_or_else(|| damaged("it is empty"))?;
        let value = if *version == V::VERSION {
            postcard::from_bytes(bytes).map_err(|error| damaged(&error.to_string()))?
        } else {
            V::upgrade(*version, bytes).ok_or_else(|| damaged("it was written by a newer version"))?
        };
        Ok(Stored { key, value, stamp: row.stamp, expires_ms: row.expires_ms })
    }
}

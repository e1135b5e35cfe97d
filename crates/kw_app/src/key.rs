//! Keys whose byte order is their logical order: numbers big-endian, text ended by a zero byte, parts one after another.

use bytes::Bytes;
use kw_domain::id::{
    AccountId, AppId, ConversationId, InvitationId, ListId, NotificationId, PostId, RelationId, SessionId,
};

/// A part of a partition key or a row key, or several of them.
pub trait Key: Sized {
    /// Appends the bytes of this key.
    fn encode(&self, out: &mut Vec<u8>);

    /// Takes a key off the front of `input`; `None` when the bytes are not such a key.
    fn decode(input: &mut &[u8]) -> Option<Self>;

    /// The bytes of this key alone.
    fn to_bytes(&self) -> Bytes {
        let mut out = Vec::with_capacity(24);
        self.encode(&mut out);
        Bytes::from(out)
    }

    /// The key that is exactly these bytes.
    fn from_bytes(mut bytes: &[u8]) -> Option<Self> {
        let key = Self::decode(&mut bytes)?;
        bytes.is_empty().then_some(key)
    }
}

impl Key for u8 {
    fn encode(&self, out: &mut Vec<u8>) {
        out.push(*self);
    }

    fn decode(input: &mut &[u8]) -> Option<Self> {
        let (first, rest) = input.split_first()?;
        *input = rest;
        Some(*first)
    }
}

impl Key for u64 {
    fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.to_be_bytes());
    }

    fn decode(input: &mut &[u8]) -> Option<Self> {
        let (first, rest) = input.split_first_chunk::<8>()?;
        *input = rest;
        Some(Self::from_be_bytes(*first))
    }
}

impl Key for [u8; 32] {
    fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self);
    }

    fn decode(input: &mut &[u8]) -> Option<Self> {
        let (first, rest) = input.split_first_chunk::<32>()?;
        *input = rest;
        Some(*first)
    }
}

/// Text holds no zero byte: everything that becomes a key was cleaned of control characters before.
impl Key for String {
    fn encode(&self, out: &mut Vec<u8>) {
        debug_assert!(!self.contains('\0'), "a text key holds no zero byte");
        out.extend(self.bytes().filter(|byte| *byte != 0));
        out.push(0);
    }

    fn decode(input: &mut &[u8]) -> Option<Self> {
        let end = input.iter().position(|byte| *byte == 0)?;
        let text = std::str::from_utf8(&input[..end]).ok()?.to_owned();
        *input = &input[end + 1..];
        Some(text)
    }
}

/// The only row of its partition, or the only partition of its family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Only;

impl Key for Only {
    fn encode(&self, out: &mut Vec<u8>) {
        out.push(1);
    }

    fn decode(input: &mut &[u8]) -> Option<Self> {
        (u8::decode(input)? == 1).then_some(Self)
    }
}

macro_rules! id_keys {
    ($($name:ident),*) => {$(
        impl Key for $name {
            fn encode(&self, out: &mut Vec<u8>) {
                self.0.encode(out);
            }

            fn decode(input: &mut &[u8]) -> Option<Self> {
                u64::decode(input).map(Self)
            }
        }
    )*};
}

id_keys!(AccountId, AppId, ConversationId, InvitationId, ListId, NotificationId, PostId, RelationId, SessionId);

impl<A: Key, B: Key> Key for (A, B) {
    fn encode(&self, out: &mut Vec<u8>) {
        self.0.encode(out);
        self.1.encode(out);
    }

    fn decode(input: &mut &[u8]) -> Option<Self> {
        Some((A::decode(input)?, B::decode(input)?))
    }
}

impl<A: Key, B: Key, C: Key> Key for (A, B, C) {
    fn encode(&self, out: &mut Vec<u8>) {
        self.0.encode(out);
        self.1.encode(out);
        self.2.encode(out);
    }

    fn decode(input: &mut &[u8]) -> Option<Self> {
        Some((A::decode(input)?, B::decode(input)?, C::decode(input)?))
    }
}

//! A small binary form for snapshots: fixed widths, lengths before what varies, fields in the order of their declaration.
//!
//! Only this program reads it, and throws it away when it cannot: a fold can always be made again from its entries.

use std::collections::{BTreeMap, BTreeSet};

/// Can be written into a snapshot and read back.
pub(super) trait Pack: Sized {
    /// Appends itself.
    fn put(&self, out: &mut Vec<u8>);
    /// Takes itself from the front.
    fn take(from: &mut &[u8]) -> Option<Self>;
}

/// Declares the fields of a struct once for both directions.
macro_rules! packed {
    ($($name:ident { $($field:ident),* $(,)? })*) => {$(
        impl $crate::fold::pack::Pack for $name {
            fn put(&self, out: &mut Vec<u8>) {
                let Self { $($field),* } = self;
                $($crate::fold::pack::Pack::put($field, out);)*
            }

            fn take(from: &mut &[u8]) -> Option<Self> {
                $(let $field = $crate::fold::pack::Pack::take(from)?;)*
                Some(Self { $($field),* })
            }
        }
    )*};
}

/// Enumerations with words are written as their word.
macro_rules! packed_words {
    ($($name:ident),* $(,)?) => {$(
        impl $crate::fold::pack::Pack for $name {
            fn put(&self, out: &mut Vec<u8>) {
                self.word().to_owned().put(out);
            }

            fn take(from: &mut &[u8]) -> Option<Self> {
                Self::from_word(&String::take(from)?)
            }
        }
    )*};
}

pub(super) use {packed, packed_words};

macro_rules! packed_numbers {
    ($($number:ty),*) => {$(
        impl Pack for $number {
            fn put(&self, out: &mut Vec<u8>) {
                out.extend_from_slice(&self.to_be_bytes());
            }

            fn take(from: &mut &[u8]) -> Option<Self> {
                let (bytes, rest) = from.split_first_chunk()?;
                *from = rest;
                Some(Self::from_be_bytes(*bytes))
            }
        }
    )*};
}

packed_numbers!(u8, u32, u64, u128);

impl Pack for [u8; 32] {
    fn put(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self);
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        let (bytes, rest) = from.split_first_chunk()?;
        *from = rest;
        Some(*bytes)
    }
}

impl Pack for bool {
    fn put(&self, out: &mut Vec<u8>) {
        u8::from(*self).put(out);
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        match u8::take(from)? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

impl Pack for String {
    fn put(&self, out: &mut Vec<u8>) {
        (self.len() as u64).put(out);
        out.extend_from_slice(self.as_bytes());
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        let length = usize::try_from(u64::take(from)?).ok()?;
        let (bytes, rest) = from.split_at_checked(length)?;
        *from = rest;
        Self::from_utf8(bytes.to_vec()).ok()
    }
}

impl<T: Pack> Pack for Option<T> {
    fn put(&self, out: &mut Vec<u8>) {
        self.is_some().put(out);
        if let Some(value) = self {
            value.put(out);
        }
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        if bool::take(from)? { T::take(from).map(Some) } else { Some(None) }
    }
}

impl<A: Pack, B: Pack> Pack for (A, B) {
    fn put(&self, out: &mut Vec<u8>) {
        self.0.put(out);
        self.1.put(out);
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        Some((A::take(from)?, B::take(from)?))
    }
}

impl<T: Pack> Pack for Vec<T> {
    fn put(&self, out: &mut Vec<u8>) {
        (self.len() as u64).put(out);
        for item in self {
            item.put(out);
        }
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        let length = u64::take(from)?;
        (0..length).map(|_| T::take(from)).collect()
    }
}

impl<T: Pack + Ord> Pack for BTreeSet<T> {
    fn put(&self, out: &mut Vec<u8>) {
        (self.len() as u64).put(out);
        for item in self {
            item.put(out);
        }
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        let length = u64::take(from)?;
        (0..length).map(|_| T::take(from)).collect()
    }
}

impl<K: Pack + Ord, V: Pack> Pack for BTreeMap<K, V> {
    fn put(&self, out: &mut Vec<u8>) {
        (self.len() as u64).put(out);
        for (key, value) in self {
            key.put(out);
            value.put(out);
        }
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        let length = u64::take(from)?;
        (0..length).map(|_| <(K, V)>::take(from)).collect()
    }
}

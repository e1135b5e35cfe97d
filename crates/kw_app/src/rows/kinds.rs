//! Kinds of rows that stand in their keys: of credentials, of marks, of relations.

use kw_domain::id::{AccountId, ConversationId};

use crate::key::Key;

/// Which credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CredentialKind {
    /// Argon2id hash of the password.
    Password = 1,
    /// E-mail address and whether it is confirmed.
    Email = 2,
    /// Secret of the time-based codes.
    Totp = 3,
    /// Hashes of recovery codes.
    Recovery = 4,
    /// Passkeys.
    Passkey = 5,
}

/// What a reader did with a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MarkKind {
    /// Favourited it.
    Favourite = 1,
    /// Boosted it.
    Boost = 2,
    /// Bookmarked it.
    Bookmark = 3,
    /// Pinned it to the profile.
    Pin = 4,
}

/// What a relation is, and to whom.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RelationKey {
    /// The version row: written with every change of the reader's graph.
    Version,
    /// Blocks the account.
    Block(AccountId),
    /// Mutes the account.
    Mute(AccountId),
    /// Asked to follow the account.
    Request(AccountId),
    /// Wrote a note about the account.
    Note(AccountId),
    /// Mutes the conversation.
    Conversation(ConversationId),
    /// Blocks the domain.
    Domain(String),
}

macro_rules! byte_keys {
    ($($name:ident { $($variant:ident),* })*) => {$(
        impl Key for $name {
            fn encode(&self, out: &mut Vec<u8>) {
                out.push(*self as u8);
            }

            fn decode(input: &mut &[u8]) -> Option<Self> {
                let byte = u8::decode(input)?;
                [$(Self::$variant),*].into_iter().find(|kind| *kind as u8 == byte)
            }
        }
    )*};
}

byte_keys! {
    CredentialKind { Password, Email, Totp, Recovery, Passkey }
    MarkKind { Favourite, Boost, Bookmark, Pin }
}

impl Key for RelationKey {
    fn encode(&self, out: &mut Vec<u8>) {
        match self {
            Self::Version => out.push(1),
            Self::Block(account) => (2_u8, *account).encode(out),
            Self::Mute(account) => (3_u8, *account).encode(out),
            Self::Request(account) => (4_u8, *account).encode(out),
            Self::Note(account) => (5_u8, *account).encode(out),
            Self::Conversation(conversation) => (6_u8, *conversation).encode(out),
            Self::Domain(domain) => (7_u8, domain.clone()).encode(out),
        }
    }

    fn decode(input: &mut &[u8]) -> Option<Self> {
        match u8::decode(input)? {
            1 => Some(Self::Version),
            2 => AccountId::decode(input).map(Self::Block),
            3 => AccountId::decode(input).map(Self::Mute),
            4 => AccountId::decode(input).map(Self::Request),
            5 => AccountId::decode(input).map(Self::Note),
            6 => ConversationId::decode(input).map(Self::Conversation),
            7 => String::decode(input).map(Self::Domain),
            _ => None,
        }
    }
}

//! Ids: 64 bits, time first, so that their order is the order of events.
//!
//! `unix milliseconds << 16 | slot (10 bits) << 6 | sequence (6 bits)`. Minting needs a clock and a store and lives in
//! `kw_app::mint`; here is only their shape.

use crate::time::Millis;

/// Bits below the milliseconds.
pub const TIME_SHIFT: u32 = 16;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u64);

        impl $name {
            /// The moment in the id.
            pub const fn at(self) -> Millis {
                Millis(self.0 >> TIME_SHIFT)
            }

            /// The lowest id of that moment.
            pub const fn lowest_at(at: Millis) -> Self {
                Self(at.0 << TIME_SHIFT)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

ids! {
    /// An account, local or remote.
    AccountId,
    /// A post or a boost; both come from one sequence.
    PostId,
    /// A relation with an order of its own: a follow, a block, a favourite. What clients page such lists by.
    RelationId,
    /// A conversation: the posts that answer one another.
    ConversationId,
    /// A session or a client's token.
    SessionId,
    /// A registered client application.
    AppId,
    /// A list of accounts.
    ListId,
    /// An invitation.
    InvitationId,
}

/// A notification: `unix milliseconds << 11 | 11 bits of the event's hash`, below 2^53, because clients need it as a JSON
/// number. The same event always has the same id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NotificationId(pub u64);

impl NotificationId {
    /// Bits below the milliseconds.
    pub const TIME_SHIFT: u32 = 11;

    /// The moment in the id.
    pub const fn at(self) -> Millis {
        Millis(self.0 >> Self::TIME_SHIFT)
    }
}

impl std::fmt::Display for NotificationId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

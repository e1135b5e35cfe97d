//! The catalogue: every family of rows, its key, who decides about it, how it grows and what bounds it.
//!
//! Ids are stored and never used again for something else. `counted` partitions hold `#n`, the number of their rows.
//! "Bucketed" families are read and written through [`crate::buckets`].

pub mod staff;

use kw_domain::id::{
    AccountId, AppId, ConversationId, InvitationId, ListId, NotificationId, PostId, RelationId, SessionId,
};
use kw_store::Family;

use crate::buckets::{Bucket, List};
use crate::family::{Decider, Rows};
use crate::feed::FeedRow;
use crate::key::Only;
use crate::rows::{
    AccountRow, AppRow, CodeRow, CredentialKind, CredentialRow, DirectoryRow, EditRow, EntryRow, FollowRow, Hash,
    IdempotencyRow, InvitationRow, ListRow, MarkKind, MarkRow, MarkerRow, NotificationRow, OwnedRow, PictureRow,
    PostRow, RelationKey, RelationRow, RequestRow, SecretRow, SessionRow, SettingsRow, SignUpRow, SlotRow, StandingRow,
    ThreadRow, TokenRow,
};

// ---- The house ----

/// What the server is: its origin and its secrets. Written at first start. One partition, a handful of rows.
pub const SECRET: Rows<Only, u8, SecretRow> = Rows::serial(1, "secret", Decider::System);
/// Up to which moment each node slot may mint. At most 1,024 partitions of one row.
pub const SLOT: Rows<u64, Only, SlotRow> = Rows::serial(2, "slot", Decider::System);
/// How each bucketed list is cut: segments by the moment they begin. Append-only; a handful of rows a list, and none for
/// the lists that never outgrow one partition.
pub const DIRECTORY: Rows<Hash, u64, DirectoryRow> = Rows::serial(3, "directory", Decider::System);
/// What changed, by minute; rows by stamp and operation. Written last in every operation; gone after seven days.
pub const FEED: Rows<u64, (u64, u64), FeedRow> = Rows::stamped(4, "feed", Decider::Nobody);

// ---- Names and codes ----

/// Folded handle → account. A handle that was given up stays reserved. One row a handle.
pub const HANDLE: Rows<String, Only, OwnedRow> = Rows::serial(10, "handle", Decider::Anyone);
/// HMAC of an e-mail address → account. One row an address; reservations expire.
pub const EMAIL: Rows<Hash, Only, OwnedRow> = Rows::serial(11, "email", Decider::Anyone);
/// Hash of a code that is used once (authorisation, e-mail confirmation, reset) → what it is for. Expires.
pub const CODE: Rows<Hash, Only, CodeRow> = Rows::serial(12, "code", Decider::Anyone);
/// Invitations by the account that made them (0: the operator). At most 100 live ones an account.
pub const INVITATION: Rows<AccountId, InvitationId, InvitationRow> =
    Rows::serial(13, "invitation", Decider::Owner).counted();
/// Hash of an invitation's code → who made it, and which. Written by whoever invites, used up by sign-up.
pub const INVITATION_CODE: Rows<Hash, Only, InvitationRow> = Rows::serial(14, "invitation_code", Decider::Anyone);

/// Hash of an invitation's code → the accounts that used it, by place (1 to its uses). Reserved, then kept.
pub const INVITATION_USE: Rows<Hash, u64, OwnedRow> = Rows::serial(15, "invitation_use", Decider::Anyone);

// ---- Accounts ----

/// An account: profile, owner state. One row.
pub const ACCOUNT: Rows<AccountId, Only, AccountRow> = Rows::serial(20, "account", Decider::Owner);
/// What staff decided about an account. Its stamp is the ledger's index. Written by nobody but the ledger.
pub const STANDING: Rows<AccountId, Only, StandingRow> = Rows::stamped(21, "standing", Decider::Ledger);
/// An account's preferences. One row.
pub const SETTINGS: Rows<AccountId, Only, SettingsRow> = Rows::serial(22, "settings", Decider::Owner);
/// Password, second factors, recovery codes, e-mail. At most 20 rows.
pub const CREDENTIAL: Rows<AccountId, (CredentialKind, u64), CredentialRow> =
    Rows::serial(23, "credential", Decider::Owner);
/// Sign-ups that wait for approval or confirmation, by account. Read by the operator.
pub const SIGN_UP: Rows<Only, AccountId, SignUpRow> = Rows::serial(24, "sign_up", Decider::System).counted();
/// Every account in order of creation, for lists and the number of members. Bucketed.
pub const MEMBER: List<Only, AccountId, OwnedRow> = List::counted(25, "member");
/// First two folded characters → (folded word, account): accounts by prefix of handle or display name.
pub const ACCOUNT_WORD: Rows<String, (String, AccountId), ()> = Rows::stamped(26, "account_word", Decider::Nobody);
/// Pictures of a profile by content hash. At most 256 KiB each; two live ones an account.
pub const PICTURE: Rows<AccountId, String, PictureRow> = Rows::serial(27, "picture", Decider::Owner);
/// Where an account stopped reading: `home`, `notifications`. Two rows.
pub const MARKER: Rows<AccountId, String, MarkerRow> = Rows::serial(28, "marker", Decider::Owner);
/// When deactivated accounts are to be deleted: (moment, account). Walked by the eraser.
pub const ERASURE: Rows<Only, (u64, AccountId), ()> = Rows::serial(29, "erasure", Decider::System);

// ---- Sessions and clients ----

/// An account's sessions and clients' tokens. At most 200.
pub const SESSION: Rows<AccountId, SessionId, SessionRow> = Rows::serial(30, "session", Decider::Owner).counted();
/// Hash of a token → its session. App tokens have no account.
pub const TOKEN: Rows<Hash, Only, TokenRow> = Rows::serial(31, "token", Decider::Anyone);
/// Client applications.
pub const APP: Rows<AppId, Only, AppRow> = Rows::serial(32, "app", Decider::System);

// ---- Relations ----

/// Reader → whom they follow. `#n` is the number of accounts followed; at most 7,500.
pub const FOLLOWING: Rows<AccountId, AccountId, FollowRow> = Rows::serial(40, "following", Decider::Owner).counted();
/// Account → who follow it, by follow id. Bucketed, counted: `#n` is the number of followers.
pub const FOLLOWERS: List<AccountId, RelationId, OwnedRow> = List::counted(41, "followers");
/// Reader → blocks, mutes, requests sent, notes, muted conversations, blocked domains; at most 10,000. Its version row is
/// written with every change here and in `following`: whoever caches a reader's graph compares its stamp.
pub const RELATIONS: Rows<AccountId, RelationKey, RelationRow> =
    Rows::serial(42, "relations", Decider::Owner).counted();
/// Account → requests to follow it, by request id.
pub const REQUESTS: Rows<AccountId, RelationId, RequestRow> = Rows::serial(43, "requests", Decider::Owner).counted();
/// An account's lists. At most 50.
pub const LIST: Rows<AccountId, ListId, ListRow> = Rows::serial(44, "list", Decider::Owner).counted();
/// Members of a list. At most 500.
pub const LIST_MEMBER: Rows<(AccountId, ListId), AccountId, ()> =
    Rows::serial(45, "list_member", Decider::Owner).counted();

// ---- Posts ----

/// An account's own posts and boosts, direct posts left out. Bucketed, counted: `#n` is the number of posts.
pub const OUTBOX: List<AccountId, PostId, EntryRow> = List::counted(50, "outbox");
/// Direct posts an account wrote or is named in. Bucketed. Its author's row here decides.
pub const DIRECT: List<AccountId, PostId, EntryRow> = List::counted(51, "direct");
/// Author and idempotency key → the post it made. One hour.
pub const IDEMPOTENCY: Rows<AccountId, Hash, IdempotencyRow> = Rows::serial(52, "idempotency", Decider::Owner);
/// What a post says. One row a post.
pub const POST: Rows<PostId, Only, PostRow> = Rows::stamped(53, "post", Decider::Nobody);
/// What a post said before, by the moment of the edit. At most 500 rows.
pub const EDIT: Rows<PostId, u64, EditRow> = Rows::stamped(54, "edit", Decider::Nobody);
/// What a reader did with posts: (post, kind) → relation id. Bucketed by the post's id. The deciding row of favourite,
/// boost, bookmark and pin.
pub const MARK: List<AccountId, (PostId, MarkKind), MarkRow> = List::serial(55, "mark");
/// A reader's favourites, bookmarks and pins, by relation id. Bucketed, counted.
pub const MARKED: List<(AccountId, MarkKind), RelationId, OwnedRow> = List::counted(56, "marked");
/// Who favourited a post, by relation id. Bucketed, counted.
pub const LIKES: List<PostId, RelationId, OwnedRow> = List::counted(57, "likes");
/// Boosts of a post, by the boost's id. Bucketed, counted.
pub const BOOSTS: List<PostId, PostId, OwnedRow> = List::counted(58, "boosts");
/// Replies to a post, by the reply's id. Bucketed, counted.
pub const REPLIES: List<PostId, PostId, OwnedRow> = List::counted(59, "replies");
/// Conversation → its posts with their parents. Bucketed.
pub const THREAD: List<ConversationId, PostId, ThreadRow> = List::stamped(60, "thread");
/// Public posts written here. Bucketed.
pub const LOCAL: List<Only, PostId, OwnedRow> = List::stamped(61, "local");
/// Tag → public posts with it. Bucketed.
pub const TAG: List<String, PostId, OwnedRow> = List::stamped(62, "tag");
/// First two characters → tags that begin with them. One row a tag.
pub const TAG_NAME: Rows<String, String, ()> = Rows::stamped(63, "tag_name", Decider::Nobody);
/// What an account is to be told. Bucketed; gone after 90 days.
pub const NOTIFICATION: List<AccountId, NotificationId, NotificationRow> = List::stamped(64, "notification");

/// The partition of a bucketed family.
pub type Bucketed<P> = (P, Bucket);

/// Every family, in order of id, with who may decide about it.
pub fn catalogue() -> Vec<(Family, Decider)> {
    macro_rules! all {
        ($($rows:ident)*) => { vec![$(($rows.family, $rows.decider)),*] };
    }
    macro_rules! lists {
        ($($list:ident)*) => { vec![$(($list.rows.family, $list.rows.decider)),*] };
    }
    let mut families = all!(
        SECRET SLOT DIRECTORY FEED HANDLE EMAIL CODE INVITATION INVITATION_CODE INVITATION_USE ACCOUNT STANDING SETTINGS CREDENTIAL
        SIGN_UP ACCOUNT_WORD PICTURE MARKER ERASURE SESSION TOKEN APP FOLLOWING RELATIONS REQUESTS LIST LIST_MEMBER
        IDEMPOTENCY POST EDIT TAG_NAME
    );
    families.extend(staff::of_the_network());
    families.extend(lists!(
        MEMBER FOLLOWERS OUTBOX DIRECT MARK MARKED LIKES BOOSTS REPLIES THREAD LOCAL TAG NOTIFICATION
    ));
    families.sort_by_key(|(family, _)| family.id);
    families
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_family_has_an_id_and_a_name_of_its_own() {
        let mut families = catalogue();
        // In tests and simulations all of them share one store.
        families.extend(staff::of_the_ledger());
        families.extend(staff::of_the_keys());
        families.sort_by_key(|(family, _)| family.id);
        for pair in families.windows(2) {
            assert!(pair[0].0.id < pair[1].0.id, "`{}` and `{}` share an id", pair[0].0.name, pair[1].0.name);
        }
        let names: std::collections::BTreeSet<_> = families.iter().map(|(family, _)| family.name).collect();
        assert_eq!(names.len(), families.len());
    }
}

//! What is stored in each family, in shapes of its own: domain values may change without touching a row.

use kw_domain::account::{Account, Awaits, Field, OwnerState, Profile, Reach, SignIn, Standing};
use kw_domain::id::{AccountId, ConversationId, PostId, RelationId};
use kw_domain::post::{Application, Body, Entry, EntryKind, Post, ReplyTo, Visibility};
use kw_domain::relationship::{Follow, Mute};
use kw_domain::time::Millis;
use serde::{Deserialize, Serialize};

use crate::family::Value;

mod kinds;

pub use kinds::{CredentialKind, MarkKind, RelationKey};

/// A SHA-256 or an HMAC-SHA-256.
pub type Hash = [u8; 32];

macro_rules! rows {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        pub struct $name { $($(#[$field_doc])* pub $field: $type),* }

        impl Value for $name {}
    )*};
}

impl Value for () {}

rows! {
    /// A fact about the server, or one of its secrets.
    SecretRow { /** The bytes. */ bytes: Vec<u8> }

    /// Up to which moment a node slot may mint.
    SlotRow { /** Milliseconds since 1970. */ until_ms: u64 }

    /// A segment of a bucketed list: how it is cut from its moment on.
    DirectoryRow {
        /// 0 ever, 1 year, 2 day, 3 hour, 4 minute.
        period: u8,
        /// Partitions side by side in each period.
        shards: u8,
    }

    /// An account.
    AccountRow {
        /// As its owner spells it.
        handle: String,
        /// Milliseconds since 1970.
        created_at: u64,
        /// What its owner chose.
        owner_state: OwnerStateRow,
        /// The name shown.
        display_name: String,
        /// The description, as written.
        note: String,
        /// Name, value, moment of verification.
        fields: Vec<(String, String, Option<u64>)>,
        /// Name of the stored picture.
        avatar: Option<String>,
        /// Name of the stored picture.
        header: Option<String>,
        /// Follows must be approved.
        locked: bool,
        /// Posts by itself.
        bot: bool,
        /// May be suggested.
        discoverable: bool,
        /// Posts may be searched.
        indexable: bool,
        /// Followers and following are kept from others.
        hide_collections: bool,
    }

    /// What staff decided.
    StandingRow {
        /// 0 clear, 1 limited, 2 unavailable.
        reach: u8,
        /// When that ends by itself.
        reach_until: Option<u64>,
        /// Until when sign-in is frozen.
        frozen_until: Option<u64>,
        /// The moment of the decision.
        since: u64,
    }

    /// An account's preferences.
    SettingsRow {
        /// Visibility of new posts, as the client API's word.
        visibility: String,
        /// Whether new posts' pictures are covered.
        sensitive: bool,
        /// Language of new posts.
        language: Option<String>,
        /// Language of pages: `en` or `fr`; empty for the browser's.
        locale: String,
        /// IANA name of the time zone of pages; empty for UTC.
        zone: String,
        /// Which notifications are accepted: five words of `NotificationPolicy` in its order.
        policy: Vec<String>,
    }

    /// A credential, encoded by the module that checks it.
    CredentialRow { /** What that module stores. */ bytes: Vec<u8> }

    /// A sign-up that waits.
    SignUpRow {
        /// Why they want to join.
        reason: String,
        /// When they asked.
        at: u64,
    }

    /// An entry that names an account.
    OwnedRow { /** The account; in `MARKED`, the post. */ id: u64 }

    /// What a code is for, encoded by the module that hands it out.
    CodeRow {
        /// `authorisation`, `confirmation`, `reset`.
        purpose: String,
        /// What that module stores.
        bytes: Vec<u8>,
    }

    /// An invitation.
    InvitationRow {
        /// Who made it; 0 for the operator.
        inviter: u64,
        /// Its id among theirs.
        id: u64,
        /// How often it may be used.
        uses: u32,
        /// When it ends.
        until: u64,
        /// The code, shown to who made it; empty in the row that is found by the code.
        code: String,
    }

    /// A picture.
    PictureRow {
        /// Its media type.
        content_type: String,
        /// Its bytes.
        bytes: Vec<u8>,
    }

    /// Where an account stopped reading.
    MarkerRow {
        /// The last id read.
        last_read_id: u64,
        /// How often it moved.
        version: u32,
        /// When it moved.
        updated_at: u64,
    }

    /// A session of a browser or a client.
    SessionRow {
        /// The client; none for a browser.
        app: Option<u64>,
        /// Words of the scopes, sorted.
        scopes: Vec<String>,
        /// When it began.
        created_at: u64,
        /// When it was last used, to the hour.
        used_at: u64,
        /// The hash of its token, so that revoking finds it.
        token: Hash,
        /// What the browser or client says it is.
        agent: String,
        /// When it ends by itself.
        until: Option<u64>,
    }

    /// Whose token it is.
    TokenRow {
        /// None for an app token.
        account: Option<u64>,
        /// None for an app token.
        session: Option<u64>,
        /// None for a browser.
        app: Option<u64>,
        /// Words of the scopes, sorted.
        scopes: Vec<String>,
        /// When it was made.
        created_at: u64,
        /// When it ends by itself.
        until: Option<u64>,
        /// When it was taken back; kept a while, so that a client hears why it does not work.
        revoked_at: Option<u64>,
    }

    /// A client application.
    AppRow {
        /// Its name.
        name: String,
        /// Its page.
        website: Option<String>,
        /// Where it may be sent back to.
        redirect_uris: Vec<String>,
        /// What it may ask for.
        scopes: Vec<String>,
        /// Hash of its secret.
        secret: Hash,
        /// When it registered.
        created_at: u64,
    }

    /// A follow.
    FollowRow {
        /// Its place in lists of followers.
        id: u64,
        /// Boosts are wanted.
        boosts: bool,
        /// Each post notifies.
        notify: bool,
        /// Languages wanted; empty for all.
        languages: Vec<String>,
    }

    /// A relation other than a follow.
    RelationRow {
        /// Its place in its list (block, mute, request, domain block).
        id: u64,
        /// When it ends by itself (mute).
        until: Option<u64>,
        /// Whether notifications are silenced too (mute).
        notifications: bool,
        /// The words (note, domain).
        text: String,
    }

    /// A request to follow.
    RequestRow {
        /// Who asks.
        from: u64,
        /// What the follow will be.
        boosts: bool,
        /// What the follow will be.
        notify: bool,
        /// What the follow will be.
        languages: Vec<String>,
    }

    /// A list.
    ListRow {
        /// Its name.
        title: String,
        /// `followed`, `list` or `none`.
        replies_policy: String,
        /// Whether its members are left out of home.
        exclusive: bool,
    }

    /// An outbox entry.
    EntryRow {
        /// 0 public … 3 direct.
        visibility: u8,
        /// Language of the post.
        language: Option<String>,
        /// The account it replies to.
        reply_to_account: Option<u64>,
        /// The boosted post and its author.
        subject: Option<(u64, u64)>,
        /// How often it was edited.
        edits: u32,
    }

    /// The post an idempotency key made.
    IdempotencyRow { /** The post. */ post: u64 }

    /// A post.
    PostRow {
        /// Who wrote it.
        author: u64,
        /// When.
        created_at: u64,
        /// When it was last edited.
        edited_at: Option<u64>,
        /// 0 public … 3 direct.
        visibility: u8,
        /// The post it replies to and its author.
        in_reply_to: Option<(u64, u64)>,
        /// Its conversation.
        conversation: u64,
        /// The client's name and page.
        application: Option<(String, Option<String>)>,
        /// Of a boost: its subject and the subject's author. It says nothing itself.
        boost_of: Option<(u64, u64)>,
        /// What it says.
        body: BodyRow,
    }

    /// What a post says, or said.
    BodyRow {
        /// As written.
        text: String,
        /// The content warning.
        spoiler_text: String,
        /// Pictures are covered.
        sensitive: bool,
        /// ISO 639-1.
        language: Option<String>,
        /// Accounts named.
        mentions: Vec<u64>,
        /// Tags, folded.
        tags: Vec<String>,
    }

    /// What a post said before an edit.
    EditRow {
        /// From when on it said this.
        since: u64,
        /// What it said.
        body: BodyRow,
    }

    /// A reader's mark on a post.
    MarkRow {
        /// Its place in lists; of a boost, the boost's id.
        id: u64,
    }

    /// A post's place in its conversation.
    ThreadRow {
        /// Its author.
        author: u64,
        /// What it replies to.
        parent: Option<u64>,
    }

    /// What an account is to be told.
    NotificationRow {
        /// The client API's word: `mention`, `reblog`, `favourite`, `follow`, `follow_request`, `status`, `update`,
        /// `moderation_warning`; `decision` is ours.
        kind: String,
        /// Who caused it.
        from: u64,
        /// The post it is about; of what staff decided, the ledger's entry.
        about: Option<u64>,
    }
}

/// Owner state as stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum OwnerStateRow {
    /// Waits for approval, for confirmation, or both.
    Pending(bool, bool),
    /// In use.
    Present,
    /// Deactivated then.
    Deactivated(u64),
    /// Deleted then.
    Deleted(u64),
}

impl RelationRow {
    /// A relation that has only a place in its list.
    pub const fn plain(id: RelationId) -> Self {
        Self { id: id.0, until: None, notifications: false, text: String::new() }
    }

    /// The version row.
    pub const fn version() -> Self {
        Self { id: 0, until: None, notifications: false, text: String::new() }
    }

    /// As a mute.
    pub fn mute(&self) -> Mute {
        Mute { id: RelationId(self.id), notifications: self.notifications, until: self.until.map(Millis) }
    }
}

impl FollowRow {
    /// As the rules see it.
    pub fn follow(self) -> Follow {
        Follow { id: RelationId(self.id), boosts: self.boosts, notify: self.notify, languages: self.languages }
    }
}

impl From<OwnerState> for OwnerStateRow {
    fn from(state: OwnerState) -> Self {
        match state {
            OwnerState::Pending(awaits) => Self::Pending(awaits.approval, awaits.confirmation),
            OwnerState::Present => Self::Present,
            OwnerState::Deactivated(at) => Self::Deactivated(at.0),
            OwnerState::Deleted(at) => Self::Deleted(at.0),
        }
    }
}

impl From<OwnerStateRow> for OwnerState {
    fn from(state: OwnerStateRow) -> Self {
        match state {
            OwnerStateRow::Pending(approval, confirmation) => Self::Pending(Awaits { approval, confirmation }),
            OwnerStateRow::Present => Self::Present,
            OwnerStateRow::Deactivated(at) => Self::Deactivated(Millis(at)),
            OwnerStateRow::Deleted(at) => Self::Deleted(Millis(at)),
        }
    }
}

impl AccountRow {
    /// An account that says nothing of itself but its handle, and is suggested to nobody.
    pub fn bare(handle: String, created_at: u64, owner_state: OwnerStateRow) -> Self {
        Self {
            handle,
            created_at,
            owner_state,
            display_name: String::new(),
            note: String::new(),
            fields: Vec::new(),
            avatar: None,
            header: None,
            locked: false,
            bot: false,
            discoverable: false,
            indexable: false,
            hide_collections: false,
        }
    }

    /// The account with this row.
    pub fn account(self, id: AccountId) -> Account {
        let field =
            |(name, value, at): (String, String, Option<u64>)| Field { name, value, verified_at: at.map(Millis) };
        Account {
            id,
            handle: self.handle,
            created_at: Millis(self.created_at),
            owner_state: self.owner_state.into(),
            profile: Profile {
                display_name: self.display_name,
                note: self.note,
                fields: self.fields.into_iter().map(field).collect(),
                avatar: self.avatar,
                header: self.header,
                locked: self.locked,
                bot: self.bot,
                discoverable: self.discoverable,
                indexable: self.indexable,
                hide_collections: self.hide_collections,
            },
        }
    }

    /// The row of an account.
    pub fn of(account: &Account) -> Self {
        let profile = account.profile.clone();
        let field = |it: Field| (it.name, it.value, it.verified_at.map(|at| at.0));
        Self {
            handle: account.handle.clone(),
            created_at: account.created_at.0,
            owner_state: account.owner_state.into(),
            display_name: profile.display_name,
            note: profile.note,
            fields: profile.fields.into_iter().map(field).collect(),
            avatar: profile.avatar,
            header: profile.header,
            locked: profile.locked,
            bot: profile.bot,
            discoverable: profile.discoverable,
            indexable: profile.indexable,
            hide_collections: profile.hide_collections,
        }
    }
}

impl StandingRow {
    /// The row of a standing.
    pub fn of(standing: &Standing) -> Self {
        let (reach, until) = match standing.reach {
            Reach::Clear => (0, None),
            Reach::Limited { until } => (1, until),
            Reach::Unavailable { until } => (2, until),
        };
        let frozen_until = match standing.sign_in {
            SignIn::Free => None,
            SignIn::Frozen { until } => Some(until.0),
        };
        Self { reach, reach_until: until.map(|until| until.0), frozen_until, since: standing.since.0 }
    }

    /// The standing with this row, which stands at `ledger_index`.
    pub fn standing(&self, ledger_index: u64) -> Standing {
        let until = self.reach_until.map(Millis);
        let reach = match self.reach {
            0 => Reach::Clear,
            1 => Reach::Limited { until },
            // An unknown word from a newer version hides: the careful side.
            _ => Reach::Unavailable { until },
        };
        let sign_in = self.frozen_until.map_or(SignIn::Free, |until| SignIn::Frozen { until: Millis(until) });
        Standing { reach, sign_in, since: Millis(self.since), ledger_index }
    }
}

/// A visibility as stored.
pub const fn visibility_byte(visibility: Visibility) -> u8 {
    match visibility {
        Visibility::Public => 0,
        Visibility::Unlisted => 1,
        Visibility::Private => 2,
        Visibility::Direct => 3,
    }
}

/// A stored visibility; an unknown one is the narrowest.
pub const fn visibility_of(byte: u8) -> Visibility {
    match byte {
        0 => Visibility::Public,
        1 => Visibility::Unlisted,
        2 => Visibility::Private,
        _ => Visibility::Direct,
    }
}

impl EntryRow {
    /// The entry with this row.
    pub fn entry(self, author: AccountId, id: PostId) -> Entry {
        let kind = match self.subject {
            Some((subject, by)) => EntryKind::Boost { subject: PostId(subject), subject_author: AccountId(by) },
            None => EntryKind::Post { reply_to_account: self.reply_to_account.map(AccountId) },
        };
        Entry { id, author, kind, visibility: visibility_of(self.visibility), language: self.language }
    }
}

impl BodyRow {
    /// The body with this row.
    pub fn body(self) -> Body {
        Body {
            text: self.text,
            spoiler_text: self.spoiler_text,
            sensitive: self.sensitive,
            language: self.language,
            mentions: self.mentions.into_iter().map(AccountId).collect(),
            tags: self.tags,
        }
    }

    /// The row of a body.
    pub fn of(body: &Body) -> Self {
        Self {
            text: body.text.clone(),
            spoiler_text: body.spoiler_text.clone(),
            sensitive: body.sensitive,
            language: body.language.clone(),
            mentions: body.mentions.iter().map(|id| id.0).collect(),
            tags: body.tags.clone(),
        }
    }
}

impl PostRow {
    /// For whom the post is, or the boost.
    pub const fn visibility(&self) -> Visibility {
        visibility_of(self.visibility)
    }

    /// The post with this row.
    pub fn post(self, id: PostId) -> Post {
        let reply = |(post, author)| ReplyTo { post: PostId(post), author: AccountId(author) };
        Post {
            id,
            author: AccountId(self.author),
            created_at: Millis(self.created_at),
            edited_at: self.edited_at.map(Millis),
            body: self.body.body(),
            visibility: visibility_of(self.visibility),
            in_reply_to: self.in_reply_to.map(reply),
            conversation: ConversationId(self.conversation),
            application: self.application.map(|(name, website)| Application { name, website }),
        }
    }

    /// The row of a post.
    pub fn of(post: &Post) -> Self {
        Self {
            author: post.author.0,
            created_at: post.created_at.0,
            edited_at: post.edited_at.map(|at| at.0),
            visibility: visibility_byte(post.visibility),
            in_reply_to: post.in_reply_to.map(|reply| (reply.post.0, reply.author.0)),
            conversation: post.conversation.0,
            application: post.application.clone().map(|it| (it.name, it.website)),
            boost_of: None,
            body: BodyRow::of(&post.body),
        }
    }
}

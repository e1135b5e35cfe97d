//! What an account is told, by whom it wants to be told, and what belongs together.

use crate::id::{AccountId, PostId};
use crate::relationship::Relation;
use crate::time::Millis;

/// How long an account counts as new, in milliseconds.
const NEW_MS: u64 = 30 * Millis::DAY;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A post names the account.
    Mention,
    /// Somebody whose posts the account wants to hear of posted.
    Status,
    /// A post of the account's was boosted.
    Reblog,
    /// Somebody follows the account.
    Follow,
    /// Somebody asks to follow the account.
    FollowRequest,
    /// A post of the account's was favourited.
    Favourite,
    /// A post that the account boosted says something else now.
    Update,
    /// Staff hid or limited the account, or ask for more before each post of its.
    Warning,
    /// Staff decided something else about the account: brought it back, gave it a label.
    Decision,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::Mention,
        Self::Status,
        Self::Reblog,
        Self::Follow,
        Self::FollowRequest,
        Self::Favourite,
        Self::Update,
        Self::Warning,
        Self::Decision,
    ];

    /// The word in the client API, which has none for [`Kind::Decision`].
    pub const fn word(self) -> &'static str {
        match self {
            Self::Mention => "mention",
            Self::Status => "status",
            Self::Reblog => "reblog",
            Self::Follow => "follow",
            Self::FollowRequest => "follow_request",
            Self::Favourite => "favourite",
            Self::Update => "update",
            Self::Warning => "moderation_warning",
            Self::Decision => "decision",
        }
    }

    /// The kind that `word` names.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Whether it is about a post.
    pub const fn has_post(self) -> bool {
        !matches!(self, Self::Follow | Self::FollowRequest) && !self.is_of_staff()
    }

    /// Whether staff caused it, who answer to the ledger.
    pub const fn is_of_staff(self) -> bool {
        matches!(self, Self::Warning | Self::Decision)
    }
}

/// Which notifications are shown as one: the same thing done to the same post on the same day; the follows of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Group {
    /// What happened.
    pub kind: Kind,
    /// To which post.
    pub post: Option<PostId>,
    /// The midnight (UTC) before.
    pub day: Millis,
}

impl Group {
    /// The group of something that happened; none for what is always shown by itself.
    pub const fn of(kind: Kind, post: Option<PostId>, at: Millis) -> Option<Self> {
        match kind {
            Kind::Favourite | Kind::Reblog | Kind::Follow => Some(Self { kind, post, day: at.midnight() }),
            _ => None,
        }
    }

    /// Its name in the client API, which holds no slash.
    pub fn key(&self) -> String {
        let day = self.day.0 / Millis::DAY;
        match self.post {
            Some(post) => format!("{}-{post}-{day}", self.kind.word()),
            None => format!("{}-{day}", self.kind.word()),
        }
    }

    /// The group with this name.
    pub fn from_key(key: &str) -> Option<Self> {
        let (rest, day) = key.rsplit_once('-')?;
        let day = Millis(day.parse::<u64>().ok()?.checked_mul(Millis::DAY)?);
        let (word, post) = match rest.split_once('-') {
            Some((word, post)) => (word, Some(PostId(post.parse().ok()?))),
            None => (rest, None),
        };
        let kind = Kind::from_word(word)?;
        Self::of(kind, post, day).filter(|group| group.post.is_some() == kind.has_post())
    }
}

/// What is done with a notification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Treatment {
    /// It is shown.
    #[default]
    Accept,
    /// It is kept apart.
    Filter,
    /// It is not kept at all.
    Drop,
}

impl Treatment {
    /// The word in the client API.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Filter => "filter",
            Self::Drop => "drop",
        }
    }

    /// The treatment that `word` names.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Accept, Self::Filter, Self::Drop].into_iter().find(|it| it.word() == word)
    }
}

/// From whom an account wants to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Policy {
    /// Whom it does not follow.
    pub not_following: Treatment,
    /// Who do not follow it.
    pub not_followers: Treatment,
    /// Accounts younger than a month.
    pub new_accounts: Treatment,
    /// Direct posts that answer nothing of its own.
    pub private_mentions: Treatment,
    /// Accounts that staff limited.
    pub limited_accounts: Treatment,
}

impl Policy {
    /// The policy as it is stored; a word that is missing or unknown accepts.
    pub fn from_words(words: &[String]) -> Self {
        let treatment = |at: usize| words.get(at).and_then(|word| Treatment::from_word(word)).unwrap_or_default();
        Self {
            not_following: treatment(0),
            not_followers: treatment(1),
            new_accounts: treatment(2),
            private_mentions: treatment(3),
            limited_accounts: treatment(4),
        }
    }

    /// As it is stored.
    pub fn words(&self) -> Vec<String> {
        let treatments =
            [self.not_following, self.not_followers, self.new_accounts, self.private_mentions, self.limited_accounts];
        treatments.map(|treatment| treatment.word().to_owned()).to_vec()
    }
}

/// Everything about one notification that decides what is done with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// What happened.
    pub kind: Kind,
    /// Who caused it.
    pub from: AccountId,
    /// What the account that is told wants of them.
    pub relation: Relation,
    /// They follow the account that is told.
    pub is_follower: bool,
    /// When they joined.
    pub joined_at: Millis,
    /// Staff limited them.
    pub is_limited: bool,
    /// It is a direct post that answers nothing of the account's.
    pub is_unasked_direct: bool,
    /// The account muted the conversation.
    pub is_conversation_muted: bool,
}

/// What is done with a notification at `now`.
///
/// What staff decided about the account is always told. Blocks, mutes that silence notifications and muted conversations
/// come next. What the account asked for itself
/// (somebody's posts, changes of what it boosted) passes the policy.
pub fn treat(facts: &Facts, policy: &Policy, now: Millis) -> Treatment {
    if facts.kind.is_of_staff() {
        return Treatment::Accept;
    }
    let is_muted = facts.relation.mute_at(now).is_some_and(|mute| mute.notifications);
    if facts.relation.block.is_some() || is_muted || facts.is_conversation_muted {
        return Treatment::Drop;
    }
    if matches!(facts.kind, Kind::Status | Kind::Update) {
        return Treatment::Accept;
    }
    let is_stranger = facts.relation.follow.is_none();
    let rules = [
        (is_stranger, policy.not_following),
        (!facts.is_follower, policy.not_followers),
        (is_stranger && facts.joined_at.plus_ms(NEW_MS) > now, policy.new_accounts),
        (is_stranger && facts.is_unasked_direct, policy.private_mentions),
        (is_stranger && facts.is_limited, policy.limited_accounts),
    ];
    rules.into_iter().filter(|(holds, _)| *holds).map(|(_, treatment)| treatment).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::RelationId;
    use crate::relationship::{Follow, Mute};

    const NOW: Millis = Millis(100 * Millis::DAY);

    fn stranger(kind: Kind) -> Facts {
        Facts {
            kind,
            from: AccountId(1),
            relation: Relation::default(),
            is_follower: false,
            joined_at: Millis(0),
            is_limited: false,
            is_unasked_direct: false,
            is_conversation_muted: false,
        }
    }

    fn followed() -> Relation {
        let follow = Follow { id: RelationId(1), boosts: true, notify: false, languages: Vec::new() };
        Relation { follow: Some(follow), ..Relation::default() }
    }

    #[test]
    fn a_group_is_found_by_its_name_and_nothing_else_is() {
        for group in [
            Group { kind: Kind::Favourite, post: Some(PostId(7)), day: Millis(Millis::DAY) },
            Group { kind: Kind::Reblog, post: Some(PostId(u64::MAX)), day: Millis(0) },
            Group { kind: Kind::Follow, post: None, day: Millis(3 * Millis::DAY) },
        ] {
            assert_eq!(Group::from_key(&group.key()), Some(group));
            assert!(!group.key().contains('/'));
        }
        for key in
            ["", "-", "follow", "follow-x", "follow-7-1", "favourite-1", "mention-7-1", "favourite-7-", "a-b-c-d"]
        {
            assert_eq!(Group::from_key(key), None, "{key}");
        }
        assert_eq!(Group::from_key(&format!("follow-{}", u64::MAX)), None);
    }

    #[test]
    fn a_policy_survives_being_stored_and_missing_words_accept() {
        let policy = Policy { new_accounts: Treatment::Drop, not_followers: Treatment::Filter, ..Policy::default() };
        assert_eq!(Policy::from_words(&policy.words()), policy);
        assert_eq!(Policy::from_words(&["nonsense".to_owned()]), Policy::default());
    }

    #[test]
    fn each_rule_of_a_policy_meets_whom_it_is_for() {
        let drop = |policy: &dyn Fn(&mut Policy)| {
            let mut it = Policy::default();
            policy(&mut it);
            it
        };
        let not_following = drop(&|it| it.not_following = Treatment::Drop);
        let not_followers = drop(&|it| it.not_followers = Treatment::Filter);
        let new_accounts = drop(&|it| it.new_accounts = Treatment::Drop);
        let private = drop(&|it| it.private_mentions = Treatment::Drop);
        let limited = drop(&|it| it.limited_accounts = Treatment::Drop);
        let base = stranger(Kind::Mention);
        let friend = Facts { relation: followed(), ..base.clone() };
        let young = Facts { joined_at: NOW, ..base.clone() };
        let direct = Facts { is_unasked_direct: true, ..base.clone() };
        let hidden = Facts { is_limited: true, ..base.clone() };
        for (facts, policy, treatment) in [
            (&base, &not_following, Treatment::Drop),
            (&friend, &not_following, Treatment::Accept),
            (&friend, &not_followers, Treatment::Filter),
            (&base, &new_accounts, Treatment::Accept),
            (&young, &new_accounts, Treatment::Drop),
            (&base, &private, Treatment::Accept),
            (&direct, &private, Treatment::Drop),
            (&base, &limited, Treatment::Accept),
            (&hidden, &limited, Treatment::Drop),
        ] {
            assert_eq!(treat(facts, policy, NOW), treatment, "{facts:?} {policy:?}");
        }
        let of_staff = Facts { kind: Kind::Warning, ..young };
        assert_eq!(treat(&of_staff, &new_accounts, NOW), Treatment::Accept);
        let asked_for = Facts { kind: Kind::Status, ..base };
        assert_eq!(treat(&asked_for, &not_following, NOW), Treatment::Accept);
    }

    #[test]
    fn blocks_mutes_and_muted_conversations_come_first() {
        let muted = |notifications, until| Relation {
            mute: Some(Mute { id: RelationId(1), notifications, until }),
            ..followed()
        };
        let blocked = Relation { block: Some(RelationId(1)), ..followed() };
        for (relation, treatment) in [
            (blocked, Treatment::Drop),
            (muted(true, None), Treatment::Drop),
            (muted(true, Some(NOW)), Treatment::Accept),
            (muted(false, None), Treatment::Accept),
        ] {
            let facts = Facts { relation, ..stranger(Kind::Status) };
            assert_eq!(treat(&facts, &Policy::default(), NOW), treatment);
        }
        let facts = Facts { is_conversation_muted: true, ..stranger(Kind::Mention) };
        assert_eq!(treat(&facts, &Policy::default(), NOW), Treatment::Drop);
    }
}

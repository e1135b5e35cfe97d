//! Playing the story: everybody joins, follows and speaks through the use cases, while the clock goes from then to now.

use std::collections::BTreeMap;

use kw_app::account::{self, FlagChanges, NewAccount, PictureChange, ProfileChange};
use kw_app::authority::Authority;
use kw_app::context::Context;
use kw_app::failure::Failure;
use kw_app::post::{self, NewPost};
use kw_app::relationship::{self, FollowChoices};
use kw_app::session::{self, Actor, Agent, Member, SignIn, SignInForm};
use kw_domain::id::PostId;
use kw_domain::post::Visibility;

use super::cast::{CAST, Kind, Person};
use super::clock::BackdatedClock;
use super::story::{Audience, BOOKMARKS, GRANTED, Line, PINS, REQUESTS, STORY};
use super::{BEGINS_MINUTES_AGO, draw_picture};
use crate::failure::CommandError;
use crate::password;

/// Minutes between two members joining.
const JOIN_EVERY_MINUTES: u64 = 45;
/// Minutes between a post and the first favourite of it, and between two.
const REACT_EVERY_MINUTES: u64 = 3;

/// Handles and passwords, in the order of joining.
pub type Passwords = BTreeMap<&'static str, String>;

/// Makes the colony, and leaves the clock at the present.
pub async fn seed(cx: &Context, clock: &BackdatedClock) -> Result<Passwords, CommandError> {
    let mut players = Players::default();
    let mut passwords = Passwords::new();
    for (person, number) in CAST.iter().zip(0..) {
        clock.go_to(BEGINS_MINUTES_AGO - number * JOIN_EVERY_MINUTES);
        let password = password::generate(cx);
        let member = join(cx, person, &password).await?;
        players.members.insert(person.handle, member);
        passwords.insert(person.handle, password);
    }
    let mut deeds = deeds();
    deeds.sort_by_key(|(minutes_ago, _)| std::cmp::Reverse(*minutes_ago));
    for (minutes_ago, deed) in deeds {
        clock.go_to(minutes_ago);
        players.play(cx, &deed).await?;
    }
    clock.go_to(0);
    Ok(passwords)
}

async fn join(cx: &Context, person: &Person, password: &str) -> Result<Member, CommandError> {
    let new = NewAccount { handle: person.handle, email: None, password, locale: person.language };
    account::create(cx, &Authority::operator(), &new).await?;
    let agent = Agent { name: "the demo".to_owned(), address: None };
    let form = SignInForm { identifier: person.handle, password, agent };
    let SignIn::Done(issued) = session::sign_in(cx, &form).await? else {
        return Err(CommandError::said("a member of the demo has a second factor"));
    };
    let Actor::Member(member) = session::authenticate(cx, &issued.token).await? else {
        return Err(CommandError::said("a member of the demo could not sign in"));
    };
    describe(cx, person, &member).await?;
    // Nobody sits behind this session.
    session::sign_out(cx, &issued.token).await?;
    Ok(member)
}

async fn describe(cx: &Context, person: &Person, member: &Member) -> Result<(), Failure> {
    let (avatar, header) = (draw_picture::avatar(person), draw_picture::header(person));
    let fields: Vec<_> = person.fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let flags = FlagChanges {
        locked: Some(person.kind == Kind::Locked),
        bot: Some(person.kind == Kind::Bot),
        ..FlagChanges::default()
    };
    let change = ProfileChange {
        display_name: Some(person.name),
        note: Some(person.note),
        fields: Some(&fields),
        avatar: PictureChange::New(&avatar),
        header: PictureChange::New(&header),
        flags,
    };
    account::update_profile(cx, member, &change).await.map(|_| ())
}

/// Something somebody does.
#[derive(Debug, Clone, Copy)]
enum Deed {
    Follow {
        who: &'static str,
        whom: &'static str,
    },
    Grant {
        who: &'static str,
        asker: &'static str,
    },
    /// The number is the line's place in the story.
    Say(usize, &'static Line),
    Favourite {
        who: &'static str,
        line: usize,
    },
    Boost {
        who: &'static str,
        line: usize,
    },
    Bookmark {
        who: &'static str,
        line: usize,
    },
    Pin {
        who: &'static str,
        line: usize,
    },
}

/// Everything that happens, with how many minutes ago.
fn deeds() -> Vec<(u64, Deed)> {
    let joined = BEGINS_MINUTES_AGO - CAST.len() as u64 * JOIN_EVERY_MINUTES;
    let mut deeds = Vec::new();
    for person in CAST {
        // Aksel grants requests of his own accord, below.
        let open = person.follows.iter().filter(|whom| **whom != "aksel");
        deeds.extend(open.map(|whom| (joined, Deed::Follow { who: person.handle, whom })));
    }
    for (asker, who) in GRANTED.iter().copied() {
        deeds.push((joined - 1, Deed::Follow { who: asker, whom: who }));
        deeds.push((joined - 2, Deed::Grant { who, asker }));
    }
    deeds.extend(REQUESTS.iter().map(|(who, whom)| (20, Deed::Follow { who, whom })));
    for (number, line) in STORY.iter().enumerate() {
        deeds.push((line.minutes_ago, Deed::Say(number, line)));
        let later = |nth: usize| line.minutes_ago.saturating_sub((nth as u64 + 1) * REACT_EVERY_MINUTES);
        let likes = line.liked_by.iter().enumerate();
        deeds.extend(likes.map(|(nth, who)| (later(nth), Deed::Favourite { who, line: number })));
        let boosts = line.boosted_by.iter().enumerate();
        deeds.extend(boosts.map(|(nth, who)| (later(nth), Deed::Boost { who, line: number })));
    }
    deeds.extend(BOOKMARKS.iter().map(|(who, key)| (1, Deed::Bookmark { who, line: place_of(key) })));
    deeds.extend(PINS.iter().map(|(who, key)| (1, Deed::Pin { who, line: place_of(key) })));
    deeds
}

fn place_of(key: &str) -> usize {
    STORY.iter().position(|line| line.key == key).expect("a test looks whether every key is there")
}

/// Who plays, and what they have said so far.
#[derive(Debug, Default)]
struct Players {
    members: BTreeMap<&'static str, Member>,
    said: BTreeMap<usize, PostId>,
}

impl Players {
    fn member(&self, handle: &str) -> &Member {
        self.members.get(handle).expect("a test looks whether everybody is there")
    }

    fn post(&self, line: usize) -> PostId {
        *self.said.get(&line).expect("nobody reacts before it is said")
    }

    async fn play(&mut self, cx: &Context, deed: &Deed) -> Result<(), Failure> {
        let authority = |handle: &str| self.member(handle).authority().clone();
        match *deed {
            Deed::Follow { who, whom } => {
                let target = self.member(whom).account;
                relationship::follow(cx, &authority(who), target, &FollowChoices::default()).await?;
            }
            Deed::Grant { who, asker } => {
                relationship::accept_request(cx, &authority(who), self.member(asker).account).await?;
            }
            Deed::Say(number, line) => {
                let post = post::create(cx, &authority(line.by), &self.words(line)).await?;
                self.said.insert(number, post.post.id);
            }
            Deed::Favourite { who, line } => _ = post::favourite(cx, &authority(who), self.post(line)).await?,
            Deed::Boost { who, line } => _ = post::boost(cx, &authority(who), self.post(line), None).await?,
            Deed::Bookmark { who, line } => _ = post::bookmark(cx, &authority(who), self.post(line)).await?,
            Deed::Pin { who, line } => _ = post::pin(cx, &authority(who), self.post(line)).await?,
        }
        Ok(())
    }

    fn words(&self, line: &Line) -> NewPost {
        let speaker = CAST.iter().find(|person| person.handle == line.by);
        let visibility = match line.audience {
            Audience::Everyone => Visibility::Public,
            Audience::Passers => Visibility::Unlisted,
            Audience::Followers => Visibility::Private,
            Audience::Named => Visibility::Direct,
        };
        NewPost {
            text: line.text.to_owned(),
            spoiler_text: line.warning.to_owned(),
            visibility,
            language: speaker.map(|person| person.language.to_owned()),
            sensitive: !line.warning.is_empty(),
            in_reply_to: (!line.answers.is_empty()).then(|| self.post(place_of(line.answers))),
            idempotency_key: None,
            application: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use kw_app::context::{Parts, Stores};
    use kw_app::feed::Bus;
    use kw_app::house;
    use kw_app::outside::Outside;
    use kw_app::settings::{PasswordCost, Settings};
    use kw_store::mem::MemStore;
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    use super::super::SIGN_INS;
    use super::*;

    #[tokio::test]
    async fn the_whole_story_can_be_played_and_leaves_everything_as_it_should_be() {
        let clock = Arc::new(BackdatedClock::behind_minutes(BEGINS_MINUTES_AGO));
        let origin = url::Url::parse("http://localhost:8080").expect("it is an address");
        let cx = Context::start(Parts {
            stores: Stores::in_one(Arc::new(MemStore::new(clock.clone()))),
            clock: clock.clone(),
            chance: StdRng::seed_from_u64(11),
            slot: 0,
            bus: Bus::default(),
            outside: Outside::default(),
            settings: Settings { password_cost: PasswordCost::Least, ..Settings::at(origin) },
        })
        .await
        .expect("a new store can be used");

        let passwords = seed(&cx, &clock).await.expect("nobody of the story is refused anything");

        assert!(SIGN_INS.iter().all(|(handle, _)| passwords.contains_key(handle)));
        assert_eq!(account::count(&cx).await.expect("the store answers"), CAST.len() as u64);
        let examination = house::examine(&cx, |_| {}).await.expect("the store answers");
        assert_eq!(examination.findings, []);
        assert!(examination.rows > 1_000, "the colony is small: {} rows", examination.rows);
    }
}

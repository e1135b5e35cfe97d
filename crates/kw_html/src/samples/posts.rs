//! What is said on the invented coast.

use crate::html::SafeHtml;
use crate::part::account::AccountChip;
use crate::part::composer::{Composer, LanguageChoice, Purpose};
use crate::part::form::FormErrors;
use crate::part::post::{Counts, Marks, PostCard, ReplyTo, Rights, Visibility};
use crate::part::power::Power;
use crate::views::{Course, Notification, NotificationKind, Version};

use super::{NOW_MS, chip};

const MINUTE_MS: i64 = 60_000;

fn write(id: u64, author: AccountChip, minutes_ago: i64, text: &str, counts: [u64; 3]) -> PostCard {
    PostCard {
        id: id.to_string(),
        author,
        boosted_by: None,
        reply_to: None,
        created_ms: NOW_MS - minutes_ago * MINUTE_MS,
        edited_ms: None,
        visibility: Visibility::Public,
        language: Some("en".to_owned()),
        spoiler: None,
        content: SafeHtml::trusted(format!("<p>{text}</p>")),
        text: text.split('<').map(|part| part.rsplit('>').next().unwrap_or(part)).collect(),
        counts: Counts { replies: counts[0], boosts: counts[1], favourites: counts[2] },
        marks: Marks::default(),
        rights: Rights::Act,
    }
}

fn elin() -> AccountChip {
    chip("3", "elin", "Elin Strand")
}

fn tove() -> AccountChip {
    chip("5", "tove", "Tove Olsen")
}

/// An everyday post.
pub fn post() -> PostCard {
    let text = "The first chicks are on the ledges at Ekkerøy. Forty-one nests counted this morning, nine more than last year.";
    let mut post = write(115_560_000_000_000_001, elin(), 4, text, [6, 48, 1_204]);
    post.marks = Marks { favourited: true, bookmarked: true, ..Marks::default() };
    post
}

fn warning() -> PostCard {
    let text = "Gale warning from 18:00. Ferries on the north route stop at 17:30; the last bus meets them. <a href=\"/tags/gale\" rel=\"tag\">#gale</a>";
    write(115_560_000_000_000_002, chip("4", "weather", "Bay Weather Office"), 11, text, [14, 230, 512])
}

fn question() -> PostCard {
    let text = "Has anybody got the slides of last night’s council meeting? The link on the town’s page is dead.";
    write(115_560_000_000_000_003, tove(), 26, text, [5, 2, 9])
}

fn boosted() -> PostCard {
    let text = "Thread about how we count without disturbing them, because many asked. One: never from above.";
    let mut post = write(115_560_000_000_000_004, chip("7", "marit@far.example", "Marit Rein"), 75, text, [3, 12, 40]);
    post.boosted_by = Some(elin());
    post.marks.boosted = true;
    post
}

fn warned() -> PostCard {
    let text = "A skua took two chicks while we were watching. It has to eat too.";
    let mut post = write(115_560_000_000_000_005, elin(), 60 * 30, text, [2, 0, 4]);
    post.spoiler = Some("A chick dies".to_owned());
    post.visibility = Visibility::Unlisted;
    post
}

fn reply() -> PostCard {
    let text = "<a href=\"/@tove\" class=\"mention\">@tove</a> I took photographs of all of them. Sending you the lot tonight.";
    let mut post = write(115_560_000_000_000_006, elin(), 24, text, [1, 0, 3]);
    post.reply_to = Some(ReplyTo { handle: "tove".to_owned(), url: Some(question().url()) });
    post.visibility = Visibility::Followers;
    post
}

/// A post of the viewer's.
pub fn own() -> PostCard {
    let text = "The blue skiff is watertight again. Whoever lent me the caulking iron: it hangs on your door.";
    let mut post = write(115_560_000_000_000_007, chip("1", "ada", "Ada Nygård"), 60 * 24 * 400, text, [0, 1, 2]);
    post.rights = Rights::Own;
    post
}

/// A post that was changed.
pub fn edited() -> PostCard {
    let mut post = warning();
    post.edited_ms = Some(NOW_MS - 5 * MINUTE_MS);
    post
}

/// A post on top of a profile.
pub fn pinned() -> PostCard {
    let text = "Emergency: 112. Not urgent: 02 80 00. Here we answer questions, day and night.";
    let mut post = write(
        115_560_000_000_000_008,
        chip("2", "coastguard", "Bay Coast Guard"),
        60 * 24 * 90,
        text,
        [12, 340, 2_210],
    );
    post.marks.pinned = true;
    post
}

/// The same for a reader who is not signed in.
pub fn read_only(mut post: PostCard) -> PostCard {
    post.rights = Rights::Read;
    post.marks = Marks::default();
    post
}

/// The home timeline.
pub fn home() -> Vec<PostCard> {
    vec![post(), edited(), reply(), question(), boosted(), warned(), own()]
}

/// The local timeline, as somebody sees it who is not signed in.
pub fn timeline() -> Vec<PostCard> {
    vec![read_only(post()), read_only(edited()), read_only(question()), read_only(warned())]
}

/// Posts with a tag.
pub fn tagged() -> Vec<PostCard> {
    vec![warning()]
}

/// Posts that the viewer marked.
pub fn bookmarked() -> Vec<PostCard> {
    vec![post()]
}

/// What the coast guard wrote.
pub fn coastguard_posts() -> Vec<PostCard> {
    let account = || chip("2", "coastguard", "Bay Coast Guard");
    let ferry = "All forty aboard the ferry <em>Terna</em> are ashore and warm. The north route stays closed until the wind drops: <a href=\"https://coastguard.example/routes\" rel=\"nofollow noopener\">coastguard.example/routes</a>";
    let hidden = "Our account was hidden for nine minutes last evening by mistake. It is back, with everything in it; what happened is on record: <a href=\"/notices/31\">notice 31</a>";
    vec![
        write(115_560_000_000_000_010, account(), 7, ferry, [96, 1_240, 8_410]),
        write(115_560_000_000_000_009, account(), 60 * 24 * 11, hidden, [410, 1_930, 6_300]),
    ]
}

/// A thread: what was answered, the post, the answers.
pub fn thread() -> (Vec<PostCard>, PostCard, Vec<PostCard>) {
    let mut answer = write(
        115_560_000_000_000_011,
        tove(),
        20,
        "<a href=\"/@elin\" class=\"mention\">@elin</a> You are a lighthouse.",
        [0, 0, 1],
    );
    answer.reply_to = Some(ReplyTo { handle: "elin".to_owned(), url: Some(reply().url()) });
    let mut main = reply();
    main.visibility = Visibility::Public;
    main.edited_ms = Some(NOW_MS - 22 * MINUTE_MS);
    main.counts.boosts = 1;
    (vec![question()], main, vec![answer])
}

/// The versions of a post.
pub fn versions(post: &PostCard) -> Vec<Version> {
    let first = SafeHtml::trusted("<p>Gale warning from 17:00. Ferries on the north route stop at 16:30.</p>");
    vec![
        Version { at_ms: post.edited_ms.unwrap_or(post.created_ms), spoiler: None, content: post.content.clone() },
        Version { at_ms: post.created_ms, spoiler: Some("Weather".to_owned()), content: first },
    ]
}

/// The languages to write in.
pub fn languages() -> Vec<LanguageChoice> {
    [("en", "English"), ("fr", "Français"), ("nb", "Norsk bokmål")]
        .map(|(code, name)| LanguageChoice { code: code.to_owned(), name: name.to_owned() })
        .to_vec()
}

/// A post that is about to be written.
pub fn composer() -> Composer {
    Composer {
        purpose: Purpose::Post,
        text: String::new(),
        spoiler_text: String::new(),
        visibility: Visibility::Public,
        language: "en".to_owned(),
        languages: languages(),
        characters_max: 500,
        idempotency_key: "8c1f".to_owned(),
        step_up: None,
        errors: FormErrors::default(),
    }
}

/// An answer that is about to be written.
pub fn reply_composer(to: &PostCard) -> Composer {
    Composer {
        purpose: Purpose::Reply { post: to.id.clone(), handle: to.author.handle.clone() },
        text: format!("@{} ", to.author.handle),
        ..composer()
    }
}

/// Notifications of every kind.
pub fn notifications() -> Vec<Notification> {
    let about = |kind, account: AccountChip, total, minutes: i64, post| Notification {
        kind,
        accounts: vec![account, chip("4", "weather", "Bay Weather Office")].into_iter().take(total).collect(),
        total: total as u64,
        at_ms: NOW_MS - minutes * MINUTE_MS,
        post,
        unread: minutes < 30,
    };
    let marit = || chip("7", "marit@far.example", "Marit Rein");
    let hidden = NotificationKind::Decision { power: Power::TakeDown, course: Course::Holds, entry: 48_213 };
    vec![
        about(hidden, own().author, 1, 1, None),
        about(NotificationKind::Mention, elin(), 1, 3, Some(reply())),
        about(NotificationKind::Favourite, tove(), 14, 12, Some(own())),
        about(NotificationKind::Boost, marit(), 2, 29, Some(own())),
        about(NotificationKind::Follow, elin(), 1, 61, None),
        about(NotificationKind::FollowRequest, marit(), 1, 62, None),
        about(NotificationKind::Post, elin(), 1, 90, Some(post())),
        about(NotificationKind::Edit, chip("4", "weather", "Bay Weather Office"), 1, 200, Some(edited())),
        about(NotificationKind::SignUp, tove(), 1, 60 * 24 * 12, None),
    ]
}

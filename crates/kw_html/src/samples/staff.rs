//! The staff of the invented coast, and an evening on which somebody wants to take its coast guard down.

use crate::locale::Locale;
use crate::part::action::{
    AccountCard, Act, Again, Change, Claim, Field, Line, Need, Signing, State, Summary, TargetCard,
};
use crate::part::desk::{Desk, Member};
use crate::part::power::{Length, Power};
use crate::part::staff::{Against, Ground, Label, Mode, Role, Source, Tier, Verb};
use crate::views::staff::{
    Founder, Offer, PastAct, PastAttempt, PersonRow, PersonStatus, QueueRow, Readers, Rule, StaffKey, Turn, WaitingKey,
    Who,
};

use super::{NOW_MS, chip};

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 86_400_000;

/// A challenge, in base64url.
pub const CHALLENGE: &str = "b3Vyc2VhaXNjYWxtdG9kYXk";
/// A link with which somebody makes a passkey.
pub const STAFF_LINK: &str = "https://bay.example/staff/enrol/k7w2m9q4x8r1";
/// The relying party of the invented coast.
pub const RP: &str = "bay.example";
/// A hash, in hex.
pub const HASH: &str = "4f1ca09e7d3b52c86a90e41f2b7785d1c03e9a6f58d2417be0c9f3a6127d84b5";
/// A key of a ledger.
pub const VKEY: &str = "bay.example/ledger+4f1ca09e+AaEkOXkw2mKzJmC9yUqkY3L7T1xWZt5v0bRrQp4cN8sE";

/// Words in the reader's language.
fn said(locale: Locale, english: &str, french: &str) -> String {
    match locale {
        Locale::En => english,
        Locale::Fr => french,
    }
    .to_owned()
}

fn member(name: &str, roles: &[Role], team: &str) -> Member {
    Member { name: name.to_owned(), roles: roles.to_vec(), team: team.to_owned() }
}

/// A moderator of the day team, somebody of support at night, a trust lead.
pub fn members() -> Vec<Member> {
    vec![
        member("I. R.", &[Role::Moderator], "day"),
        member("M. K.", &[Role::Support], "night"),
        member("S. T.", &[Role::TrustLead, Role::Security], "trust"),
    ]
}

/// The staff area as the moderator sees it.
pub fn desk() -> Desk {
    Desk { me: members().remove(0), minutes_left: 14, waiting: 2, mode: Mode::Team, guards: 2 }
}

/// The coast guard, as staff see it.
pub fn coastguard_card() -> AccountCard {
    AccountCard {
        account: chip("1138", "coastguard", "Bay Coast Guard"),
        labels: vec![Label::Official, Label::Emergency],
        tier: Tier::Protected,
        followers: 4_200_000,
        posts: 12_640,
        since_ms: NOW_MS - 2_700 * DAY_MS,
        acted_on: 1,
        step_up: true,
    }
}

/// Somebody like everyone.
pub fn tove_card() -> AccountCard {
    AccountCard {
        account: chip("5", "tove", "Tove <Olsen> & Sons"),
        labels: Vec::new(),
        tier: Tier::Ordinary,
        followers: 96,
        posts: 212,
        since_ms: NOW_MS - 900 * DAY_MS,
        acted_on: 0,
        step_up: false,
    }
}

/// What somebody wants.
pub fn act() -> Act {
    Act {
        id: "3f2a90c16b7d4e5890a1b2c3d4e5f607".to_owned(),
        power: Power::TakeDown,
        who: "@coastguard".to_owned(),
        length: Length::Hours(24),
    }
}

/// A change of somebody's time.
pub fn roster_act() -> Act {
    Act {
        id: "91bc00d27e6f4a1188c2d3e4f5061728".to_owned(),
        power: Power::RosterNarrow,
        who: "M. K.".to_owned(),
        length: Length::Once,
    }
}

/// What the change is.
pub fn roster_target(locale: Locale) -> TargetCard {
    let roles = |key: &str| locale.t(key).to_owned();
    let roles = Change { field: Field::Roles, before: roles(Role::Support.key()), after: String::new() };
    let ends = Change { field: Field::Ends, before: String::new(), after: locale.date("Europe/Oslo", NOW_MS) };
    TargetCard::Matter { name: "M. K.".to_owned(), changes: vec![roles, ends] }
}

/// What is claimed.
pub fn claim(locale: Locale) -> Claim {
    Claim {
        ground: Ground::Hijack,
        against: Against::Terms,
        reference: said(locale, "section 4.2", "article 4.2"),
        explanation: String::new(),
        facts: said(
            locale,
            "Two posts in the last ten minutes ask for donations to an unknown account.",
            "Deux messages des dix dernières minutes demandent des dons vers un compte inconnu.",
        ),
        source: Source::Notice,
        found_by_machine: false,
        urgent: true,
        undo_needs: 1,
    }
}

/// What is done and what is missing.
pub fn lines() -> Vec<Line> {
    let proposed = Line::Signed { by: members().remove(1), verb: Verb::Propose, at_ms: NOW_MS - 5 * MINUTE_MS };
    let other = Need { of_another_team: true, you_can: true, others: 3, ..Need::default() };
    let lead = Need { roles: vec![Role::TrustLead], with_bound_key: true, others: 1, ..Need::default() };
    vec![proposed, Line::Needed(other), Line::Needed(lead)]
}

/// Everybody signed, and somebody no longer counts.
pub fn signed_lines() -> Vec<Line> {
    let signed = |by, verb, minutes: i64| Line::Signed { by, verb, at_ms: NOW_MS - minutes * MINUTE_MS };
    let [moderator, support, lead] = [0, 1, 2].map(|index| members().remove(index));
    let left = member("O. P.", &[Role::Moderator], "night");
    vec![
        signed(support, Verb::Propose, 12),
        Line::Dropped { by: left },
        signed(moderator, Verb::Approve, 11),
        signed(lead, Verb::Approve, 9),
    ]
}

/// Who would notice.
pub fn readers() -> Readers {
    let hours = [24, 26, 29, 35, 44, 58, 77, 99, 124, 150, 178, 198, 212].map(|thousands| thousands * 1_000);
    Readers { followers: 4_200_000, last_hour: Some(212_000), hours: hours.to_vec() }
}

/// The rule that was applied.
pub fn rule() -> Rule {
    Rule {
        policy: HASH.to_owned(),
        since_ms: NOW_MS - 20 * DAY_MS,
        tier: Tier::Protected,
        url: "/staff/policy#rule-take_down".to_owned(),
    }
}

/// The statement in short.
pub fn summary() -> Summary {
    Summary {
        target: "account 1138".to_owned(),
        tier: Some(Tier::Protected),
        until_ms: Some(NOW_MS + DAY_MS),
        undo_needs: 1,
        policy: "4f1ca09e".to_owned(),
        ledger_size: 48_212,
        ledger_root: "8d0e51c4".to_owned(),
    }
}

/// A step to sign.
pub fn signing(verb: Verb) -> Signing {
    let id = act().id;
    let statement = format!(
        "{{\"action\":\"{id}\",\"effect\":{{\"until\":\"{}\"}},\"execute_by\":\"{}\",\"facts\":\"{HASH}\",\"founding\":\
         \"{HASH}\",\"log\":\"bay.example/ledger\",\"log_key\":\"{VKEY}\",\"policy\":\"{HASH}\",\"power\":\"take_down\",\
         \"reason\":\"{HASH}\",\"seen\":{{\"root\":\"{HASH}\",\"size\":\"48212\"}},\"signer\":\"{HASH}\",\"step\":\"{}\",\
         \"targets\":[{{\"card\":\"{HASH}\",\"id\":\"1138\",\"kind\":\"account\",\"standing\":\"0\",\"tier\":\"protected\"}}],\
         \"undo_needs\":\"1\",\"valid_until\":\"{}\"}}",
        NOW_MS + DAY_MS,
        NOW_MS + 115 * MINUTE_MS,
        verb.word(),
        NOW_MS + 10 * MINUTE_MS,
    );
    Signing {
        verb,
        action: format!("/staff/actions/{id}/{}", verb.word()),
        statement,
        credential: "AQIDBAUGBwgJCgsMDQ4PEA".to_owned(),
        rp: RP.to_owned(),
        fields: Vec::new(),
    }
}

/// What was typed before the preview.
pub fn again() -> Again {
    let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let fields =
        vec![field("power", "take_down"), field("length", "1440"), field("facts", "Two posts \"ask\" for <b>.")];
    Again { action: "/staff/accounts/1138/propose".to_owned(), fields }
}

/// Why somebody's time is to end.
pub fn why_of_the_house(locale: Locale) -> String {
    said(locale, "Today is the last day.", "C’est le dernier jour.")
}

/// Why the reader can only wait.
pub fn why_not(locale: Locale) -> String {
    said(
        locale,
        "You have signed this. Now others are needed.",
        "Vous avez signé. Il faut maintenant d’autres personnes.",
    )
}

/// Why somebody's proposal was refused.
pub fn refusal(locale: Locale) -> String {
    said(
        locale,
        "Your hiding powers ended on 9 November, 14 days before your last day. Nobody can propose this in your name.",
        "Votre pouvoir de cacher a pris fin le 9 novembre, 14 jours avant votre dernier jour. Personne ne peut proposer \
         ceci en votre nom.",
    )
}

/// What waits.
pub fn queue() -> Vec<QueueRow> {
    let row = |act, account, by: usize, missing, minutes: i64, turn| QueueRow {
        act,
        account,
        by: members().remove(by),
        at_ms: NOW_MS - 5 * MINUTE_MS,
        missing,
        until_ms: NOW_MS + minutes * MINUTE_MS,
        urgent: minutes < 120,
        turn,
    };
    let needs = |lines: Vec<Line>| {
        let need = |line| match line {
            Line::Needed(need) => Some(need),
            Line::Signed { .. } | Line::Dropped { .. } => None,
        };
        lines.into_iter().filter_map(need).collect::<Vec<_>>()
    };
    let limit = Act { power: Power::Limit, who: "@tove".to_owned(), length: Length::Days(7), ..act() };
    let label = Act { power: Power::LabelRemove, who: "@harbour".to_owned(), length: Length::Once, ..act() };
    let card = coastguard_card();
    let other = || vec![Need { others: 4, ..Need::default() }];
    vec![
        row(act(), Some(card), 1, needs(lines()), 115, Turn::Yours),
        row(limit, Some(tove_card()), 0, other(), 780, Turn::Signed),
        row(roster_act(), None, 2, other(), 600, Turn::Others),
        row(label, None, 2, Vec::new(), 5 * 24 * 60, Turn::Clock),
    ]
}

/// What somebody wanted on the last day.
pub fn attempts() -> Vec<PastAttempt> {
    let (by, code) = (members().remove(1), "leaving".to_owned());
    vec![PastAttempt { act: act(), by, at_ms: NOW_MS - 4 * MINUTE_MS, code, entry: 48_215 }]
}

/// What was done before.
pub fn history() -> Vec<PastAct> {
    let past = |power, length, state, days: i64| PastAct {
        act: Act { power, length, ..act() },
        state,
        at_ms: NOW_MS - days * DAY_MS,
        by: members().remove(2),
    };
    let at_ms = NOW_MS - 190 * DAY_MS;
    vec![
        past(Power::TakeDown, Length::Hours(24), State::Undone { at_ms }, 190),
        past(Power::LabelAdd, Length::Once, State::Done { at_ms: NOW_MS - 800 * DAY_MS }, 800),
    ]
}

/// What the moderator could propose about the coast guard.
pub fn offers(locale: Locale) -> Vec<Offer> {
    let offer = |power, who| Offer { power, who };
    let needs = || {
        let missing = lines().into_iter().filter_map(|line| match line {
            Line::Needed(need) => Some(need),
            Line::Signed { .. } | Line::Dropped { .. } => None,
        });
        Who::Also(missing.collect())
    };
    let nothing = said(locale, "Nothing about this account is hidden.", "Rien de ce compte n’est caché.");
    let tier = said(locale, "Only on ordinary accounts.", "Seulement pour les comptes ordinaires.");
    vec![
        offer(Power::StepUp, Who::You),
        offer(Power::Restore, Who::Refused(nothing)),
        offer(Power::Limit, needs()),
        offer(Power::TakeDown, needs()),
        offer(Power::BreakGlass, Who::Refused(tier)),
        offer(Power::LabelAdd, Who::Also(vec![Need::default()])),
        offer(Power::LabelRemove, needs()),
        offer(Power::TierDown, needs()),
        offer(Power::Rename, needs()),
    ]
}

/// Those who found.
pub fn founders() -> Vec<Founder> {
    let founder = |id: &str, name: &str, roles: &[Role], team: &str, link: Option<&str>| Founder {
        id: id.to_owned(),
        name: name.to_owned(),
        roles: roles.to_vec(),
        team: team.to_owned(),
        ends_ms: link.map(|_| NOW_MS + 365 * DAY_MS),
        link: link.map(str::to_owned),
    };
    vec![
        founder("1", "Ingrid Ruud", &[Role::Moderator, Role::Security], "day", None),
        founder("2", "Mats Kiil", &[Role::Support, Role::Moderator], "night", Some(STAFF_LINK)),
        founder("3", "Solveig Thue", &[Role::TrustLead], "trust", None),
    ]
}

/// The roster.
pub fn people() -> Vec<PersonRow> {
    let enrolled = |id: &str, name: &str, is_bound, ended: bool| StaffKey {
        id: id.to_owned(),
        name: name.to_owned(),
        mark: "4f1c a09e".to_owned(),
        is_bound,
        since_ms: NOW_MS - 300 * DAY_MS,
        ended_ms: ended.then_some(NOW_MS - 10 * DAY_MS),
    };
    let person = |id: &str, member: Member, days_left: Option<i64>, keys, status| PersonRow {
        id: id.to_owned(),
        pseudonym: format!("Fulmar {id}"),
        waiting: Vec::new(),
        name: member.name,
        is_me: id == "1",
        roles: member.roles,
        team: member.team,
        from_ms: NOW_MS - 400 * DAY_MS,
        until_ms: days_left.map(|days| NOW_MS + days * DAY_MS),
        keys,
        status,
    };
    let [moderator, support, lead] = [0, 1, 2].map(|index| members().remove(index));
    let laptop = || vec![enrolled("k1", "Laptop", false, false), enrolled("k2", "Old phone", false, true)];
    vec![
        person("1", moderator, None, laptop(), PersonStatus::Active),
        person("3", lead, None, vec![enrolled("k3", "Security key", true, false)], PersonStatus::Active),
        person("2", support, Some(0), vec![enrolled("k4", "Phone", false, false)], PersonStatus::Leaving),
        PersonRow {
            waiting: vec![WaitingKey {
                id: "k5".to_owned(),
                name: "Key on my ring".to_owned(),
                mark: "0651 7adf".to_owned(),
                is_bound: true,
                made_ms: NOW_MS - DAY_MS,
            }],
            ..person("4", member("E. V.", &[Role::Auditor], "trust"), Some(200), Vec::new(), PersonStatus::NoKey)
        },
        person("5", member("O. P.", &[Role::Moderator], "night"), Some(-30), Vec::new(), PersonStatus::Ended),
    ]
}

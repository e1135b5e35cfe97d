//! From the ledger's words to those of the pages: people, powers, tiers, steps, what is missing, how far something is.
//!
//! Both sides have the same words, and a test holds them together. Deliberately absent: loading, except of names.

use kw_app::account::find as find_account;
use kw_app::context::Context;
use kw_app::failure::Failure;
use kw_app::staff::action::Stage;
use kw_app::staff::attempt::Attempted;
use kw_app::staff::draft;
use kw_app::staff::roster::name_of;
use kw_domain::id::AccountId;
use kw_html::part::action::{Act, Need, State, in_fours};
use kw_html::part::desk::Member;
use kw_html::part::power::{Length, Power};
use kw_html::part::staff::{Label, Role, Tier, Verb};
use kw_html::views::staff::PastAttempt;
use kw_staff::entry::{Subject, Turn};
use kw_staff::fold;
use kw_staff::person::{self, PersonId};
use kw_staff::policy::missing::{Missing, Offer, TeamNeed};
use kw_staff::power;
use kw_staff::statement::{ActionId, Effect, Statement, TargetKind};
use kw_staff::step::{change, judge};
use kw_staff::time::Millis;

use super::people;
use crate::error::Problem;
use crate::pages::view::ms;

/// Declares how a word of the ledger's is found among those of the pages.
macro_rules! same_words {
    ($($(#[$about:meta])* $name:ident: $theirs:ty => $ours:ident;)*) => {$(
        $(#[$about])*
        pub fn $name(of: $theirs) -> $ours {
            $ours::from_word(of.word()).expect("pages and ledger have the same words")
        }
    )*};
}

same_words! {
    /// A power.
    power: power::Power => Power;
    /// A tier.
    tier: power::Tier => Tier;
    /// A label.
    label: power::Label => Label;
    /// A step.
    verb: power::Verb => Verb;
    /// A role.
    role: person::Role => Role;
}

/// Somebody of the staff as colleagues see them; by their number where the roster never had them.
pub async fn colleague(cx: &Context, person: Option<PersonId>) -> Result<Member, Problem> {
    let nobody = |name: String| Member { name, roles: Vec::new(), team: String::new() };
    let Some(person) = person else { return Ok(nobody("?".to_owned())) };
    match people::member(cx, person).await {
        Ok(member) => Ok(member),
        Err(Failure::Refused(_)) => Ok(nobody(person.to_string())),
        Err(failure) => Err(failure.into()),
    }
}

/// What a statement does, to whom, for how long.
pub async fn act_of(cx: &Context, statement: &Statement) -> Result<Act, Problem> {
    let subject = statement.targets.first().map(Subject::of).ok_or_else(Problem::missing)?;
    act(cx, statement.action, (statement.power, &subject), &statement.effect, statement.execute_by).await
}

/// What an action does, to whom, for how long.
pub async fn act(
    cx: &Context,
    action: ActionId,
    (power_used, subject): (power::Power, &Subject),
    effect: &Effect,
    execute_by: Millis,
) -> Result<Act, Problem> {
    Ok(Act {
        id: action.to_string(),
        power: power(power_used),
        who: who(cx, subject, effect).await?,
        length: length(power_used, effect, execute_by),
    })
}

/// What staff call something: a handle, somebody's name, the beginning of a policy's hash.
pub async fn who(cx: &Context, subject: &Subject, effect: &Effect) -> Result<String, Problem> {
    Ok(match subject.kind {
        // Of another handle people want to know both, and the account may have a third by now.
        TargetKind::Account if let Some((from, to)) = change::handles(effect) => format!("@{from} → @{to}"),
        TargetKind::Account => match find_account(cx, AccountId(subject.account_id().unwrap_or_default())).await? {
            Some(account) => format!("@{}", account.handle),
            None => subject.id.clone(),
        },
        TargetKind::Person => name(cx, &subject.id, effect).await?,
        TargetKind::Key => name(cx, effect.parameters.get("person").map_or("", String::as_str), effect).await?,
        TargetKind::Policy | TargetKind::House => mark(&subject.id),
    })
}

/// Refused proposals in the plain shape of the pages.
pub async fn attempts(cx: &Context, tried: Vec<Attempted>) -> Result<Vec<PastAttempt>, Problem> {
    let mut attempts = Vec::with_capacity(tried.len());
    for one in tried {
        let who = who(cx, &one.subject, &Effect::default()).await?;
        attempts.push(PastAttempt {
            act: Act { id: String::new(), power: power(one.power), who, length: Length::Once },
            by: colleague(cx, one.person).await?,
            at_ms: ms(one.at),
            code: one.code,
            entry: one.index,
        });
    }
    Ok(attempts)
}

/// The first digits of a hash, for people to compare.
pub fn mark(hash: &str) -> String {
    in_fours(start(hash))
}

/// The first digits of a hash.
pub fn start(hash: &str) -> &str {
    hash.get(..8).unwrap_or(hash)
}

/// What colleagues call a person; where nobody noted that, what the action or the ledger calls them.
async fn name(cx: &Context, number: &str, effect: &Effect) -> Result<String, Problem> {
    let Some(person) = PersonId::parse(number) else { return Ok(number.to_owned()) };
    let name = name_of(cx, person).await?;
    let pseudonym = effect.parameters.get("pseudonym").filter(|_| name == number);
    Ok(pseudonym.cloned().unwrap_or(name))
}

fn length(power: power::Power, effect: &Effect, execute_by: Millis) -> Length {
    let lasts = power.hides() || matches!(power, power::Power::StepUp | power::Power::Freeze);
    match draft::length_ms(power, effect, execute_by) {
        Some(ms) => whole_minutes(ms),
        None if lasts => Length::Endless,
        None => Length::Once,
    }
}

/// Between the choice of an end and the statement a moment passes: to the nearest minute it is what was chosen.
fn whole_minutes(ms: u64) -> Length {
    const MINUTE_MS: u64 = 60_000;
    Length::of_ms(ms.saturating_add(MINUTE_MS / 2) / MINUTE_MS * MINUTE_MS)
}

/// How far an action is; `since` is when it took effect.
pub fn state(stage: Stage, since: Option<kw_domain::time::Millis>) -> State {
    match stage {
        Stage::Proposed(until) => State::Proposed { until_ms: ms(until) },
        Stage::Scheduled { from, by_itself: false } => State::Scheduled { at_ms: ms(from) },
        Stage::Scheduled { from, by_itself: true } => State::Waiting { at_ms: ms(from) },
        Stage::InForce(until) => {
            State::InForce { since_ms: since.map(ms).unwrap_or_default(), until_ms: until.map(ms) }
        }
        Stage::Done(at) => State::Done { at_ms: ms(at) },
        Stage::Over(turn, at) => over(turn, ms(at)),
    }
}

const fn over(turn: Turn, at_ms: i64) -> State {
    match turn {
        Turn::Denied => State::Denied { at_ms },
        Turn::Cancelled => State::Cancelled { at_ms },
        Turn::Expired => State::Expired { at_ms },
        Turn::Stale => State::Stale { at_ms },
        Turn::Lapsed => State::Lapsed { at_ms },
        Turn::Undone => State::Undone { at_ms },
        Turn::Scheduled => State::Scheduled { at_ms },
        Turn::Confirmed => State::Done { at_ms },
    }
}

/// Who is missing; `can` says of each whether the reader is one.
pub fn needs(missing: &Missing, can: impl Fn(&Offer) -> bool) -> Vec<Need> {
    // Of several ways the first that people who are there can go.
    let way = missing.ways.iter().find(|way| way.iter().all(|offer| offer.on_roster > 0)).or(missing.ways.first());
    let need = |offer: &Offer| {
        let you_can = can(offer);
        Need {
            roles: asked_roles(offer),
            of_another_team: offer.addition.team == TeamNeed::Other,
            with_bound_key: offer.addition.device_bound,
            you_can,
            others: (offer.on_roster as u64).saturating_sub(u64::from(you_can)),
        }
    };
    way.into_iter().flatten().map(need).collect()
}

/// The roles that are asked for; none where everybody who decides will do.
fn asked_roles(offer: &Offer) -> Vec<Role> {
    let roles = &offer.addition.roles;
    let decide = [person::Role::Moderator, person::Role::TrustLead, person::Role::Security];
    if decide.iter().all(|role| roles.contains(role)) { Vec::new() } else { roles.iter().copied().map(role).collect() }
}

/// Who is missing of an open action, as `by` reads it.
pub fn needs_of(cx: &Context, action: ActionId, missing: &Missing, by: fold::Signature) -> Vec<Need> {
    let now = Millis(cx.now().0);
    needs(missing, |offer| cx.ledger().read(|log| judge::can_be(log.fold(), action, by, &offer.addition, now)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_have_every_word_of_the_ledger() {
        for of in power::Power::ALL {
            assert_eq!(power(*of).word(), of.word());
        }
        for of in power::Tier::ALL {
            assert_eq!(tier(*of).word(), of.word());
        }
        for of in power::Label::ALL {
            assert_eq!(label(*of).word(), of.word());
        }
        for of in power::Verb::ALL {
            assert_eq!(verb(*of).word(), of.word());
        }
        for of in person::Role::ALL {
            assert_eq!(role(*of).word(), of.word());
        }
    }

    #[test]
    fn a_day_that_lost_a_moment_on_its_way_is_a_day() {
        assert_eq!(whole_minutes(86_399_960), Length::Hours(24));
        assert_eq!(whole_minutes(899_999), Length::Minutes(15));
    }
}

//! Who counts, how many more are asked for, and what the policy says to it.
//!
//! The same question is put at the proposal, at each approval, and when an action takes effect: whoever lost their powers in
//! between drops out.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::entry::Subject;
use crate::fold::{Case, Fold, Force, Member, Reach, Signature, State};
use crate::person::PersonId;
use crate::policy::Policy;
use crate::policy::missing::{Addition, Missing};
use crate::policy::question::{Delay, Mode, Question, Signer, Span};
use crate::power::{Power, Tier};
use crate::statement::{ActionId, Effect};
use crate::step::{change, clock, signing};
use crate::time::Millis;

/// What is judged: one use of a power, as it stands.
#[derive(Debug, Clone)]
pub(crate) struct Matter<'a> {
    pub(crate) power: Power,
    pub(crate) subject: &'a Subject,
    pub(crate) effect: &'a Effect,
    pub(crate) undo_needs: u8,
    pub(crate) signers: &'a [Signature],
}

impl<'a> Matter<'a> {
    pub(crate) fn of(case: &'a Case) -> Self {
        Self {
            power: case.power,
            subject: &case.subject,
            effect: &case.effect,
            undo_needs: case.undo_needs,
            signers: &case.signers,
        }
    }

    fn as_one(&self) -> Subject {
        self.subject.as_one_matter(self.effect)
    }
}

/// What a policy is to be asked, taken out of the fold: a first answer takes a search of up to some tenths of a second, in which
/// nobody else should have to wait for the fold.
#[derive(Debug, Clone)]
pub struct Asked {
    policy: Arc<Policy>,
    question: Question,
    roster: Vec<Signer>,
}

impl Asked {
    fn about(fold: &Fold, matter: &Matter<'_>, now: Millis) -> Option<Self> {
        let (policy, now) = (Arc::clone(&fold.house()?.policy), now.max(fold.time()));
        Some(Self { policy, question: question(fold, matter, now), roster: roster(fold, matter, now) })
    }

    /// What is missing, as pages tell it.
    pub fn missing(&self) -> Missing {
        self.policy.missing(&self.question, &self.roster)
    }

    /// The same about a target of another tier and an effect of another length, and as if nothing had happened before.
    #[must_use]
    pub fn afresh(&self, tier: Tier, span: Span, delay_ms: u64) -> Self {
        let question = Question { tier, span, delay: Delay::of(delay_ms), extra: 0, ..self.question.clone() };
        Self { question, ..self.clone() }
    }
}

/// What is asked until an open action is complete; none when there is no such open action.
pub fn ask(fold: &Fold, action: ActionId, now: Millis) -> Option<Asked> {
    Asked::about(fold, &Matter::of(fold.case(action)?), now)
}

/// What is asked once `signers` had signed, before anybody proposes.
pub fn ask_beside(
    fold: &Fold,
    power: Power,
    subject: &Subject,
    effect: &Effect,
    signers: &[Signature],
    now: Millis,
) -> Option<Asked> {
    Asked::about(fold, &Matter { power, subject, effect, undo_needs: 1, signers }, now)
}

/// Whether those who signed are enough now.
pub(crate) fn is_complete(fold: &Fold, matter: &Matter<'_>, now: Millis) -> bool {
    let question = question(fold, matter, now);
    // Undoing is never harder than doing (I6).
    let is_enough = question.signers.len() >= usize::from(matter.undo_needs);
    is_enough && fold.house().is_some_and(|house| house.policy.permits(&question))
}

/// Whether those who signed and everybody else on the roster could complete it.
pub(crate) fn may_begin(fold: &Fold, matter: &Matter<'_>, now: Millis) -> bool {
    let question = question(fold, matter, now);
    let roster = roster(fold, matter, now);
    fold.house().is_some_and(|house| house.policy.may_begin(&question, &roster))
}

/// What the policy is asked. Its signers are those who count.
pub(crate) fn question(fold: &Fold, matter: &Matter<'_>, now: Millis) -> Question {
    let counted: Vec<_> = counted(fold, matter, now).collect();
    let mode = fold.mode(now);
    let live: Vec<_> = fold.live(now).collect();
    let teams: BTreeSet<_> = live.iter().map(|member| &member.person.team).collect();
    let is_restore = matter.power == Power::Restore;
    Question {
        power: matter.power,
        tier: fold.target(matter.subject).map_or(Tier::Protected, |(_, tier)| tier),
        span: span(fold, matter, now),
        delay: Delay::of(matter.effect.delay_ms),
        urgent: clock::is_urgent(matter.effect),
        undo_needs: if is_restore { undo_needs(fold, matter, now) } else { 1 },
        mode,
        live: live.len() as u32,
        live_teams: teams.len() as u32,
        extra: if mode == Mode::Solo { 0 } else { extra(fold, matter, &counted, now) },
        signers: counted.into_iter().map(|(signature, member)| signer(fold, member, signature)).collect(),
    }
}

/// Those whose signatures count: in power for this, one a human, not about themselves, and nobody who denied it lately.
pub(crate) fn counted<'a>(
    fold: &'a Fold,
    matter: &'a Matter<'_>,
    now: Millis,
) -> impl Iterator<Item = (Signature, &'a Member)> + use<'a> {
    let mut humans = BTreeSet::new();
    let outside = outside(fold, matter, now);
    matter.signers.iter().filter_map(move |signature| {
        let member = fold.member(signature.person)?;
        let has_key = fold.key(&signature.key).is_some_and(crate::fold::HeldKey::is_live);
        let counts = has_key
            && in_power(member, matter.power, now)
            && !outside.contains(&member.person.id)
            && humans.insert(member.person.tag);
        counts.then_some((*signature, member))
    })
}

/// Whether somebody's signature for this power counts at `now`.
pub(crate) fn in_power(member: &Member, power: Power, now: Millis) -> bool {
    let is_leaving = signing::ends_early(power) && member.person.has_leaving_limits_at(now);
    member.decides() && member.person.is_employed_at(now) && !is_leaving
}

/// Who cannot agree to this, whatever their powers: whoever denied it lately, and whom it would give more.
///
/// With two live people nobody else could agree to a second key or a longer stay, so there the person in question counts.
pub(crate) fn outside(fold: &Fold, matter: &Matter<'_>, now: Millis) -> BTreeSet<PersonId> {
    let subject = matter.as_one();
    let mut outside: BTreeSet<_> = BTreeSet::new();
    if is_weighed(matter.power) {
        outside.extend(fold.deniers(&subject, now));
    }
    let gives = matches!(matter.power, Power::RosterWiden | Power::KeyEnrol);
    if gives && fold.live(now).count() > 2 {
        outside.extend(change::person_id(&subject));
    }
    outside
}

/// People asked for beyond what the policy says.
fn extra(fold: &Fold, matter: &Matter<'_>, counted: &[(Signature, &Member)], now: Millis) -> u8 {
    let people: Vec<_> = counted.iter().map(|(signature, _)| signature.person).collect();
    let is_fast = matter.power.is_over_accounts() && fold.speed().is_above(matter.power, &people, now);
    let mut reasons = u8::from(is_fast);
    if is_weighed(matter.power) {
        let was_denied = fold.deniers(&matter.as_one(), now).next().is_some();
        let has_new = counted.iter().any(|(_, member)| member.is_on_first_day_at(now));
        reasons += u8::from(was_denied) + u8::from(has_new) + u8::from(hides_again(fold, matter, now));
    }
    reasons
}

/// Restore and step-up are never locked out: a denial or a first day does not weigh on them.
const fn is_weighed(power: Power) -> bool {
    !matches!(power, Power::Restore | Power::StepUp)
}

fn hides_again(fold: &Fold, matter: &Matter<'_>, now: Millis) -> bool {
    let restored = matter.subject.account_id().and_then(|account| fold.account(account).restored);
    matter.power.hides() && restored.is_some_and(|restored| now.since(restored) < clock::AGAIN_MS)
}

/// How long the effect lasts, together with what hid the account lately: a chain of short actions is a long one.
fn span(fold: &Fold, matter: &Matter<'_>, now: Millis) -> Span {
    match matter.power {
        Power::StepUp | Power::BreakGlass => Span::Day,
        Power::TakeDown | Power::Limit => {
            let account = matter.subject.account_id().map(|account| fold.account(account));
            let before = account.map_or(Some(0), |account| account.hidden_ms(now));
            let own = matter.effect.until.map(|until| until.since(now));
            Span::of(own.zip(before).map(|(own, before)| own.saturating_add(before)))
        }
        _ => Span::Endless,
    }
}

fn undo_needs(fold: &Fold, matter: &Matter<'_>, now: Millis) -> u8 {
    matter.subject.account_id().map_or(1, |account| fold.undo_needs(account, now))
}

fn signer(fold: &Fold, member: &Member, signature: Signature) -> Signer {
    Signer {
        person: member.person.id,
        roles: member.person.roles.clone(),
        team: member.person.team.clone(),
        powers_ended: false,
        device_bound: fold.key(&signature.key).is_some_and(|held| !held.key.backup_eligible),
    }
}

/// Everybody who could still sign, with the best of their keys.
pub(crate) fn roster(fold: &Fold, matter: &Matter<'_>, now: Millis) -> Vec<Signer> {
    let outside = outside(fold, matter, now);
    let can = |member: &&Member| in_power(member, matter.power, now) && !outside.contains(&member.person.id);
    let best = |member: &Member| Signer {
        person: member.person.id,
        roles: member.person.roles.clone(),
        team: member.person.team.clone(),
        powers_ended: false,
        device_bound: fold.live_keys(member.person.id).any(|held| !held.key.backup_eligible),
    };
    fold.live(now).filter(can).map(best).collect()
}

/// The question a confirmation puts: whether these people could have hidden the account for so long together.
pub(crate) const fn confirmed_power(force: &Force) -> Power {
    match force.reach {
        Reach::Limited => Power::Limit,
        Reach::Clear | Reach::Unavailable => Power::TakeDown,
    }
}

/// Who signed an open action and does not count any more: their powers or their key ended since.
pub fn dropped(fold: &Fold, action: ActionId, now: Millis) -> Vec<PersonId> {
    let now = now.max(fold.time());
    let Some(case) = fold.case(action) else { return Vec::new() };
    let counted: BTreeSet<_> = counted(fold, &Matter::of(case), now).map(|(signature, _)| signature.person).collect();
    case.signers.iter().map(|signature| signature.person).filter(|person| !counted.contains(person)).collect()
}

/// Whether `by` can bring an open action nearer to its effect: as one of those who are still missing, or by carrying it out
/// once its moment has come.
pub fn helps(fold: &Fold, action: ActionId, by: Signature, now: Millis) -> bool {
    let now = now.max(fold.time());
    let (Some(case), Some(member)) = (fold.case(action), fold.member(by.person)) else { return false };
    match case.state {
        State::Scheduled { from, by_itself } => {
            let is_outside = outside(fold, &Matter::of(case), now).contains(&by.person);
            !by_itself && from <= now && !is_outside && in_power(member, case.power, now)
        }
        State::Proposed => {
            let ways = ask(fold, action, now).map(|asked| asked.missing().ways).unwrap_or_default();
            ways.iter().flatten().any(|offer| can_be(fold, action, by, &offer.addition, now))
        }
    }
}

/// Whether `by`, who has not signed an open action, is who `addition` asks for.
pub fn can_be(fold: &Fold, action: ActionId, by: Signature, addition: &Addition, now: Millis) -> bool {
    let now = now.max(fold.time());
    let (Some(case), Some(member)) = (fold.case(action), fold.member(by.person)) else { return false };
    let matter = Matter::of(case);
    let others: Vec<_> = counted(fold, &matter, now).map(|(signature, other)| signer(fold, other, signature)).collect();
    let is_new = case.signers.iter().all(|signature| signature.person != by.person);
    let is_outside = outside(fold, &matter, now).contains(&by.person);
    is_new && !is_outside && in_power(member, case.power, now) && addition.fits(&signer(fold, member, by), &others)
}

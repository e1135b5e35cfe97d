//! One action: whom it is about, what is claimed, what is missing, and the exact words that a passkey signs.

use std::fmt::Write;

use askama::Template;

use crate::html::SafeHtml;
use crate::page::Page;
use crate::part::action::{Act, Again, Claim, Line, Signing, State, Summary, TargetCard, in_fours};
use crate::part::desk::{Desk, Member, Room};
use crate::part::form::{Complaint, FormErrors};
use crate::part::power::{Length, Power};
use crate::part::staff::{Tier, Verb};
use crate::view::View;
use crate::{Locale, samples};

/// An action, or the preview of one that nobody has signed.
#[derive(Debug, Template)]
#[template(path = "views/staff/action.html")]
pub struct StaffAction {
    /// What surrounds it.
    pub page: Page,
    /// The staff area.
    pub desk: Desk,
    /// What it is.
    pub act: Act,
    /// How far it is.
    pub state: State,
    /// Who proposed it and when, in Unix milliseconds; nothing in a preview.
    pub proposed: Option<(Member, i64)>,
    /// Whom or what it is about.
    pub target: TargetCard,
    /// What is claimed. Nothing for matters of the house.
    pub claim: Option<Claim>,
    /// Why a matter of the house is proposed, in the proposer's words. May be empty.
    pub why: String,
    /// What is done and what is missing, in order.
    pub lines: Vec<Line>,
    /// Who would notice.
    pub readers: Option<Readers>,
    /// The rule that was applied.
    pub rule: Rule,
    /// How long it waits before it takes effect, once everybody has signed; nothing where it does not.
    pub waits: Option<Length>,
    /// The statement in short.
    pub summary: Summary,
    /// What the reader can sign, the likeliest first. Empty where there is nothing to do.
    pub moves: Vec<Signing>,
    /// Why the reader can sign nothing, in their language. May be empty.
    pub why_not: String,
    /// The entry of the ledger, once there is one for it.
    pub entry: Option<u64>,
    /// The text of the policy that it proposes. May be empty.
    pub document: String,
    /// The way back to the form, for a preview.
    pub again: Option<Again>,
    /// What was wrong.
    pub errors: FormErrors,
}

/// Who would notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Readers {
    /// Followers.
    pub followers: u64,
    /// Readers in the last hour, where that is counted.
    pub last_hour: Option<u64>,
    /// Readers in each of the last hours, oldest first. Drawn from three on.
    pub hours: Vec<u64>,
}

/// The rule that was applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The hash of the policy, in hex.
    pub policy: String,
    /// Since when it is in force, in Unix milliseconds.
    pub since_ms: i64,
    /// The tier that it was asked with.
    pub tier: Tier,
    /// Where the rule stands: `/staff/policy#rule-take_down`.
    pub url: String,
}

impl Rule {
    /// The beginning of the hash, as code.
    fn chip(&self) -> SafeHtml {
        let start = self.policy.get(..8).unwrap_or(&self.policy);
        SafeHtml::trusted(format!("<code class=\"hash\">{}</code>", SafeHtml::text(&in_fours(start))))
    }
}

impl Readers {
    /// A curve through the hours, without axes: it shows the shape, the words tell the numbers.
    fn curve(&self) -> SafeHtml {
        const WIDTH: f64 = 312.0;
        const HEIGHT: f64 = 80.0;
        let most = self.hours.iter().copied().max().unwrap_or(0).max(1) as f64;
        if self.hours.len() < 3 {
            return SafeHtml::default();
        }
        let step = WIDTH / (self.hours.len() - 1) as f64;
        let points = self.hours.iter().enumerate();
        let mut line = String::new();
        for (index, readers) in points {
            let (x, y) = (index as f64 * step, HEIGHT - 2.0 - (HEIGHT - 6.0) * *readers as f64 / most);
            write!(line, "{}{x:.1} {y:.1}", if index == 0 { "M" } else { "L" }).expect("a string takes everything");
        }
        SafeHtml::trusted(format!(
            "<svg class=\"curve\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" preserveAspectRatio=\"none\" aria-hidden=\"true\">\
             <path class=\"curve-ground\" d=\"{line}L{WIDTH} {HEIGHT}L0 {HEIGHT}z\"/><path class=\"curve-line\" \
             d=\"{line}\"/></svg>"
        ))
    }
}

impl StaffAction {
    const ROOM: Room = Room::Queue;

    fn main_move(&self) -> Option<&Signing> {
        self.moves.first()
    }

    fn other_moves(&self) -> &[Signing] {
        self.moves.get(1..).unwrap_or_default()
    }

    /// What the reader should know before they sign, a sentence each.
    fn before(&self) -> Vec<String> {
        let page = &self.page;
        let mut words = Vec::new();
        if self.target.account().is_some() {
            words.push(page.t("before-owner").to_owned());
            let undo = if self.summary.undo_needs > 1 { page.t("before-undo-two") } else { page.t("before-undo-one") };
            words.push(undo.to_owned());
        }
        words.extend(self.waits.map(|length| page.t1("before-waits", "length", length.plain(page))));
        match self.act.length {
            Length::Once => {}
            Length::Endless => words.push(page.t("before-endless").to_owned()),
            length => words.push(page.t1("before-ends", "length", length.plain(page))),
        }
        words.push(page.t("before-record").to_owned());
        words
    }

    /// Whether people can still be missing.
    fn waits_for_people(&self) -> bool {
        matches!(self.state, State::Preview | State::Proposed { .. })
    }

    fn is_preview(&self) -> bool {
        self.state == State::Preview
    }

    /// Whether the advice to use step-up instead makes sense here.
    fn advises(&self) -> bool {
        self.state.is_open() && self.act.power.is_grave() && self.act.power != Power::StepUp
    }
}

impl View for StaffAction {
    const NAME: &'static str = "staff_action";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.act.title(&self.page)
    }

    fn sample(locale: Locale) -> Self {
        Self {
            page: samples::page(locale, &samples::act().url()),
            desk: samples::desk(),
            act: samples::act(),
            state: State::Proposed { until_ms: samples::NOW_MS + 115 * 60_000 },
            proposed: Some((samples::members().remove(1), samples::NOW_MS - 5 * 60_000)),
            target: TargetCard::Account(samples::coastguard_card()),
            claim: Some(samples::claim(locale)),
            why: String::new(),
            lines: samples::lines(),
            readers: Some(samples::readers()),
            rule: samples::rule(),
            waits: None,
            summary: samples::summary(),
            moves: vec![samples::signing(Verb::Approve), samples::signing(Verb::Deny)],
            why_not: String::new(),
            entry: None,
            document: String::new(),
            again: None,
            errors: FormErrors::default(),
        }
    }

    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let now = samples::NOW_MS;
        let ended = |state| Self { state, moves: Vec::new(), entry: Some(48_213), ..Self::sample(locale) };
        let preview = Self {
            state: State::Preview,
            proposed: None,
            lines: samples::lines().split_off(1),
            moves: vec![samples::signing(Verb::Propose)],
            again: Some(samples::again()),
            ..Self::sample(locale)
        };
        let mine = Self {
            moves: vec![samples::signing(Verb::Cancel)],
            why_not: samples::why_not(locale),
            ..Self::sample(locale)
        };
        let in_force = Self {
            state: State::InForce { since_ms: now - 540_000, until_ms: Some(now + 85_860_000) },
            lines: samples::signed_lines(),
            moves: vec![samples::signing(Verb::Undo)],
            entry: Some(48_213),
            ..Self::sample(locale)
        };
        let failed = Self { errors: FormErrors::one("", Complaint::PasskeyFailed), ..Self::sample(locale) };
        let scheduled = Self {
            waits: Some(Length::Hours(24)),
            moves: vec![samples::signing(Verb::Fire), samples::signing(Verb::Cancel)],
            lines: samples::signed_lines(),
            ..ended(State::Scheduled { at_ms: now + 80_000_000 })
        };
        vec![
            ("", Self::sample(locale)),
            ("preview", preview),
            ("mine", mine),
            ("failed", failed),
            ("in-force", in_force),
            ("scheduled", scheduled),
            ("undone", ended(State::Undone { at_ms: now - 60_000 })),
            ("lapsed", ended(State::Lapsed { at_ms: now - 60_000 })),
            ("denied", ended(State::Denied { at_ms: now - 60_000 })),
            ("cancelled", ended(State::Cancelled { at_ms: now - 60_000 })),
            ("expired", ended(State::Expired { at_ms: now - 60_000 })),
            ("stale", ended(State::Stale { at_ms: now - 60_000 })),
            ("roster", of_the_roster(locale)),
        ]
    }
}

/// An action about a person of staff.
fn of_the_roster(locale: Locale) -> StaffAction {
    StaffAction {
        act: Act { who: "M. K.".to_owned(), ..samples::roster_act() },
        state: State::Done { at_ms: samples::NOW_MS - 60_000 },
        target: samples::roster_target(locale),
        claim: None,
        why: samples::why_of_the_house(locale),
        readers: None,
        lines: samples::signed_lines(),
        moves: Vec::new(),
        entry: Some(48_214),
        ..StaffAction::sample(locale)
    }
}

//! What an owner reads when staff hid or limited the account: the statement of reasons, behind a sign-in that can do no
//! more than read it and answer.
//!
//! The fields are those of article 17 of the EU's Digital Services Act.

use askama::Template;

use crate::html::SafeHtml;
use crate::locale::key;
use crate::page::Page;
use crate::part::account::AccountChip;
use crate::part::action::Claim;
use crate::part::power::Power;
use crate::view::View;
use crate::{Locale, samples};

/// The statement of reasons.
#[derive(Debug, Template)]
#[template(path = "views/decision.html")]
pub struct Decision {
    /// What surrounds it. The owner is signed in, as far as that goes.
    pub page: Page,
    /// Whose account it is.
    pub account: AccountChip,
    /// What was decided and why.
    pub reasons: Reasons,
}

/// What was decided and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reasons {
    /// What was done.
    pub power: Power,
    /// When it took effect, in Unix milliseconds.
    pub at_ms: i64,
    /// From when it takes effect, in Unix milliseconds, where it had not yet when it was last heard of.
    pub from_ms: Option<i64>,
    /// When it ends by itself, in Unix milliseconds.
    pub until_ms: Option<i64>,
    /// When it was taken back, in Unix milliseconds.
    pub undone_ms: Option<i64>,
    /// What was claimed, as staff signed it; nothing once its words were erased.
    pub claim: Option<Claim>,
    /// Whether the proposer said more than the words of the claim: against what it is, how the house came to know, and
    /// whether a machine found it.
    pub has_details: bool,
    /// How many people decided.
    pub people: u64,
    /// Of how many teams.
    pub teams: u64,
    /// The entry of the ledger.
    pub entry: u64,
    /// Where an objection is sent. May be empty.
    pub objection_email: String,
}

/// Where a decision stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    /// It holds, or held until its end.
    Holds,
    /// It takes effect later, unless it is cancelled.
    Waits,
    /// It was cancelled before it took effect.
    Cancelled,
    /// It was taken back.
    Undone,
}

/// The message that tells the owner, `$handle`, what was done, or that it was taken back.
pub fn decision_key(power: Power, course: Course) -> &'static str {
    match power {
        _ if course == Course::Undone => key("decision-undone"),
        _ if course == Course::Waits => key("decision-waits"),
        _ if course == Course::Cancelled => key("decision-cancelled"),
        Power::TakeDown | Power::BreakGlass => key("decision-take-down"),
        Power::Limit => key("decision-limit"),
        Power::StepUp => key("decision-step-up"),
        Power::Restore => key("decision-restore"),
        Power::Rename => key("decision-rename"),
        _ => key("decision-other"),
    }
}

impl Reasons {
    /// Where it stands.
    pub fn course(&self) -> Course {
        match (self.from_ms, self.undone_ms) {
            (None, None) => Course::Holds,
            (Some(_), None) => Course::Waits,
            (Some(_), Some(_)) => Course::Cancelled,
            (None, Some(_)) => Course::Undone,
        }
    }

    /// One sentence: "We hid your account @coastguard".
    fn notice(&self, page: &Page, account: &AccountChip) -> String {
        page.t1(decision_key(self.power, self.course()), "handle", &account.handle)
    }

    /// The ground with what it is against: "hijacked account (against our rules, section 4.2)".
    fn ground(&self, page: &Page, claim: &Claim) -> String {
        let against = self.has_details.then(|| page.t(claim.against.key()));
        let rest: Vec<_> =
            against.into_iter().chain(Some(claim.reference.as_str())).filter(|it| !it.is_empty()).collect();
        let ground = page.t(claim.ground.key());
        if rest.is_empty() { ground.to_owned() } else { format!("{ground} ({})", rest.join(", ")) }
    }

    fn decided_by(&self, page: &Page) -> String {
        page.people_of_teams(self.people, self.teams)
    }

    fn ends(&self, page: &Page) -> SafeHtml {
        match self.until_ms {
            Some(until) => page.date_time(until),
            None => SafeHtml::text(page.t("decision-endless")),
        }
    }
}

impl View for Decision {
    const NAME: &'static str = "decision";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.reasons.notice(&self.page, &self.account)
    }

    fn sample(locale: Locale) -> Self {
        Self {
            page: samples::page(locale, "/settings/standing"),
            account: samples::coastguard().account,
            reasons: samples::reasons(locale),
        }
    }

    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let with = |power, until_ms, undone_ms| Self {
            reasons: Reasons { power, until_ms, undone_ms, ..samples::reasons(locale) },
            ..Self::sample(locale)
        };
        let erased = Self { reasons: Reasons { claim: None, ..samples::reasons(locale) }, ..Self::sample(locale) };
        let short =
            Self { reasons: Reasons { has_details: false, ..samples::reasons(locale) }, ..Self::sample(locale) };
        let from_ms = Some(samples::NOW_MS + 23 * 3_600_000);
        let waits = |undone_ms| Self {
            reasons: Reasons { from_ms, undone_ms, ..samples::reasons(locale) },
            ..Self::sample(locale)
        };
        let minutes = samples::NOW_MS + 25 * 60_000;
        vec![
            ("", Self::sample(locale)),
            ("erased", erased),
            ("short", short),
            ("limit", with(Power::Limit, None, None)),
            ("step-up", with(Power::StepUp, Some(minutes), None)),
            ("undone", with(Power::TakeDown, None, Some(samples::NOW_MS - 60_000))),
            ("waits", waits(None)),
            ("cancelled", waits(Some(samples::NOW_MS - 60_000))),
        ]
    }
}

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
    /// When it ends by itself, in Unix milliseconds.
    pub until_ms: Option<i64>,
    /// When it was taken back, in Unix milliseconds.
    pub undone_ms: Option<i64>,
    /// What was claimed, as staff signed it.
    pub claim: Claim,
    /// How many people decided.
    pub people: u64,
    /// Of how many teams.
    pub teams: u64,
    /// The entry of the ledger.
    pub entry: u64,
    /// Where an objection is sent. May be empty.
    pub objection_email: String,
}

impl Reasons {
    fn what_key(&self) -> &'static str {
        match (self.undone_ms, self.power) {
            (Some(_), _) => key("decision-undone"),
            (None, Power::TakeDown | Power::BreakGlass) => key("decision-take-down"),
            (None, Power::Limit) => key("decision-limit"),
            (None, Power::StepUp) => key("decision-step-up"),
            (None, Power::Restore) => key("decision-restore"),
            (None, _) => key("decision-other"),
        }
    }

    /// One sentence, for a notification or an alert: "We hid your account @coastguard until 12 May at 18:52."
    pub fn notice(&self, page: &Page, account: &AccountChip) -> String {
        page.t1(self.what_key(), "handle", &account.handle)
    }

    /// The subject of the letter to the owner.
    pub fn letter_subject(&self, page: &Page, account: &AccountChip) -> String {
        page.t2("letter-subject", "handle", &account.handle, "site", &page.site.name)
    }

    /// The letter to the owner: plain text, lines of any length.
    pub fn letter(&self, page: &Page, account: &AccountChip) -> String {
        let when = |ms| page.locale.date_time(&page.time_zone, page.now_ms, ms);
        let mut lines = vec![self.notice(page, account), String::new()];
        lines.push(format!("{} {}", page.t("decision-since"), when(self.at_ms)));
        if let Some(until) = self.until_ms {
            lines.push(format!("{} {}", page.t("decision-until"), when(until)));
        }
        lines.push(format!("{} {}", page.t("claim-ground"), self.ground(page)));
        lines.push(format!("{} {}", page.t("claim-facts-short"), self.claim.facts));
        lines.push(format!("{} {}", page.t("decision-by"), self.decided_by(page)));
        lines.extend([String::new(), page.t("decision-kept").to_owned(), page.t("decision-object-what").to_owned()]);
        lines.push(format!("{}/decision", page.site.origin));
        lines.push(format!("{}/ledger/entry/{}", page.site.origin, self.entry));
        lines.join("\n")
    }

    /// The ground with what it is against: "hijacked account (our rules, section 4.2)".
    pub fn ground(&self, page: &Page) -> String {
        let (ground, against) = (page.t(self.claim.ground.key()), page.t(self.claim.against.key()));
        if self.claim.reference.is_empty() {
            format!("{ground} ({against})")
        } else {
            format!("{ground} ({against}, {})", self.claim.reference)
        }
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
            page: samples::page(locale, "/decision"),
            account: samples::coastguard().account,
            reasons: samples::reasons(locale),
        }
    }

    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let with = |power, until_ms, undone_ms| Self {
            reasons: Reasons { power, until_ms, undone_ms, ..samples::reasons(locale) },
            ..Self::sample(locale)
        };
        let minutes = samples::NOW_MS + 25 * 60_000;
        vec![
            ("", Self::sample(locale)),
            ("limit", with(Power::Limit, None, None)),
            ("step-up", with(Power::StepUp, Some(minutes), None)),
            ("undone", with(Power::TakeDown, None, Some(samples::NOW_MS - 60_000))),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letter_says_what_was_decided_why_by_how_many_and_how_to_object() {
        for locale in Locale::ALL {
            let view = Decision::sample(locale);
            let letter = view.reasons.letter(&view.page, &view.account);
            for part in [
                view.reasons.notice(&view.page, &view.account),
                view.reasons.claim.facts.clone(),
                view.page.people_of_teams(3, 2),
                "https://bay.example/ledger/entry/48213".to_owned(),
                view.page.t("decision-object-what").to_owned(),
            ] {
                assert!(letter.contains(&part), "{part:?} is missing in {letter}");
            }
        }
    }
}

//! Prints what staff sign, and whom they sign about.

use askama::Template;

use crate::page::Page;
use crate::part::action::{AccountCard, Act, Signing, Summary, uncapitalised};
use crate::part::staff::Verb;

/// Prints a [`Signing`] as a form.
#[derive(Debug, Template)]
#[template(path = "part/signing.html")]
pub struct SigningPart<'a> {
    /// What surrounds it.
    pub page: &'a Page,
    /// The action.
    pub act: &'a Act,
    /// The statement in short.
    pub summary: &'a Summary,
    /// The step.
    pub signing: &'a Signing,
    /// Whether it is the step that is most likely wanted: its exact words are open, and its button stands beside those
    /// of the other steps.
    pub is_main: bool,
}

impl askama::filters::HtmlSafe for SigningPart<'_> {}

impl SigningPart<'_> {
    fn parts(&self) -> Vec<String> {
        self.summary.parts(self.page, self.act, self.signing.verb)
    }

    /// "Approve: take down @coastguard for 24 hours".
    pub fn button(&self) -> String {
        let verb = self.page.t(self.signing.verb.button_key());
        let act = uncapitalised(&self.act.title(self.page));
        match self.signing.verb {
            Verb::Propose => self.page.t1("sign-propose-act", "act", act),
            Verb::Approve => self.page.t1("sign-approve-act", "act", act),
            Verb::Deny | Verb::Cancel | Verb::Confirm | Verb::Fire | Verb::Undo => verb.to_owned(),
        }
    }

    /// Alarm for what takes something from somebody, quiet for what stops or undoes.
    pub fn button_class(&self) -> &'static str {
        let acts = matches!(self.signing.verb, Verb::Propose | Verb::Approve | Verb::Confirm | Verb::Fire);
        match (acts, self.act.power.is_grave()) {
            (true, true) => "button-alarm",
            (true, false) => "button-main",
            (false, _) => "",
        }
    }
}

/// Prints an [`AccountCard`].
#[derive(Debug, Template)]
#[template(path = "part/account_card.html")]
pub struct AccountCardPart<'a> {
    /// What surrounds it.
    pub page: &'a Page,
    /// The account.
    pub card: &'a AccountCard,
    /// Whether to say that step-up would hide nothing.
    pub advise: bool,
}

impl askama::filters::HtmlSafe for AccountCardPart<'_> {}

impl Page {
    /// The form that signs the step which is most likely wanted, with its exact words open.
    pub fn signing<'a>(&'a self, act: &'a Act, summary: &'a Summary, signing: &'a Signing) -> SigningPart<'a> {
        SigningPart { page: self, act, summary, signing, is_main: true }
    }

    /// The form that signs another step.
    pub fn other_signing<'a>(&'a self, act: &'a Act, summary: &'a Summary, signing: &'a Signing) -> SigningPart<'a> {
        SigningPart { page: self, act, summary, signing, is_main: false }
    }

    /// An account, with the advice to ask for step-up instead of hiding it.
    pub fn account_card<'a>(&'a self, card: &'a AccountCard) -> AccountCardPart<'a> {
        AccountCardPart { page: self, card, advise: true }
    }

    /// An account in a list of what was found.
    pub fn account_found<'a>(&'a self, card: &'a AccountCard) -> AccountCardPart<'a> {
        AccountCardPart { page: self, card, advise: false }
    }
}

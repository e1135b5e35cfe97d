//! What is shown when something did not work: what happened, whether anything was lost, what to do.

use askama::Template;

use crate::locale::key;
use crate::page::Page;
use crate::view::View;
use crate::{Locale, samples};

/// A page about something that did not work.
#[derive(Debug, Template)]
#[template(path = "views/failure.html")]
pub struct Failure {
    /// What surrounds it.
    pub page: Page,
    /// What did not work.
    pub kind: FailureKind,
    /// What the person had written, so that it is not lost. Empty when there was nothing.
    pub kept_text: String,
    /// What to quote when asking for help. Empty when there is nothing.
    pub reference: String,
}

/// What did not work, by the status that it is sent with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FailureKind {
    /// 400: the request could not be read.
    Unreadable,
    /// 403: the form was too old, or came from another site.
    FormTooOld,
    /// 403: this account may not do that.
    NotAllowed,
    /// 405: this address cannot be used like that.
    WrongMethod,
    /// 413: too much was sent.
    TooLarge,
    /// 422: something in the form cannot be.
    Refused {
        /// What, in the reader's language.
        sentence: String,
    },
    /// 429: too often.
    TooOften {
        /// Seconds until it works again.
        seconds: u64,
    },
    /// 500: our mistake.
    Ours,
    /// 503: for a moment, we cannot answer truthfully.
    Busy,
    /// An app asked to be let in, in a way that cannot be answered.
    App {
        /// What was wrong with its request, in the reader's language.
        sentence: String,
    },
}

impl FailureKind {
    /// The status of the answer.
    pub fn status(&self) -> u16 {
        match self {
            Self::Unreadable | Self::App { .. } => 400,
            Self::FormTooOld | Self::NotAllowed => 403,
            Self::WrongMethod => 405,
            Self::TooLarge => 413,
            Self::Refused { .. } => 422,
            Self::TooOften { .. } => 429,
            Self::Ours => 500,
            Self::Busy => 503,
        }
    }

    fn title(&self) -> &'static str {
        match self {
            Self::Unreadable => key("failure-unreadable-title"),
            Self::FormTooOld => key("failure-form-title"),
            Self::NotAllowed => key("failure-not-allowed-title"),
            Self::WrongMethod => key("failure-method-title"),
            Self::TooLarge => key("failure-too-large-title"),
            Self::Refused { .. } => key("failure-refused-title"),
            Self::TooOften { .. } => key("failure-too-often-title"),
            Self::Ours => key("failure-ours-title"),
            Self::Busy => key("failure-busy-title"),
            Self::App { .. } => key("failure-app-title"),
        }
    }

    fn what(&self, page: &Page) -> String {
        match self {
            Self::Unreadable => page.t("failure-unreadable-what").to_owned(),
            Self::FormTooOld => page.t("failure-form-what").to_owned(),
            Self::NotAllowed => page.t("failure-not-allowed-what").to_owned(),
            Self::WrongMethod => page.t("failure-method-what").to_owned(),
            Self::TooLarge => page.t("failure-too-large-what").to_owned(),
            Self::Refused { sentence } | Self::App { sentence } => sentence.clone(),
            Self::TooOften { seconds } => page.count_exact("failure-too-often-what", *seconds),
            Self::Ours => page.t("failure-ours-what").to_owned(),
            Self::Busy => page.t("failure-busy-what").to_owned(),
        }
    }

    fn next(&self) -> &'static str {
        match self {
            Self::Unreadable | Self::Refused { .. } | Self::WrongMethod => key("failure-next-back"),
            Self::FormTooOld => key("failure-form-next"),
            Self::NotAllowed => key("failure-not-allowed-next"),
            Self::TooLarge => key("failure-too-large-next"),
            Self::TooOften { .. } => key("failure-too-often-next"),
            Self::Ours => key("failure-ours-next"),
            Self::Busy => key("failure-busy-next"),
            Self::App { .. } => key("failure-app-next"),
        }
    }
}

impl View for Failure {
    const NAME: &'static str = "failure";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.page.t(self.kind.title()).to_owned()
    }

    fn sample(locale: Locale) -> Self {
        Self {
            page: samples::page(locale, "/home"),
            kind: FailureKind::FormTooOld,
            kept_text: "The first chicks are on the ledges.".to_owned(),
            reference: String::new(),
        }
    }

    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let with = |kind| Self {
            page: samples::page(locale, "/home").signed_out(),
            kind,
            kept_text: String::new(),
            reference: String::new(),
        };
        let ours = Self { reference: "6f2a-90c1".to_owned(), ..with(FailureKind::Ours) };
        let refused = FailureKind::Refused { sentence: samples::ground(locale) };
        vec![
            ("form", Self::sample(locale)),
            ("unreadable", with(FailureKind::Unreadable)),
            ("not-allowed", with(FailureKind::NotAllowed)),
            ("method", with(FailureKind::WrongMethod)),
            ("too-large", with(FailureKind::TooLarge)),
            ("refused", with(refused)),
            ("too-often", with(FailureKind::TooOften { seconds: 240 })),
            ("ours", ours),
            ("busy", with(FailureKind::Busy)),
            ("app", with(FailureKind::App { sentence: samples::ground(locale) })),
        ]
    }
}

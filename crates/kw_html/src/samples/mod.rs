//! An invented coast: the accounts, posts and pages that samples are made of.
//!
//! Samples show every page in every form for the tests and for the gallery; the texts are fixed, in English, as if
//! people had written them.

mod accounts;
mod gallery;
mod ledger;
mod posts;
mod staff;

pub use accounts::{account_rows, ada, blocked, chip, coastguard, protection, tove};
pub use gallery::{Rendered, all};
pub use ledger::{entries, fingerprint, ledger_head, matrix, reasons, record_facts, staff_entries};
pub use posts::{
    bookmarked, coastguard_posts, composer, edited, home, languages, notifications, own, pinned, post, read_only,
    reply_composer, tagged, thread, timeline, versions,
};
pub use staff::{
    CHALLENGE, HASH, RP, STAFF_LINK, VKEY, act, again, attempts, claim, coastguard_card, desk, founders, history,
    lines, members, offers, people, queue, readers, refusal, roster_act, roster_target, rule, signed_lines, signing,
    summary, tove_card, why_not, why_of_the_house,
};

use std::fmt::Write;

use crate::html::SafeHtml;
use crate::locale::Locale;
use crate::page::{Page, Registration, Site, TagLine, Theme, Viewer};
use crate::part::pager::Pager;

/// The moment at which all samples are read, in Unix milliseconds: 23 November 2026, 09:30 UTC.
pub const NOW_MS: i64 = 1_795_426_200_000;

/// The surroundings of a page at `path`, with somebody signed in.
pub fn page(locale: Locale, path: &str) -> Page {
    Page {
        locale,
        time_zone: "Europe/Oslo".to_owned(),
        now_ms: NOW_MS,
        theme: Theme::Device,
        site: site(),
        viewer: Some(Viewer { account: chip("1", "ada", "Ada Nygård"), unread: 3, follow_requests: 2 }),
        csrf: "sample-token".to_owned(),
        path: path.to_owned(),
        flash: None,
    }
}

impl Page {
    /// The surroundings of an everyday page, with somebody signed in.
    pub fn sample(locale: Locale) -> Self {
        page(locale, "/")
    }

    /// The same for a reader who is not signed in.
    #[must_use]
    pub fn signed_out(mut self) -> Self {
        self.viewer = None;
        self
    }
}

fn site() -> Site {
    Site {
        name: "Kittiwake".to_owned(),
        description: "Bay is a home for the people of the coast.".to_owned(),
        domain: "bay.example".to_owned(),
        origin: "https://bay.example".to_owned(),
        members: Some(12_480),
        popular: [("gale", 214), ("ekkerøy", 96), ("ferries", 71)]
            .map(|(name, posts)| TagLine { name: name.to_owned(), posts })
            .to_vec(),
        registration: Registration::Open,
    }
}

/// A pager with both directions.
pub fn pager(path: &str) -> Pager {
    Pager { newer: Some(format!("{path}?min_id=20")), older: Some(format!("{path}?max_id=10")) }
}

/// The rules of the site.
pub fn rules(locale: Locale) -> Vec<String> {
    match locale {
        Locale::En => ["Speak as you would on the quay.", "Post warnings only when you know."],
        Locale::Fr => ["Parlez comme sur le quai.", "Ne publiez d’alertes que si vous savez."],
    }
    .map(str::to_owned)
    .to_vec()
}

/// Words that come from elsewhere, in the reader's language: a ground, a refusal.
pub fn ground(locale: Locale) -> String {
    match locale {
        Locale::En => "hijacked account",
        Locale::Fr => "compte détourné",
    }
    .to_owned()
}

/// A picture that stands for a code to scan.
pub fn qr_svg() -> SafeHtml {
    let mut path = String::new();
    for cell in (0..21_u32 * 21).filter(|cell| (cell * cell + cell / 3) % 5 < 2) {
        write!(path, "M{} {}h1v1h-1z", cell % 21, cell / 21).expect("a string takes everything");
    }
    SafeHtml::trusted(format!("<svg viewBox=\"-2 -2 25 25\" width=\"200\" height=\"200\"><path d=\"{path}\"/></svg>"))
}

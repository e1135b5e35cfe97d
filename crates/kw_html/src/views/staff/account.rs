//! An account as staff see it, and the form that proposes something about it.

use askama::Template;

use crate::page::Page;
use crate::part::action::{AccountCard, Act, Need, State};
use crate::part::desk::{Desk, Member, Room};
use crate::part::form::{Complaint, FormErrors};
use crate::part::power::{Length, Power};
use crate::part::staff::{Against, Ground, Label, Source};
use crate::view::View;
use crate::{Locale, samples};

/// An account, its history, and what the reader can propose.
#[derive(Debug, Template)]
#[template(path = "views/staff/account.html")]
pub struct StaffAccount {
    /// What surrounds it.
    pub page: Page,
    /// The staff area.
    pub desk: Desk,
    /// Who it is.
    pub card: AccountCard,
    /// The action that hides or limits it now, where one does.
    pub standing: Option<PastAct>,
    /// What staff did about it, newest first.
    pub history: Vec<PastAct>,
    /// What somebody wanted who had no powers for it any more, newest first.
    pub attempts: Vec<PastAttempt>,
    /// Every power that could be about it, in the order to read; the mildest first.
    pub offers: Vec<Offer>,
    /// What was typed so far.
    pub draft: Draft,
    /// What was wrong.
    pub errors: FormErrors,
}

/// Something that staff did, or began to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastAct {
    /// What.
    pub act: Act,
    /// How far it came.
    pub state: State,
    /// When it began, in Unix milliseconds.
    pub at_ms: i64,
    /// Who proposed it.
    pub by: Member,
}

/// A proposal that was refused, and is on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastAttempt {
    /// What was wanted, to whom.
    pub act: Act,
    /// Who wanted it.
    pub by: Member,
    /// When, in Unix milliseconds.
    pub at_ms: i64,
    /// Why it was refused: the code that the ledger kept.
    pub code: String,
    /// The entry of the ledger.
    pub entry: u64,
}

/// A power that could be used, and what that takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The power.
    pub power: Power,
    /// Who would be needed, or why it would be refused.
    pub who: Who,
}

/// Who would be needed for a power.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// The reader alone.
    You,
    /// The reader and these.
    Also(Vec<Need>),
    /// The reader cannot propose it: a sentence in their language.
    Refused(String),
}

/// What was typed into the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The power that is chosen.
    pub power: Option<Power>,
    /// For how long.
    pub length: Length,
    /// Which label.
    pub label: Option<Label>,
    /// Which handle, without `@`.
    pub handle: String,
    /// What it rests on.
    pub ground: Option<Ground>,
    /// Against the rules or the law.
    pub against: Against,
    /// Which section or paragraph.
    pub reference: String,
    /// Why it is against it.
    pub explanation: String,
    /// What happened.
    pub facts: String,
    /// How the house came to know.
    pub source: Source,
    /// Whether a machine found it.
    pub found_by_machine: bool,
    /// Whether it is urgent.
    pub urgent: bool,
    /// How many people undoing takes: 1 or 2.
    pub undo_needs: u64,
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            power: None,
            length: Length::Hours(24),
            label: None,
            handle: String::new(),
            ground: None,
            against: Against::Terms,
            reference: String::new(),
            explanation: String::new(),
            facts: String::new(),
            source: Source::Notice,
            found_by_machine: false,
            urgent: false,
            undo_needs: 1,
        }
    }
}

impl Draft {
    /// What was typed, by the names of the form's fields.
    pub fn fields(&self) -> Vec<(String, String)> {
        let ticked = |is_on: bool| if is_on { "1" } else { "" };
        [
            ("power", self.power.map(Power::word).unwrap_or_default()),
            ("length", &self.length.word()),
            ("label", self.label.map(Label::word).unwrap_or_default()),
            ("handle", &self.handle),
            ("ground", self.ground.map(Ground::word).unwrap_or_default()),
            ("against", self.against.word()),
            ("reference", &self.reference),
            ("explanation", &self.explanation),
            ("facts", &self.facts),
            ("source", self.source.word()),
            ("found_by_machine", ticked(self.found_by_machine)),
            ("urgent", ticked(self.urgent)),
            ("undo_needs", if self.undo_needs == 2 { "2" } else { "" }),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into()
    }
}

impl Offer {
    fn may(&self) -> bool {
        !matches!(self.who, Who::Refused(_))
    }

    /// Who would be needed, in one line.
    fn needs(&self, page: &Page) -> String {
        match &self.who {
            Who::You => page.t("offer-alone").to_owned(),
            Who::Refused(sentence) => sentence.clone(),
            Who::Also(needs) => {
                let needs: Vec<_> = needs.iter().map(|need| need.phrase(page)).collect();
                page.t1("offer-also", "needs", needs.join(page.t("need-join")))
            }
        }
    }
}

impl StaffAccount {
    /// What the reader can propose.
    fn possible(&self) -> impl Iterator<Item = &Offer> {
        self.offers.iter().filter(|offer| offer.may())
    }

    /// What they cannot, by why: a reason that several powers share is said once.
    fn impossible(&self) -> Vec<(String, &str)> {
        let mut reasons: Vec<(Vec<&str>, &str)> = Vec::new();
        for offer in &self.offers {
            let Who::Refused(why) = &offer.who else { continue };
            let name = self.page.t(offer.power.key());
            match reasons.iter_mut().find(|(_, known)| known == why) {
                Some((names, _)) => names.push(name),
                None => reasons.push((vec![name], why)),
            }
        }
        reasons.into_iter().map(|(names, why)| (names.join(" · "), why)).collect()
    }

    /// The lengths to choose from.
    const LENGTHS: [Length; 5] =
        [Length::Hours(1), Length::Hours(24), Length::Days(7), Length::Days(30), Length::Endless];

    const ROOM: Room = Room::Accounts;

    fn is_power(&self, word: &str) -> bool {
        self.draft.power.is_some_and(|power| power.word() == word)
    }

    fn is_ground(&self, word: &str) -> bool {
        self.draft.ground.is_some_and(|ground| ground.word() == word)
    }

    fn is_label(&self, word: &str) -> bool {
        self.draft.label.is_some_and(|label| label.word() == word)
    }

    /// The grounds for which the proposer may ask that undoing takes two.
    fn grounds_for_two(&self) -> String {
        let grounds = Ground::ALL.iter().filter(|ground| ground.may_need_two_to_undo());
        grounds.map(|ground| self.page.t(ground.key())).collect::<Vec<_>>().join(", ")
    }
}

impl Length {
    /// The value in forms: minutes, or `endless`.
    pub fn word(self) -> String {
        match self {
            Self::Once => "once".to_owned(),
            Self::Minutes(minutes) => minutes.to_string(),
            Self::Hours(hours) => (hours * 60).to_string(),
            Self::Days(days) => (days * 24 * 60).to_string(),
            Self::Endless => "endless".to_owned(),
        }
    }
}

impl View for StaffAccount {
    const NAME: &'static str = "staff_account";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        format!("{} (@{})", self.card.account.name, self.card.account.handle)
    }

    fn sample(locale: Locale) -> Self {
        Self {
            page: samples::page(locale, "/staff/accounts/1138"),
            desk: samples::desk(),
            card: samples::coastguard_card(),
            standing: None,
            history: samples::history(),
            attempts: samples::attempts(),
            offers: samples::offers(locale),
            draft: Draft { power: Some(Power::StepUp), ..Draft::default() },
            errors: FormErrors::default(),
        }
    }

    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let ordinary =
            Self { card: samples::tove_card(), history: Vec::new(), attempts: Vec::new(), ..Self::sample(locale) };
        let mut hidden = Self::sample(locale);
        hidden.standing = Some(PastAct {
            state: State::InForce {
                since_ms: samples::NOW_MS - 3_600_000,
                until_ms: Some(samples::NOW_MS + 82_800_000),
            },
            ..samples::history().remove(0)
        });
        let mut wrong = Self::sample(locale);
        wrong.draft.power = Some(Power::TakeDown);
        wrong.draft.ground = Some(Ground::Hijack);
        wrong.draft.urgent = true;
        wrong.errors = FormErrors::one("facts", Complaint::Empty);
        vec![("", Self::sample(locale)), ("ordinary", ordinary), ("hidden", hidden), ("wrong", wrong)]
    }
}

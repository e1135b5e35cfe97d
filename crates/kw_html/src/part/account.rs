//! An account as it stands beside a post or in a list.

use askama::Template;

use crate::html::SafeHtml;
use crate::page::Page;
use crate::part::profile::{Follow, Relation, Ties};

/// Who somebody is, in one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountChip {
    /// The id in decimal.
    pub id: String,
    /// `ada` for an account of this site, `ada@example.org` for another's.
    pub handle: String,
    /// The name they chose, or the handle when they chose none. Plain text.
    pub name: String,
    /// Where their picture is. Without one, their initials stand in.
    pub avatar: Option<String>,
}

impl AccountChip {
    /// The path of the profile.
    pub fn url(&self) -> String {
        format!("/@{}", self.handle)
    }

    /// The name, linked to the profile.
    pub fn link(&self) -> SafeHtml {
        let (url, name) = (SafeHtml::text(&self.url()), SafeHtml::text(&self.name));
        SafeHtml::trusted(format!("<a class=\"name\" href=\"{url}\">{name}</a>"))
    }

    /// One or two letters that stand in for a picture.
    pub fn initials(&self) -> String {
        let mut words = self.name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
        let first = words.next().or_else(|| self.handle.chars().next());
        first.into_iter().chain(words.next()).flat_map(char::to_uppercase).collect()
    }
}

/// An account in a list of accounts.
#[derive(Clone, Debug)]
pub struct AccountRow {
    /// Who.
    pub account: AccountChip,
    /// The first words of their bio, as plain text. May be empty.
    pub bio: String,
    /// What the viewer can do about them.
    pub relation: Relation,
}

/// Prints an [`AccountRow`].
#[derive(Debug, Template)]
#[template(path = "part/account_row.html")]
pub struct AccountRowPart<'a> {
    /// What surrounds it.
    pub page: &'a Page,
    /// The row.
    pub row: &'a AccountRow,
    /// The buttons at its end.
    pub buttons: RowButtons,
}

/// The buttons at the end of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowButtons {
    /// Follow or unfollow.
    Follow,
    /// Accept or decline a request to follow.
    Request,
}

impl askama::filters::HtmlSafe for AccountRowPart<'_> {}

/// How large a picture of an account is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AvatarSize {
    /// 24 px, in a line of text.
    Small,
    /// 44 px, beside a post.
    Medium,
    /// 88 px, on a profile.
    Large,
}

impl Page {
    /// The picture of an account, or its initials. Decoration: the name always stands beside it.
    pub fn avatar(&self, account: &AccountChip, size: AvatarSize) -> SafeHtml {
        let (class, pixels) = match size {
            AvatarSize::Small => ("avatar avatar-small", 24),
            AvatarSize::Medium => ("avatar", 44),
            AvatarSize::Large => ("avatar avatar-large", 88),
        };
        let html = match &account.avatar {
            Some(address) => format!(
                "<img class=\"{class}\" src=\"{}\" alt=\"\" width=\"{pixels}\" height=\"{pixels}\" loading=\"lazy\" \
                 decoding=\"async\">",
                SafeHtml::text(address)
            ),
            None => {
                format!("<span class=\"{class}\" aria-hidden=\"true\">{}</span>", SafeHtml::text(&account.initials()))
            }
        };
        SafeHtml::trusted(html)
    }

    /// The picture of an account beside a post.
    pub fn avatar_medium(&self, account: &AccountChip) -> SafeHtml {
        self.avatar(account, AvatarSize::Medium)
    }

    /// The picture of an account in a line of text.
    pub fn avatar_small(&self, account: &AccountChip) -> SafeHtml {
        self.avatar(account, AvatarSize::Small)
    }

    /// The picture of an account on its profile.
    pub fn avatar_large(&self, account: &AccountChip) -> SafeHtml {
        self.avatar(account, AvatarSize::Large)
    }

    /// The button that changes whether the viewer follows somebody; inside of a form. It says what is, and to those who
    /// hear it what pressing it does.
    pub fn follow_button(&self, account: &AccountChip, ties: &Ties) -> SafeHtml {
        let (verb, class, label, hint) = match (ties.blocked, ties.follow) {
            (true, _) => {
                let hint = format!(" @{}", account.handle);
                ("unblock", "button", self.t("relation-unblock").to_owned(), hint)
            }
            (false, Follow::No) => {
                let hint = format!(" @{}", account.handle);
                ("follow", "button button-main", self.t("relation-follow").to_owned(), hint)
            }
            (false, Follow::Requested) => {
                let hint = format!(", {}", self.t1("relation-withdraw", "handle", &account.handle));
                ("unfollow", "button", self.t("relation-requested").to_owned(), hint)
            }
            (false, Follow::Yes) => {
                let hint = format!(", {}", self.t1("relation-unfollow", "handle", &account.handle));
                ("unfollow", "button", self.t("relation-following").to_owned(), hint)
            }
        };
        SafeHtml::trusted(format!(
            "<button class=\"{class}\" formaction=\"/accounts/{}/{verb}\">{}<span class=\"unseen\">{}</span></button>",
            SafeHtml::text(&account.id),
            SafeHtml::text(&label),
            SafeHtml::text(&hint)
        ))
    }

    /// A row with a button to follow.
    pub fn account_row<'a>(&'a self, row: &'a AccountRow) -> AccountRowPart<'a> {
        AccountRowPart { page: self, row, buttons: RowButtons::Follow }
    }

    /// A row of somebody who asks to follow the viewer.
    pub fn request_row<'a>(&'a self, row: &'a AccountRow) -> AccountRowPart<'a> {
        AccountRowPart { page: self, row, buttons: RowButtons::Request }
    }
}

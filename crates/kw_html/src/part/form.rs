//! What a form could not accept, beside the field it is about.

use crate::html::SafeHtml;
use crate::locale::key;
use crate::page::Page;

/// What was wrong with a form. Empty when it is shown for the first time.
#[derive(Clone, Debug, Default)]
pub struct FormErrors(pub Vec<FormError>);

/// One thing that was wrong.
#[derive(Clone, Debug)]
pub struct FormError {
    /// The `name` of the field, or `""` for the form as a whole.
    pub field: &'static str,
    /// What to say about it.
    pub complaint: Complaint,
}

/// Why a form was not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Complaint {
    /// It must not be empty.
    Empty,
    /// It has more characters than this.
    TooLong(u64),
    /// It has fewer characters than this.
    TooShort(u64),
    /// Somebody has this handle already.
    HandleTaken,
    /// Letters without accents, digits and underscores only.
    HandleInvalid,
    /// This handle is kept free.
    HandleReserved,
    /// Not an e-mail address.
    EmailInvalid,
    /// An account has this address already.
    EmailTaken,
    /// A password that everybody tries first.
    PasswordCommon,
    /// The two passwords differ.
    PasswordsDiffer,
    /// Handle, e-mail or password do not fit together.
    SignInWrong,
    /// The password is not right.
    PasswordWrong,
    /// The code is not right, or too old.
    CodeWrong,
    /// The passkey was not accepted.
    PasskeyFailed,
    /// The link of a letter has run out or was used.
    LinkOver,
    /// Tried too often; again in this many seconds.
    TooOften(u64),
    /// The invitation is unknown, used or too old.
    InvitationInvalid,
    /// The rules were not agreed to.
    RulesUnread,
    /// The account waits for approval.
    AwaitingApproval,
    /// The account waits until its e-mail address is confirmed.
    AwaitingConfirmation,
    /// The account cannot be signed in to for now.
    SignInClosed,
    /// It names more people than this.
    TooManyNames(u64),
    /// It has more tags than this.
    TooManyTags(u64),
    /// As many posts are pinned as can be.
    PinsFull,
    /// The picture is not a JPEG, PNG, GIF or WebP that can be read.
    PictureUnreadable,
    /// The picture has more bytes, or more pixels, than are accepted.
    PictureTooLarge,
    /// The handle that was typed to confirm is not the account's.
    ConfirmationWrong,
    /// The post that this answers is gone.
    ReplyTargetGone,
    /// Not one of the choices.
    ChoiceInvalid,
    /// The powers of this member of staff have ended.
    PowersEnded,
    /// This is no policy that can be read.
    PolicyUnreadable,
    /// Words that are already in the reader's language.
    Said(String),
}

impl FormErrors {
    /// Only this one, about one field.
    pub fn one(field: &'static str, complaint: Complaint) -> Self {
        Self(vec![FormError { field, complaint }])
    }

    /// Whether nothing was wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether something was wrong with a field.
    pub fn has(&self, field: &str) -> bool {
        self.0.iter().any(|error| error.field == field)
    }
}

impl Complaint {
    /// The sentence.
    pub fn text(&self, page: &Page) -> String {
        let key = match self {
            Self::Said(words) => return words.clone(),
            Self::TooLong(most) => return page.count_exact("complaint-too-long", *most),
            Self::TooShort(least) => return page.count_exact("complaint-too-short", *least),
            Self::TooManyNames(most) => return page.count_exact("complaint-too-many-names", *most),
            Self::TooManyTags(most) => return page.count_exact("complaint-too-many-tags", *most),
            Self::TooOften(seconds) => return page.count_exact("complaint-too-often", *seconds),
            Self::Empty => key("complaint-empty"),
            Self::HandleTaken => key("complaint-handle-taken"),
            Self::HandleInvalid => key("complaint-handle-invalid"),
            Self::HandleReserved => key("complaint-handle-reserved"),
            Self::EmailInvalid => key("complaint-email-invalid"),
            Self::EmailTaken => key("complaint-email-taken"),
            Self::PasswordCommon => key("complaint-password-common"),
            Self::PasswordsDiffer => key("complaint-passwords-differ"),
            Self::SignInWrong => key("complaint-sign-in-wrong"),
            Self::PasswordWrong => key("complaint-password-wrong"),
            Self::CodeWrong => key("complaint-code-wrong"),
            Self::PasskeyFailed => key("complaint-passkey-failed"),
            Self::LinkOver => key("complaint-link-over"),
            Self::InvitationInvalid => key("complaint-invitation-invalid"),
            Self::RulesUnread => key("complaint-rules-unread"),
            Self::AwaitingApproval => key("complaint-awaiting-approval"),
            Self::AwaitingConfirmation => key("complaint-awaiting-confirmation"),
            Self::SignInClosed => key("complaint-sign-in-closed"),
            Self::PinsFull => key("complaint-pins-full"),
            Self::PictureUnreadable => key("complaint-picture-unreadable"),
            Self::PictureTooLarge => key("complaint-picture-too-large"),
            Self::ConfirmationWrong => key("complaint-confirmation-wrong"),
            Self::ReplyTargetGone => key("complaint-reply-target-gone"),
            Self::ChoiceInvalid => key("complaint-choice-invalid"),
            Self::PowersEnded => key("complaint-powers-ended"),
            Self::PolicyUnreadable => key("complaint-policy-unreadable"),
        };
        page.t(key).to_owned()
    }
}

impl Page {
    /// What was wrong with a field first of all, to stand under it; the input names it with `aria-describedby="<field>-error"`.
    pub fn field_error(&self, errors: &FormErrors, field: &str) -> SafeHtml {
        let name = if field.is_empty() { "form" } else { field };
        let icon = self.icon("alert");
        let paragraph = |error: &FormError| {
            let words = SafeHtml::text(&error.complaint.text(self));
            format!("<p class=\"field-error\" id=\"{name}-error\">{icon}{words}</p>")
        };
        let html = errors.0.iter().find(|error| error.field == field).map(paragraph).unwrap_or_default();
        SafeHtml::trusted(html)
    }

    /// The attributes of an input that was wrong: empty when it was not.
    pub fn field_state(&self, errors: &FormErrors, field: &str) -> SafeHtml {
        if errors.has(field) {
            SafeHtml::trusted(format!(" aria-invalid=\"true\" aria-describedby=\"{field}-error\""))
        } else {
            SafeHtml::default()
        }
    }

    /// The hidden inputs of every form: the token, and where to go afterwards.
    pub fn form_start(&self) -> SafeHtml {
        let mut html = String::from("<input type=\"hidden\" name=\"csrf\" value=\"");
        crate::html::escape_into(&mut html, &self.csrf);
        html.push_str("\"><input type=\"hidden\" name=\"back\" value=\"");
        crate::html::escape_into(&mut html, &self.path);
        html.push_str("\">");
        SafeHtml::trusted(html)
    }
}

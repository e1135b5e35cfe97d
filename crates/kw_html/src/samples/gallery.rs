//! Every page in every form, as HTML.

use crate::locale::Locale;
use crate::page::Theme;
use crate::view::View;
use crate::views;

/// A page as its reader gets it.
#[derive(Clone, Debug)]
pub struct Rendered {
    /// The page's name, and its form's where it has several: `profile`, `profile-blocked`.
    pub name: String,
    /// The whole document.
    pub html: String,
}

/// All samples in a language, with the colours that the device or the caller says.
pub fn all(locale: Locale) -> Vec<Rendered> {
    let mut all = Vec::new();
    macro_rules! add {
        ($($($view:ident)::+),* $(,)?) => { $(render::<views::$($view)::+>(locale, &mut all);)* };
    }
    add!(
        About,
        Compose,
        Deactivated,
        DeletePost,
        EditPost,
        Failure,
        FollowRequests,
        Home,
        Landing,
        Local,
        Marked,
        Missing,
        Notifications,
        OauthAuthorize,
        OauthCode,
        PostPeople,
        PostVersions,
        Profile,
        ProfileAbout,
        ProfilePeople,
        Reactivate,
        RecoveryCodes,
        Search,
        SecondFactor,
        SettingsAccount,
        SettingsApps,
        SettingsDeactivate,
        SettingsInvitations,
        SettingsProfile,
        SettingsSecurity,
        SettingsSessions,
        SettingsTotp,
        SignIn,
        SignUp,
        SignUpPending,
        ConfirmAddress,
        Forgotten,
        ResetPassword,
        Tag,
        Thread,
        Unavailable,
        AccountRecord,
        Decision,
        Ledger,
        LedgerEntry,
        Rules,
        staff::StaffSignIn,
        staff::StaffUnfounded,
        staff::StaffFound,
        staff::StaffFounded,
        staff::StaffEnrol,
        staff::StaffQueue,
        staff::StaffAccounts,
        staff::StaffAccount,
        staff::StaffAction,
        staff::StaffRefused,
        staff::StaffRoster,
        staff::StaffPolicy,
        staff::StaffLedger,
        staff::StaffSessions,
    );
    all
}

fn render<V: View>(locale: Locale, all: &mut Vec<Rendered>) {
    for (form, view) in V::samples(locale) {
        debug_assert_eq!(view.page().theme, Theme::Device);
        let name = if form.is_empty() { V::NAME.to_owned() } else { format!("{}-{form}", V::NAME) };
        all.push(Rendered { name, html: view.to_html() });
    }
}

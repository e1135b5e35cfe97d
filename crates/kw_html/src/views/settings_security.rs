//! The second factor: codes of an app, passkeys, recovery codes.

use askama::Template;

use crate::html::SafeHtml;
use crate::page::{Nav, Page};
use crate::part::form::FormErrors;
use crate::view::View;
use crate::{Locale, samples};

/// What protects the sign-in.
#[derive(Debug, Template)]
#[template(path = "views/settings_security.html")]
pub struct SettingsSecurity {
    /// What surrounds it. Somebody is signed in.
    pub page: Page,
    /// Since when codes of an app are asked for, in Unix milliseconds.
    pub totp_since_ms: Option<i64>,
    /// Passkeys, oldest first.
    pub passkeys: Vec<PasskeyRow>,
    /// Recovery codes that were not used yet; nothing before the second factor is set up.
    pub recovery_codes_left: Option<u64>,
    /// What was wrong.
    pub errors: FormErrors,
}

/// A passkey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasskeyRow {
    /// What `/settings/security/passkeys/{id}/remove` calls it.
    pub id: String,
    /// The name its owner gave it.
    pub name: String,
    /// When it was added, in Unix milliseconds.
    pub created_ms: i64,
    /// When it was last used, in Unix milliseconds.
    pub used_ms: Option<i64>,
}

/// The page that sets up codes of an app.
#[derive(Debug, Template)]
#[template(path = "views/settings_totp.html")]
pub struct SettingsTotp {
    /// What surrounds it. Somebody is signed in.
    pub page: Page,
    /// The `<svg>` to scan: the element alone, without an XML declaration, style or script.
    pub qr_svg: SafeHtml,
    /// The same secret to type, in base 32.
    pub secret: String,
    /// What was wrong.
    pub errors: FormErrors,
}

/// Fresh recovery codes, shown once.
#[derive(Debug, Template)]
#[template(path = "views/recovery_codes.html")]
pub struct RecoveryCodes {
    /// What surrounds it. Somebody is signed in.
    pub page: Page,
    /// The codes.
    pub codes: Vec<String>,
}

impl View for SettingsSecurity {
    const NAME: &'static str = "settings_security";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.page.t("settings-security").to_owned()
    }

    fn nav(&self) -> Nav {
        Nav::Settings
    }

    fn sample(locale: Locale) -> Self {
        let now_ms = samples::NOW_MS;
        Self {
            page: samples::page(locale, "/settings/security"),
            totp_since_ms: Some(now_ms - 86_400_000 * 40),
            passkeys: vec![
                PasskeyRow {
                    id: "1".to_owned(),
                    name: "Laptop".to_owned(),
                    created_ms: now_ms - 86_400_000 * 39,
                    used_ms: Some(now_ms - 3_600_000),
                },
                PasskeyRow {
                    id: "2".to_owned(),
                    name: "Phone".to_owned(),
                    created_ms: now_ms - 86_400_000 * 3,
                    used_ms: None,
                },
            ],
            recovery_codes_left: Some(8),
            errors: FormErrors::default(),
        }
    }

    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let bare =
            Self { totp_since_ms: None, passkeys: Vec::new(), recovery_codes_left: None, ..Self::sample(locale) };
        vec![("", Self::sample(locale)), ("bare", bare)]
    }
}

impl View for SettingsTotp {
    const NAME: &'static str = "settings_totp";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.page.t("totp-title").to_owned()
    }

    fn nav(&self) -> Nav {
        Nav::Settings
    }

    fn sample(locale: Locale) -> Self {
        Self {
            page: samples::page(locale, "/settings/security/totp"),
            qr_svg: samples::qr_svg(),
            secret: "JBSW Y3DP EHPK 3PXP".to_owned(),
            errors: FormErrors::default(),
        }
    }
}

impl View for RecoveryCodes {
    const NAME: &'static str = "recovery_codes";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.page.t("recovery-title").to_owned()
    }

    fn nav(&self) -> Nav {
        Nav::Settings
    }

    fn sample(locale: Locale) -> Self {
        let codes = (0..10_u32).map(|n| format!("{:04x}-{:04x}", n * 6_151 + 4_099, n * 3_571 + 8_191)).collect();
        Self { page: samples::page(locale, "/settings/security/recovery-codes"), codes }
    }
}

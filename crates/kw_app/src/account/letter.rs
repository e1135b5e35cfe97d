//! Letters about an account, in its owner's language.

use crate::outside::Letter;
use crate::settings::Settings;

/// The language of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tongue {
    English,
    French,
}

fn tongue_of(locale: &str) -> Tongue {
    if locale.starts_with("fr") { Tongue::French } else { Tongue::English }
}

/// Asks to confirm an address. The link leads to a page that asks once more, because mail scanners follow links.
pub(super) fn confirmation(settings: &Settings, locale: &str, to: &str, code: &str) -> Letter {
    let (domain, link) = (settings.domain(), settings.url(&format!("/confirm/{code}")));
    let (subject, text) = match tongue_of(locale) {
        Tongue::English => (
            format!("Confirm your e-mail address on {domain}"),
            format!(
                "Hello,\n\nsomebody, probably you, gave this address on {domain}. To confirm it, open:\n\n{link}\n\n\
                 The link is good for two days. If it was not you, ignore this letter.\n"
            ),
        ),
        Tongue::French => (
            format!("Confirmez votre adresse e-mail sur {domain}"),
            format!(
                "Bonjour,\n\nquelqu'un, sans doute vous, a donné cette adresse sur {domain}. Pour la confirmer, ouvrez\u{a0}:\
                 \n\n{link}\n\nLe lien est valable deux jours. Si ce n'était pas vous, ignorez cette lettre.\n"
            ),
        ),
    };
    Letter { to: to.to_owned(), subject, text }
}

/// Offers to replace a forgotten password.
pub(super) fn reset(settings: &Settings, locale: &str, to: &str, code: &str) -> Letter {
    let (domain, link) = (settings.domain(), settings.url(&format!("/reset/{code}")));
    let (subject, text) = match tongue_of(locale) {
        Tongue::English => (
            format!("A new password on {domain}"),
            format!(
                "Hello,\n\nsomebody, probably you, asked for a new password on {domain}. To choose one, open:\n\n{link}\n\n\
                 The link is good for two days and works once. If it was not you, ignore this letter: your password \
                 stays as it is.\n"
            ),
        ),
        Tongue::French => (
            format!("Un nouveau mot de passe sur {domain}"),
            format!(
                "Bonjour,\n\nquelqu'un, sans doute vous, a demandé un nouveau mot de passe sur {domain}. Pour le choisir, \
                 ouvrez\u{a0}:\n\n{link}\n\nLe lien est valable deux jours et une seule fois. Si ce n'était pas vous, \
                 ignorez cette lettre\u{a0}: votre mot de passe reste le même.\n"
            ),
        ),
    };
    Letter { to: to.to_owned(), subject, text }
}

//! Letters about an account, in its owner's language.

use kw_domain::time::Millis;
use kw_staff::power::Power;

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

/// Where a decision of staff stands when its owner hears of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Course {
    /// It holds.
    Holds,
    /// Everybody needed has agreed; it takes effect at a moment, unless it is cancelled.
    Waits {
        /// From when.
        from: Millis,
    },
    /// It was taken back.
    Undone,
}

/// What a letter tells of a decision of staff. Why is behind the sign-in: letters pass through many hands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Decided<'a> {
    /// Whose account.
    pub handle: &'a str,
    /// The ledger's entry.
    pub entry: u64,
    /// What was done.
    pub power: Power,
    /// When it was decided.
    pub at: Millis,
    /// Where it stands.
    pub course: Course,
    /// How long it lasts, in milliseconds; none without an end, and where there is nothing to last.
    pub lasts_ms: Option<u64>,
}

/// Tells an owner what staff decided about the account, and where to read why and how to object.
pub(crate) fn decision(settings: &Settings, locale: &str, to: &str, decided: &Decided<'_>) -> Letter {
    let (domain, handle, entry) = (settings.domain(), decided.handle, decided.entry);
    let reasons = settings.url(&format!("/settings/standing/{entry}"));
    let ledger = settings.url(&format!("/ledger/entry/{entry}"));
    let hours = decided.lasts_ms.map(|ms| ms.div_ceil(Millis::HOUR));
    let tongue = tongue_of(locale);
    let what = match decided.course {
        Course::Holds => what_was_done(tongue, decided.power, handle),
        Course::Waits { from } => what_waits(tongue, from.0.saturating_sub(decided.at.0), handle),
        Course::Undone => what_was_undone(tongue, handle),
    };
    let (subject, text) = match tongue {
        Tongue::English => {
            let end = hours.map(|hours| format!(" It ends by itself after {hours} h.")).unwrap_or_default();
            (
                format!("About your account @{handle} on {domain}"),
                format!(
                    "Hello,\n\n{what}{end}\n\nWhy, how many people decided it, and how you can object:\n\n{reasons}\n\n\
                     You can sign in to read it, whatever was done to the account. In the public ledger:\n\n{ledger}\n"
                ),
            )
        }
        Tongue::French => {
            let end =
                hours.map(|hours| format!(" Cela prend fin de soi-même après {hours}\u{a0}h.")).unwrap_or_default();
            (
                format!("Au sujet de votre compte @{handle} sur {domain}"),
                format!(
                    "Bonjour,\n\n{what}{end}\n\nPourquoi, combien de personnes l'ont décidé et comment vous y opposer\u{a0}:\
                     \n\n{reasons}\n\nVous pouvez vous connecter pour le lire, quoi qu'il soit arrivé au compte. Dans le \
                     registre public\u{a0}:\n\n{ledger}\n"
                ),
            )
        }
    };
    Letter { to: to.to_owned(), subject, text }
}

/// Brings the code with which one post can be written while each needs more than a session.
pub(crate) fn step_up(settings: &Settings, locale: &str, to: &str, (handle, code): (&str, &str)) -> Letter {
    let domain = settings.domain();
    let (subject, text) = match tongue_of(locale) {
        Tongue::English => (
            format!("Your code for a post on {domain}"),
            format!(
                "Hello,\n\nsomebody, we hope you, is writing a post as @{handle}. To let it out, type:\n\n{code}\n\n\
                 The code is good for ten minutes and for one post. If it was not you, change your password.\n"
            ),
        ),
        Tongue::French => (
            format!("Votre code pour un message sur {domain}"),
            format!(
                "Bonjour,\n\nquelqu'un, vous espérons-nous, écrit un message au nom de @{handle}. Pour le laisser partir, \
                 tapez\u{a0}:\n\n{code}\n\nLe code est valable dix minutes et pour un seul message. Si ce n'était pas \
                 vous, changez de mot de passe.\n"
            ),
        ),
    };
    Letter { to: to.to_owned(), subject, text }
}

fn what_waits(tongue: Tongue, waits_ms: u64, handle: &str) -> String {
    let hours = waits_ms.div_ceil(Millis::HOUR);
    match tongue {
        Tongue::English => format!(
            "we decided something about your account @{handle}. It takes effect in {hours} h unless it is cancelled \
             before; until then nothing changes."
        ),
        Tongue::French => format!(
            "nous avons pris une décision au sujet de votre compte @{handle}. Elle prend effet dans {hours}\u{a0}h, sauf \
             si elle est annulée d'ici là\u{a0}; jusque-là, rien ne change."
        ),
    }
}

fn what_was_undone(tongue: Tongue, handle: &str) -> String {
    match tongue {
        Tongue::English => format!("we took back what we did to your account @{handle}."),
        Tongue::French => format!("nous avons annulé ce que nous avions fait à votre compte @{handle}."),
    }
}

fn what_was_done(tongue: Tongue, power: Power, handle: &str) -> String {
    let english = tongue == Tongue::English;
    match power {
        Power::TakeDown | Power::BreakGlass if english => {
            format!(
                "we hid your account @{handle}. Nothing is deleted, and all of it comes back at once when this ends."
            )
        }
        Power::TakeDown | Power::BreakGlass => format!(
            "nous avons caché votre compte @{handle}. Rien n'est supprimé, et tout revient d'un coup dès que cela prend fin."
        ),
        Power::Limit if english => format!("we limited your account @{handle}: your followers see it as before."),
        Power::Limit => format!("nous avons limité votre compte @{handle}\u{a0}: vos abonnés le voient comme avant."),
        Power::StepUp if english => {
            format!("for a while each new post of @{handle} needs your own passkey or a code. Nothing is hidden.")
        }
        Power::StepUp => format!(
            "pour un moment, chaque nouveau message de @{handle} demande votre clé ou un code. Rien n'est caché."
        ),
        Power::Restore if english => format!("your account @{handle} is back, with everything in it."),
        Power::Restore => format!("votre compte @{handle} est de retour, avec tout ce qu'il contient."),
        Power::Rename if english => {
            format!("your account is called @{handle} now. Its old handle leads to it, and nobody else gets that one.")
        }
        Power::Rename => format!(
            "votre compte s'appelle maintenant @{handle}. L'ancien nom y mène, et personne d'autre ne le recevra."
        ),
        _ if english => format!("we changed something about your account @{handle}."),
        _ => format!("nous avons changé quelque chose à votre compte @{handle}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_about_a_decision_says_what_for_how_long_and_where_to_object_in_the_owners_language() {
        let settings = Settings::at("https://cliff.example".parse().expect("a URL"));
        for (locale, word, end) in [("en", "hid", "after 24 h"), ("fr", "caché", "24\u{a0}h")] {
            let decided = Decided {
                handle: "ada",
                entry: 7,
                power: Power::TakeDown,
                at: Millis(0),
                course: Course::Holds,
                lasts_ms: Some(Millis::DAY - 1),
            };
            let letter = decision(&settings, locale, "ada@post.example", &decided);
            assert!(letter.subject.contains("@ada"), "{letter:?}");
            for part in [word, end, "https://cliff.example/settings/standing/7", "https://cliff.example/ledger/entry/7"]
            {
                assert!(letter.text.contains(part), "{part}: {letter:?}");
            }
            let undone = Decided { course: Course::Undone, lasts_ms: None, ..decided };
            assert!(!decision(&settings, locale, "ada@post.example", &undone).text.contains(word));
            let waits =
                Decided { course: Course::Waits { from: Millis(72 * Millis::HOUR) }, lasts_ms: None, ..decided };
            let letter = decision(&settings, locale, "ada@post.example", &waits);
            assert!(letter.text.contains("72") && !letter.text.contains(word), "{letter:?}");
        }
    }
}

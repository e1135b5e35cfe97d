//! Passwords, as argon2id in the PHC string format.
//!
//! Hashing takes tens of milliseconds and 19 MiB: the caller does it on a thread for such work, a few at a time.

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use kw_domain::refusal::Refusal;

use crate::settings::PasswordCost;

/// The shortest password that may be chosen, in characters.
pub const PASSWORD_CHARS_MIN: usize = 8;
/// The longest, in bytes: beyond it a password is only work for us.
pub const PASSWORD_BYTES_MAX: usize = 512;

/// Whether `password` may be chosen by the account called `handle`.
pub fn check_new(password: &str, handle: &str) -> Result<(), Refusal> {
    if password.chars().count() < PASSWORD_CHARS_MIN {
        let sentence = format!("A password needs at least {PASSWORD_CHARS_MIN} characters.");
        return Err(Refusal::invalid("password", "password_too_short", sentence));
    }
    if password.len() > PASSWORD_BYTES_MAX {
        let sentence = format!("A password has at most {PASSWORD_BYTES_MAX} bytes.");
        return Err(Refusal::invalid("password", "password_too_long", sentence));
    }
    let mut characters = password.chars();
    let first = characters.next();
    if characters.all(|c| Some(c) == first) || password.eq_ignore_ascii_case(handle) {
        let sentence = "This password is too easy to guess. Please choose another one.";
        return Err(Refusal::invalid("password", "password_guessable", sentence));
    }
    Ok(())
}

/// The form of `password` to store. `salt` is 16 random bytes.
pub fn hash(password: &str, salt: [u8; 16], cost: PasswordCost) -> String {
    let salt = SaltString::encode_b64(&salt).expect("sixteen bytes are within a salt's bounds");
    let password = bounded(password);
    hasher(cost).hash_password(password, &salt).expect("a bounded password and our parameters are accepted").to_string()
}

/// Whether `password` is the one behind `stored`. The cost is that with which it was stored.
pub fn verify(password: &str, stored: &str) -> bool {
    password.len() <= PASSWORD_BYTES_MAX
        && PasswordHash::new(stored)
            .is_ok_and(|stored| Argon2::default().verify_password(password.as_bytes(), &stored).is_ok())
}

/// As much work as [`verify`], for an account that does not exist: the time of an answer must not tell.
pub fn verify_nobody(password: &str, cost: PasswordCost) {
    let mut out = [0; 32];
    // Whatever comes of it is thrown away.
    let _ = hasher(cost).hash_password_into(bounded(password), b"nobody's salt is", &mut out);
    std::hint::black_box(out);
}

/// Whether `stored` was made with another cost than `cost`, so that it should be made anew at the next sign-in.
pub fn is_outdated(stored: &str, cost: PasswordCost) -> bool {
    let wanted = params(cost);
    !PasswordHash::new(stored).is_ok_and(|stored| {
        stored.algorithm == argon2::ARGON2ID_IDENT
            && Params::try_from(&stored).is_ok_and(|params| {
                (params.m_cost(), params.t_cost(), params.p_cost())
                    == (wanted.m_cost(), wanted.t_cost(), wanted.p_cost())
            })
    })
}

fn bounded(password: &str) -> &[u8] {
    &password.as_bytes()[..password.len().min(PASSWORD_BYTES_MAX)]
}

fn hasher(cost: PasswordCost) -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params(cost))
}

fn params(cost: PasswordCost) -> Params {
    // Full: OWASP's password storage cheat sheet, its first choice for argon2id with 19 MiB.
    let (memory_kib, passes) = match cost {
        PasswordCost::Full => (19_456, 2),
        PasswordCost::Least => (8, 1),
    };
    Params::new(memory_kib, passes, 1, None).expect("fixed parameters within the algorithm's bounds")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_right_password_is_known_again_and_no_other() {
        let stored = hash("correct horse", [7; 16], PasswordCost::Least);
        assert!(verify("correct horse", &stored));
        for wrong in ["", "correct hors", "Correct horse", "correct horse ", "correct horse\0"] {
            assert!(!verify(wrong, &stored), "{wrong:?}");
        }
        assert!(!verify("correct horse", "not a hash"));
        assert!(!verify("correct horse", ""));
    }

    #[test]
    fn the_same_password_is_stored_differently_with_another_salt() {
        let one = hash("correct horse", [1; 16], PasswordCost::Least);
        let other = hash("correct horse", [2; 16], PasswordCost::Least);
        assert_ne!(one, other);
        assert!(!one.contains("horse"));
        assert_eq!(one, hash("correct horse", [1; 16], PasswordCost::Least));
    }

    #[test]
    fn the_full_cost_is_owasps() {
        let stored = hash("correct horse", [7; 16], PasswordCost::Full);
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(verify("correct horse", &stored));
        assert!(!is_outdated(&stored, PasswordCost::Full));
        assert!(is_outdated(&hash("correct horse", [7; 16], PasswordCost::Least), PasswordCost::Full));
        assert!(is_outdated("not a hash", PasswordCost::Full));
    }

    #[test]
    fn weak_and_endless_passwords_cannot_be_chosen() {
        for (password, code) in [
            ("", Some("password_too_short")),
            ("sevench", Some("password_too_short")),
            ("aaaaaaaaaaaa", Some("password_guessable")),
            ("ada_Lovelace", Some("password_guessable")),
            ("éèêëàâäô", None),
            ("correct horse", None),
        ] {
            assert_eq!(check_new(password, "Ada_Lovelace").err().map(|refusal| refusal.code), code, "{password}");
        }
        let endless = "ab".repeat(PASSWORD_BYTES_MAX);
        assert_eq!(check_new(&endless, "ada").expect_err("too long").code, "password_too_long");
        assert!(!verify(&endless, &hash(&endless, [7; 16], PasswordCost::Least)));
        verify_nobody(&endless, PasswordCost::Least);
    }
}

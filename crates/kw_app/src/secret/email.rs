//! E-mail addresses: their shape, and the keyed hash under which they are unique.

use hmac::{Hmac, Mac};
use kw_domain::handle::fold_domain;
use kw_domain::refusal::Refusal;
use sha2::Sha256;

use crate::rows::Hash;

/// The longest address that can be delivered to, in bytes (RFC 5321, section 4.5.3.1).
const ADDRESS_BYTES_MAX: usize = 254;
/// The longest part in front of the `@`, in bytes.
const LOCAL_BYTES_MAX: usize = 64;

/// The form of an address under which it is unique: no spaces around it, lower case, the domain in ASCII.
///
/// Two addresses that differ only in case are one person everywhere in practice. Dots and `+tags` are kept: what they
/// mean differs from host to host. Whether mail arrives there only a message can tell.
pub fn fold(address: &str) -> Result<String, Refusal> {
    let refusal = || Refusal::invalid("email", "email_malformed", "This is not an e-mail address.");
    let (local, domain) = address.trim().rsplit_once('@').ok_or_else(refusal)?;
    let domain = fold_domain(domain).filter(|domain| domain.contains('.') && !domain.contains(':'));
    let is_local = (1..=LOCAL_BYTES_MAX).contains(&local.len())
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && !local.contains(|c: char| c.is_whitespace() || c.is_control() || "\"(),:;<>@[]\\".contains(c));
    match domain {
        Some(domain) if is_local && local.len() + 1 + domain.len() <= ADDRESS_BYTES_MAX => {
            Ok(format!("{}@{domain}", local.to_lowercase()))
        }
        _ => Err(refusal()),
    }
}

/// The keyed hash of a folded address. Without the server's key nobody can try addresses against it.
pub fn hash(folded: &str, key: &[u8; 32]) -> Hash {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(folded.as_bytes());
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_folded() {
        for (address, folded) in [
            ("ada@cliff.example", "ada@cliff.example"),
            (" Ada.L+news@CLIFF.Example ", "ada.l+news@cliff.example"),
            ("ada@bücher.example", "ada@xn--bcher-kva.example"),
            ("josé@cliff.example", "josé@cliff.example"),
        ] {
            assert_eq!(fold(address).as_deref(), Ok(folded), "{address}");
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        let long = format!("{}@cliff.example", "a".repeat(65));
        for address in [
            "",
            "@",
            "ada",
            "ada@",
            "@cliff.example",
            "ada@cliff",
            "ada@@cliff.example",
            "a b@cliff.example",
            "ada@cliff.example:25",
            "ada@127.0.0.1",
            ".ada@cliff.example",
            "a..b@cliff.example",
            "ada@cliff.example\nbcc: x@y.example",
            "ada\r\n@cliff.example",
            "<ada@cliff.example>",
            "a,b@cliff.example",
            &long,
        ] {
            assert_eq!(fold(address).map_err(|refusal| refusal.code), Err("email_malformed"), "{address:?}");
        }
    }

    #[test]
    fn the_hash_depends_on_the_key() {
        assert_eq!(hash("ada@cliff.example", &[1; 32]), hash("ada@cliff.example", &[1; 32]));
        assert_ne!(hash("ada@cliff.example", &[1; 32]), hash("ada@cliff.example", &[2; 32]));
        assert_ne!(hash("ada@cliff.example", &[1; 32]), hash("ben@cliff.example", &[1; 32]));
    }
}

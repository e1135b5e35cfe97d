//! Time-based one-time codes (RFC 6238): six digits, thirty seconds, SHA-1, as every authenticator app has them.

use kw_domain::time::Millis;
use totp_rs::{Algorithm, TOTP};

use super::token::is_same;

/// The length of a key, in bytes: that of SHA-1, as RFC 4226 recommends.
pub const KEY_BYTES: usize = 20;
const DIGITS: usize = 6;
const STEP_SECONDS: u64 = 30;

/// The step of a code that was accepted. It is stored, and neither it nor an earlier one is accepted again.
pub type Step = u64;

/// The step in which `code` is right, if it is right now: in this step, the one before or the one after.
///
/// `last_used` is the step of the last code that was accepted; a code that somebody saw being typed is worth nothing.
/// Spaces are forgiven.
pub fn verify(key: &[u8], code: &str, now: Millis, last_used: Option<Step>) -> Option<Step> {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    if code.len() != DIGITS {
        return None;
    }
    let totp = totp(key, None, String::new());
    let current = step_at(now);
    let steps = current.saturating_sub(1)..=current + 1;
    // No early end: every step takes the same time.
    steps.fold(None, |found, step| {
        let is_right = is_same(totp.generate(step * STEP_SECONDS).as_bytes(), code.as_bytes());
        if is_right && last_used.is_none_or(|last| step > last) { Some(step) } else { found }
    })
}

/// The code that an authenticator shows at `now`.
pub fn code(key: &[u8], now: Millis) -> String {
    totp(key, None, String::new()).generate(step_at(now) * STEP_SECONDS)
}

/// The `otpauth://` address that an authenticator reads from a QR code. `server` and `account` are what it shows.
pub fn address(key: &[u8], server: &str, account: &str) -> String {
    // A colon parts the two in the address, so neither may have one.
    totp(key, Some(server.replace(':', " ")), account.replace(':', " ")).get_url()
}

/// The key as text, for typing it where no camera is at hand (base32).
pub fn written_key(key: &[u8]) -> String {
    totp(key, None, String::new()).get_secret_base32()
}

fn step_at(now: Millis) -> Step {
    now.0 / 1000 / STEP_SECONDS
}

fn totp(key: &[u8], issuer: Option<String>, account: String) -> TOTP {
    TOTP::new_unchecked(Algorithm::SHA1, DIGITS, 1, STEP_SECONDS, key.to_vec(), issuer, account)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &[u8] = b"12345678901234567890";

    fn at(seconds: u64) -> Millis {
        Millis(seconds * 1000)
    }

    #[test]
    fn codes_are_those_of_the_specification() {
        // RFC 6238, appendix B, the last six digits.
        for (seconds, digits) in
            [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (20_000_000_000, "353130")]
        {
            assert_eq!(code(KEY, at(seconds)), digits);
            assert_eq!(verify(KEY, digits, at(seconds), None), Some(seconds / 30));
        }
    }

    #[test]
    fn a_clock_may_be_one_step_off_and_no_more() {
        let code = code(KEY, at(3000));
        for (seconds, accepted) in
            [(2939, false), (2970, true), (3000, true), (3029, true), (3059, true), (3060, false)]
        {
            assert_eq!(verify(KEY, &code, at(seconds), None).is_some(), accepted, "{seconds}");
        }
    }

    #[test]
    fn no_code_is_accepted_twice_nor_one_before_it() {
        let (earlier, code) = (code(KEY, at(2970)), code(KEY, at(3000)));
        let used = verify(KEY, &code, at(3000), None);
        assert_eq!(used, Some(100));
        assert_eq!(verify(KEY, &code, at(3000), used), None);
        assert_eq!(verify(KEY, &code, at(3030), used), None);
        assert_eq!(verify(KEY, &earlier, at(3000), used), None);
        assert_eq!(verify(KEY, &super::code(KEY, at(3030)), at(3030), used), Some(101));
    }

    #[test]
    fn other_codes_and_keys_are_refused() {
        let code = code(KEY, at(3000));
        for wrong in ["", "0", "28708", "2870822", "abcdef", "２８７０８２"] {
            assert_eq!(verify(KEY, wrong, at(59), None), None, "{wrong:?}");
        }
        assert_eq!(verify(b"another key of 20 by", &code, at(3000), None), None);
        assert_eq!(verify(KEY, " 287 082 ", at(59), None), Some(1));
        assert_eq!(verify(KEY, "755224", at(0), None), Some(0)); // RFC 4226, appendix D: the very first step
    }

    #[test]
    fn authenticators_can_read_the_address() {
        assert_eq!(
            address(KEY, "localhost:8080", "ada@localhost:8080"),
            "otpauth://totp/localhost%208080:ada%40localhost%208080?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\
             &issuer=localhost%208080"
        );
        assert_eq!(written_key(KEY), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    }
}

//! Every way in which a signature can be wrong, each of them alone: the rest is right and signed by the right key.

use proptest::prelude::*;
use ring::rand::SystemRandom;

use super::*;
use crate::authenticator::{Authenticator, Backup, Counting};
use crate::authenticator_data::{ATTESTED, BACKED_UP, BACKUP_ELIGIBLE, EXTENDED, USER_PRESENT, USER_VERIFIED};
use crate::cose::{Algorithm, write_cbor};
use crate::sample;

/// A statement with its signature, and who checks it.
struct World {
    authenticator: Authenticator,
    key: StaffKey,
    signed: Signed,
}

impl World {
    fn of(mut authenticator: Authenticator) -> Self {
        let key = sample::enrol(&authenticator);
        let signed = authenticator.sign(sample::statement(key.id).to_bytes(), &sample::party());
        Self { authenticator, key, signed }
    }

    fn new() -> Self {
        Self::of(sample::passkey(1).0)
    }

    fn es256() -> Self {
        let made = Authenticator::generate(&SystemRandom::new(), Backup::Eligible, Counting::Never);
        Self::of(made.expect("the system gives random bytes"))
    }

    fn check(&self) -> Result<Checked, Refusal> {
        check(self.signed.clone(), &self.key, &sample::party())
    }

    /// What comes of other data, signed in place of what was.
    fn check_with(&self, authenticator_data: Vec<u8>, client_data: Vec<u8>) -> Result<Checked, Refusal> {
        let assertion = self.authenticator.answer(authenticator_data, client_data);
        check(Signed { assertion, ..self.signed.clone() }, &self.key, &sample::party())
    }

    fn code_with(&self, authenticator_data: Vec<u8>, client_data: Vec<u8>) -> &'static str {
        self.check_with(authenticator_data, client_data).expect_err("this is wrong").code
    }

    fn client_data(&self) -> Vec<u8> {
        self.signed.assertion.client_data.clone()
    }

    /// The right client data with one text in place of another.
    fn client_data_with(&self, old: &str, new: &str) -> Vec<u8> {
        let text = String::from_utf8(self.client_data()).expect("JSON is UTF-8");
        assert!(text.contains(old), "{old} is not in {text}");
        text.replacen(old, new, 1).into_bytes()
    }

    fn authenticator_data(&self) -> Vec<u8> {
        self.signed.assertion.authenticator_data.clone()
    }
}

#[test]
fn a_right_signature_is_the_proof_of_its_statement() {
    let world = World::new();
    let checked = world.check().expect("it is right");
    assert_eq!(checked.statement(), &sample::statement(world.key.id));
    assert_eq!(checked.bytes(), world.signed.statement);
    // What stands for it in tests of rules says the same.
    assert_eq!(Checked::unchecked(checked.statement().clone()).bytes(), checked.bytes());
    assert_eq!((checked.signed(), checked.assertion()), (&world.signed, &world.signed.assertion));
    assert_eq!((checked.key(), checked.counter()), (world.key.id, 1));
    assert!(!checked.answer().is_backup_eligible && !checked.answer().is_backed_up);

    let synced = World::es256().check().expect("it is right");
    assert!(synced.answer().is_backup_eligible && synced.counter() == 0);
}

#[test]
fn client_data_may_have_fields_more_and_no_word_on_other_pages() {
    let world = World::new();
    for new in ["\"crossOrigin\":false,\"tokenBinding\":{\"status\":\"supported\"}", "\"new\":[1,null]"] {
        let client_data = world.client_data_with("\"crossOrigin\":false", new);
        assert!(world.check_with(world.authenticator_data(), client_data).is_ok(), "{new}");
    }
}

#[test]
fn each_wrong_thing_that_a_browser_can_say_is_refused() {
    let world = World::new();
    let other = BASE64_URL_SAFE_NO_PAD.encode([0; 32]);
    let challenge = BASE64_URL_SAFE_NO_PAD.encode(challenge(&world.signed.statement));
    let padded = format!("{challenge}=");
    let cases = [
        ("webauthn.get", "webauthn.create", "wrong_ceremony"),
        ("webauthn.get", "payment.get", "wrong_ceremony"),
        ("webauthn.get", "", "wrong_ceremony"),
        (&challenge, &other, "wrong_challenge"),
        (&challenge, &padded, "wrong_challenge"),
        (&challenge, &challenge[1..], "wrong_challenge"),
        (&challenge, "", "wrong_challenge"),
        ("https://staff", "http://staff", "wrong_origin"),
        ("https://staff.kittiwake.example", "https://kittiwake.example", "wrong_origin"),
        ("https://staff", "https://other.staff", "wrong_origin"),
        ("https://staff", "https://STAFF", "wrong_origin"),
        (".example\"", ".example/\"", "wrong_origin"),
        (".example\"", ".example:8443\"", "wrong_origin"),
        (".example\"", ".example.evil.example\"", "wrong_origin"),
        ("\"crossOrigin\":false", "\"crossOrigin\":true", "cross_origin"),
        ("\"crossOrigin\":false", "\"crossOrigin\":false,\"topOrigin\":\"https://evil.example\"", "cross_origin"),
        ("\"crossOrigin\":false", "\"crossOrigin\":\"false\"", "client_data"),
        ("\"crossOrigin\":false", "\"crossOrigin\":false,\"crossOrigin\":false", "client_data"),
        ("\"type\":", "\"type\":\"webauthn.get\",\"type\":", "client_data"),
        ("\"type\":", "\"kind\":", "client_data"),
        ("\"challenge\":", "\"Challenge\":", "client_data"),
        ("\"origin\":", "\"from\":", "client_data"),
        ("false}", "false}{}", "client_data"),
        ("false}", "false", "client_data"),
        ("{", "[", "client_data"),
        ("{", "\u{feff}{", "client_data"),
    ];
    for (old, new, code) in cases {
        let refused = world.code_with(world.authenticator_data(), world.client_data_with(old, new));
        assert_eq!(refused, code, "{old} → {new}");
    }
    let long = world.client_data_with("false}", &format!("false{}}}", " ".repeat(CLIENT_DATA_BYTES_MAX)));
    assert_eq!(world.code_with(world.authenticator_data(), long), "client_data");
    assert_eq!(world.code_with(world.authenticator_data(), Vec::new()), "client_data");
}

#[test]
fn each_wrong_thing_that_an_authenticator_can_say_is_refused() {
    let world = World::new();
    let right = world.authenticator_data();
    let flagged = |flags: u8| [&right[..32], &[flags], &right[33..]].concat();
    let both = USER_PRESENT | USER_VERIFIED;
    let attested = [&flagged(both | ATTESTED)[..], &[0; 16], &[0, 1, 7], &world.key.cose].concat();
    let extensions = write_cbor(&ciborium::Value::Map(Vec::new()));
    let cases = [
        ("another site", [&[0; 32], &right[32..]].concat(), "wrong_relying_party"),
        ("nobody there", flagged(USER_VERIFIED), "user_absent"),
        ("somebody", flagged(USER_PRESENT), "user_unverified"),
        ("no flags", flagged(0), "user_absent"),
        ("may be copied now", flagged(both | BACKUP_ELIGIBLE), "backup_eligible"),
        ("copied, and may not be", flagged(both | BACKED_UP), "authenticator_data"),
        ("a new key that is missing", flagged(both | ATTESTED), "authenticator_data"),
        ("a new key", attested, "malformed"),
        ("extensions that are missing", flagged(both | EXTENDED), "authenticator_data"),
        ("extensions that are no map", [flagged(both | EXTENDED), vec![1]].concat(), "authenticator_data"),
        ("extensions not announced", [right.clone(), extensions].concat(), "authenticator_data"),
        ("a byte more", [right.clone(), vec![0]].concat(), "authenticator_data"),
        ("too long", vec![0; AUTHENTICATOR_DATA_BYTES_MAX + 1], "authenticator_data"),
    ];
    for (what, data, code) in cases {
        assert_eq!(world.code_with(data, world.client_data()), code, "{what}");
    }
    for length in 0..right.len() {
        let refused = world.code_with(right[..length].to_vec(), world.client_data());
        assert_eq!(refused, "authenticator_data", "{length} bytes");
    }
}

#[test]
fn extensions_that_are_announced_are_taken() {
    let world = World::new();
    let mut data = world.authenticator_data();
    data[32] |= EXTENDED;
    data.push(0xa0);
    assert!(world.check_with(data, world.client_data()).is_ok());
}

#[test]
fn another_site_or_origin_refuses_what_was_signed_here() {
    let world = World::new();
    let code = |party: RelyingParty| check(world.signed.clone(), &world.key, &party).expect_err("another site").code;
    assert_eq!(code(RelyingParty { id: "kittiwake.example".to_owned(), ..sample::party() }), "wrong_relying_party");
    assert_eq!(code(RelyingParty { origin: "http://localhost:4000".to_owned(), ..sample::party() }), "wrong_origin");
}

#[test]
fn another_key_than_the_statement_names_is_refused() {
    let world = World::new();
    let (mut other, other_key) = sample::passkey(2);
    let code = |signed: &Signed, key: &StaffKey| check(signed.clone(), key, &sample::party()).expect_err("wrong").code;
    assert_eq!(code(&world.signed, &other_key), "wrong_signer");

    // The other key signs a statement that names the first one.
    let forged = other.sign(world.signed.statement.clone(), &sample::party());
    assert_eq!(code(&forged, &world.key), "wrong_signature");

    // Public keys put in each other's place, and an id that is not the credential's.
    let swapped = StaffKey { cose: other_key.cose.clone(), ..world.key.clone() };
    assert_eq!(code(&world.signed, &swapped), "wrong_signature");
    let renamed = StaffKey { credential: other_key.credential, ..world.key.clone() };
    assert_eq!(code(&world.signed, &renamed), "malformed");
    assert_eq!(code(&world.signed, &StaffKey { cose: Vec::new(), ..world.key.clone() }), "key_malformed");
    // ES384, which we do not check.
    let es384 = vec![0xa3, 1, 2, 3, 0x38, 34, 0x20, 2];
    assert_eq!(code(&world.signed, &StaffKey { cose: es384, ..world.key.clone() }), "key_algorithm");
}

#[test]
fn a_signature_over_another_statement_is_refused() {
    let world = World::new();
    let mut statement = sample::statement(world.key.id);
    statement.targets[0].id = "113800000000000002".to_owned();
    let replayed = Signed { statement: statement.to_bytes(), ..world.signed.clone() };
    let refusal = check(replayed, &world.key, &sample::party()).expect_err("another target");
    assert_eq!(refusal.code, "wrong_challenge");
}

#[test]
fn a_signature_of_another_form_is_refused() {
    let world = World::es256();
    let code = |signature: Vec<u8>| {
        let assertion = Assertion { signature, ..world.signed.assertion.clone() };
        check(Signed { assertion, ..world.signed.clone() }, &world.key, &sample::party()).expect_err("wrong").code
    };
    let right = world.signed.assertion.signature.clone();
    let cases = [
        ("two numbers without their form", vec![7; 64], "wrong_signature"),
        ("a byte more", [&right[..], &[0]].concat(), "wrong_signature"),
        ("zeros", vec![0x30, 6, 2, 1, 0, 2, 1, 0], "wrong_signature"),
        ("of an Ed25519 key", World::new().signed.assertion.signature, "wrong_signature"),
        ("too long", vec![0; SIGNATURE_BYTES_MAX + 1], "malformed"),
    ];
    for (what, signature, wanted) in cases {
        assert_eq!(code(signature), wanted, "{what}");
    }
    for length in 0..right.len() {
        assert_eq!(code(right[..length].to_vec()), "wrong_signature", "{length} bytes");
    }
}

#[test]
fn one_flipped_bit_anywhere_is_refused() {
    for world in [World::new(), World::es256()] {
        let parts: [fn(&mut Signed) -> &mut Vec<u8>; 4] = [
            |signed| &mut signed.statement,
            |signed| &mut signed.assertion.authenticator_data,
            |signed| &mut signed.assertion.client_data,
            |signed| &mut signed.assertion.signature,
        ];
        for part in parts {
            for bit in 0..part(&mut world.signed.clone()).len() * 8 {
                let mut signed = world.signed.clone();
                part(&mut signed)[bit / 8] ^= 1 << (bit % 8);
                assert!(check(signed, &world.key, &sample::party()).is_err(), "bit {bit}");
            }
        }
    }
}

#[test]
fn a_counter_that_does_not_grow_is_refused() {
    for (last, now) in [(0, 0), (0, 1), (1, 2), (1, u32::MAX)] {
        assert_eq!(check_counter(last, now), Ok(()), "{last} → {now}");
    }
    for (last, now) in [(1, 1), (2, 1), (1, 0), (u32::MAX, 0)] {
        assert_eq!(check_counter(last, now).expect_err("it does not grow").code, "counter", "{last} → {now}");
    }
    let (mut authenticator, key) = sample::passkey(1);
    let mut count = || {
        let assertion = authenticator.assert(&[1; 32], &sample::party());
        check_sign_in(&[1; 32], &assertion, &key, &sample::party()).map(|answer| answer.counter)
    };
    assert_eq!((count(), count()), (Ok(1), Ok(2)));
}

#[test]
fn a_sign_in_and_a_statement_never_stand_for_each_other() {
    let world = World::new();
    let refusal = check_sign_in(&[1; 32], &world.signed.assertion, &world.key, &sample::party());
    assert_eq!(refusal.expect_err("it signed a statement").code, "wrong_challenge");

    let (mut authenticator, _) = sample::passkey(1);
    let assertion = authenticator.assert(&[1; 32], &sample::party());
    assert!(check_sign_in(&[1; 32], &assertion, &world.key, &sample::party()).is_ok());
    let refusal = check(Signed { assertion, ..world.signed }, &world.key, &sample::party());
    assert_eq!(refusal.expect_err("it signed in").code, "wrong_challenge");
}

/// Shaped as Chromium writes it, with the field that it adds now and then.
const VECTOR_CLIENT_DATA: &str = "{\"type\":\"webauthn.get\",\"challenge\":\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8\",\
    \"origin\":\"https://staff.kittiwake.example\",\"crossOrigin\":false,\
    \"other_keys_can_be_added_here\":\"do not compare clientDataJSON against a template\"}";

/// Keys and signatures that OpenSSL made (`genpkey`, `dgst -sha256 -sign`, `pkeyutl -sign -rawin`) over [`VECTOR_CLIENT_DATA`]
/// and authenticator data of counter 7. Nobody kept the private keys.
const VECTORS: [(Algorithm, &str, &str); 3] = [
    (
        Algorithm::Es256,
        "pQECAyYgASFYIPjMfQRmqF8Zppveyp2OuxeXIuxuVSh98WljA_6X7KSBIlggcif68zAAxTqM3IqYb5KQYtnB6Qx7yr-GWkxdrNEUQ8c",
        "MEUCIQDIZz1MQkkF4GvnDWFGWtgbtX3Gjt8UxhwFiwtTqZ_hWgIgDaLhk0Egjh5vKmdP99aZe9MQrrpsdfooOY0tQLT6zqA",
    ),
    (
        Algorithm::EdDsa,
        "pAEBAycgBiFYINlg1IEAbPSyqHEMvTg_EGHwzXTykOEUq66PP0xXFx9H",
        "jrXwDinTu9fEb1oeDuWJcOYcuIeOH_H6AyrRoexnG3a7_aQRZi08Cxe9CRtUCek-uNK8UN1Bt0yoZVrFn9kRAw",
    ),
    (
        Algorithm::Rs256,
        "pAEDAzkBACBZAQCIuuDetaQTwWMhmw0bPNH78DhQidIgJhpr3WB2CzPqBW2r61QfKuuaIeICnvaS2jdzfonWEWM7Nkm3QI64iN8NEVQc\
         iShwEEPYk9HU_5QvKciA6lsxRCNEydJTZRrEoBvv3iyuBf_-kMkap8mN3ybLDH7QcD_cHQnEJOyp4dITm4PHkoLgAhmC2PicASiQbvSu\
         giJJdwbzVXNtN1SgGmABxZL00KJLBRMTeiucI7jITRXj6V0mCEUdP7gli1Z-L43lIEqU_MXFvKJcDHcqyHKAh6ipxzVhJ3N8LC-aMOJm\
         aXc-YfUHEcyEDCE8NrbA3mQZHDhFf1ouQmA3dl1HHuwLIUMBAAE",
        "Ze-GrffCiFTJsRnm5-9vJL4mHxve-SWjF2vstb8r-B51oNEBn-RSl5LXEo8b3gRGMC15F6swuCQXakk5uNcQhDOh8LqbcqKAkRH9mkf7\
         5ryAG-TP-gbjY6fdx1ot__y7YOG6l0pesUsIRMjXNuRtvZXMcK85i1-WiRB_0jQioN2J3CpeOl6SBIlGf2CBQOm1aD8Rnem9ziYEI4Yg\
         vc8Y4l1UOnEPjIjmKiUoDJNlYzo4KN7PS79Bp5-2QvvikkjzjdfAns_8rQIBcdgHWz2PDaViyXxnHN0-E0Z_CnQl9tBpnHEEyme-Fif2\
         ssFKV2cu98rMwGwQr7uybINJWgnFQA",
    ),
];

#[test]
fn what_openssl_signed_verifies_with_each_algorithm_and_with_no_other_key() {
    let challenge: [u8; 32] = std::array::from_fn(|index| index as u8);
    let read = |text: &str| read_bytes(text, 1024).expect("it is base64url");
    let key = |cose: &str| StaffKey { cose: read(cose), ..sample::passkey(1).1 };
    let counted =
        [&Sha256::digest("staff.kittiwake.example")[..], &[USER_PRESENT | USER_VERIFIED, 0, 0, 0, 7]].concat();
    for (algorithm, cose, signature) in VECTORS {
        let mut assertion = Assertion {
            authenticator_data: counted.clone(),
            client_data: VECTOR_CLIENT_DATA.as_bytes().to_vec(),
            signature: read(signature),
        };
        let verified = |assertion: &Assertion, cose: &str| {
            check_sign_in(&challenge, assertion, &key(cose), &sample::party()).map(|answer| answer.counter)
        };
        assert_eq!(key(cose).public().map(|key| key.algorithm()), Ok(algorithm));
        assert_eq!(verified(&assertion, cose), Ok(7), "{algorithm}");
        for (_, other, _) in VECTORS.into_iter().filter(|(other, ..)| *other != algorithm) {
            assert_eq!(verified(&assertion, other).expect_err("another key").code, "wrong_signature", "{algorithm}");
        }
        for bit in 0..assertion.signature.len() * 8 {
            assertion.signature[bit / 8] ^= 1 << (bit % 8);
            assert!(verified(&assertion, cose).is_err(), "{algorithm}, bit {bit}");
            assertion.signature[bit / 8] ^= 1 << (bit % 8);
        }
    }
}

#[test]
fn a_form_is_read_back_and_nothing_else_is() {
    let world = World::new();
    let right = &world.signed.assertion;
    let text = right.to_json(&world.key.credential);
    assert_eq!(Assertion::from_json(&text).as_ref(), Ok(&(world.key.id, right.clone())));
    assert_eq!(Assertion::from_value(&right.to_value()).as_ref(), Ok(right));

    let cases = [
        ("\"id\":", "\"ID\":"),
        ("\"id\":", "\"type\":\"public-key\",\"id\":"),
        ("\"id\":\"", "\"id\":\"="),
        ("\"id\":\"", "\"id\":\"+/"),
        ("\"id\":", "\"id\":\"\",\"id\":"),
        ("\"id\":", "\"id\":1,\"x\":"),
        ("{", ""),
        ("}", "},"),
    ];
    for (old, new) in cases {
        assert!(text.contains(old));
        let refusal = Assertion::from_json(&text.replacen(old, new, 1)).expect_err(new);
        assert_eq!(refusal.code, "malformed", "{old} → {new}");
    }
    let too_long = Assertion { signature: vec![0; SIGNATURE_BYTES_MAX + 1], ..right.clone() };
    assert!(Assertion::from_json(&too_long.to_json(b"a")).is_err());
    assert!(Assertion::from_json(&right.to_json(b"")).is_err());
    assert!(Assertion::from_json(&right.to_json(&[0; CREDENTIAL_BYTES_MAX + 1])).is_err());
    assert!(Assertion::from_json(&(text + &" ".repeat(ANSWER_BYTES_MAX))).is_err());
}

proptest! {
    #[test]
    fn any_bytes_in_any_part_are_refused(part in 0..4_usize, bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let World { mut signed, key, .. } = World::new();
        *[
            &mut signed.statement,
            &mut signed.assertion.authenticator_data,
            &mut signed.assertion.client_data,
            &mut signed.assertion.signature,
        ][part] = bytes;
        prop_assert!(check(signed, &key, &sample::party()).is_err());
    }

    #[test]
    fn any_text_in_place_of_a_form_is_refused(text in any::<String>()) {
        prop_assert!(Assertion::from_json(&text).is_err());
    }
}

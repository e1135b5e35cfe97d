//! Enrolment: what is taken, and every way in which what a browser returned can be wrong.

use proptest::prelude::*;
use ring::rand::SystemRandom;

use super::*;
use crate::authenticator::{Authenticator, Backup, Counting};
use crate::authenticator_data::{ATTESTED, BACKED_UP, BACKUP_ELIGIBLE, EXTENDED, USER_PRESENT, USER_VERIFIED};
use crate::cose::{Algorithm, write_cbor};
use crate::sample;

const CHALLENGE: [u8; 32] = [5; 32];

fn right() -> Enrolment {
    sample::passkey(1).0.create(&CHALLENGE, &sample::party())
}

fn code(enrolment: &Enrolment) -> &'static str {
    enrolment.check(&CHALLENGE, &sample::party()).expect_err("this is wrong").code
}

/// An attestation object of these parts.
fn object(format: Value, statement: Value, data: Value) -> Value {
    Value::Map(vec![(Value::from("fmt"), format), (Value::from("attStmt"), statement), (Value::from("authData"), data)])
}

fn with_object(value: &Value) -> Enrolment {
    Enrolment { attestation_object: write_cbor(value), ..right() }
}

/// The right enrolment with other authenticator data.
fn with_data(data: Vec<u8>) -> Enrolment {
    with_object(&object(Value::from("none"), Value::Map(Vec::new()), Value::Bytes(data)))
}

fn right_data() -> Vec<u8> {
    right().authenticator_data().expect("it is right")
}

#[test]
fn a_new_key_is_read_with_all_it_says() {
    let made = Authenticator::generate(&SystemRandom::new(), Backup::Eligible, Counting::Never);
    let synced = made.expect("the system gives random bytes");
    let bound = sample::passkey(1).0;
    for (authenticator, algorithm, backup_eligible) in
        [(&synced, Algorithm::Es256, true), (&bound, Algorithm::EdDsa, false)]
    {
        let enrolled = authenticator.create(&CHALLENGE, &sample::party()).check(&CHALLENGE, &sample::party());
        let enrolled = enrolled.expect("it is right");
        assert_eq!(enrolled.public.algorithm(), algorithm);
        assert_eq!((enrolled.backup_eligible, enrolled.aaguid, enrolled.counter), (backup_eligible, [0; 16], 0));
        let key = enrolled.into_key(PersonId(7));
        assert_eq!(
            (key.person, key.id, &key.credential[..]),
            (PersonId(7), authenticator.key(), authenticator.credential())
        );
        assert_eq!(StaffKey::from_value(&key.to_value()), Ok(key));
    }
}

#[test]
fn the_attestation_is_not_trusted_whatever_its_format() {
    let statement = Value::Map(vec![
        (Value::from("alg"), Value::from(-7)),
        (Value::from("sig"), Value::Bytes(vec![1, 2, 3])),
        (Value::from("x5c"), Value::Array(vec![Value::Bytes(vec![0; 700])])),
    ]);
    let enrolment = with_object(&object(Value::from("packed"), statement, Value::Bytes(right_data())));
    assert!(enrolment.check(&CHALLENGE, &sample::party()).is_ok());
}

#[test]
fn the_attestation_object_may_be_in_another_encoding_and_the_key_may_not() {
    let endless = |bytes: &[u8]| [&[0xbf], &bytes[1..], &[0xff]].concat();
    let enrolment = Enrolment { attestation_object: endless(&right().attestation_object), ..right() };
    assert!(enrolment.check(&CHALLENGE, &sample::party()).is_ok());
    let data = right_data();
    assert_eq!(code(&with_data([&data[..55 + 32], &endless(&data[55 + 32..])].concat())), "authenticator_data");
}

#[test]
fn the_model_that_an_authenticator_names_is_kept() {
    let mut data = right_data();
    data[37..53].copy_from_slice(&[0xaa; 16]);
    assert_eq!(with_data(data).check(&CHALLENGE, &sample::party()).map(|enrolled| enrolled.aaguid), Ok([0xaa; 16]));
}

#[test]
fn extensions_behind_the_key_are_taken_when_announced() {
    let mut data = right_data();
    data.extend(write_cbor(&Value::Map(vec![(Value::from("credProtect"), Value::from(2))])));
    assert_eq!(code(&with_data(data.clone())), "authenticator_data");
    data[32] |= EXTENDED;
    assert!(with_data(data).check(&CHALLENGE, &sample::party()).is_ok());
}

#[test]
fn another_challenge_site_origin_or_question_is_refused() {
    let enrolment = right();
    let refused =
        |challenge: [u8; 32], party: &RelyingParty| enrolment.check(&challenge, party).expect_err("wrong").code;
    assert_eq!(refused([6; 32], &sample::party()), "wrong_challenge");
    let party = RelyingParty { origin: "https://kittiwake.example".to_owned(), ..sample::party() };
    assert_eq!(refused(CHALLENGE, &party), "wrong_origin");
    let party = RelyingParty { id: "kittiwake.example".to_owned(), ..sample::party() };
    assert_eq!(refused(CHALLENGE, &party), "wrong_relying_party");
    let client_data = sample::passkey(1).0.assert(&CHALLENGE, &sample::party()).client_data;
    assert_eq!(code(&Enrolment { client_data, ..right() }), "wrong_ceremony");
}

#[test]
fn wrong_flags_are_refused() {
    let flagged = |flags: u8| {
        let mut data = right_data();
        data[32] = flags;
        with_data(data)
    };
    let both = USER_PRESENT | USER_VERIFIED;
    let cases = [
        ("nobody there", USER_VERIFIED | ATTESTED, "user_absent"),
        ("somebody", USER_PRESENT | ATTESTED, "user_unverified"),
        ("copied, and may not be", both | ATTESTED | BACKED_UP, "authenticator_data"),
        ("a key that is not announced", both, "authenticator_data"),
        ("extensions that are missing", both | ATTESTED | EXTENDED, "authenticator_data"),
    ];
    for (what, flags, wanted) in cases {
        assert_eq!(code(&flagged(flags)), wanted, "{what}");
    }
    let synced = flagged(both | ATTESTED | BACKUP_ELIGIBLE | BACKED_UP).check(&CHALLENGE, &sample::party());
    assert!(synced.is_ok_and(|enrolled| enrolled.backup_eligible));

    let mut without_a_key = right_data()[..37].to_vec();
    without_a_key[32] = both;
    assert_eq!(code(&with_data(without_a_key)), "enrolment");
}

#[test]
fn a_credential_has_an_id_of_bounded_length_and_it_is_the_browsers() {
    let data = right_data();
    let with_credential = |credential: Vec<u8>| {
        let length = (credential.len() as u16).to_be_bytes();
        let data = [&data[..53], &length, &credential, &data[55 + 32..]].concat();
        Enrolment { credential, ..with_data(data) }
    };
    assert!(with_credential(vec![1; CREDENTIAL_BYTES_MAX]).check(&CHALLENGE, &sample::party()).is_ok());
    assert_eq!(code(&with_credential(vec![1; CREDENTIAL_BYTES_MAX + 1])), "authenticator_data");
    assert_eq!(code(&with_credential(Vec::new())), "authenticator_data");
    assert_eq!(code(&Enrolment { credential: vec![1; 32], ..right() }), "enrolment");
}

#[test]
fn a_malformed_attestation_object_is_refused() {
    let (none, empty) = (Value::from("none"), Value::Map(Vec::new()));
    let data = Value::Bytes(right_data());
    let Value::Map(fields) = object(none.clone(), empty.clone(), data.clone()) else { panic!("it is a map") };
    let more = [&fields[..], &[(Value::from("more"), Value::from(1))]].concat();
    let cases = [
        ("no map", Value::Array(Vec::new())),
        ("no fields", empty.clone()),
        ("a field less", Value::Map(fields[..2].to_vec())),
        ("a field more", Value::Map(more)),
        ("a field twice", Value::Map(vec![fields[0].clone(), fields[2].clone(), fields[2].clone()])),
        ("a format that is no text", object(Value::from(1), empty.clone(), data.clone())),
        ("a statement that is no map", object(none.clone(), Value::Null, data)),
        ("data that are no bytes", object(none, empty, Value::from("data"))),
    ];
    for (what, value) in cases {
        assert_eq!(code(&with_object(&value)), "enrolment", "{what}");
    }
    let whole = right().attestation_object;
    for length in 0..whole.len() {
        assert_eq!(
            code(&Enrolment { attestation_object: whole[..length].to_vec(), ..right() }),
            "enrolment",
            "{length}"
        );
    }
    assert_eq!(code(&Enrolment { attestation_object: [whole, vec![0]].concat(), ..right() }), "enrolment");
    assert_eq!(code(&Enrolment { attestation_object: vec![0; ATTESTATION_BYTES_MAX + 1], ..right() }), "enrolment");
    assert_eq!(code(&Enrolment { attestation_object: vec![0x81; ATTESTATION_BYTES_MAX], ..right() }), "enrolment");
}

#[test]
fn authenticator_data_cut_anywhere_are_refused() {
    let data = right_data();
    for length in 0..data.len() {
        assert_eq!(code(&with_data(data[..length].to_vec())), "authenticator_data", "{length}");
    }
    assert_eq!(code(&with_data([data, vec![0]].concat())), "authenticator_data");
}

#[test]
fn a_key_that_we_could_not_check_is_refused_with_its_own_sentence() {
    let data = right_data();
    let with_key = |cose: &[u8]| with_data([&data[..55 + 32], cose].concat());
    // ES384 with nothing else, an EdDSA key without its point, and no map.
    assert_eq!(code(&with_key(&[0xa2, 1, 2, 3, 0x38, 34])), "key_algorithm");
    assert_eq!(code(&with_key(&[0xa3, 1, 1, 3, 0x27, 0x20, 6])), "key_malformed");
    assert_eq!(code(&with_key(&[1])), "key_malformed");
    assert_eq!(code(&with_key(&[0xff])), "authenticator_data");
}

#[test]
fn a_form_is_read_back_and_nothing_else_is() {
    let text = right().to_json();
    assert_eq!(Enrolment::from_json(&text), Ok(right()));
    for (old, new) in [
        ("\"id\":", "\"ID\":"),
        ("\"id\":", "\"id\":\"\",\"id\":"),
        ("\"id\":\"", "\"id\":\"="),
        ("\"id\":\"", "\"rawId\":\"\",\"id\":\""),
        ("{", "["),
    ] {
        assert_eq!(
            Enrolment::from_json(&text.replacen(old, new, 1)).expect_err(new).code,
            "enrolment",
            "{old} → {new}"
        );
    }
    assert!(Enrolment::from_json(&(text + &" ".repeat(ANSWER_BYTES_MAX))).is_err());
    let long = Enrolment { attestation_object: vec![0; ATTESTATION_BYTES_MAX + 1], ..right() };
    assert!(Enrolment::from_json(&long.to_json()).is_err());
}

proptest! {
    #[test]
    fn any_bytes_in_place_of_the_object_or_its_data_are_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let enrolment = Enrolment { attestation_object: bytes.clone(), ..right() };
        prop_assert!(enrolment.check(&CHALLENGE, &sample::party()).is_err());
        let data = [&right_data()[..37], &bytes].concat();
        prop_assert!(with_data(data).check(&CHALLENGE, &sample::party()).is_err());
    }

    #[test]
    fn a_flipped_bit_is_refused_or_changes_only_what_nobody_vouches_for_yet(bit in any::<proptest::sample::Index>()) {
        let mut data = right_data();
        let bit = bit.index(data.len() * 8);
        data[bit / 8] ^= 1 << (bit % 8);
        if let Ok(enrolled) = with_data(data).check(&CHALLENGE, &sample::party()) {
            // The credential's id stays the browser's; flags of the person, the site and the key's form are checked.
            prop_assert_eq!(enrolled.credential, right().credential);
        }
    }
}

//! A table of good and bad signatures, and the two spellings of base64.

use base64::engine::general_purpose::STANDARD;
use rstest::rstest;
use serde_json::json;

use super::*;

const NOW: i64 = 1_800_000_000;
const NUMBER: u64 = 81_234_567_890;
const SECRET: &str = "sbxSecretSecretSecretSecretSecre";

fn claims() -> Value {
    json!({"appKey": "sbxApp", "sdkKey": "sbxApp", "mn": "81234567890", "role": 0,
           "iat": NOW - 30, "exp": NOW - 30 + 7200, "tokenExp": NOW - 30 + 7200})
}

fn mac(text: &str, secret: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn sign(header: &Value, claims: &Value, secret: &str) -> String {
    let text = format!("{}.{}", URL_SAFE_NO_PAD.encode(header.to_string()), URL_SAFE_NO_PAD.encode(claims.to_string()));
    format!("{text}.{}", URL_SAFE_NO_PAD.encode(mac(&text, secret)))
}

fn hs256() -> Value {
    json!({"alg": "HS256", "typ": "JWT"})
}

fn check(token: &str) -> Result<SdkClaims, Refusal> {
    verify(token, NUMBER, NOW, &|id| (id == "sbxApp").then(|| SECRET.to_owned()))
}

fn with(name: &str, value: Value) -> Value {
    let mut claims = claims();
    if value.is_null() {
        claims.as_object_mut().unwrap().remove(name);
    } else {
        claims[name] = value;
    }
    claims
}

#[rstest]
#[case::as_zoom_samples_sign_it("role", json!(0), SdkRole::Participant)]
#[case::host("role", json!(1), SdkRole::Host)]
#[case::number_as_number("mn", json!(81_234_567_890_u64), SdkRole::Participant)]
#[case::without_token_exp("tokenExp", Value::Null, SdkRole::Participant)]
#[case::without_the_legacy_key("sdkKey", Value::Null, SdkRole::Participant)]
#[case::shortest_window("exp", json!(NOW - 30 + 1800), SdkRole::Participant)]
#[case::with_the_webrtc_mode("video_webrtc_mode", json!(1), SdkRole::Participant)]
fn a_good_signature_says_the_role(#[case] name: &str, #[case] value: Value, #[case] role: SdkRole) {
    let token = sign(&hs256(), &with(name, value), SECRET);
    assert_eq!(check(&token), Ok(SdkClaims { app_key: "sbxApp".into(), role }));
}

#[rstest]
#[case::no_app_key("appKey", Value::Null, 3704)]
#[case::unknown_app_key("appKey", json!("somebody else"), 3704)]
#[case::other_meeting("mn", json!("81234567891"), 3712)]
#[case::no_meeting("mn", Value::Null, 3712)]
#[case::role_of_the_future("role", json!(5), 3708)]
#[case::no_role("role", Value::Null, 3708)]
#[case::no_iat("iat", Value::Null, 3712)]
#[case::no_exp("exp", Value::Null, 3712)]
#[case::from_the_future("iat", json!(NOW + 61), 3712)]
#[case::too_short("exp", json!(NOW - 30 + 1799), 3712)]
#[case::too_long("exp", json!(NOW - 30 + 172_801), 3712)]
#[case::token_too_long("tokenExp", json!(NOW - 30 + 172_801), 3712)]
#[case::fractions_are_no_instants("exp", json!(1.5), 3712)]
fn a_bad_claim_gets_zooms_code(#[case] name: &str, #[case] value: Value, #[case] code: u16) {
    let token = sign(&hs256(), &with(name, value), SECRET);
    assert_eq!(check(&token).unwrap_err().code(), code);
}

#[rstest]
#[case::empty("")]
#[case::one_part("abc")]
#[case::two_parts("abc.def")]
#[case::no_json("abc.def.ghi")]
#[case::four_parts("eyJhbGciOiJIUzI1NiJ9.e30.e30.e30")]
#[case::not_base64("🙂.🙂.🙂")]
fn what_is_no_token_is_an_invalid_signature(#[case] token: &str) {
    assert_eq!(check(token).unwrap_err().code(), 3712);
}

#[test]
fn another_secret_another_algorithm_or_a_changed_letter_is_an_invalid_signature() {
    assert_eq!(check(&sign(&hs256(), &claims(), "another")).unwrap_err().code(), 3712);
    assert_eq!(check(&sign(&json!({"alg": "none"}), &claims(), SECRET)).unwrap_err().code(), 3712);
    let good = sign(&hs256(), &claims(), SECRET);
    let (text, _) = good.rsplit_once('.').unwrap();
    let changed = sign(&hs256(), &with("role", json!(1)), SECRET);
    let (other, _) = changed.rsplit_once('.').unwrap();
    assert_eq!(check(&good.replace(text, other)).unwrap_err().code(), 3712);
    assert_eq!(check(&format!("{text}.")).unwrap_err().code(), 3712);
}

#[test]
fn a_signature_is_good_until_its_last_second_and_expired_from_then_on() {
    let token = sign(&hs256(), &claims(), SECRET);
    let at = |now| verify(&token, NUMBER, now, &|_| Some(SECRET.to_owned()));
    assert!(at(NOW - 30 + 7199).is_ok());
    assert_eq!(at(NOW - 30 + 7200), Err(Refusal::SignatureExpired));
    let early = sign(&hs256(), &with("tokenExp", json!(NOW - 30 + 1800)), SECRET);
    assert_eq!(
        verify(&early, NUMBER, NOW + 1770, &|_| Some(SECRET.to_owned())),
        Err(Refusal::SignatureExpired),
        "tokenExp counts too"
    );
}

#[test]
fn standard_base64_with_padding_made_url_safe_after_signing_is_read_too() {
    // A claim whose base64 holds both letters that differ between the alphabets, and a length that needs padding.
    let mut claims = with("note", json!("???>>>~~~ÿÿ"));
    while claims.to_string().len().is_multiple_of(3) {
        claims["pad"] = json!("x".repeat(claims["pad"].as_str().map_or(1, |pad| pad.len() + 1)));
    }
    let text = format!(
        "{}.{}",
        STANDARD.encode(hs256().to_string()).trim_end_matches('='),
        STANDARD.encode(claims.to_string())
    );
    assert!(text.contains('+') || text.contains('/'), "the example must show the difference: {text}");
    assert!(text.ends_with('='), "the example must be padded: {text}");
    let token = format!("{text}.{}", STANDARD.encode(mac(&text, SECRET))).replace('+', "-").replace('/', "_");
    assert!(check(&token).is_ok());
}

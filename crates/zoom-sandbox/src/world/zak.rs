//! Zoom Access Keys: signed, so that each names its user and its end and none has to be remembered.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use clock::{Entropy, Timestamp};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use super::ids;

/// About how many characters they have.
const LENGTH: usize = 128;

/// A key for `user_id` that ends at `until`.
pub(crate) fn mint(key: &str, entropy: &dyn Entropy, user_id: &str, until: Timestamp) -> String {
    let claims = format!("{user_id}:{}:{}", until.as_millisecond(), ids::digits(entropy));
    let mut zak = String::with_capacity(LENGTH);
    URL_SAFE_NO_PAD.encode_string(claims, &mut zak);
    let sealed = seal(key, &zak);
    zak.insert_str(0, "sbx");
    zak.push('.');
    URL_SAFE_NO_PAD.encode_string(sealed, &mut zak);
    zak
}

/// Whose key it is, if it is one of ours and has not ended at `now`.
pub(crate) fn verify(key: &str, zak: &str, now: Timestamp) -> Option<String> {
    let (claims, given) = zak.strip_prefix("sbx")?.split_once('.')?;
    let given = URL_SAFE_NO_PAD.decode(given).ok()?;
    if !bool::from(subtle::ConstantTimeEq::ct_eq(given.as_slice(), seal(key, claims).as_slice())) {
        return None;
    }
    let claims = String::from_utf8(URL_SAFE_NO_PAD.decode(claims).ok()?).ok()?;
    let mut parts = claims.split(':');
    let user = parts.next()?;
    let until: i64 = parts.next()?.parse().ok()?;
    (now.as_millisecond() < until).then(|| user.to_owned())
}

/// HMAC-SHA256 of `text` under the world's key, which takes keys of any length.
pub(crate) fn seal(key: &str, text: &str) -> [u8; 32] {
    Hmac::<Sha256>::new_from_slice(key.as_bytes())
        .map(|mut mac| {
            mac.update(text.as_bytes());
            mac.finalize().into_bytes().into()
        })
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use clock::SeededEntropy;

    use super::*;

    #[test]
    fn a_key_names_its_user_until_it_ends_and_no_forged_one_does() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let zak = mint("secret", &SeededEntropy::new(1), "sbxUSER", at(100));
        assert_eq!(verify("secret", &zak, at(99)).as_deref(), Some("sbxUSER"));
        assert_eq!(verify("secret", &zak, at(100)), None);
        assert_eq!(verify("another", &zak, at(99)), None);
        assert_eq!(verify("secret", &format!("{zak}A"), at(99)), None);
        assert_eq!(verify("secret", "", at(99)), None);
    }
}

//! `Idempotency-Key`: what a program calls a request that it may send again.

use http::{HeaderMap, StatusCode};

use super::refusal::Refusal;
use crate::language::say;

/// The header's name.
pub(crate) const HEADER: &str = "Idempotency-Key";

/// The most characters of a key.
const MOST: usize = 255;

/// The request's key, where it has one.
pub(crate) fn key(headers: &HeaderMap) -> Result<Option<&str>, Refusal> {
    let mut keys = headers.get_all(HEADER).iter();
    let Some(key) = keys.next() else { return Ok(None) };
    let key = key.to_str().unwrap_or_default().trim();
    if keys.next().is_some() || !(1..=MOST).contains(&key.len()) || key.contains('\t') {
        return Err(wrong("unusable"));
    }
    Ok(Some(key))
}

/// The answer to a key that came with another request before.
pub(crate) fn different() -> Refusal {
    wrong("different")
}

fn wrong(how: &str) -> Refusal {
    let code = format!("key-{how}");
    Refusal::field(StatusCode::UNPROCESSABLE_ENTITY, HEADER, &code, say(&format!("api-{code}")))
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn of(keys: &[&[u8]]) -> Result<Option<String>, String> {
        let mut headers = HeaderMap::new();
        for key in keys {
            headers.append(HEADER, HeaderValue::from_bytes(key).unwrap());
        }
        match key(&headers) {
            Ok(key) => Ok(key.map(str::to_owned)),
            Err(Refusal::Fields(_, errors)) => Err(errors[0].code.clone()),
            Err(Refusal::Fault(fault)) => panic!("{fault:?}"),
        }
    }

    #[test]
    fn a_key_is_one_short_printable_text() {
        assert_eq!(of(&[]), Ok(None));
        assert_eq!(of(&[b"7d9d1b1e"]), Ok(Some("7d9d1b1e".to_owned())));
        assert_eq!(of(&[b"\"quoted\""]), Ok(Some("\"quoted\"".to_owned())));
        assert!(of(&[&[b'k'; MOST]]).is_ok());
        for bad in
            [vec![b"".as_slice()], vec![b"  "], vec![&[b'k'; MOST + 1]], vec![b"a\tb"], vec![b"\xff"], vec![b"a", b"a"]]
        {
            assert_eq!(of(&bad), Err("key-unusable".to_owned()), "{bad:?}");
        }
    }
}

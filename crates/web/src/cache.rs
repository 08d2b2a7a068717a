//! Visitors' pages as finished bytes. They are the same for everybody, hold no secret, and are good until something is
//! committed (`Service::epoch`) or until time alone changes what they say.

use std::{io::Write as _, sync::Arc};

use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use jiff::{SignedDuration, Timestamp};
use moka::sync::Cache;
use sha2::{Digest as _, Sha256};

use crate::{fault::Fault, finish};

/// The most bytes kept.
const ROOM: u64 = 64 * 1024 * 1024;
/// A page is made anew after this long in any case: a room that ended yesterday leaves the list without a commit.
const LONGEST: SignedDuration = SignedDuration::from_secs(60);

/// A page just made.
pub(crate) struct Fresh {
    /// The route's pattern, to count answers by.
    pub(crate) route: &'static str,
    pub(crate) content_type: &'static str,
    pub(crate) bytes: Vec<u8>,
    /// Headers beside the type: a policy of its own, a file name.
    pub(crate) headers: Vec<(http::HeaderName, HeaderValue)>,
    /// When time alone makes it untrue.
    pub(crate) good_until: Option<Timestamp>,
}

struct Kept {
    epoch: u64,
    good_until: Timestamp,
    tag: HeaderValue,
    plain: Bytes,
    zipped: Bytes,
    headers: HeaderMap,
    served: metrics::Counter,
}

/// The pages kept.
pub(crate) struct PageCache(Cache<String, Arc<Kept>>);

impl PageCache {
    pub(crate) fn new() -> Self {
        let size = |path: &String, kept: &Arc<Kept>| {
            u32::try_from(path.len() + kept.plain.len() + kept.zipped.len()).unwrap_or(u32::MAX)
        };
        Self(Cache::builder().max_capacity(ROOM).weigher(size).build())
    }

    /// The answer with the page kept under `path`, while it is good.
    pub(crate) fn kept(&self, path: &str, epoch: u64, now: Timestamp, asked: &HeaderMap) -> Option<Response> {
        let kept = self.0.get(path).filter(|kept| kept.epoch == epoch && now < kept.good_until)?;
        kept.served.increment(1);
        Some(kept.answer(asked))
    }

    /// Answers with the page kept under `path`, or makes it. The epoch is read by the caller *before* it reads the data.
    pub(crate) async fn answer<F>(
        &self,
        path: &str,
        epoch: u64,
        now: Timestamp,
        asked: &HeaderMap,
        make: F,
    ) -> Result<Response, Fault>
    where
        F: AsyncFnOnce() -> Result<Fresh, Fault>,
    {
        if let Some(kept) = self.0.get(path).filter(|kept| kept.epoch == epoch && now < kept.good_until) {
            return Ok(kept.answer(asked));
        }
        let kept = Arc::new(Kept::new(make().await?, epoch, now));
        self.0.insert(path.to_owned(), kept.clone());
        Ok(kept.answer(asked))
    }
}

impl Kept {
    fn new(fresh: Fresh, epoch: u64, now: Timestamp) -> Self {
        let Fresh { route, content_type, bytes, headers: more, good_until } = fresh;
        let hash = Sha256::digest(&bytes);
        let tag = format!("W/\"{}\"", hex::encode(hash.get(..10).unwrap_or_default()));
        let longest = now.checked_add(LONGEST).unwrap_or(now);
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
        // Browsers keep it and ask each time: the answer is a short 304 until something changed.
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        headers.extend(more.into_iter().map(|(name, value)| (Some(name), value)));
        let tag = HeaderValue::from_str(&tag).unwrap_or(HeaderValue::from_static("W/\"0\""));
        headers.insert(header::ETAG, tag.clone());
        finish::protect(&mut headers);
        let served = metrics::counter!("eroom_http_answers_total", "route" => route, "status" => "2xx");
        let zipped = zip(&bytes).into();
        Self {
            epoch,
            good_until: good_until.map_or(longest, |at| at.min(longest)),
            tag,
            plain: bytes.into(),
            zipped,
            headers,
            served,
        }
    }

    fn answer(&self, asked: &HeaderMap) -> Response {
        let has = asked.get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok()).zip(self.tag.to_str().ok());
        let is_same = has.is_some_and(|(asked, tag)| asked.split(',').any(|one| one.trim() == tag));
        let mut response = if is_same {
            StatusCode::NOT_MODIFIED.into_response()
        } else if takes_gzip(asked) {
            ([(header::CONTENT_ENCODING, "gzip")], self.zipped.clone()).into_response()
        } else {
            self.plain.clone().into_response()
        };
        let own = std::mem::replace(response.headers_mut(), self.headers.clone());
        // What this answer has of its own is at most its encoding: the length follows from the body.
        if let Some(encoding) = own.get(header::CONTENT_ENCODING) {
            response.headers_mut().insert(header::CONTENT_ENCODING, encoding.clone());
        }
        response
    }
}

fn takes_gzip(asked: &HeaderMap) -> bool {
    let Some(taken) = asked.get(header::ACCEPT_ENCODING).and_then(|v| v.to_str().ok()) else { return false };
    taken.split(',').any(|one| {
        let mut parts = one.split(';').map(str::trim);
        parts.next() == Some("gzip") && !parts.any(|p| matches!(p, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

fn zip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    // Writing into memory does not fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fresh(text: &str, good_until: Option<Timestamp>) -> Fresh {
        Fresh {
            route: "/",
            content_type: "text/html; charset=utf-8",
            bytes: text.into(),
            headers: Vec::new(),
            good_until,
        }
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    async fn text(cache: &PageCache, epoch: u64, now: i64, make: &str, until: Option<i64>) -> String {
        let answer =
            cache.answer("/", epoch, at(now), &HeaderMap::new(), async || Ok(fresh(make, until.map(at)))).await;
        let body = axum::body::to_bytes(answer.unwrap_or_else(|_| panic!("no fault")).into_body(), 1000).await.unwrap();
        String::from_utf8(body.to_vec()).unwrap()
    }

    #[tokio::test]
    async fn a_page_is_kept_until_a_commit_or_until_time_changes_it() {
        let cache = PageCache::new();
        assert_eq!(text(&cache, 1, 0, "a", Some(10)).await, "a");
        assert_eq!(text(&cache, 1, 9, "b", Some(10)).await, "a");
        assert_eq!(text(&cache, 1, 10, "c", None).await, "c", "time changed it");
        assert_eq!(text(&cache, 2, 11, "d", None).await, "d", "a commit changed it");
        assert_eq!(text(&cache, 2, 72, "e", None).await, "e", "a minute is the longest");
    }

    #[tokio::test]
    async fn who_has_the_page_already_gets_no_body_and_who_takes_gzip_gets_it() {
        let cache = PageCache::new();
        let page = "long ".repeat(100);
        let mut asked = HeaderMap::new();
        asked.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("br, gzip;q=0.8"));
        let first =
            cache.answer("/", 1, at(0), &asked, async || Ok(fresh(&page, None))).await.unwrap_or_else(|_| panic!());
        assert_eq!(first.headers()[header::CONTENT_ENCODING], "gzip");
        asked.insert(header::IF_NONE_MATCH, first.headers()[header::ETAG].clone());
        let again =
            cache.answer("/", 1, at(1), &asked, async || Err(Fault::NotFound)).await.unwrap_or_else(|_| panic!());
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    }

    #[test]
    fn gzip_refused_with_a_weight_of_nothing_is_not_sent() {
        let mut asked = HeaderMap::new();
        asked.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("gzip;q=0, br"));
        assert!(!takes_gzip(&asked));
    }
}

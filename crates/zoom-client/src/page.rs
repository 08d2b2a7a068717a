//! Lists over all their pages.

use std::mem;

use reqwest::header::HeaderMap;
use serde::{Deserialize, de::DeserializeOwned};

use crate::{Call, Error, Found, Place, ZoomClient, refusal, send::Request};

/// More pages than any account has: 300,000 entries of 300 a page.
const MOST_PAGES: usize = 1_000;

/// How many entries to ask for at once; Zoom's maximum for most lists.
pub(crate) const PAGE_SIZE: &str = "300";

/// The envelope of a list. The list's own name differs, so it is looked up by [`Listed::NAME`].
#[derive(Debug, Deserialize)]
struct Envelope {
    #[serde(default)]
    next_page_token: Option<String>,
    #[serde(default)]
    page_count: Option<u32>,
    #[serde(flatten)]
    rest: Rest,
}

type Rest = serde_json::Map<String, serde_json::Value>;

/// An entry of a list.
pub(crate) trait Listed: DeserializeOwned {
    /// The member of the envelope that holds the entries.
    const NAME: &'static str;
}

/// Where the next page is.
#[derive(Clone, Debug, PartialEq)]
enum Next {
    Token(String),
    Number(u32),
}

/// Every entry of the list that `first` asks for. Should the token of the next page have run out (15 minutes), the
/// list is read once more from its beginning.
pub(crate) async fn all<T: Listed>(client: &ZoomClient, first: Request) -> Result<Vec<T>, Error> {
    match pages(client, &first).await {
        Err((page, Error::Invalid { message, .. })) if page > 1 && message.contains("page token") => {
            pages(client, &first).await.map_err(|(_, error)| error)
        }
        read => read.map_err(|(_, error)| error),
    }
}

async fn pages<T: Listed>(client: &ZoomClient, first: &Request) -> Result<Vec<T>, (usize, Error)> {
    let (mut all, mut next, mut last, mut tokens) = (Vec::new(), None, None, false);
    for page in 1..=MOST_PAGES {
        let request = match next.take() {
            None => first.clone(),
            Some(Next::Token(token)) => first.clone().query("next_page_token", token),
            Some(Next::Number(number)) => first.clone().query("page_number", number.to_string()),
        };
        let envelope: Envelope = client.read(request).await.map_err(|error| (page, error))?;
        let token = envelope.next_page_token.filter(|token| !token.is_empty());
        if token.is_some() && token == last {
            return Err((page, broken(first.call, "next_page_token".into())));
        }
        last.clone_from(&token);
        tokens |= token.is_some();
        let entries = entries(client, first.call, envelope.rest).map_err(|error| (page, error))?;
        let empty = entries.is_empty();
        all.extend(entries);
        // Where a list gives no tokens at all (webinars, in some of Zoom's documents), pages are numbered.
        let number = u32::try_from(page).unwrap_or(u32::MAX).saturating_add(1);
        let numbered = !tokens && !empty && envelope.page_count.is_some_and(|count| count >= number);
        next = token.map(Next::Token).or(numbered.then_some(Next::Number(number)));
        if next.is_none() {
            return Ok(all);
        }
    }
    Err((MOST_PAGES, broken(first.call, "next_page_token".into())))
}

fn entries<T: Listed>(client: &ZoomClient, call: &'static Call, mut rest: Rest) -> Result<Vec<T>, Error> {
    match rest.get_mut(T::NAME).map(mem::take) {
        Some(list) => serde_path_to_error::deserialize(list)
            .map_err(|error: serde_path_to_error::Error<_>| broken(call, format!("{}{}", T::NAME, error.path()))),
        // An empty list may be left out, but not from something that is no list at all.
        None if rest.contains_key("page_size") || rest.contains_key("total_records") => Ok(Vec::new()),
        None => Err(refusal(client, call, rest).unwrap_or_else(|| broken(call, T::NAME.into()))),
    }
}

/// Some refusals come with a status of success.
fn refusal(client: &ZoomClient, call: &'static Call, rest: Rest) -> Option<Error> {
    let body = serde_json::to_vec(&serde_json::Value::Object(rest)).ok()?;
    let refusal = refusal::parse(&body).filter(|refusal| refusal.code != 0)?;
    Some(refusal::of_code(call, 200, &HeaderMap::new(), refusal, client.now()))
}

fn broken(call: &'static Call, field: String) -> Error {
    Error::Unreadable {
        place: Place::Api,
        operation: call.id,
        status: 200,
        found: Found::OtherJson,
        field: Some(field),
    }
}

//! Lists: one page, a stream over the pages, all of them.

use std::{fmt, mem, pin::Pin};

use futures_util::{Stream, TryStreamExt as _, stream};
use reqwest::header::HeaderMap;
use serde::{Deserialize, de::DeserializeOwned};

use crate::{Call, Error, Found, Place, ZoomClient, ask::Ask, refusal, send::Request};

/// More pages than any account has: 300,000 entries of 300 a page.
const MOST_PAGES: u32 = 1_000;

/// How many entries to ask for at once; Zoom's maximum for most lists.
pub(crate) const PAGE_SIZE: &str = "300";

/// One page of a list.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// Its entries, in Zoom's order.
    pub entries: Vec<T>,
    /// Names the page after it; absent on the last one.
    pub next: Option<PageToken>,
    /// How many entries the whole list has, where Zoom says so.
    pub total: Option<u64>,
}

/// Names a page of a list. Zoom keeps it for fifteen minutes.
#[derive(Clone, PartialEq, Eq)]
pub struct PageToken(Next);

/// Whoever holds a token sees the page with credentials only, but it is nothing for logs.
impl fmt::Debug for PageToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PageToken")
    }
}

/// Entries of a list, one after another, as a `futures_core::Stream`.
pub type Entries<T> = Pin<Box<dyn Stream<Item = Result<T, Error>> + Send>>;

/// Where the next page is. Where a list gives no tokens at all (webinars, in some of Zoom's documents), pages are
/// numbered.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Next {
    Token { text: String, page: u32 },
    Number(u32),
}

impl Next {
    fn page(&self) -> u32 {
        match self {
            Self::Token { page, .. } | Self::Number(page) => *page,
        }
    }
}

/// The envelope of a list. The list's own name differs, so it is looked up by [`Listed::NAME`].
#[derive(Debug, Deserialize)]
struct Envelope {
    #[serde(default)]
    next_page_token: Option<String>,
    #[serde(default)]
    page_count: Option<u32>,
    #[serde(default)]
    total_records: Option<serde_json::Value>,
    #[serde(flatten)]
    rest: Rest,
}

type Rest = serde_json::Map<String, serde_json::Value>;

/// An entry of a list.
pub(crate) trait Listed: DeserializeOwned {
    /// The member of the envelope that holds the entries.
    const NAME: &'static str;
}

/// The page that `after` names, or the first.
pub(crate) async fn one<T: Listed>(
    client: &ZoomClient,
    first: Request,
    after: Option<&PageToken>,
) -> Result<Page<T>, Error> {
    let (call, number) = (first.call, after.map_or(1, |after| after.0.page()));
    let first = first.unless_set("page_size", PAGE_SIZE);
    let request = match after.map(|after| &after.0) {
        None => first,
        Some(Next::Token { text, .. }) => first.set("next_page_token", text.clone()),
        Some(Next::Number(number)) => first.set("page_number", number.to_string()),
    };
    let envelope: Envelope = client.read(request).await?;
    let token = envelope.next_page_token.filter(|token| !token.is_empty());
    let again = |token: &String| matches!(after, Some(PageToken(Next::Token { text, .. })) if text == token);
    if number >= MOST_PAGES || token.as_ref().is_some_and(again) {
        return Err(broken(call, "next_page_token".into()));
    }
    let total = envelope.total_records.as_ref().and_then(serde_json::Value::as_f64).map(whole);
    let entries = entries(client, call, T::NAME, envelope.rest, total.is_some())?;
    let page = number.saturating_add(1);
    let tokens = token.is_some() || matches!(after, Some(PageToken(Next::Token { .. })));
    let numbered = !tokens && !entries.is_empty() && envelope.page_count.is_some_and(|count| count >= page);
    let next = token.map(|text| Next::Token { text, page }).or(numbered.then_some(Next::Number(page)));
    Ok(Page { entries, next: next.map(PageToken), total })
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count, which some lists write as 3.0")]
fn whole(count: f64) -> u64 {
    count as u64
}

/// Every entry of the list that `first` asks for. Should the token of the next page have run out (15 minutes), the
/// list is read once more from its beginning.
pub(crate) async fn all<T: Listed>(client: &ZoomClient, first: Request) -> Result<Vec<T>, Error> {
    match pages(client, &first).await {
        Err((true, Error::Invalid { message, .. })) if message.contains("page token") => {
            pages(client, &first).await.map_err(|(_, error)| error)
        }
        read => read.map_err(|(_, error)| error),
    }
}

/// The error with whether it came after the first page.
async fn pages<T: Listed>(client: &ZoomClient, first: &Request) -> Result<Vec<T>, (bool, Error)> {
    let (mut all, mut next) = (Vec::new(), None);
    loop {
        let page = one(client, first.clone(), next.as_ref()).await.map_err(|error| (next.is_some(), error))?;
        all.extend(page.entries);
        next = page.next;
        if next.is_none() {
            return Ok(all);
        }
    }
}

/// The entries one after another.
pub(crate) fn stream<T: Listed + Send + 'static>(ask: Ask) -> Entries<T> {
    let pages = stream::try_unfold(Some(None::<PageToken>), move |state| {
        let ask = ask.clone();
        async move {
            let Some(after) = state else { return Ok(None) };
            let page: Page<T> = one(&ask.client, ask.request()?, after.as_ref()).await?;
            let entries = stream::iter(page.entries.into_iter().map(Ok::<_, Error>));
            Ok(Some((entries, page.next.map(Some))))
        }
    });
    Box::pin(pages.try_flatten())
}

impl ZoomClient {
    /// A list that comes whole, in the member `name` of its answer.
    pub(crate) async fn whole<T: DeserializeOwned>(&self, ask: Ask, name: &'static str) -> Result<Vec<T>, Error> {
        let request = ask.request()?;
        let call = request.call;
        let rest: Rest = self.read(request).await?;
        let counted = rest.contains_key("total_records") || rest.is_empty();
        entries(self, call, name, rest, counted)
    }
}

fn entries<T: DeserializeOwned>(
    client: &ZoomClient,
    call: &'static Call,
    name: &'static str,
    mut rest: Rest,
    counted: bool,
) -> Result<Vec<T>, Error> {
    match rest.get_mut(name).map(mem::take) {
        Some(serde_json::Value::Null) => Ok(Vec::new()),
        Some(list) => serde_path_to_error::deserialize(list)
            .map_err(|error: serde_path_to_error::Error<_>| broken(call, format!("{name}{}", error.path()))),
        // An empty list may be left out, but not from something that is no list at all.
        None if counted || rest.contains_key("page_size") => Ok(Vec::new()),
        None => Err(refusal(client, call, rest).unwrap_or_else(|| broken(call, name.into()))),
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

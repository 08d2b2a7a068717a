//! Pages of lists: sizes, numbers, and tokens that end after 15 minutes and fit one query only.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use clock::Timestamp;
use jiff::SignedDuration;
use serde_json::{Map, Value};
use zoom_spec::{Place, code::PAGE_TOKEN_EXPIRED};

use super::Ask;
use crate::{answer::Refusal, world::seal};

/// How long a `next_page_token` is good for.
const TOKEN_LIFE: SignedDuration = SignedDuration::from_mins(15);

/// Cuts the page that was asked for out of `rows` and puts Zoom's envelope around it, of which operations document
/// more or less.
pub(crate) fn envelope(ask: &Ask<'_>, list: &str, rows: Vec<Value>) -> Result<Value, Refusal> {
    envelope_of(ask, list, rows, |row| row)
}

/// The same, of rows that are written only where the page shows them.
pub(crate) fn envelope_of<T>(
    ask: &Ask<'_>,
    list: &str,
    rows: Vec<T>,
    write: impl FnMut(T) -> Value,
) -> Result<Value, Refusal> {
    let page = cut(ask, rows)?;
    let rows: Vec<Value> = page.rows.into_iter().map(write).collect();
    let whole = [
        ("page_count", Value::from(page.total.div_ceil(page.size))),
        ("page_number", (page.from / page.size + 1).into()),
        ("page_size", page.size.into()),
        ("total_records", page.total.into()),
        ("next_page_token", page.token.into()),
        (list, rows.into()),
    ];
    let told = whole.into_iter().filter(|(name, _)| ask.operation.field(Place::Answer, name).is_some());
    Ok(told.map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>().into())
}

/// The same in the narrower envelope that Zoom Events has: the total and the token, where the operation documents them.
pub(crate) fn records(ask: &Ask<'_>, list: &str, rows: Vec<Value>) -> Result<Value, Refusal> {
    let documents = |place, name| ask.operation.field(place, name).is_some();
    let total = rows.len();
    let mut body = Map::new();
    if documents(Place::Answer, "total_records") {
        body.insert("total_records".to_owned(), total.into());
    }
    if !documents(Place::Query, "next_page_token") {
        body.insert(list.to_owned(), rows.into());
        return Ok(body.into());
    }
    let page = cut(ask, rows)?;
    body.insert("next_page_token".to_owned(), page.token.into());
    body.insert(list.to_owned(), page.rows.into());
    Ok(body.into())
}

/// A page, and where it stands in the whole.
struct Page<T> {
    rows: Vec<T>,
    total: usize,
    from: usize,
    size: usize,
    token: String,
}

/// The largest page of an operation that documents no other.
const LARGEST: usize = 300;

fn cut<T>(ask: &Ask<'_>, rows: Vec<T>) -> Result<Page<T>, Refusal> {
    let documented = ask.operation.field(Place::Query, "page_size").and_then(|field| field.max);
    let most = documented.and_then(|max| usize::try_from(max).ok()).unwrap_or(LARGEST);
    let size = ask.query("page_size").and_then(|text| text.parse().ok()).unwrap_or(30_usize).clamp(1, most.max(1));
    let key = ask.app.world.read(|state| state.key.clone());
    let bound_to = format!("{}\n{}", ask.operation.id, ask.query_without("next_page_token"));
    let from = if let Some(token) = ask.query("next_page_token") {
        read_token(&key, &bound_to, token, ask.now).ok_or(PAGE_TOKEN_EXPIRED)?
    } else {
        let number = ask.query("page_number").and_then(|text| text.parse().ok()).unwrap_or(1_usize).max(1);
        (number - 1).saturating_mul(size)
    };
    let total = rows.len();
    let next = from.saturating_add(size);
    let token = if next < total { write_token(&key, &bound_to, next, ask.now) } else { String::new() };
    let rows = rows.into_iter().skip(from).take(size).collect();
    Ok(Page { rows, total, from, size, token })
}

fn write_token(key: &str, bound_to: &str, next: usize, now: Timestamp) -> String {
    let until = now.saturating_add(TOKEN_LIFE).unwrap_or(Timestamp::MAX).as_millisecond();
    let claims = format!("{next}.{until}");
    let seal = URL_SAFE_NO_PAD.encode(seal(key, &format!("page\n{claims}\n{bound_to}")));
    URL_SAFE_NO_PAD.encode(format!("{claims}.{seal}"))
}

fn read_token(key: &str, bound_to: &str, token: &str, now: Timestamp) -> Option<usize> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(token).ok()?).ok()?;
    let (claims, given) = text.rsplit_once('.')?;
    let right = URL_SAFE_NO_PAD.encode(seal(key, &format!("page\n{claims}\n{bound_to}")));
    let (next, until) = claims.split_once('.')?;
    let is_ours = bool::from(subtle::ConstantTimeEq::ct_eq(given.as_bytes(), right.as_bytes()));
    (is_ours && now.as_millisecond() < until.parse().ok()?).then(|| next.parse().ok()).flatten()
}

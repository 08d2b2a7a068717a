//! Lists of rooms: what visitors see coming, and everything by filter, page by page.

use jiff::{SignedDuration, Timestamp};
use model::{Room, RoomKind, ZoomUserId};

use super::{raw::Raw, words::words};
use crate::{
    engine::{params, sql},
    error::Result,
    page::{Cursor, Page},
    tx::Reader,
};

/// How many rooms are on a page.
pub const PAGE: usize = 50;

/// No sitting lasts longer (Zoom ends a meeting after 30 hours), so one that Zoom never said had ended is over by then.
const LONGEST_SITTING: SignedDuration = SignedDuration::from_hours(30);

/// Which rooms, in time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum When {
    /// All, the latest first.
    #[default]
    All,
    /// Those that have not ended by their schedule, the next first.
    Coming,
    /// Those that have, the latest first.
    Past,
}

/// Which rooms a member looks for. Everything that is `None` or empty filters nothing.
#[derive(Clone, Debug, Default)]
pub struct RoomFilter {
    /// Only meetings, or only webinars.
    pub kind: Option<RoomKind>,
    /// Only in this state at Zoom: a word of [`model::AtZoom::as_str`].
    pub at_zoom: Option<&'static str>,
    /// Only published ones, or only drafts.
    pub published: Option<bool>,
    /// Only of this host.
    pub host: Option<ZoomUserId>,
    /// Which, in time.
    pub when: When,
    /// Words of the title, or beginnings of them; all must be found (the first three count).
    pub text: String,
    /// After this one.
    pub after: Option<Cursor>,
}

/// Published rooms that have not ended, or that Zoom says are live; the next first.
pub async fn upcoming(reader: &mut Reader, now: Timestamp, after: Option<&Cursor>) -> Result<Page<Room>> {
    let floor = now.saturating_sub(LONGEST_SITTING).unwrap_or(Timestamp::MIN);
    let (at, id) = after.map_or((i64::MIN, ""), |cursor| (cursor.at, &cursor.id));
    let params = params![now, floor, at, id, rows_for(PAGE)];
    page(reader, sql!("room/upcoming"), params).await
}

/// Rooms by filter.
pub async fn list(reader: &mut Reader, filter: &RoomFilter, now: Timestamp) -> Result<Page<Room>> {
    let forward = filter.when == When::Coming;
    let far = if forward { (i64::MIN, "") } else { (i64::MAX, "~") };
    let (at, id) = filter.after.as_ref().map_or(far, |cursor| (cursor.at, &cursor.id));
    let (ends_after, ends_until) = match filter.when {
        When::All => (i64::MIN, i64::MAX),
        When::Coming => (now.as_millisecond(), i64::MAX),
        When::Past => (i64::MIN, now.as_millisecond()),
    };
    let mut words = words(&filter.text);
    // The longest beginnings tell most.
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let mut words = words.into_iter();
    let mut params = params![
        at,
        id,
        ends_after,
        ends_until,
        filter.kind.map(RoomKind::as_str),
        filter.at_zoom,
        filter.published,
        filter.host.as_ref().map(ZoomUserId::as_str),
    ];
    for _ in 0..3 {
        let word = words.next();
        let beyond = word.as_ref().map(|word| format!("{word}{}", char::MAX));
        params.extend(params![word, beyond]);
    }
    params.extend(params![rows_for(PAGE)]);
    let sql = if forward { sql!("room/list_coming") } else { sql!("room/list_back") };
    page(reader, sql, params).await
}

/// One row more than a page has: it tells whether there is a next one.
fn rows_for(page: usize) -> i64 {
    i64::try_from(page).unwrap_or(i64::MAX).saturating_add(1)
}

async fn page(reader: &mut Reader, sql: &'static str, params: Vec<crate::engine::Value>) -> Result<Page<Room>> {
    let raw: Vec<Raw> = reader.rows("listing rooms", sql, params).await?;
    let page = Page::cut(raw, PAGE, |raw| Cursor { at: raw.starts_at, id: raw.id.clone() });
    let items = page.items.into_iter().map(|raw| Ok(raw.parse(reader)?.room)).collect::<Result<_>>()?;
    Ok(Page { items, next: page.next })
}

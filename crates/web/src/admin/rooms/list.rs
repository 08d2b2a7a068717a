//! The list of rooms: coming, past, drafts; search; pages.

use axum::{extract::State, response::Response};
use model::{Right, RoomId};
use serde::Serialize;
use service::{Actor, RoomFilter, When};

use super::row::RoomRow;
use crate::{
    admin::inside::{Content, Place, show},
    app::{App, Query},
    fault::Fault,
    guard::Signed,
    pages::Page,
};

/// Rooms on a page.
const PAGE: usize = 50;

/// The list.
#[derive(Serialize)]
pub(crate) struct RoomsPage {
    pub(crate) rooms: Vec<RoomRow>,
    pub(crate) query: String,
    pub(crate) filter: &'static str,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) may_make: bool,
    /// What is off, and where to set it right.
    pub(crate) notice: Option<Notice>,
    /// How many coming rooms have no Zoom account, for who may give them a host.
    pub(crate) kept: usize,
    /// Whether the site has no room at all.
    pub(crate) none_at_all: bool,
    /// Whether this is a later page.
    pub(crate) paged: bool,
    pub(crate) first: String,
    pub(crate) next: Option<String>,
}

impl Page for RoomsPage {
    const TEMPLATE: &'static str = "admin/rooms.html";
}

impl Content for RoomsPage {
    const PLACE: Place = Place::Rooms;
}

/// One of the list's parts.
#[derive(Serialize)]
pub(crate) struct Tab {
    key: String,
    href: String,
    current: bool,
}

/// Something that does not work yet.
#[derive(Serialize)]
pub(crate) struct Notice {
    pub(crate) title: &'static str,
    pub(crate) text: &'static str,
    /// The key of the link to the Zoom settings, for who may go there.
    pub(crate) link: Option<&'static str>,
}

/// Which rooms the address asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Show {
    Coming,
    Past,
    Drafts,
    All,
}

impl Show {
    const ALL: [Self; 4] = [Self::Coming, Self::Past, Self::Drafts, Self::All];

    fn as_str(self) -> &'static str {
        match self {
            Self::Coming => "coming",
            Self::Past => "past",
            Self::Drafts => "drafts",
            Self::All => "all",
        }
    }

    fn parse(word: &str) -> Self {
        Self::ALL.into_iter().find(|show| show.as_str() == word).unwrap_or(Self::Coming)
    }

    fn when(self) -> When {
        match self {
            Self::Coming => When::Coming,
            Self::Past => When::Past,
            Self::Drafts | Self::All => When::All,
        }
    }

    /// The list's parts, this one marked; a search goes along.
    pub(crate) fn tabs(self, query: &str) -> Vec<Tab> {
        let tab = |show: Self| Tab {
            key: format!("rooms-filter-{}", show.as_str()),
            href: address(show, query, None),
            current: show == self,
        };
        Self::ALL.into_iter().map(tab).collect()
    }
}

/// `GET /admin/rooms`
pub(crate) async fn rooms(State(app): State<App>, Signed(actor): Signed, query: Query) -> Result<Response, Fault> {
    let asked = Show::parse(query.get("show").map_or("", String::as_str));
    let text = query.get("q").map(|q| q.trim().chars().take(200).collect::<String>()).unwrap_or_default();
    let after = query.get("after").and_then(|id| id.parse().ok());
    let filter = RoomFilter {
        when: asked.when(),
        text: (!text.is_empty()).then(|| text.clone()),
        drafts_only: asked == Show::Drafts,
        after,
        limit: PAGE,
        ..RoomFilter::default()
    };
    let listing = app.service.rooms(&actor, filter).await?;
    let none_at_all = listing.items.is_empty() && text.is_empty() && {
        let any = RoomFilter { limit: 1, ..RoomFilter::default() };
        app.service.rooms(&actor, any).await?.items.is_empty()
    };
    let page = RoomsPage {
        rooms: listing.items.iter().map(RoomRow::from).collect(),
        filter: asked.as_str(),
        tabs: asked.tabs(&text),
        may_make: may_make(&actor),
        notice: notice(&app, &actor).await?,
        kept: if actor.may(Right::KeepAllRooms) { app.service.count_kept_rooms(&actor).await? } else { 0 },
        none_at_all,
        paged: after.is_some(),
        first: address(asked, &text, None),
        next: listing.next.map(|id| address(asked, &text, Some(id))),
        query: text,
    };
    show(&app, &actor, &query, page).await
}

/// Whether the actor may make rooms of anybody at all.
pub(crate) fn may_make(actor: &Actor) -> bool {
    actor.may(Right::KeepAllRooms) || (actor.may(Right::KeepOwnRooms) && !actor.hosts().is_empty())
}

async fn notice(app: &App, actor: &Actor) -> Result<Option<Notice>, Fault> {
    let site = app.service.site().await?;
    let owner = actor.may(Right::ManageConnection);
    if !site.connected && site.leaving {
        return Ok(Some(Notice { title: "rooms-leaving-title", text: "rooms-leaving-text", link: None }));
    }
    if !site.connected {
        let link = owner.then_some("rooms-no-zoom-link");
        return Ok(Some(Notice { title: "rooms-no-zoom-title", text: "rooms-no-zoom-text", link }));
    }
    if !owner {
        return Ok(None);
    }
    let connection = app.service.connection(actor).await?;
    let has_sdk = connection.is_some_and(|c| c.sdk_key.is_some() && c.has_sdk_secret);
    Ok((!has_sdk).then_some(Notice {
        title: "rooms-no-sdk-title",
        text: "rooms-no-sdk-text",
        link: Some("rooms-no-sdk-link"),
    }))
}

fn address(show: Show, query: &str, after: Option<RoomId>) -> String {
    let mut pairs = url::form_urlencoded::Serializer::new(String::new());
    if show != Show::Coming {
        pairs.append_pair("show", show.as_str());
    }
    if !query.is_empty() {
        pairs.append_pair("q", query);
    }
    if let Some(after) = after {
        pairs.append_pair("after", &after.to_string());
    }
    match pairs.finish() {
        none if none.is_empty() => "/admin/rooms".into(),
        pairs => format!("/admin/rooms?{pairs}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_the_part_and_the_search() {
        assert_eq!(address(Show::Coming, "", None), "/admin/rooms");
        assert_eq!(address(Show::Past, "朝 & noon", None), "/admin/rooms?show=past&q=%E6%9C%9D+%26+noon");
    }
}

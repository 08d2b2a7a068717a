//! What visitors get: the list of rooms, a room's page, its calendar, the green room, the call.

mod app_door;
mod calendar;
pub(crate) mod call;
mod cover;
mod door;
mod embed;
mod green_room;
mod list;
mod markdown;
mod oembed;
mod room;
pub(crate) mod sdk_codes;
mod view;

use crate::routes::{Audience, Route, SampleBody};

pub(crate) use door::entry_redirect;
pub(crate) use embed::EmbedCode;
pub(crate) use markdown::render as render_markdown;

const ENTRY: SampleBody = SampleBody::Form(&[("name", "Walker"), ("email", "walker@example.org")]);

/// The addresses for visitors.
pub(crate) fn routes() -> Vec<Route> {
    use Audience::Visitor;
    vec![
        Route::get("/", Visitor, list::show),
        Route::get("/calendar.ics", Visitor, calendar::all).data(),
        Route::get("/m/{room}", Visitor, room::permanent).redirect(),
        // A room's page and its calendar, `/r/{slug}.ics`: a router cannot tell them apart, the handler does.
        Route::get("/r/{slug}", Visitor, room::show),
        Route::get("/embed/{slug}", Visitor, embed::show),
        Route::get("/oembed", Visitor, oembed::show).data().query("format=xml&url={page_url}"),
        Route::get("/r/{slug}/calendar.ics", Visitor, calendar::one).data(),
        Route::get("/r/{slug}/state", Visitor, room::state).data(),
        Route::get("/r/{slug}/cover", Visitor, cover::show).data(),
        Route::get("/r/{slug}/join", Visitor, green_room::show),
        Route::post("/r/{slug}/join", Visitor, green_room::take).sample(ENTRY),
        Route::get("/r/{slug}/app", Visitor, app_door::show),
        Route::post("/r/{slug}/app", Visitor, app_door::take).sample(ENTRY),
        Route::get("/r/{slug}/call", Visitor, call::show).isolated(),
        Route::post("/r/{slug}/call/packet", Visitor, call::packet)
            .data()
            .sample(SampleBody::Form(&[("entry", "0123456789abcdef")])),
    ]
}

/// Examples of the pages.
#[cfg(test)]
pub(crate) fn samples() -> Vec<crate::pages::Sample> {
    [list::samples(), room::samples(), embed::samples(), green_room::samples(), app_door::samples(), call::samples()]
        .concat()
}

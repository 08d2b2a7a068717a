//! Rooms as members keep them: list, form, page, starting, deleting.

mod choices;
mod delete;
mod detail;
mod form;
mod kept;
mod list;
mod preview;
mod row;
#[cfg(test)]
pub(super) mod samples;
mod save;
mod sheet;
mod start;
mod states;

use model::RoomId;
use service::Error;

use super::typed::MAX_BYTES;
use crate::{
    fault::Fault,
    routes::{
        Audience::{Host, Member},
        Route,
        SampleBody::Form,
    },
};

#[cfg(test)]
pub(crate) use samples::samples;

const NEW: &[(&str, &str)] = &[
    ("kind", "meeting"),
    ("title", "A walk through the site"),
    ("host", "nobody"),
    ("date", "2031-05-06"),
    ("time", "19:30"),
    ("zone", "Europe/Madrid"),
    ("duration", "45"),
    ("opens_before", "15"),
    ("published", "no"),
];

/// The addresses of rooms.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/admin/rooms", Member, list::rooms),
        Route::get("/admin/rooms/states", Member, states::states).data().query("ids="),
        Route::get("/admin/rooms/new", Host, save::new),
        Route::post("/admin/rooms/new", Host, save::create).takes_picture(MAX_BYTES).sample(Form(NEW)),
        Route::post("/admin/rooms/preview", Host, preview::preview).sample(Form(&[("agenda", "Bring *notes*")])),
        Route::get("/admin/rooms/kept", Host, kept::ask),
        Route::post("/admin/rooms/kept", Host, kept::adopt).sample(Form(&[("host", "nobody")])),
        Route::get("/admin/rooms/{room}", Member, detail::room),
        Route::get("/admin/rooms/{room}/edit", Host, save::edit),
        Route::post("/admin/rooms/{room}/edit", Host, save::change).takes_picture(MAX_BYTES).sample(Form(NEW)),
        Route::post("/admin/rooms/{room}/passcode", Host, detail::passcode).sample(Form(&[])),
        Route::post("/admin/rooms/{room}/retry", Host, detail::retry).sample(Form(&[])),
        Route::post("/admin/rooms/{room}/decide", Host, detail::decide)
            .sample(Form(&[("decision", "exists"), ("number", "not a number")])),
        Route::get("/admin/rooms/{room}/start", Host, start::ask),
        Route::post("/admin/rooms/{room}/start", Host, start::start).sample(Form(&[])),
        Route::get("/admin/rooms/{room}/delete", Host, delete::ask),
        Route::post("/admin/rooms/{room}/delete", Host, delete::delete).sample(Form(&[("at_zoom", "no")])),
    ]
}

/// The id in an address.
pub(crate) fn room_id(text: &str) -> Result<RoomId, Fault> {
    text.parse().map_err(|_| Error::NotFound.into())
}

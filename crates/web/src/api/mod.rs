//! The JSON API for programs: bearer tokens, strict bodies, RFC 9457 problems, one file for each operation.

mod body;
mod connections;
mod health;
mod hosts;
mod once;
mod openapi;
mod reference;
mod refusal;
mod rooms;

pub use openapi::openapi_json;
use utoipa::Path;

use self::rooms::{change, create, delete, list, read};
use crate::routes::{
    Audience::{Api, Visitor},
    Route,
    SampleBody::Json,
};

#[cfg(test)]
pub(crate) use reference::samples;

const NEW_ROOM: &str =
    r#"{"title":"A walk through the API","host":"nobody","starts_at":"2031-05-06T19:30","zone":"Europe/Madrid"}"#;

/// The addresses of the JSON API.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/api", Visitor, reference::reference),
        Route::get("/api/openapi.json", Visitor, openapi::openapi).data(),
        Route::get("/api/v1/rooms", Api, list::list).documented(list::__path_list::operation),
        Route::post("/api/v1/rooms", Api, create::create)
            .takes_up_to(body::MAX_BYTES)
            .sample(Json(NEW_ROOM))
            .documented(create::__path_create::operation),
        Route::get("/api/v1/rooms/{room}", Api, read::read).documented(read::__path_read::operation),
        Route::patch("/api/v1/rooms/{room}", Api, change::change)
            .takes_up_to(body::MAX_BYTES)
            .sample(Json("{}"))
            .documented(change::__path_change::operation),
        Route::delete("/api/v1/rooms/{room}", Api, delete::delete).documented(delete::__path_delete::operation),
        Route::get("/api/v1/hosts", Api, hosts::list).documented(hosts::__path_list::operation),
        Route::get("/api/v1/connections", Api, connections::list).documented(connections::__path_list::operation),
        Route::get("/api/v1/connections/{connection}", Api, connections::read)
            .documented(connections::__path_read::operation),
        Route::put("/api/v1/connections/{connection}", Api, connections::put)
            .takes_up_to(body::MAX_BYTES)
            .sample(Json("{}"))
            .documented(connections::__path_put::operation),
        Route::patch("/api/v1/connections/{connection}", Api, connections::change)
            .takes_up_to(body::MAX_BYTES)
            .sample(Json("{}"))
            .documented(connections::__path_change::operation),
        Route::delete("/api/v1/connections/{connection}", Api, connections::delete)
            .documented(connections::__path_delete::operation),
        Route::get("/api/v1/connections/{connection}/health", Api, health::health)
            .documented(health::__path_health::operation),
    ]
}

//! What is not for people: probes, Zoom's webhooks, static files.

mod address;
mod probes;
mod webhooks;

pub use address::OverTls;

use crate::{
    assets,
    routes::{Audience, Route, SampleBody},
};

/// The addresses for machines.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/healthz", Audience::Operator, probes::healthz),
        Route::get("/readyz", Audience::Operator, probes::readyz),
        Route::get("/address/{token}", Audience::Operator, address::reached),
        Route::post("/webhooks/zoom/{connection}", Audience::Zoom, webhooks::take)
            .takes_up_to(webhooks::LARGEST)
            .sample(SampleBody::Json(r#"{"event":"meeting.started","event_ts":0,"payload":{}}"#)),
        Route::get("/static/{fingerprint}/{*file}", Audience::Visitor, assets::file).data(),
        Route::get("/theme/{hue}", Audience::Visitor, assets::theme).data(),
    ]
}

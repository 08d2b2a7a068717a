//! Members come and go: signing in and out, and the one-time links for setting up and for a new password.

mod links;
mod sign_in;

use crate::routes::{Audience, Route, SampleBody};

/// The addresses of signing in.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/admin/sign-in", Audience::Visitor, sign_in::show),
        Route::post("/admin/sign-in", Audience::Visitor, sign_in::take).sample(SampleBody::Form(&[
            ("email", "nobody@example.org"),
            ("password", "not the password"),
            ("next", "/admin"),
        ])),
        Route::post("/admin/sign-out", Audience::Visitor, sign_in::leave).sample(SampleBody::Form(&[])),
        Route::post("/demo/sign-in", Audience::Visitor, sign_in::demo).sample(SampleBody::Form(&[])),
        Route::get("/setup/{token}", Audience::Visitor, links::show_setup),
        Route::post("/setup/{token}", Audience::Visitor, links::set_up).sample(SampleBody::Form(&[
            ("name", "Ada"),
            ("email", "ada@example.org"),
            ("password", "a long sample password"),
        ])),
        Route::get("/password/{token}", Audience::Visitor, links::show_password),
        Route::post("/password/{token}", Audience::Visitor, links::choose)
            .sample(SampleBody::Form(&[("password", "a long sample password")])),
    ]
}

/// Examples of the pages.
#[cfg(test)]
pub(crate) fn samples() -> Vec<crate::pages::Sample> {
    [sign_in::samples(), links::samples()].concat()
}

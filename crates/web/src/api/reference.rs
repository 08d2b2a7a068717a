//! The page that lists the API's operations, made from the same document that programs read.

use axum::{extract::State, response::Response};
use http::StatusCode;
use serde::Serialize;

use crate::{app::App, fault::Fault, pages::Page, routes::routes};

/// The page.
#[derive(Serialize)]
pub(crate) struct ReferencePage {
    operations: Vec<Line>,
    /// A call to try.
    example: String,
}

/// One operation.
#[derive(Serialize)]
struct Line {
    method: String,
    path: &'static str,
    summary: String,
    description: Option<String>,
}

impl Page for ReferencePage {
    const TEMPLATE: &'static str = "admin/api.html";
}

impl ReferencePage {
    fn of(base: &str) -> Self {
        let line = |route: &crate::routes::Route| {
            let docs = route.docs?();
            Some(Line {
                method: route.method.to_string(),
                path: route.path,
                summary: docs.summary.unwrap_or_default(),
                description: docs.description,
            })
        };
        let base = base.trim_end_matches('/');
        let example = format!("curl {base}/api/v1/rooms -H 'Authorization: Bearer …'");
        Self { operations: routes().iter().filter_map(line).collect(), example }
    }
}

/// `GET /api`
pub(crate) async fn reference(State(app): State<App>) -> Result<Response, Fault> {
    app.page(StatusCode::OK, &ReferencePage::of(app.config.public_url.as_str())).await
}

/// Examples of the page.
#[cfg(test)]
pub(crate) fn samples() -> Vec<crate::pages::Sample> {
    vec![crate::pages::Sample::of("operations", &ReferencePage::of("https://northlight.example/"))]
}

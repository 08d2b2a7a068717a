//! The OpenAPI document, made from the same route table that makes the router.

use std::sync::LazyLock;

use axum::{Json, response::IntoResponse};
use http::{Method, header};
use utoipa::{
    Modify, OpenApi,
    openapi::{
        HttpMethod, OpenApi as Document, PathItem, Paths, SecurityRequirement,
        security::{Http, HttpAuthScheme, SecurityScheme},
    },
};

use super::{
    connections::{ConnectionChange, ConnectionJson, Connections, Credentials, SavedJson, StepJson},
    health::{FeatureJson, HealthJson, LackJson},
    hosts::{HostJson, Hosts},
    refusal::{FieldError, Problem},
    rooms::{
        list::{Rooms, WhenAsked},
        wire::{AtZoomJson, KindJson, NewRoom, OptionsJson, PhaseJson, RoomChange, RoomJson},
    },
};
use crate::routes::{Route, routes};

/// What the document says of itself; its paths come from the route table.
#[derive(OpenApi)]
#[openapi(
    info(title = "eRoom", description = "Rooms on your own site, held at Zoom. Times are local to a room's zone unless they say UTC. No answer holds a secret."),
    components(schemas(
        AtZoomJson, ConnectionChange, ConnectionJson, Connections, Credentials, FeatureJson, FieldError, HealthJson, HostJson, Hosts, KindJson, LackJson, NewRoom,
        OptionsJson, PhaseJson, Problem, RoomChange, RoomJson, Rooms, SavedJson, StepJson, WhenAsked
    )),
    modifiers(&Bearer)
)]
struct Head;

/// Every operation takes a bearer token.
struct Bearer;

impl Modify for Bearer {
    fn modify(&self, document: &mut Document) {
        let scheme = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        if let Some(components) = document.components.as_mut() {
            components.add_security_scheme("token", scheme);
        }
        document.security = Some(vec![SecurityRequirement::new("token", [""; 0])]);
    }
}

static DOCUMENT: LazyLock<Document> = LazyLock::new(|| document(&routes()));

/// The document of the routes that are described.
pub(crate) fn document(routes: &[Route]) -> Document {
    let mut document = Head::openapi();
    let mut paths = Paths::new();
    for route in routes {
        if let (Some(docs), Some(method)) = (route.docs, method(&route.method)) {
            let item = paths.paths.entry(route.path.to_owned()).or_default();
            item.merge_operations(PathItem::new(method, docs()));
        }
    }
    document.paths = paths;
    document
}

fn method(method: &Method) -> Option<HttpMethod> {
    Some(match method.as_str() {
        "GET" => HttpMethod::Get,
        "POST" => HttpMethod::Post,
        "PUT" => HttpMethod::Put,
        "PATCH" => HttpMethod::Patch,
        "DELETE" => HttpMethod::Delete,
        _ => return None,
    })
}

/// The document as text, for `eroom openapi` and whoever generates a client from it.
pub fn openapi_json() -> serde_json::Result<String> {
    serde_json::to_string_pretty(&*DOCUMENT)
}

/// `GET /api/openapi.json`
pub(crate) async fn openapi() -> impl IntoResponse {
    ([(header::CACHE_CONTROL, "public, max-age=300"), (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")], Json(&*DOCUMENT))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::*;

    fn json() -> Value {
        serde_json::to_value(document(&routes())).unwrap()
    }

    #[test]
    fn the_document_and_the_api_have_the_same_operations() {
        let documented: BTreeSet<String> = json()["paths"]
            .as_object()
            .unwrap()
            .iter()
            .flat_map(|(path, item)| {
                item.as_object().unwrap().keys().map(move |method| format!("{} {path}", method.to_uppercase()))
            })
            .collect();
        let api: BTreeSet<String> = routes()
            .iter()
            .filter(|route| route.path.starts_with("/api/v1/"))
            .map(|route| format!("{} {}", route.method, route.path))
            .collect();
        assert_eq!(documented, api);
        assert!(!api.is_empty());
    }

    #[test]
    fn every_reference_leads_somewhere_and_every_operation_has_a_name() {
        let document = json();
        let text = document.to_string();
        for piece in text.split("\"$ref\":\"#/components/schemas/").skip(1) {
            let name = piece.split('"').next().unwrap();
            assert!(document["components"]["schemas"][name].is_object(), "no schema {name}");
        }
        let mut names = BTreeSet::new();
        for item in document["paths"].as_object().unwrap().values() {
            for operation in item.as_object().unwrap().values() {
                assert!(names.insert(operation["operationId"].as_str().unwrap().to_owned()));
            }
        }
    }

    #[test]
    fn no_answer_has_a_field_for_a_secret() {
        let document = json();
        for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
            if ["NewRoom", "RoomChange", "Credentials"].contains(&name.as_str()) {
                continue;
            }
            for field in
                schema["properties"].as_object().map(|p| p.keys().cloned().collect::<Vec<_>>()).unwrap_or_default()
            {
                let secret =
                    ["passcode", "secret", "token", "zak", "start_url"].iter().any(|word| field.contains(word));
                assert!(!secret || field.starts_with("has_"), "{name}.{field}");
            }
        }
    }

    #[test]
    fn the_document_is_as_it_was() {
        insta::with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "../../snapshots" }, {
            insta::assert_json_snapshot!("openapi", json());
        });
    }
}

//! The OpenAPI document of the controls, made from the same routes that make the router.

use std::sync::LazyLock;

use axum::{
    Json,
    http::header,
    response::{IntoResponse, Response},
};
use utoipa::{
    OpenApi,
    openapi::{HttpMethod, OpenApi as Document, PathItem, Paths},
};

use super::{
    Refused, attend, calls, limits, meetings, renewal,
    routes::{Control, routes},
    snapshots, time, trouble, webhooks, world,
};
use crate::{
    faults::{Fault, FaultRule},
    hooks::{Attempt, Cause, Delivery, DeliveryFilter, DeliveryState},
    log::{Decision, Entry, Way},
    world::Plan,
};

/// What the document says of itself; its paths come from the routes.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "The sandbox's controls",
        description = "Steers a pretend Zoom: its time, faults, webhooks and state. Only this computer gets in: the Host must be the sandbox's own address, and a browser's Origin the same."
    ),
    components(schemas(
        Attempt,
        Cause,
        Decision,
        Delivery,
        DeliveryFilter,
        DeliveryState,
        Entry,
        Fault,
        FaultRule,
        Plan,
        Refused,
        Way,
        attend::Came,
        attend::Comer,
        attend::Meant,
        calls::Calls,
        calls::Counters,
        limits::LimitsShown,
        limits::LimitsWish,
        limits::Switches,
        limits::SwitchesWish,
        meetings::InCall,
        meetings::MeetingRow,
        meetings::Meetings,
        meetings::Simulated,
        meetings::Turned,
        renewal::Reset,
        renewal::Renewed,
        snapshots::Named,
        snapshots::Snapshots,
        time::Advance,
        time::ClockShown,
        time::Run,
        time::Set,
        trouble::FaultsShown,
        trouble::Visibility,
        webhooks::Deliveries,
        webhooks::DeliveryShown,
        webhooks::Receiver,
        webhooks::ReceiverRow,
        webhooks::Receivers,
        webhooks::Replayed,
        world::AccountRow,
        world::Accounts,
        world::People,
        world::PersonRow,
        world::Ready
    ))
)]
struct Head;

static DOCUMENT: LazyLock<Document> = LazyLock::new(|| document(&routes()));

fn document(routes: &[Control]) -> Document {
    let mut document = Head::openapi();
    let mut paths = Paths::new();
    for route in routes {
        if let Some(method) = method(route.facts.methods) {
            let item = paths.paths.entry(route.facts.path.to_owned()).or_default();
            item.merge_operations(PathItem::new(method, (route.docs)()));
        }
    }
    document.paths = paths;
    document
}

fn method(name: &str) -> Option<HttpMethod> {
    Some(match name {
        "GET" => HttpMethod::Get,
        "POST" => HttpMethod::Post,
        "PUT" => HttpMethod::Put,
        "DELETE" => HttpMethod::Delete,
        _ => return None,
    })
}

/// The OpenAPI document of the controls.
#[utoipa::path(get, path = "/sandbox/v1/openapi.json", tag = "sandbox", operation_id = "openapi",
    responses((status = 200, body = Object)))]
pub(crate) async fn openapi() -> Response {
    ([(header::CACHE_CONTROL, "no-store")], Json(&*DOCUMENT)).into_response()
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
    fn the_document_is_openapi_3_1_and_has_every_control_and_nothing_else() {
        let document = json();
        assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
        let documented: BTreeSet<String> = document["paths"]
            .as_object()
            .unwrap()
            .iter()
            .flat_map(|(path, item)| {
                item.as_object().unwrap().keys().map(move |method| format!("{} {path}", method.to_uppercase()))
            })
            .collect();
        let there: BTreeSet<String> =
            routes().iter().map(|route| format!("{} {}", route.facts.methods, route.facts.path)).collect();
        assert_eq!(documented, there);
        assert!(there.len() > 40);
    }

    #[test]
    fn every_operation_says_what_it_does_under_a_name_of_its_own() {
        let mut names = BTreeSet::new();
        for (path, item) in json()["paths"].as_object().unwrap() {
            for operation in item.as_object().unwrap().values() {
                assert!(operation["summary"].as_str().is_some_and(|text| text.len() > 5), "{path}");
                assert!(names.insert(operation["operationId"].as_str().unwrap().to_owned()), "{path}");
            }
        }
    }

    #[test]
    fn the_macro_and_the_route_name_the_same_path() {
        // utoipa's macro is given the path a second time: what it has in braces must be a parameter of the document.
        for (path, item) in json()["paths"].as_object().unwrap() {
            for operation in item.as_object().unwrap().values() {
                let named = |place: &Value| place["in"] == "path";
                let count = operation["parameters"].as_array().map_or(0, |all| all.iter().filter(|p| named(p)).count());
                assert_eq!(count, path.matches('{').count(), "{path}");
            }
        }
    }

    #[test]
    fn every_reference_leads_somewhere() {
        let document = json();
        for piece in document.to_string().split("\"$ref\":\"#/components/schemas/").skip(1) {
            let name = piece.split('"').next().unwrap();
            assert!(document["components"]["schemas"][name].is_object(), "no schema {name}");
        }
    }
}

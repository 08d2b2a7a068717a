//! What works with a connection, for programs: each feature, how it stands, and what to add.

use axum::{
    Json,
    extract::{Path, State},
};
use model::ConnectionId;
use serde::Serialize;
use service::{
    ConnectionHealth, Error,
    doctor::{FeatureHealth, Lack, Need},
};
use utoipa::ToSchema;

use super::refusal::{Problem, Refusal};
use crate::{app::App, guard::Signed};

/// How a connection stands, by what Zoom said last.
#[derive(Serialize, ToSchema)]
#[schema(as = Health)]
pub(crate) struct HealthJson {
    #[schema(format = "uuid")]
    id: String,
    /// Whether it is being disconnected: its meetings are being deleted at Zoom, and nothing new is done through it.
    leaving: bool,
    /// The features that the site wants.
    asked: Vec<&'static str>,
    /// The scopes of the app; null where no token has told them yet.
    granted: Option<Vec<String>>,
    features: Vec<FeatureJson>,
}

/// One feature.
#[derive(Serialize, ToSchema)]
#[schema(as = Feature)]
pub(crate) struct FeatureJson {
    /// `meetings`, `webinars`, `users`, `join-in-browser`, `start-as-host`, `webhooks`, `account-settings`,
    /// `zoom-events` or `sub-accounts`.
    name: &'static str,
    /// `works`, `partly`, `off`, `not-asked-for` or `could-not-tell`.
    standing: &'static str,
    lacks: Vec<LackJson>,
}

/// Something that is missing.
#[derive(Serialize, ToSchema)]
#[schema(as = Lack)]
pub(crate) struct LackJson {
    /// `scope`, `sdk-credentials`, `secure-address` or `webhook-secret`.
    kind: &'static str,
    /// The scope to add to the app.
    scope: Option<&'static str>,
    /// Its title in Zoom's Marketplace, where it is known.
    title: Option<&'static str>,
    /// Where the Marketplace lists it: product and group.
    place: Option<String>,
    /// `needed`, `useful`, or `console` where only the Zoom console would use it.
    need: &'static str,
    /// What stops without it.
    without: Vec<&'static str>,
}

impl From<&Lack> for LackJson {
    fn from(lack: &Lack) -> Self {
        let plain = |kind| Self { kind, scope: None, title: None, place: None, need: "needed", without: Vec::new() };
        match lack {
            Lack::SdkCredentials => plain("sdk-credentials"),
            Lack::SecureAddress => plain("secure-address"),
            Lack::WebhookSecret => plain("webhook-secret"),
            Lack::Scope(missing) => Self {
                kind: "scope",
                scope: Some(missing.scope),
                title: missing.place.map(|place| place.title),
                place: missing.place.map(|place| format!("{} › {}", place.product, place.group)),
                need: match missing.need {
                    Need::Needed => "needed",
                    Need::Useful => "useful",
                    Need::Console => "console",
                },
                without: missing.without.clone(),
            },
        }
    }
}

impl From<&FeatureHealth> for FeatureJson {
    fn from(health: &FeatureHealth) -> Self {
        let lacks = health.lacks.iter().map(LackJson::from).collect();
        Self { name: health.feature.as_str(), standing: health.standing.as_str(), lacks }
    }
}

impl From<&ConnectionHealth> for HealthJson {
    fn from(health: &ConnectionHealth) -> Self {
        Self {
            id: health.id.to_string(),
            leaving: health.leaving,
            asked: health.asked.iter().map(|feature| feature.as_str()).collect(),
            granted: health.granted.clone(),
            features: health.features.iter().map(FeatureJson::from).collect(),
        }
    }
}

/// Reads how a connection stands: what works, and what to add where.
///
/// By what Zoom said last; Zoom is not asked.
#[utoipa::path(get, path = "/api/v1/connections/{connection}/health", tag = "connections",
    operation_id = "getConnectionHealth", params(("connection" = String, Path, description = "The connection's id")),
    responses((status = 200, body = HealthJson), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn health(
    State(app): State<App>,
    Signed(actor): Signed,
    Path(id): Path<String>,
) -> Result<Json<HealthJson>, Refusal> {
    let id: ConnectionId = id.parse().map_err(|_| Error::NotFound)?;
    Ok(Json(HealthJson::from(&app.service.connection_health(&actor, id).await?)))
}

//! Settings of the account that Zoom's API shows and only its web portal changes.

use axum::{Json, extract::State, http::StatusCode, response::Response};
use serde_json::{Map, Value, json};

use super::{Refused, body::Body, refused};
use crate::{app::App, settings::default, world::keep_setting};

/// Changes settings of the account, each named by its path in Zoom's documents; all of them or none.
#[utoipa::path(put, path = "/sandbox/v1/settings", tag = "world", operation_id = "setSettings",
    request_body = Option<Object>, responses((status = 200, body = Object), (status = 400, body = Refused)))]
pub(crate) async fn set_settings(
    State(app): State<App>,
    Body(wish): Body<Map<String, Value>>,
) -> Result<Json<Value>, Response> {
    for (path, value) in &wish {
        let known = default(path).is_some_and(|known| std::mem::discriminant(known) == std::mem::discriminant(value));
        if !known {
            let message = format!("{path} is no setting of an account, or has a value of another type");
            return Err(refused(StatusCode::BAD_REQUEST, message));
        }
    }
    let kept = app.world.change(|change| {
        for (path, value) in &wish {
            let otherwise = default(path).cloned().unwrap_or_default();
            keep_setting(&mut change.state.account.settings, path, value.clone(), &otherwise);
        }
        Ok::<_, std::convert::Infallible>(())
    });
    match kept {
        Ok(()) => Ok(Json(json!(wish))),
        Err(problem) => Err(refused(StatusCode::INTERNAL_SERVER_ERROR, problem)),
    }
}

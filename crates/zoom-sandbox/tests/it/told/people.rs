//! Users and accounts, and their settings.

use serde_json::json;

use super::{all_there, done, everything};
use crate::{registrants::with_all_scopes, webhooks::subscribe};

pub(super) const EVENTS: &[&str] = &[
    "user.created",
    "user.updated",
    "user.deactivated",
    "user.activated",
    "user.disassociated",
    "user.deleted",
    "user.settings_updated",
    "account.created",
    "account.settings_updated",
    "account.lock_settings_updated",
    "account.disassociated",
];

#[tokio::test]
async fn what_happens_to_users_and_accounts_is_told_as_zoom_tells_it() {
    let story = with_all_scopes().await;
    let receiver = subscribe(&story).await;
    let info = json!({ "email": "iris@northlight.example", "type": 1, "first_name": "Iris", "last_name": "Said",
        "display_name": "Iris" });
    done(&story, "POST", "/users", json!({ "action": "custCreate", "user_info": info })).await;
    let ben = "/users/ben@northlight.example";
    let wish = json!({ "first_name": "Luz", "dept": "Music", "company": "Northlight", "language": "es-ES", "use_pmi": true,
        "timezone": "Asia/Amman", "type": 1 });
    done(&story, "PATCH", ben, wish).await;
    for action in ["deactivate", "activate"] {
        done(&story, "PUT", &format!("{ben}/status"), json!({ "action": action })).await;
    }
    let live = |on: bool| json!({ "in_meeting": { "custom_live_streaming_service": on } });
    done(&story, "PATCH", &format!("{ben}/settings"), live(true)).await;
    done(&story, "PATCH", &format!("{ben}/settings"), live(false)).await;
    done(&story, "DELETE", ben, json!([])).await;
    done(&story, "DELETE", "/users/iris@northlight.example?action=delete", json!([])).await;
    for to in ["cloud", "local"] {
        done(&story, "PATCH", "/accounts/me/settings", json!({ "recording": { "auto_recording": to } })).await;
    }
    let locks = json!({ "recording": { "auto_recording": true } });
    done(&story, "PATCH", "/accounts/me/lock_settings", locks).await;
    let below =
        json!({ "first_name": "Otis", "last_name": "Vale", "email": "otis@south.example", "password": "Pretend-1" });
    let below = done(&story, "POST", "/accounts", below).await;
    done(&story, "DELETE", &format!("/accounts/{}", below["id"].as_str().unwrap()), json!([])).await;
    let events = everything(&story, &receiver, EVENTS).await;
    all_there(&events, EVENTS);
}

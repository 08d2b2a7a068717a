//! What works with a connection, feature by feature: part of the page of Zoom settings.

use axum::{extract::State, response::Response};
use model::{ConnectionId, Feature};
use serde::Serialize;
use service::{
    ConnectionHealth,
    doctor::{FeatureHealth, Lack, Standing},
};

use super::{
    accounts::{back, meant},
    inside::show_again,
    typed::Typed,
    wrong::Wrong,
    zoom::page,
};
use crate::{
    app::App,
    fault::Fault,
    guard::Signed,
    language::{say, say_with},
};

/// One feature as people see it.
#[derive(Serialize)]
pub(crate) struct FeatureRow {
    /// The word, and part of the keys of its sentences.
    pub(crate) name: &'static str,
    pub(crate) standing: &'static str,
    pub(crate) voice: &'static str,
    /// Whether the site wants it.
    pub(crate) asked: bool,
    /// What is missing.
    pub(crate) lacks: Vec<LackRow>,
}

/// Something that is missing, and where to add it.
#[derive(Serialize)]
pub(crate) struct LackRow {
    /// The scope to search for in the Marketplace, where it is one.
    pub(crate) scope: Option<&'static str>,
    /// Where the Marketplace shows it.
    pub(crate) place: Option<String>,
    pub(crate) text: String,
}

impl LackRow {
    fn of(lack: &Lack, address: &str) -> Self {
        let plain = |text| Self { scope: None, place: None, text };
        match lack {
            Lack::SdkCredentials => plain(say("feature-lacks-sdk")),
            Lack::SecureAddress => plain(say_with("feature-lacks-https", &[("address", address.into())])),
            Lack::WebhookSecret => plain(say("feature-lacks-webhook-secret")),
            Lack::Scope(missing) => Self {
                scope: Some(missing.scope),
                place: missing.place.map(|place| format!("{} › {} › {}", place.product, place.group, place.title)),
                text: missing.without.join(", "),
            },
        }
    }
}

impl FeatureRow {
    fn of(health: &FeatureHealth, asked: &[Feature], address: &str) -> Self {
        let voice = match health.standing {
            Standing::Works => "good",
            Standing::Off => "bad",
            // What would be of use and is not there is no trouble: the words beside it say what goes without.
            Standing::Partly | Standing::NotAskedFor | Standing::CouldNotTell => "",
        };
        Self {
            name: health.feature.as_str(),
            standing: health.standing.as_str(),
            voice,
            asked: asked.contains(&health.feature),
            lacks: health.lacks.iter().map(|lack| LackRow::of(lack, address)).collect(),
        }
    }
}

/// All features of a connection of the site at `address`.
pub(crate) fn rows(health: &ConnectionHealth, address: &str) -> Vec<FeatureRow> {
    health.features.iter().map(|feature| FeatureRow::of(feature, &health.asked, address)).collect()
}

/// The features that a form has ticked.
pub(super) fn wanted_in(typed: &Typed) -> Vec<Feature> {
    let ticked: Vec<Feature> = typed.texts("feature").filter_map(|word| word.parse().ok()).collect();
    Feature::ALL.into_iter().filter(|one| ticked.contains(one)).collect()
}

/// `POST /admin/zoom/features`
pub(crate) async fn choose(State(app): State<App>, Signed(actor): Signed, typed: Typed) -> Result<Response, Fault> {
    let id = meant(&app, &actor, &typed).await?.id;
    app.service.ask_for(&actor, id, &wanted_in(&typed)).await?;
    Ok(back("/admin/zoom", "features", "#works", named(&typed)))
}

/// `POST /admin/zoom/allowed`
pub(crate) async fn allow(State(app): State<App>, Signed(actor): Signed, typed: Typed) -> Result<Response, Fault> {
    let id = meant(&app, &actor, &typed).await?.id;
    let text = typed.text("allowed");
    match app.service.allow_hosts(&actor, id, text).await {
        Ok(list) => {
            let said = if list.is_everybody() { "allowed-everybody" } else { "allowed" };
            Ok(back("/admin/zoom", said, "#allowed", named(&typed)))
        }
        Err(error) => {
            let (status, wrong) = Wrong::from_error(error, &[("allowed", "allowed", "zoom-allowed")])?;
            let mut page = page(&app, &actor, Some(id)).await?;
            text.clone_into(&mut page.allowed);
            (page.problems, page.errors) = (wrong.problems, wrong.errors);
            show_again(&app, &actor, status, page).await
        }
    }
}

/// `POST /admin/zoom/check`
pub(crate) async fn check(State(app): State<App>, Signed(actor): Signed, typed: Typed) -> Result<Response, Fault> {
    let id = meant(&app, &actor, &typed).await?.id;
    app.service.recheck(&actor, id).await?;
    Ok(back("/admin/zoom", "checked", "#works", named(&typed)))
}

/// The account that the form named.
fn named(typed: &Typed) -> Option<ConnectionId> {
    typed.text("account").parse().ok()
}

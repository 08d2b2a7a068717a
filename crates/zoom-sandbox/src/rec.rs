//! Where the links of recordings lead: the files, for whoever shows a token, and a page that says what is there.

use axum::{
    body::Body,
    extract::{Path, Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse as _, Response},
};
use minijinja::context;
use serde::Deserialize;

use crate::{
    answer::Answer,
    app::App,
    pages::Pages,
    rest,
    world::{Recording, RecordingFile, read_download_token},
};

const PAGE: &str = "recording.html";

static SHOWN: Pages = Pages::new(|pages| pages.add_template(PAGE, include_str!("../templates/recording.html")));

/// What a link may carry.
#[derive(Deserialize)]
pub(crate) struct Link {
    #[serde(default)]
    access_token: Option<String>,
    #[serde(default)]
    pwd: String,
    /// Of whoever registered to see it.
    #[serde(default)]
    tk: String,
}

/// A file, for an access token of the account or a download token of the recording.
pub(crate) async fn download(
    State(app): State<App>,
    Path(key): Path<String>,
    Query(link): Query<Link>,
    mut headers: HeaderMap,
) -> Response {
    if let Some(value) = link.access_token.and_then(|token| HeaderValue::from_str(&format!("Bearer {token}")).ok()) {
        headers.insert(header::AUTHORIZATION, value);
    }
    let found =
        find(&app, |recording, file| file.filter(|file| file.key == key).map(|file| (recording.clone(), file.clone())));
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let token = given.split_once(' ').map_or("", |(_, token)| token.trim());
    let named = app.world.read(|state| read_download_token(&state.key, token, app.now()));
    // Who shows no token does not hear whether there is such a file.
    let account = match named {
        Some(_) => None,
        None => match rest::account_of(&app, &headers) {
            Ok(account) => Some(account),
            Err(refusal) => return Answer::from(refusal).to_response(),
        },
    };
    let Some((recording, file)) = found else { return lost() };
    let owner = app.world.person(&recording.host_id).map(|host| host.account_id);
    if named.is_some_and(|uuid| uuid != recording.uuid) || account.is_some() && account != owner {
        return lost();
    }
    let [_, extension, _, kind] = file.kind.words();
    let name = format!("attachment; filename=\"{}.{}\"", file.id, extension.to_lowercase());
    let headers = [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)];
    (headers, Body::from(recording.bytes(&file))).into_response()
}

/// What a play link or a share link shows: what it is, to whom has the passcode. Nothing is played in the sandbox.
pub(crate) async fn page(State(app): State<App>, Path(key): Path<String>, Query(link): Query<Link>) -> Response {
    let found = find(&app, |recording, file| {
        let is_meant = recording.share_key == key || file.is_some_and(|file| file.key == key);
        is_meant.then(|| recording.clone())
    });
    let found = found.filter(|one| one.setting("share_recording").and_then(|value| value.as_str()) != Some("none"));
    let registers = found.as_ref().is_some_and(Recording::is_on_demand);
    let knows = |one: &Recording| link.pwd == one.play_passcode || link.pwd == one.password;
    let admitted = found.as_ref().is_some_and(|one| if registers { one.admits(&link.tk) } else { knows(one) });
    let view = context! {
        found => found.is_some(),
        admitted => admitted,
        registers => registers,
        topic => found.as_ref().filter(|_| admitted).map(|one| &one.topic),
        files => found.as_ref().filter(|_| admitted).map(|one| one.files.iter().map(|file| file.kind.words()[1]).collect::<Vec<_>>()),
    };
    let status = if found.is_some() { StatusCode::OK } else { StatusCode::NOT_FOUND };
    match SHOWN.rendered(PAGE, view) {
        Ok(html) => {
            (status, [(header::REFERRER_POLICY, "no-referrer"), (header::CACHE_CONTROL, "no-store")], Html(html))
                .into_response()
        }
        Err(problem) => {
            tracing::error!(%problem, "the page of a recording could not be rendered");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// The first of what `pick` finds among recordings that can be had and their files outside the trash.
fn find<T>(app: &App, pick: impl Fn(&Recording, Option<&RecordingFile>) -> Option<T>) -> Option<T> {
    app.world.read(|state| {
        let ready = state.recordings.values().flatten().filter(|one| one.is_ready(app.now()));
        let mut files = ready.flat_map(|one| one.files.iter().map(move |file| (one, file)));
        files.find_map(|(one, file)| if file.trashed_at.is_none() { pick(one, Some(file)) } else { None })
    })
}

fn lost() -> Response {
    (StatusCode::NOT_FOUND, "There is no such recording, or it is in the trash.\n").into_response()
}

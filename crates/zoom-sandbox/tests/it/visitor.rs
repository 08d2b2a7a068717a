//! Somebody who visits the Marketplace with a browser, as its stories tell of them.

use reqwest::{Response, StatusCode, header};
use serde_json::{Value, json};

use crate::story::{Story, send};

/// Somebody with a browser that sends forms and keeps one cookie.
pub(crate) struct Visitor<'a> {
    pub(crate) story: &'a Story,
    pub(crate) cookie: String,
}

impl<'a> Visitor<'a> {
    pub(crate) async fn sign_in(story: &'a Story, name: &str) -> Self {
        let person = story.zoom.world().people().into_iter().find(|one| one.display_name == name).unwrap();
        let nobody = Self { story, cookie: String::new() };
        let answer = nobody.sent("/sign-in", &[("person", &person.id)]).await;
        Self::with_cookie_of(story, &answer)
    }

    pub(crate) fn with_cookie_of(story: &'a Story, answer: &Response) -> Self {
        assert_eq!(
            (answer.status(), &answer.headers()[header::LOCATION]),
            (StatusCode::SEE_OTHER, &"/marketplace".parse().unwrap())
        );
        let set = answer.headers()[header::SET_COOKIE].to_str().unwrap();
        Self { story, cookie: set.split(';').next().unwrap().to_owned() }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}/marketplace{path}", self.story.zoom.base())
    }

    pub(crate) async fn got(&self, path: &str) -> Response {
        self.story.http.get(self.url(path)).header(header::COOKIE, &self.cookie).send().await.unwrap()
    }

    pub(crate) async fn sent(&self, path: &str, form: &[(&str, &str)]) -> Response {
        let origin = self.story.zoom.base();
        let request = self.story.http.post(self.url(path)).header(header::ORIGIN, origin);
        request.header(header::COOKIE, &self.cookie).form(form).send().await.unwrap()
    }

    /// A page that is there.
    pub(crate) async fn page(&self, path: &str) -> String {
        let answer = self.got(path).await;
        assert_eq!(answer.status(), 200, "{path}");
        text(answer).await
    }

    /// Sends a form that is taken; the page it leads to, below `/marketplace`.
    pub(crate) async fn post(&self, path: &str, form: &[(&str, &str)]) -> String {
        let answer = self.sent(path, form).await;
        assert_eq!(answer.status(), 303, "{path}: {}", answer.text().await.unwrap());
        let location = answer.headers()[header::LOCATION].to_str().unwrap();
        location.strip_prefix("/marketplace").unwrap().to_owned()
    }

    /// Sends a form that is not taken; the page that says why.
    pub(crate) async fn refused(&self, path: &str, form: &[(&str, &str)]) -> String {
        let answer = self.sent(path, form).await;
        assert_eq!(answer.status(), 422, "{path}");
        text(answer).await
    }

    /// A new app; the path of its pages.
    pub(crate) async fn build(&self, kind: &str, name: &str) -> String {
        let first = self.post("/develop/create", &[("kind", kind), ("name", name)]).await;
        first.rsplit_once('/').unwrap().0.to_owned()
    }

    /// A Server-to-Server app that is active and has these scopes.
    pub(crate) async fn active_app(&self, name: &str, scopes: &[&str]) -> String {
        let app = self.build("server-to-server", name).await;
        self.post(&format!("{app}/information"), &INFORMATION).await;
        let ticked: Vec<_> = scopes.iter().map(|scope| ("scope", *scope)).collect();
        self.post(&format!("{app}/scopes/add"), &ticked).await;
        self.post(&format!("{app}/activate"), &[]).await;
        app
    }

    pub(crate) async fn secret(&self, app: &str, name: &str) -> String {
        copyable(&self.page(&format!("{app}/credentials")).await, name)
    }

    /// What the OAuth server says to the app.
    pub(crate) async fn ask_token(&self, app: &str) -> (u16, Value) {
        let (id, secret) = (self.secret(app, "Client ID").await, self.secret(app, "Client Secret").await);
        let account = self.secret(app, "Account ID").await;
        let form = [("grant_type", "account_credentials"), ("account_id", &account)];
        send(self.story.http.post(self.story.zoom.oauth()).basic_auth(id, Some(secret)).form(&form)).await
    }

    pub(crate) async fn token(&self, app: &str) -> String {
        let (status, body) = self.ask_token(app).await;
        assert_eq!(status, 200, "{body}");
        body["access_token"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn create_meeting(&self, token: &str) -> (u16, Value) {
        let url = format!("{}/users/me/meetings", self.story.zoom.api());
        let body = json!({ "topic": "Sketching", "type": 2, "start_time": "2026-11-24T10:00:00Z" });
        send(self.story.http.post(url).bearer_auth(token).json(&body)).await
    }
}

pub(crate) const SENTENCE: &str = "Sandbox. Not Zoom. Never enter a real Zoom password or secret here.";
pub(crate) const INFORMATION: [(&str, &str); 5] = [
    ("name", "Site"),
    ("short_description", ""),
    ("company_name", "Northlight Academy"),
    ("developer_name", "Ada Okafor"),
    ("developer_email", "ada@northlight.example"),
];
pub(crate) const WRITE: &str = "meeting:write:meeting:admin";

/// A page's text; that its templates write slashes as entities is nobody's concern.
pub(crate) async fn text(page: Response) -> String {
    page.text().await.unwrap().replace("&#x2f;", "/")
}

/// The value beside a name, as the page's copy button has it.
pub(crate) fn copyable(page: &str, name: &str) -> String {
    let (_, rest) = page.split_once(&format!("<dt>{name}</dt><dd><code>")).unwrap();
    rest.split('<').next().unwrap().to_owned()
}

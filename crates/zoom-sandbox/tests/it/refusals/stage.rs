//! The world that a table is about, and the turns its `@` lines give it.
//!
//! ```text
//! @make name METHOD path | body     a call that succeeds; `name` is the answer's `id` (`name:pointer` for another member)
//!                                   and `{name%}` the same as a UUID stands in a path, encoded twice
//! @call METHOD path | body          a call that succeeds
//! @try METHOD path | body           a call that may be refused
//! @as who …                         either of the two, by somebody else's app
//! @control METHOD path | body       a control
//! @app who Maker kind | scopes      an app (`server`, or `general`), whose token is `who` and whose id `{who}`
//! @receiver who                     a receiver of that app's webhooks, at `{who-receiver}`
//! @pass seconds   @sign-in          time passes, and tokens with it
//! @held name                        a call is held and over
//! ```

use std::collections::BTreeMap;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::row::{Names, Row, filled};
use crate::{
    story::{Story, builder, send},
    visitor::{Visitor, copyable},
    webhooks::Receiver,
    zoom_events::hub,
};

pub(super) struct Stage {
    story: Story,
    pub(super) names: Names,
    /// Bearer tokens, by who has them.
    tokens: BTreeMap<String, String>,
    /// Secret tokens of apps, by the same.
    secrets: BTreeMap<String, String>,
}

impl Stage {
    /// The ready-made world.
    pub(super) async fn set() -> Self {
        let operations = zoom_spec::operations().iter().flat_map(|one| one.granular.iter().chain(one.classic));
        let events = zoom_spec::events().iter().flat_map(|event| event.granular);
        let scopes: std::collections::BTreeSet<_> = operations.chain(events).map(|scope| (*scope).to_owned()).collect();
        let story = Story::with(builder().scopes(scopes).unlimited()).await;
        let mut names = Names::new();
        for person in story.zoom.world().people() {
            names.insert(person.email.split('@').next().unwrap().to_owned(), person.id);
        }
        names.insert("account".to_owned(), story.zoom.credentials().account_id);
        names.insert("pmi".to_owned(), story.zoom.world().person("me").unwrap().pmi.to_string());
        names.insert("hub".to_owned(), hub(&story).await);
        let tokens = [("foreign", "of-somebody-else"), ("jwt", "eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJvbGQifQ.c2lnbmF0dXJl")];
        let tokens = tokens.map(|(who, token)| (who.to_owned(), token.to_owned())).into();
        Self { story, names, tokens, secrets: BTreeMap::new() }
    }

    /// Whether the file is about the account or the one below it.
    pub(super) fn be(&mut self, below: bool) {
        let people = [("boss", "owner", "lucia"), ("owner-here", "owner", "ada"), ("acc", "below", "account")];
        for (name, there, here) in people {
            self.names.insert(name.to_owned(), self.names[if below { there } else { here }].clone());
        }
        let at = if below { filled("/accounts/{below}", &self.names) } else { String::new() };
        let other = if below { "ada@northlight.example" } else { "owner@sub.example" };
        self.names.extend([("at".to_owned(), at), ("other".to_owned(), other.to_owned())]);
    }

    pub(super) async fn turn(&mut self, line: &str) {
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        match verb {
            "@pass" => self.story.pass(rest.parse().unwrap()),
            "@sign-in" => self.story.sign_in().await,
            "@held" => {
                let number = self.names[rest].parse().unwrap();
                assert!(self.story.zoom.world().call_started(number) && self.story.zoom.world().call_ended(number));
            }
            "@call" => drop(self.call("app", rest).await),
            "@try" => {
                let (method, path, body) = self.parts(rest);
                self.send("app", &method, &path, body).await;
            }
            "@make" => self.make("app", rest).await,
            "@as" => {
                let (who, rest) = rest.split_once(' ').unwrap();
                match rest.split_once(' ').unwrap() {
                    ("@make", rest) => self.make(who, rest).await,
                    (_, rest) => drop(self.call(who, rest).await),
                }
            }
            "@control" => {
                let (method, path, body) = self.parts(rest);
                let body = serde_json::from_str(&body).unwrap();
                let (status, answer) = self.story.control(&method, &path, body).await;
                assert!(status < 300, "{line}: {answer}");
            }
            "@app" => self.app(rest).await,
            "@receiver" => {
                let receiver = Receiver::listen(self.secrets[rest].clone()).await;
                self.names.insert(format!("{rest}-receiver"), receiver.url().to_owned());
            }
            _ => panic!("nobody knows {line}"),
        }
    }

    fn parts(&self, call: &str) -> (String, String, String) {
        let (method, rest) = call.split_once(' ').unwrap();
        let (path, body) = rest.split_once(" | ").unwrap();
        (method.to_owned(), filled(path, &self.names), filled(body, &self.names))
    }

    async fn make(&mut self, who: &str, rest: &str) {
        let (name, call) = rest.split_once(' ').unwrap();
        let (name, member) = name.split_once(':').unwrap_or((name, "/id"));
        let made = self.call(who, call).await;
        let id = made.pointer(member).unwrap_or_else(|| panic!("{made} has no {member}"));
        let id = id.as_str().map_or_else(|| id.to_string(), str::to_owned);
        let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        self.names.insert(format!("{name}%"), encoded(&encoded(&id)));
        self.names.insert(name.to_owned(), id);
    }

    /// A call that succeeds.
    async fn call(&self, who: &str, call: &str) -> Value {
        let (method, path, body) = self.parts(call);
        let (status, answer) = self.send(who, &method, &path, body).await;
        assert!(status < 300, "{call}: {answer}");
        answer
    }

    /// An app that somebody makes. One whose kind is `general` is managed by each user.
    async fn app(&mut self, rest: &str) {
        let (words, scopes) = rest.split_once(" | ").unwrap();
        let (who, maker) = words.split_once(' ').unwrap();
        let (maker, kind) = maker.rsplit_once(' ').unwrap();
        let all = zoom_spec::operations().iter().flat_map(|one| one.granular).copied();
        let scopes: std::collections::BTreeSet<&str> =
            if scopes == "all" { all.collect() } else { scopes.split(' ').collect() };
        let scopes: Vec<&str> = scopes.into_iter().collect();
        // A member's app gets its token while its maker is an admin: a later one would lack what members do not grant.
        let is_member = maker == "Salma Haddad";
        if is_member {
            self.call("app", r#"POST /roles/1/members | {"members":[{"email":"salma@northlight.example"}]}"#).await;
        }
        let visitor = Visitor::sign_in(&self.story, maker).await;
        let (app, token) = if kind == "general" {
            let app = visitor.build("general", who).await;
            let basic = [("name", who), ("managed", "user"), ("redirect_url", "")];
            visitor.post(&format!("{app}/basic"), &basic).await;
            let ticked: Vec<_> = scopes.iter().map(|scope| ("scope", *scope)).collect();
            visitor.post(&format!("{app}/scopes/add"), &ticked).await;
            let token = client_credentials(&visitor, &app).await;
            (app, token)
        } else {
            let app = visitor.active_app(who, &scopes).await;
            let token = visitor.token(&app).await;
            (app, token)
        };
        let secret = copyable(&visitor.page(&format!("{app}/feature")).await, "Secret Token");
        if is_member {
            self.call("app", "DELETE /roles/1/members/salma@northlight.example | -").await;
        }
        self.names.insert(who.to_owned(), app.rsplit('/').next().unwrap().to_owned());
        self.tokens.insert(who.to_owned(), token);
        self.secrets.insert(who.to_owned(), secret);
    }

    pub(super) async fn answer(&self, row: &Row<'_>) -> (u16, Value) {
        self.send(row.who, row.method, &row.path, row.body.clone()).await
    }

    async fn send(&self, who: &str, method: &str, path: &str, body: String) -> (u16, Value) {
        let url = format!("{}{path}", self.story.zoom.api());
        let bare = self.story.http.request(reqwest::Method::from_bytes(method.as_bytes()).unwrap(), url);
        let request = match who {
            "app" => bare.bearer_auth(&self.story.token),
            "none" => bare,
            who => bare.bearer_auth(&self.tokens[who]),
        };
        let body = if body == "-" { String::new() } else { body };
        send(request.header("content-type", "application/json").body(body)).await
    }

    pub(super) async fn leave(self) {
        self.story.zoom.stop().await;
    }
}

async fn client_credentials(visitor: &Visitor<'_>, app: &str) -> String {
    let page = visitor.page(&format!("{app}/basic")).await;
    let (id, secret) = (copyable(&page, "Client ID"), copyable(&page, "Client Secret"));
    let form = [("grant_type", "client_credentials")];
    let request = visitor.story.http.post(visitor.story.zoom.oauth()).basic_auth(id, Some(secret)).form(&form);
    let (status, body) = send(request).await;
    assert_eq!(status, 200, "{body}");
    body["access_token"].as_str().unwrap().to_owned()
}

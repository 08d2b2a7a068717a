//! Exchanges typed by hand after Zoom's documents and what others observed, replayed against the sandbox.
//!
//! Each file under `tests/golden` is a story with a sandbox of its own:
//!
//! ```text
//! ## What happens
//! POST /v2/users/me/meetings          a request; with a bearer token, unless a line says Authorization
//! {"topic": "Choir"}                  its body; a form where it does not begin with a brace
//! => 201                              the status, and lines of headers that must be there
//! {"id": "{meeting}", "…": "…"}       the answer: {name} keeps a value or means the one kept, {_} is any, … is more
//! @told meeting.created               the next webhook, in the same notation
//! @pass 3600                          seconds that pass
//! @sign-in                            a new token
//! ```

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::{
    registrants::with_all_scopes,
    story::Story,
    webhooks::{Receiver, subscribe},
};

const FILES: [(&str, &str); 7] = [
    ("oauth", include_str!("../golden/oauth.http")),
    ("users", include_str!("../golden/users.http")),
    ("meetings", include_str!("../golden/meetings.http")),
    ("series", include_str!("../golden/series.http")),
    ("webinars", include_str!("../golden/webinars.http")),
    ("registrants", include_str!("../golden/registrants.http")),
    ("events", include_str!("../golden/events.http")),
];

/// A story as it is told: the sandbox, who listens, and the values kept so far.
struct Replay {
    story: Story,
    receiver: Receiver,
    told: usize,
    kept: BTreeMap<String, Value>,
    wrong: Vec<String>,
}

impl Replay {
    async fn begin() -> Self {
        let story = with_all_scopes().await;
        let receiver = subscribe(&story).await;
        let held = story.zoom.credentials();
        let mut kept: BTreeMap<String, Value> = [
            ("account_id", held.account_id),
            ("client_id", held.client_id),
            ("client_secret", held.client_secret),
            ("base", story.zoom.base().to_owned()),
        ]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.into()))
        .collect();
        for person in story.zoom.world().people() {
            kept.insert(person.email.split('@').next().unwrap().to_owned(), person.id.into());
        }
        Self { story, receiver, told: 0, kept, wrong: Vec::new() }
    }

    /// A text with the values that were kept in place of their names.
    fn filled(&self, text: &str) -> String {
        self.kept.iter().fold(text.to_owned(), |text, (name, value)| {
            let shown = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            text.replace(&format!("{{{name}}}"), &shown)
        })
    }

    /// Whether a value is as it is written; new names keep what they stand for.
    fn fits(&mut self, written: &Value, is: &Value) -> Result<(), String> {
        match (written, is) {
            (Value::String(text), _) if text == "{_}" => Ok(()),
            (Value::String(text), _) if text.starts_with('{') && text.ends_with('}') => {
                let name = text.trim_matches(['{', '}']).to_owned();
                let known = self.kept.entry(name).or_insert_with(|| is.clone());
                if known == is { Ok(()) } else { Err(format!("{text} is {known}, not {is}")) }
            }
            (Value::String(text), Value::String(is)) if self.filled(text) == *is => Ok(()),
            (Value::Object(written), Value::Object(is)) => self.members_fit(written, is),
            (Value::Array(written), Value::Array(is)) if written.len() == is.len() => {
                written.iter().zip(is).try_for_each(|(written, is)| self.fits(written, is))
            }
            _ if written == is => Ok(()),
            _ => Err(format!("{written} is written, {is} is there")),
        }
    }

    fn members_fit(&mut self, written: &Map<String, Value>, is: &Map<String, Value>) -> Result<(), String> {
        if let Some(more) = is.keys().find(|name| !written.contains_key(*name) && !written.contains_key("…")) {
            return Err(format!("{more} is there and not written"));
        }
        for (name, value) in written.iter().filter(|(name, _)| *name != "…") {
            let is = is.get(name).ok_or_else(|| format!("{name} is not there"))?;
            self.fits(value, is).map_err(|why| format!("{name}: {why}"))?;
        }
        Ok(())
    }

    /// Carries out one block; how many exchanges were in it.
    async fn block(&mut self, block: &str) -> usize {
        let (mut count, mut lines) = (0, block.lines().skip(1).peekable());
        while let Some(line) = lines.next() {
            let mut text = String::new();
            match line.split_once(' ').unwrap_or((line, "")) {
                ("@pass", seconds) => self.story.pass(seconds.parse().unwrap()),
                ("@sign-in", _) => self.story.sign_in().await,
                ("@told", event) => {
                    while let Some(more) = lines.next_if(|line| !line.starts_with(['@', '#'])) {
                        text.push_str(more);
                    }
                    self.hear(event, &text)
                        .await
                        .unwrap_or_else(|why| self.wrong.push(format!("{block}\n{event}: {why}")));
                    count += 1;
                }
                (method, path) if !line.trim().is_empty() => {
                    let (mut head, mut body) = (Vec::new(), String::new());
                    while let Some(more) = lines.next_if(|line| !line.starts_with("=>")) {
                        if let Some(header) = header(more).filter(|_| body.is_empty()) {
                            head.push(header);
                        } else {
                            body.push_str(more);
                        }
                    }
                    let status = lines.next().and_then(|line| line.strip_prefix("=> ")).unwrap_or_default();
                    while let Some(more) = lines.next_if(|line| !line.starts_with('@')) {
                        text.push_str(more);
                        text.push('\n');
                    }
                    let sent = Sent { method, path, head: &head, body: body.trim() };
                    self.exchange(&sent, status, &text)
                        .await
                        .unwrap_or_else(|why| self.wrong.push(format!("{block}\n{why}")));
                    count += 1;
                }
                _ => {}
            }
        }
        count
    }

    async fn hear(&mut self, event: &str, written: &str) -> Result<(), String> {
        self.told += 1;
        let heard = self.receiver.events(self.told).await;
        let is = heard.get(self.told - 1).cloned().unwrap_or_default();
        if is["event"] != event {
            return Err(format!("{} was told", is["event"]));
        }
        let written = serde_json::from_str(written).map_err(|why| why.to_string())?;
        self.fits(&written, &is)
    }

    async fn exchange(&mut self, sent: &Sent<'_>, status: &str, answer: &str) -> Result<(), String> {
        let method = reqwest::Method::from_bytes(sent.method.as_bytes()).unwrap();
        let url = format!("{}{}", self.story.zoom.base(), self.filled(sent.path));
        let mut request = self.story.http.request(method, url);
        let names: Vec<String> = sent.head.iter().map(|(name, _)| name.to_ascii_lowercase()).collect();
        for (name, value) in sent.head {
            let value = self.filled(value);
            request = match value.strip_prefix("Basic ").and_then(|pair| pair.split_once(':')) {
                Some((id, secret)) => request.basic_auth(id, Some(secret)),
                None if value == "none" => request,
                None => request.header(name, value),
            };
        }
        if !names.contains(&"authorization".to_owned()) {
            request = request.bearer_auth(&self.story.token);
        }
        let is_form = !sent.body.is_empty() && !sent.body.starts_with(['{', '[']);
        if is_form && !names.contains(&"content-type".to_owned()) {
            request = request.header("content-type", "application/x-www-form-urlencoded");
        }
        let response = request.body(self.filled(sent.body)).send().await.unwrap();
        let is_status = response.status().as_u16().to_string();
        let headers = response.headers().clone();
        let text = response.text().await.unwrap();
        if is_status != status {
            return Err(format!("{is_status} {text}"));
        }
        let mut body = String::new();
        for line in answer.lines() {
            match header(line).filter(|_| body.is_empty()) {
                Some((name, value)) if headers.get(&name).is_some_and(|is| is.as_bytes() == value.as_bytes()) => {}
                Some((name, value)) => return Err(format!("{name} is not {value} but {:?}", headers.get(&name))),
                None => body.push_str(line),
            }
        }
        match (body.trim(), text.as_str()) {
            ("", "") => Ok(()),
            ("", more) => Err(format!("{more} was answered")),
            (written, _) => {
                let written = serde_json::from_str(written).map_err(|why| format!("{why} in {written}"))?;
                let is = serde_json::from_str(&text).map_err(|why| format!("{why} in {text}"))?;
                self.fits(&written, &is)
            }
        }
    }
}

struct Sent<'a> {
    method: &'a str,
    path: &'a str,
    head: &'a [(String, String)],
    body: &'a str,
}

/// A line such as `Retry-After: 2026-11-24T00:00:00Z`.
fn header(line: &str) -> Option<(String, String)> {
    let (name, value) = line.split_once(": ")?;
    let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    is_name.then(|| (name.to_owned(), value.to_owned()))
}

#[tokio::test]
async fn the_golden_exchanges_are_as_they_were_typed() {
    let mut count = 0;
    for (name, text) in FILES {
        let mut replay = Replay::begin().await;
        let mut own = 0;
        for block in text.split("\n## ").skip(1) {
            own += replay.block(block).await;
        }
        assert!(replay.wrong.is_empty(), "{name}.http:\n{}", replay.wrong.join("\n"));
        assert!(own > 0, "{name}");
        count += own;
        replay.story.zoom.stop().await;
    }
    assert!(count >= 60, "{count} exchanges");
}

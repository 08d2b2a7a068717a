//! `eroom sandbox --state`, killed over and over in the middle of its work: whatever was answered is found again.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test ends at its first surprise")]

use std::{
    collections::BTreeSet,
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

use reqwest::Client;
use serde_json::{Value, json};
use tokio::{sync::mpsc, task::JoinSet};

/// The binary at work on a state file.
struct Sandbox {
    process: Child,
    ready: Value,
}

impl Sandbox {
    fn start(folder: &Path) -> Self {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin("eroom"));
        command.current_dir(folder).env_clear().stdout(Stdio::piped());
        let mut process = command.args(["sandbox", "--json", "--port", "0", "--state", "zoom.json"]).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { process, ready: serde_json::from_str(&line).unwrap() }
    }

    fn at(&self, name: &str, path: &str) -> String {
        format!("{}{path}", self.ready[name].as_str().unwrap())
    }

    async fn token(&self, http: &Client) -> String {
        let zoom = &self.ready["zoom"];
        let form = [("grant_type", "account_credentials"), ("account_id", zoom["account_id"].as_str().unwrap())];
        let asked = http.post(self.at("oauth", "")).form(&form);
        let asked = asked.basic_auth(zoom["client_id"].as_str().unwrap(), zoom["client_secret"].as_str());
        let issued: Value = asked.send().await.unwrap().json().await.unwrap();
        issued["access_token"].as_str().unwrap().to_owned()
    }

    async fn meetings(&self, http: &Client) -> BTreeSet<i64> {
        let all: Value =
            http.get(self.at("sandbox", "/sandbox/v1/meetings")).send().await.unwrap().json().await.unwrap();
        all["items"].as_array().unwrap().iter().map(|one| one["number"].as_i64().unwrap()).collect()
    }
}

/// The kill: no signal that it could catch.
impl Drop for Sandbox {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

/// What a client was told, or had asked for when the answers stopped.
enum Heard {
    Made(i64),
    Deletes(i64),
    Deleted(i64),
}

/// Creates meetings, and deletes every third of them, until nobody answers any more.
async fn work(http: Client, api: String, token: String, tell: mpsc::UnboundedSender<Heard>) {
    let body = json!({ "topic": "Burst", "type": 2, "start_time": "2099-11-30T10:00:00Z" });
    for turn in 0.. {
        let made = http.post(format!("{api}/users/me/meetings")).bearer_auth(&token).json(&body).send().await;
        let Ok(made) = made else { return };
        assert_eq!(made.status(), 201);
        let Ok(made) = made.json::<Value>().await else { return };
        let number = made["id"].as_i64().unwrap();
        tell.send(Heard::Made(number)).ok();
        if turn % 3 == 0 {
            tell.send(Heard::Deletes(number)).ok();
            let Ok(gone) = http.delete(format!("{api}/meetings/{number}")).bearer_auth(&token).send().await else {
                return;
            };
            assert_eq!(gone.status(), 204);
            tell.send(Heard::Deleted(number)).ok();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_sandbox_has_answered_outlives_kills_in_the_middle_of_bursts() {
    rustls::crypto::ring::default_provider().install_default().ok();
    let http = Client::builder().no_proxy().build().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (mut there, mut perhaps, mut gone) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut token = String::new();
    for burst in 1..=4 {
        let sandbox = Sandbox::start(folder.path());
        if token.is_empty() {
            token = sandbox.token(&http).await;
        }
        let limits = http.put(sandbox.at("sandbox", "/sandbox/v1/limits")).json(&json!({ "enforced": false }));
        assert_eq!(limits.send().await.unwrap().status(), 200);
        let (tell, mut heard) = mpsc::unbounded_channel();
        let mut clients = JoinSet::new();
        for _ in 0..4 {
            clients.spawn(work(http.clone(), sandbox.at("api", ""), token.clone(), tell.clone()));
        }
        drop(tell);
        let (mut sandbox, mut answers) = (Some(sandbox), 0);
        while let Some(one) = heard.recv().await {
            answers += 1;
            if answers == 60 * burst {
                drop(sandbox.take());
            }
            match one {
                Heard::Made(number) => there.insert(number),
                Heard::Deletes(number) => there.remove(&number) && perhaps.insert(number),
                Heard::Deleted(number) => gone.insert(number),
            };
        }
        while let Some(client) = clients.join_next().await {
            client.unwrap();
        }
        let again = Sandbox::start(folder.path());
        let found = again.meetings(&http).await;
        assert_eq!(
            there.difference(&found).collect::<Vec<_>>(),
            Vec::<&i64>::new(),
            "answered, and lost: burst {burst}"
        );
        assert_eq!(
            gone.intersection(&found).collect::<Vec<_>>(),
            Vec::<&i64>::new(),
            "deleted, and back: burst {burst}"
        );
        // One that was being created when the kill came may be there without anybody having heard of it.
        assert!(found.len() <= there.len() + perhaps.len() + 4 * burst, "burst {burst}");
    }
}

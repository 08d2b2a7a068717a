//! Backups from outside: of a demo that runs, into either engine, with and without the key.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _},
    path::Path,
    process::{Child, Stdio},
};

use assert_cmd::Command;
use serde_json::Value as Json;
use store::{Engine, testing};

/// The binary, away from this shell's settings and folder, on a database where one is given.
fn eroom(folder: &Path, database: Option<&str>, arguments: &[&str]) -> (bool, String, String) {
    let mut command = Command::cargo_bin("eroom").unwrap();
    command.current_dir(folder).env_clear().args(arguments);
    if let Some(url) = database {
        command.env("EROOM_DATABASE__URL", url);
    }
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.success(), text(output.stdout), text(output.stderr))
}

/// A demo that runs, and what it printed.
struct Demo {
    child: Child,
    told: Json,
}

impl Demo {
    fn start(folder: &Path) -> Self {
        let mut demo = std::process::Command::new(assert_cmd::cargo::cargo_bin("eroom"));
        demo.current_dir(folder).env_clear().args(["demo", "--json", "--port", "0", "--sandbox-port", "0"]);
        let mut child = demo.args(["--data-dir", "demo"]).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { child, told: serde_json::from_str(&line).unwrap() }
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Every text under a name that says it is secret.
fn secrets(value: &Json, named: bool, found: &mut Vec<String>) {
    let is_secret = |name: &str| {
        let name = name.to_lowercase();
        ["secret", "password", "passcode", "token", "join_url", "start_url"].iter().any(|word| name.contains(word))
    };
    match value {
        Json::Object(fields) => fields.iter().for_each(|(name, value)| secrets(value, is_secret(name), found)),
        Json::Array(items) => items.iter().for_each(|item| secrets(item, named, found)),
        Json::String(text) if named && text.len() >= 6 => found.push(text.clone()),
        _ => {}
    }
}

#[test]
fn a_demo_that_runs_is_backed_up_without_a_secret_and_comes_back_in_either_engine() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let demo = Demo::start(here);
    let run = |database: Option<&str>, arguments: &[&str]| eroom(here, database, arguments);
    let (ok, said, error) = run(None, &["backup", "--data-dir", "demo", "kept"]);
    assert!(ok && said.contains("demo/eroom.key"), "{said}{error}");
    let (ok, _, error) = run(None, &["backup", "--data-dir", "demo", "kept"]);
    assert!(!ok && error.contains("--force"), "{error}");
    let (_, rooms, _) = run(None, &["rooms", "--data-dir", "demo", "list"]);
    assert!(rooms.lines().count() > 3, "{rooms}");

    let mut all = String::new();
    flate2::read::GzDecoder::new(fs::File::open(here.join("kept")).unwrap()).read_to_string(&mut all).unwrap();
    let mut canaries = vec![fs::read_to_string(here.join("demo/eroom.key")).unwrap().lines().last().unwrap().into()];
    secrets(&demo.told, false, &mut canaries);
    // What the pretend Zoom knows of the same account: passcodes, addresses with them, tokens.
    for state in fs::read_dir(here.join("demo")).unwrap().map(|file| file.unwrap().path()) {
        let text = fs::read(&state).unwrap();
        for line in String::from_utf8_lossy(&text).lines() {
            if let Ok(json) = serde_json::from_str(line) {
                secrets(&json, false, &mut canaries);
            }
        }
        if let Ok(json) = serde_json::from_slice(&text) {
            secrets(&json, false, &mut canaries);
        }
    }
    canaries.sort();
    canaries.dedup();
    assert!(canaries.len() > 10, "{} secrets were found to look for", canaries.len());
    for canary in &canaries {
        assert!(!all.contains(canary.as_str()), "a secret of {} characters is in the backup", canary.len());
    }
    assert!(all.contains("Open studio"), "the backup is of this site");

    fs::create_dir(here.join("back")).unwrap();
    fs::copy(here.join("demo/eroom.key"), here.join("back/eroom.key")).unwrap();
    let (ok, said, error) = run(None, &["restore", "--data-dir", "back", "kept"]);
    assert!(ok && said.starts_with("Restored "), "{said}{error}");
    assert_eq!(run(None, &["rooms", "--data-dir", "back", "list"]).1, rooms);
    let (ok, _, error) = run(None, &["restore", "--data-dir", "back", "kept"]);
    assert!(!ok && error.contains("not empty") && error.contains("room"), "{error}");

    let there = tokio::runtime::Runtime::new().unwrap().block_on(testing::bare_database(Engine::Postgres));
    let Some((database, _)) = there else { return };
    let url = testing::url(&database);
    let (ok, said, error) = run(Some(&url), &["restore", "--data-dir", "back", "kept"]);
    assert!(ok, "{said}{error}");
    assert_eq!(run(Some(&url), &["rooms", "--data-dir", "back", "list"]).1, rooms);
    // And from there into a file again.
    assert!(run(Some(&url), &["backup", "--data-dir", "back", "from-postgres"]).0);
    fs::create_dir(here.join("again")).unwrap();
    fs::copy(here.join("demo/eroom.key"), here.join("again/eroom.key")).unwrap();
    let (ok, _, error) = run(None, &["restore", "--data-dir", "again", "from-postgres"]);
    assert!(ok, "{error}");
    assert_eq!(run(None, &["rooms", "--data-dir", "again", "list"]).1, rooms);
}

#[test]
fn without_its_key_a_demo_comes_back_only_when_that_is_said_and_the_owner_is_told_what_to_enter() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let demo = Demo::start(here);
    assert!(eroom(here, None, &["backup", "--data-dir", "demo", "kept"]).0);
    let (_, rooms, _) = eroom(here, None, &["rooms", "--data-dir", "demo", "list"]);
    drop(demo);
    let (ok, _, error) = eroom(here, None, &["restore", "--data-dir", "back", "kept"]);
    assert!(!ok && error.contains("no key file back/eroom.key") && error.contains("--without-secrets"), "{error}");
    assert!(error.contains("the passcode") && error.contains("Client Secret"), "{error}");
    assert!(!here.join("back").exists(), "nothing was made");
    let (ok, said, error) = eroom(here, None, &["restore", "--data-dir", "back", "--without-secrets", "kept"]);
    assert!(ok && said.contains("Enter the secrets of") && said.contains("Rooms with a new passcode"), "{said}{error}");
    // Titles and times are as they were; how they stand at Zoom is open again.
    let titles = |list: &str| -> Vec<String> {
        list.lines().map(|line| line.split("  ").take(2).collect::<Vec<_>>().join(" ")).collect()
    };
    let (ok, list, error) = eroom(here, None, &["rooms", "--data-dir", "back", "list"]);
    assert!(ok && titles(&list) == titles(&rooms), "{list}{rooms}{error}");
    assert!(list.contains("waiting for Zoom"), "{list}");
}

#[test]
fn what_is_no_backup_and_where_no_site_is_are_said_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    fs::write(here.join("letter"), "Dear site,").unwrap();
    let (ok, _, error) = eroom(here, None, &["restore", "letter"]);
    assert!(!ok && error.contains("no backup of eRoom"), "{error}");
    let (ok, _, error) = eroom(here, None, &["backup", "kept"]);
    assert!(!ok && error.contains("there is no eRoom in SQLite data/eroom.db"), "{error}");
    assert_eq!(fs::read_dir(here).unwrap().count(), 1, "nothing was made");
}

#[test]
fn force_replaces_an_earlier_backup_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    fs::create_dir(here.join("data")).unwrap();
    let (ok, _, error) = eroom(here, None, &["admin", "create", "--role", "owner", "--email", "ada@example.org"]);
    assert!(ok, "{error}");
    fs::write(here.join("letter"), "Dear site,").unwrap();
    fs::write(here.join("empty"), "").unwrap();
    assert!(eroom(here, None, &["backup", "kept"]).0);
    assert!(!eroom(here, None, &["backup", "kept"]).0);
    for again in ["kept", "empty"] {
        let (ok, _, error) = eroom(here, None, &["backup", "--force", again]);
        assert!(ok, "{error}");
    }
    std::os::unix::fs::symlink("data/eroom.key", here.join("link")).unwrap();
    for precious in ["data/eroom.db", "data/eroom.key", "letter", "link"] {
        let before = fs::read(here.join(precious)).unwrap();
        let (ok, _, error) = eroom(here, None, &["backup", "--force", precious]);
        assert!(!ok && error.contains("is no backup") && error.contains("replaces earlier backups only"), "{error}");
        assert_eq!(fs::read(here.join(precious)).unwrap(), before, "{precious}");
    }
}

//! `eroom zoom` from outside: operations are found, run and refused, against the demo's pretend Zoom.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests")]

use std::{
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Stdio},
};

use assert_cmd::{Command, cargo::cargo_bin};
use serde_json::Value;

/// A demo whose data other commands share.
struct Demo {
    child: Child,
    told: Value,
    folder: tempfile::TempDir,
}

impl Demo {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut demo = std::process::Command::new(cargo_bin("eroom"));
        demo.current_dir(folder.path()).env_clear().args(["demo", "--json", "--port", "0", "--sandbox-port", "0"]);
        demo.args(["--data-dir", "data"]).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = demo.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { child, told: serde_json::from_str(&line).unwrap(), folder }
    }

    /// `eroom zoom …` on the same data: whether it succeeded, what it said, and its complaint.
    fn zoom(&self, args: &[&str], input: &str) -> (bool, String, String) {
        let sandbox = self.told["sandbox"].as_str().unwrap();
        let mut command = eroom(self.folder.path());
        command
            .env("EROOM_ZOOM__API", format!("{sandbox}/v2"))
            .env("EROOM_ZOOM__OAUTH", format!("{sandbox}/oauth/token"));
        out(command.arg("zoom").args(["--data-dir", "data"]).args(args).write_stdin(input))
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn eroom(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("eroom").unwrap();
    command.current_dir(folder).env_clear();
    command
}

fn out(command: &mut Command) -> (bool, String, String) {
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.success(), text(output.stdout), text(output.stderr))
}

#[test]
fn an_operation_is_found_run_confirmed_and_refused_from_the_shell() {
    let demo = Demo::start();
    let (ok, list, error) = demo.zoom(&["operations", "delete", "meeting"], "");
    assert!(ok && list.contains("meetingDelete") && !list.contains("webinarDelete"), "{list}{error}");
    let (ok, one, _) = demo.zoom(&["operations", "meetingDelete"], "");
    assert!(
        ok && one.contains("DELETE /meetings/{meetingId}") && one.contains("--param meetingId=integer (needed)"),
        "{one}"
    );
    let (ok, users, error) = demo.zoom(&["call", "users", "--param", "page_size=5"], "");
    assert!(ok && users.contains("ada@northlight.example"), "{users}{error}");

    let create = ["call", "meetingCreate", "--param", "userId=me", "--body", "-", "--json"];
    let body = r#"{"topic":"From the shell","password":"canary1"}"#;
    let (ok, _, error) = demo.zoom(&create, body);
    assert!(!ok && error.contains("changes something at Zoom; add --yes"), "{error}");
    let (ok, made, error) = demo.zoom(&[&create[..], &["--yes"]].concat(), body);
    assert!(ok && !made.contains("canary1") && !made.contains("zak="), "{made}{error}");
    let made: Value = serde_json::from_str(&made).unwrap();
    assert_eq!((&made["status"], &made["answer"]["start_url"]), (&201.into(), &"(hidden)".into()));
    let number = format!("meetingId={}", made["answer"]["id"]);
    let (ok, said, error) = demo.zoom(&["call", "meetingDelete", "--param", &number, "--yes"], "");
    assert!(ok && said == "done (204)\n", "{said}{error}");

    let (ok, said, error) = demo.zoom(&["call", "meeting", "--param", &number], "");
    assert!(!ok && said.is_empty() && error.contains("code 3001") && error.contains("does not exist"), "{error}");
    for (args, complaint) in [
        (vec!["call", "meeting"], "path.meetingId is needed"),
        (vec!["call", "meeting", "--param", "meetingId=x"], "path.meetingId is not a whole number"),
        (vec!["call", "meeting", "--param", "colour=red"], "no field \"colour\""),
        (vec!["call", "meeting", "--param", "meetingId"], "NAME=VALUE"),
        (
            vec!["call", "user", "--param", "userId=me", "--param", "path.userId=x"],
            "path.userId is given more than once",
        ),
        (vec!["call", "user", "--param", "userId=.."], "path.userId is a step in a path"),
        (vec!["call", "nonsense"], "eroom zoom operations"),
        (vec!["call", "meetingCreate", "--param", "userId=me", "--body", "[1]", "--yes"], "--body is not JSON"),
        (vec!["call", "meetingCreate", "--param", "userId=me", "--body", "@nowhere", "--yes"], "nowhere"),
        (vec!["operations", "no", "such", "thing"], "no operation has all"),
    ] {
        let (ok, _, error) = demo.zoom(&args, "");
        assert!(!ok && error.contains(complaint), "{args:?}: {error}");
    }
}

#[test]
fn without_an_account_nothing_can_be_run_and_all_can_be_found() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("data")).unwrap();
    let (ok, list, _) = out(eroom(folder.path()).args(["zoom", "operations", "--json"]));
    let list: Value = serde_json::from_str(&list).unwrap();
    assert!(ok && list["items"].as_array().unwrap().len() >= 47);
    for args in [
        &["zoom", "call", "users"][..],
        &["zoom", "--data-dir", "data", "call", "users"],
        &["zoom", "call", "users", "--data-dir", "data"],
        &["zoom", "call", "--data-dir", "data", "users"],
    ] {
        let (ok, _, error) = out(eroom(folder.path()).args(args));
        assert!(!ok && error.contains("no Zoom account is connected"), "{args:?}: {error}");
    }
    let (ok, _, error) = out(eroom(folder.path()).args(["zoom", "call", "users", "--data-dir", "nowhere"]));
    assert!(!ok && error.contains("no data folder nowhere"), "it looks there: {error}");
}

//! The sandbox as a process of its own, and its controls over HTTP.

use std::path::Path;

use anyhow::{Context as _, Result};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{Client, Program, Start};

/// A running sandbox.
#[derive(Debug)]
pub struct Sandbox {
    program: Program,
    controls: Client,
}

impl Sandbox {
    /// Starts one whose state is in `folder`.
    pub fn start(folder: &Path, without_scopes: &[&str]) -> Result<Self> {
        let scopes = without_scopes.iter().flat_map(|scope| ["--without-scope", scope]);
        let program = Start::sandbox(folder).args(scopes).ready()?;
        let controls = Client::new(program.told("/sandbox")?)?;
        Ok(Self { program, controls })
    }

    /// The process.
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// Ends it politely; its log must be clean.
    pub fn stop(self) -> Result<()> {
        self.program.stop()?;
        Ok(())
    }

    /// The next `times` calls of an operation meet a fault, such as `{"fault":"slow_after","ms":300}`.
    pub async fn next(&self, operation: &str, times: u32, mut fault: Value) -> Result<()> {
        let members = fault.as_object_mut().context("a fault is an object")?;
        members.insert("operation".to_owned(), json!(operation));
        members.insert("times".to_owned(), json!(times));
        self.controls.send_json(Method::POST, "/sandbox/v1/faults", &fault).await?;
        Ok(())
    }

    /// Calls of an operation that are in the log, oldest first; the last thousand.
    pub async fn calls(&self, operation: &str) -> Result<Vec<Value>> {
        self.items(&format!("/sandbox/v1/calls?limit=1000&operation={operation}")).await
    }

    /// Every meeting and webinar there is.
    pub async fn meetings(&self) -> Result<Vec<Value>> {
        self.items("/sandbox/v1/meetings").await
    }

    /// The controls, for what has no method here.
    pub fn controls(&self) -> &Client {
        &self.controls
    }

    async fn items(&self, path: &str) -> Result<Vec<Value>> {
        let mut answer = self.controls.json(path).await?;
        let items = answer.get_mut("items").map(Value::take);
        items.and_then(|items| items.as_array().cloned()).with_context(|| format!("{path} answered no list"))
    }
}

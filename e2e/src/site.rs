//! A whole site of a test: a sandbox that survives, a configuration, an owner with a token, and `serve` that comes and
//! goes.

use std::path::PathBuf;

use anyhow::{Context as _, Result, ensure};
use reqwest::Method;
use serde_json::Value;
use tempfile::TempDir;

use crate::{Client, Program, Sandbox, Start, folder};

/// The owner of every test site.
pub const OWNER: &str = "owner@example.org";

/// The sandbox's user with a webinar licence.
const WEBINAR_HOST: &str = "ben@northlight.example";

/// A site and its sandbox, in one temporary folder.
#[derive(Debug)]
pub struct Site {
    /// The pretend Zoom.
    pub sandbox: Sandbox,
    config: PathBuf,
    base: String,
    token: String,
    serve: Option<Program>,
    metrics: u16,
    // Last, so that it goes after the programs that write into it.
    folder: TempDir,
}

impl Site {
    /// Starts a sandbox that lacks some scopes, makes an owner and a token, and serves a site connected to it, on SQLite.
    pub async fn start(without_scopes: &[&str]) -> Result<Self> {
        Self::start_on(None, without_scopes).await
    }

    /// The same on the PostgreSQL database at this address.
    pub async fn start_on(database: Option<&str>, without_scopes: &[&str]) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let sandbox = Sandbox::start(&folder.path().join("zoom"), without_scopes)?;
        let port = folder::free_port()?;
        let metrics = folder::free_port()?;
        let config = folder::configuration(folder.path(), port, metrics, sandbox.program(), database)?;
        let base = format!("http://127.0.0.1:{port}");
        let mut site = Self { sandbox, config, base, token: String::new(), serve: None, metrics, folder };
        site.serve()?;
        let owner = site.member("owner", OWNER).await?;
        site.command(&["admin"], &["token", OWNER])?.trim().clone_into(&mut site.token);
        site.connect(&owner).await?;
        Ok(site)
    }

    /// Starts `eroom serve`, again.
    pub fn serve(&mut self) -> Result<()> {
        self.serve = Some(Start::serve(&self.config).ready()?);
        Ok(())
    }

    /// Kills it where it stands.
    pub fn kill(&mut self) -> Result<()> {
        let log = self.serve.take().context("serve does not run")?.kill()?;
        let faults = log.faults();
        ensure!(faults.is_empty(), "the log of serve is not clean:\n{}", faults.join("\n"));
        Ok(())
    }

    /// Writes one more setting, a text, into the configuration and starts `serve` again.
    pub fn set(&mut self, name: &str, value: &str) -> Result<()> {
        let known = std::fs::read_to_string(&self.config)?;
        std::fs::write(&self.config, format!("{name} = {value:?}\n{known}"))?;
        self.serve.take().context("serve does not run")?.stop()?;
        self.serve()
    }

    /// Stops both politely; their logs must be clean.
    pub fn stop(mut self) -> Result<()> {
        self.serve.take().context("serve does not run")?.stop()?;
        self.sandbox.stop()
    }

    /// The running `serve`.
    pub fn running(&self) -> Result<&Program> {
        self.serve.as_ref().context("serve does not run")
    }

    /// The API as the owner.
    pub fn api(&self) -> Result<Client> {
        Ok(Client::new(&self.base)?.with_token(&self.token))
    }

    /// Pages as somebody without a login.
    pub fn visitor(&self) -> Result<Client> {
        Client::new(&self.base)
    }

    /// Where Prometheus would read.
    pub fn metrics(&self) -> Result<Client> {
        Client::new(&format!("http://127.0.0.1:{}", self.metrics))
    }

    /// The SQLite database.
    pub fn database(&self) -> PathBuf {
        self.folder.path().join("site/eroom.db")
    }

    /// The owner's token.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// The ids of Zoom users who can hold meetings for as long as one likes; or of the one who can hold webinars, whom
    /// the sandbox invents with that licence.
    pub async fn hosts(&self, for_webinars: bool) -> Result<Vec<String>> {
        let answer = self.api()?.json("/api/v1/hosts").await?;
        let hosts = answer.get("items").and_then(Value::as_array).context("no list of hosts")?;
        let text = |host: &Value, member: &str| host.get(member).and_then(Value::as_str).map(str::to_owned);
        let fits = |host: &&Value| {
            if for_webinars {
                text(host, "email").as_deref() == Some(WEBINAR_HOST)
            } else {
                host.get("licensed").and_then(Value::as_bool) == Some(true)
            }
        };
        let found: Vec<String> = hosts.iter().filter(fits).filter_map(|host| text(host, "id")).collect();
        ensure!(!found.is_empty(), "no host fits: {answer}");
        Ok(found)
    }

    /// Makes a login and signs it in, by the one-time link that `eroom admin create` prints.
    pub async fn member(&self, role: &str, email: &str) -> Result<Client> {
        let said = self.command(&["admin"], &["create", "--role", role, "--email", email])?;
        let link = said.lines().find_map(|line| line.trim().strip_prefix(self.base.as_str()));
        let link = link.with_context(|| format!("no one-time link in: {said}"))?;
        let visitor = self.visitor()?;
        let form = [("password", "a long password of a test")];
        let request = visitor.request(Method::POST, link).header("origin", &self.base).form(&form);
        let answer = visitor.send(request).await?;
        let cookie = answer.header("set-cookie").and_then(|cookie| cookie.split(';').next());
        Ok(visitor.with_cookie(cookie.with_context(|| format!("no session; answered {}", answer.status))?))
    }

    /// Runs a command that needs no server, with this site's configuration, and answers what it printed.
    pub fn command(&self, name: &[&str], arguments: &[&str]) -> Result<String> {
        let (first, more) = name.split_first().context("a command has a name")?;
        let start = Start::new(first).args(["--config"]).args([&self.config]).args(more).args(arguments);
        let (status, out, log) = start.finish()?;
        ensure!(status.success(), "eroom {first} {} ended with {status}:\n{log}", arguments.join(" "));
        Ok(out)
    }

    /// Where the site is.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The owner saves the sandbox's credentials in the form for them.
    async fn connect(&self, owner: &Client) -> Result<()> {
        let names = ["account_id", "client_id", "client_secret", "sdk_key", "sdk_secret", "webhook_secret"];
        let mut form = Vec::new();
        for name in names {
            form.push((name, self.sandbox.program().told(&format!("/zoom/{name}"))?));
        }
        let request = owner.request(Method::POST, "/admin/zoom").header("origin", &self.base).form(&form);
        let answer = owner.send(request).await?;
        ensure!(answer.status < 400, "the credentials were not taken: {}\n{}", answer.status, answer.text());
        let known = self.api()?.json("/api/v1/connections").await?;
        let sandbox = known.pointer("/items/0/sandbox").and_then(Value::as_bool);
        ensure!(sandbox == Some(true), "the site is not connected to the sandbox: {known}");
        Ok(())
    }
}

//! One running `eroom`: started on free ports, waited for, killed or stopped.

use std::{
    ffi::OsStr,
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    thread::JoinHandle,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::Value;

use crate::{Log, eroom};

/// How long a program may take to say that it is ready. Generous: the machine may be busy building.
const READY_LIMIT: Duration = Duration::from_secs(90);
/// How long it may take to stop when asked to.
const STOP_LIMIT: Duration = Duration::from_secs(20);
/// How often we look.
const LOOK: Duration = Duration::from_millis(10);

/// A command line about to become a [`Program`].
#[derive(Debug)]
pub struct Start {
    command: Command,
    name: String,
}

impl Start {
    /// `eroom NAME`, with a clean `EROOM_…` environment.
    pub fn new(name: &str) -> Self {
        let mut command = Command::new(eroom());
        for (variable, _) in std::env::vars_os() {
            if variable.to_string_lossy().starts_with("EROOM_") {
                command.env_remove(variable);
            }
        }
        command.arg(name);
        Self { command, name: name.to_owned() }
    }

    /// The demo: site and pretend Zoom in one process, data in a temporary folder.
    pub fn demo() -> Self {
        Self::new("demo").args(["--port", "0", "--sandbox-port", "0", "--json"])
    }

    /// The pretend Zoom alone, its state in `folder` so that it survives.
    pub fn sandbox(folder: &Path) -> Self {
        Self::new("sandbox")
            .args(["--port", "0", "--json", "--scopes", "guide", "--state"])
            .args([folder.join("zoom.json")])
    }

    /// The site with the configuration in `config`.
    pub fn serve(config: &Path) -> Self {
        Self::new("serve").args(["--json", "--allow-sandbox", "--config"]).args([config])
    }

    /// More arguments.
    #[must_use]
    pub fn args<A: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = A>) -> Self {
        self.command.args(arguments);
        self
    }

    /// One variable of the environment.
    #[must_use]
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Starts it and waits for its first line on standard output, one JSON object.
    pub fn ready(mut self) -> Result<Program> {
        self.command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = self.command.spawn().with_context(|| format!("could not start {}", eroom().display()))?;
        let (out, log) = (Log::default(), Log::default());
        let readers = vec![
            out.collect(child.stdout.take().context("no standard output")?),
            log.collect(child.stderr.take().context("no standard error")?),
        ];
        let mut program = Program { child, name: self.name, out, log, readers, told: Value::Null };
        program.told = program.wait_until_ready()?;
        Ok(program)
    }

    /// Runs it to its end and answers its status, standard output and standard error.
    pub fn finish(mut self) -> Result<(ExitStatus, String, String)> {
        let output = self.command.stdin(Stdio::null()).output()?;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Ok((output.status, text(&output.stdout), text(&output.stderr)))
    }
}

/// A running `eroom`. Dropped without [`Program::stop`], it is killed.
#[derive(Debug)]
pub struct Program {
    child: Child,
    name: String,
    out: Log,
    log: Log,
    readers: Vec<JoinHandle<()>>,
    told: Value,
}

impl Program {
    /// A text of the JSON object it printed when ready, by JSON pointer, such as `/admin/email`.
    pub fn told(&self, pointer: &str) -> Result<&str> {
        let value = self.told.pointer(pointer).and_then(Value::as_str);
        value.with_context(|| format!("{} did not say {pointer} in its first line", self.name))
    }

    /// What it logged.
    pub fn log(&self) -> &Log {
        &self.log
    }

    /// What it printed on standard output.
    pub fn out(&self) -> &Log {
        &self.out
    }

    /// Its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// SIGKILL: it gets no chance to do anything more. Answers what it had logged.
    pub fn kill(mut self) -> Result<Log> {
        self.child.kill()?;
        self.child.wait()?;
        self.finish_reading();
        Ok(self.log.clone())
    }

    /// SIGTERM; it must end by itself with success, and its log must be clean.
    pub fn stop(mut self) -> Result<Log> {
        let id = self.child.id().to_string();
        // The shell's own kill: the program of that name is not on every machine.
        Command::new("sh").args(["-c", "kill -TERM \"$0\"", &id]).status()?;
        let asked = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait()? {
                break status;
            }
            ensure!(asked.elapsed() < STOP_LIMIT, "{} did not stop within {STOP_LIMIT:?} of SIGTERM", self.name);
            std::thread::sleep(LOOK);
        };
        self.finish_reading();
        ensure!(status.success(), "{} ended with {status}:\n{}", self.name, self.log.lines().join("\n"));
        let faults = self.log.faults();
        ensure!(faults.is_empty(), "the log of {} is not clean:\n{}", self.name, faults.join("\n"));
        Ok(self.log.clone())
    }

    fn wait_until_ready(&mut self) -> Result<Value> {
        let started = Instant::now();
        loop {
            if let Some(line) = self.out.first() {
                return serde_json::from_str(&line).with_context(|| format!("{}'s first line is not JSON", self.name));
            }
            if let Some(status) = self.child.try_wait()? {
                self.finish_reading();
                bail!("{} ended before it was ready ({status}):\n{}", self.name, self.log.lines().join("\n"));
            }
            ensure!(started.elapsed() < READY_LIMIT, "{} was not ready within {READY_LIMIT:?}", self.name);
            std::thread::sleep(LOOK);
        }
    }

    fn finish_reading(&mut self) {
        for reader in self.readers.drain(..) {
            drop(reader.join());
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

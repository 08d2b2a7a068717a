//! What gets done of an account's limits, by our client and by other people's, against a sandbox that enforces them in real
//! time; and the goals that ours is held to.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

use super::{http, running::Running};
use crate::{clients, environment, npm, process, report::say};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Meetings to create on the paid plans, over the hosts.
    #[arg(long, default_value_t = 2_000)]
    creates: usize,
    /// Meetings to create on the free plan.
    #[arg(long, default_value_t = 200)]
    creates_when_free: usize,
    /// Meetings that are there to be listed.
    #[arg(long, default_value_t = 10_000)]
    meetings: usize,
    /// How often all of them are listed: once is over within a second.
    #[arg(long, default_value_t = 7)]
    times: usize,
    /// Hosts who hold them.
    #[arg(long, default_value_t = 25)]
    hosts: usize,
    /// Only this plan.
    #[arg(long, value_parser = ["pro", "business", "free"])]
    plan: Option<String>,
    /// Leave zoomus and @zoom/rivet out.
    #[arg(long)]
    alone: bool,
    #[command(flatten)]
    pub(super) profile: super::Profile,
}

/// Of the rate that the plan allows, alone.
const LEAST_SHARE: f64 = 0.95;
/// Of the rate that the plan allows, as two that share it.
const LEAST_SHARE_OF_TWO: f64 = 0.90;

/// Calls a second that a plan allows: light ones, which create, and medium ones, which list (Zoom's table).
const PLANS: [(&str, f64, f64); 3] = [("pro", 30.0, 20.0), ("business", 80.0, 60.0), ("free", 4.0, 2.0)];

/// A sandbox, and how programs reach it.
struct Bench {
    sandbox: Running,
    certificate: PathBuf,
    /// Built by cargo: our client.
    program: PathBuf,
    hosts: Value,
}

/// Prints all figures; whether every goal was reached.
pub(super) fn run(args: &Args, release: &Path, folder: &Path) -> Result<bool> {
    let certificate = folder.join("sandbox-ca.pem");
    let mut command = Command::new(release.join("eroom"));
    command.args(["sandbox", "--port", "0", "--proxy", "--json", "--ca-out"]).arg(&certificate);
    let sandbox = Running::start(&mut command)?;
    let mut bench = Bench { sandbox, certificate, program: release.join("examples/limits"), hosts: Value::Null };
    bench.limits(&json!({ "enforced": false, "plan": "business" }))?;
    let wish = json!({ "do": "prepare", "hosts": args.hosts, "meetings": args.meetings });
    bench.hosts = bench.ours(&wish)?.get("hosts").cloned().context("no hosts were made")?;
    let mut goals = Vec::new();
    for (plan, light, medium) in PLANS {
        if args.plan.as_deref().is_some_and(|only| only != plan) {
            continue;
        }
        let free = plan == "free";
        let creates = if free { args.creates_when_free } else { args.creates };
        // On the free plan the day's limit is soon reached, and nothing is shown that the others do not show.
        let lists = if free { 0 } else { args.hosts * args.times };
        say(&format!(
            "{plan}: {creates} creations at {light} a second; {lists} lists of {} meetings",
            args.meetings / args.hosts
        ));
        let wish = |engine: &str, replicas: usize| json!({ "do": "run", "engine": engine, "replicas": replicas, "plan": plan, "creates": creates, "lists": lists });
        let rates = (light, medium);
        let one = bench.measured("eRoom, SQLite", plan, |bench| bench.ours(&wish("sqlite", 1)))?;
        goals.extend(judge(&one, rates, LEAST_SHARE));
        let two = bench.measured("two on PostgreSQL", plan, |bench| bench.ours(&wish("postgres", 2)))?;
        goals.extend(judge(&two, rates, LEAST_SHARE_OF_TWO));
        if !args.alone {
            let wish = wish("", 0);
            for (name, others) in [("zoomus", Bench::zoomus as fn(&Bench, &Value) -> _), ("@zoom/rivet", Bench::rivet)]
            {
                let figures = bench.measured(name, plan, |bench| others(bench, &wish))?;
                judge(&figures, rates, 0.0);
            }
        }
    }
    Ok(goals.iter().all(|&reached| reached))
}

impl Bench {
    /// Sets the limits; what was counted so far is forgotten.
    fn limits(&self, wish: &Value) -> Result<()> {
        let json = "Content-Type: application/json";
        let set = http::send(self.sandbox.address(), ("PUT", "/sandbox/v1/limits"), &[json], &wish.to_string())?;
        ensure!(set.status == 200, "the limits stayed: {}", set.status);
        Ok(())
    }

    fn measured(&self, name: &str, plan: &str, run: impl FnOnce(&Self) -> Result<Value>) -> Result<Value> {
        self.limits(&json!({ "enforced": true, "plan": plan }))?;
        let figures = run(self).with_context(|| format!("{name} on the plan {plan}"))?;
        say(&format!("  {name}"));
        Ok(figures)
    }

    /// What a program is told: what to do, and where.
    fn told(&self, wish: &Value) -> Result<String> {
        let mut told = wish.as_object().cloned().context("what to do is no object")?;
        for (name, value) in [
            ("oauth", self.sandbox.told("oauth")?),
            ("api", self.sandbox.told("api")?),
            ("account_id", self.sandbox.told("zoom/account_id")?),
            ("client_id", self.sandbox.told("zoom/client_id")?),
            ("client_secret", self.sandbox.told("zoom/client_secret")?),
        ] {
            told.insert(name.to_owned(), json!(value));
        }
        told.entry("hosts").or_insert_with(|| self.hosts.clone());
        Ok(Value::Object(told).to_string())
    }

    fn ours(&self, wish: &Value) -> Result<Value> {
        figures(Command::new(&self.program).env("LIMITS", self.told(wish)?))
    }

    fn zoomus(&self, wish: &Value) -> Result<Value> {
        let folder = environment::clients();
        let python = clients::environment_of_its_own(&folder)?;
        figures(Command::new(python).arg("limits.py").current_dir(folder).env("LIMITS", self.told(wish)?))
    }

    /// It cannot be told other addresses: it reaches the sandbox as it would reach Zoom.
    fn rivet(&self, wish: &Value) -> Result<Value> {
        let folder = environment::clients();
        npm::install(&folder)?;
        let mut node = Command::new("node");
        node.arg("limits.mjs").current_dir(folder).env("LIMITS", self.told(wish)?);
        node.env("HTTPS_PROXY", self.sandbox.told("proxy")?).env("NODE_EXTRA_CA_CERTS", &self.certificate);
        for name in ["NO_PROXY", "no_proxy", "https_proxy"] {
            node.env_remove(name);
        }
        figures(&mut node)
    }
}

/// The line of JSON that a program leaves.
fn figures(command: &mut Command) -> Result<Value> {
    let finished = process::run(command)?;
    ensure!(finished.ok, "it failed:\n{}", finished.output);
    let line = finished.output.lines().rfind(|line| line.starts_with('{')).context("it said nothing")?;
    Ok(serde_json::from_str(line)?)
}

/// Prints creations and lists, and whether they reached their share of the plan without being refused.
fn judge(figures: &Value, (light, medium): (f64, f64), least: f64) -> Vec<bool> {
    let mut reached = Vec::new();
    for (what, plan) in [("creates", light), ("lists", medium)] {
        let of = |name: &str| figures.pointer(&format!("/{what}/{name}")).and_then(Value::as_f64).unwrap_or(0.0);
        let (calls, seconds, limited) = (of("calls"), of("seconds"), of("limited"));
        if calls <= 0.0 {
            continue;
        }
        let share = calls / seconds / plan;
        let good = share >= least && limited <= 0.0;
        let verdict = match (least > 0.0, good) {
            (false, _) => "",
            (true, true) => "   reached",
            (true, false) => "   MISSED",
        };
        let rate = calls / seconds;
        say(&format!(
            "    {what:<8} {calls:>6} calls in {seconds:>6.1} s = {rate:>5.1} a second, {:>5.1} % of the plan; {limited} answers of 429{verdict}",
            share * 100.0
        ));
        reached.push(good);
    }
    reached
}

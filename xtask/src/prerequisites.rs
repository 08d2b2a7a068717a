//! What the tests need besides Rust: found by asking each program for its version, installed with consent.

use std::{
    io::{BufRead as _, IsTerminal as _, Write as _},
    process::Command,
};

use anyhow::{Context as _, Result};

use crate::{environment, postgres, process, report::say};

/// The oldest Node whose test runner and `playwright-core` work.
const OLDEST_NODE: u32 = 20;
/// Names a Chromium goes by.
const BROWSERS: &[&str] = &["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/// One thing a suite needs.
pub(crate) struct Need {
    /// As a person calls it.
    pub what: &'static str,
    /// Asks the program; `Some(version)` when it is there and new enough.
    found: fn() -> Option<String>,
    /// Debian's packages that bring it.
    packages: &'static [&'static str],
    /// What to do where Debian's packages do not help.
    otherwise: &'static str,
}

impl PartialEq for Need {
    fn eq(&self, other: &Self) -> bool {
        self.what == other.what
    }
}

pub(crate) const C_TOOLCHAIN: Need = Need {
    what: "a C toolchain",
    found: || process::answer("cc", &["--version"]),
    packages: &["build-essential"],
    otherwise: "install a C compiler that answers to `cc`",
};
pub(crate) const LINTERS: Need = Need {
    what: "rustfmt and clippy",
    found: || process::answer("cargo", &["fmt", "--version"]).and(process::answer("cargo", &["clippy", "--version"])),
    packages: &[],
    otherwise: "rustup component add rustfmt clippy",
};
pub(crate) const POSTGRES: Need = Need {
    what: "PostgreSQL (initdb and postgres)",
    found: || postgres::Programs::find().map(|programs| programs.version),
    packages: &["postgresql"],
    otherwise: "put PostgreSQL's initdb and postgres in PATH, or set EROOM_TEST_POSTGRES to a server's URL",
};
pub(crate) const BROWSER: Need = Need {
    what: "Chromium",
    found: || browser().map(|(_, version)| version),
    packages: &["chromium"],
    otherwise: "put a Chromium in PATH, or set EROOM_TEST_BROWSER to its path",
};
pub(crate) const NODE: Need = Need {
    what: "Node 20 or newer with npm",
    found: || process::answer("npm", &["--version"]).and(node()),
    packages: &["nodejs", "npm"],
    otherwise: "Debian 12 carries Node 18: install Node 20 or newer from nodejs.org or NodeSource",
};
pub(crate) const FONT: Need = Need {
    what: "a Noto font",
    found: || process::answer("fc-list", &[":family=Noto Sans", "family"]),
    packages: &["fontconfig", "fonts-noto-core"],
    otherwise: "install Noto Sans where fontconfig finds it",
};
pub(crate) const PYTHON: Need = Need {
    what: "python3 with venv",
    found: || process::answer("python3", &["-c", "import sys, venv, ensurepip; print(sys.version)"]),
    packages: &["python3-venv"],
    otherwise: "install Python 3 with its venv module",
};
pub(crate) const PEBBLE: Need = Need {
    what: "pebble, an authority for tests",
    // Neither of the two says a version.
    found: || {
        environment::in_path("pebble-challtestsrv")?;
        environment::in_path("pebble").map(|path| path.display().to_string())
    },
    packages: &["pebble"],
    otherwise: "put pebble and pebble-challtestsrv, of Let's Encrypt, in PATH",
};
const WRK: Need = Need {
    what: "wrk",
    found: || environment::in_path("wrk").map(|path| path.display().to_string()),
    packages: &["wrk"],
    otherwise: "install wrk, the load generator",
};

pub(crate) const DPKG: Need = Need {
    what: "dpkg-deb",
    found: || process::answer("dpkg-deb", &["--version"]),
    packages: &["dpkg"],
    otherwise: "packages for Debian are made where dpkg-deb is",
};
const NGINX: Need = Need {
    what: "nginx",
    // It says its version on standard error; Debian puts it where only root's PATH leads.
    found: || environment::in_path("nginx").map(|path| path.display().to_string()),
    packages: &["nginx-light"],
    otherwise: "put nginx in PATH (/usr/sbin on Debian)",
};
const CURL: Need = Need {
    what: "curl",
    found: || process::answer("curl", &["--version"]),
    packages: &["curl"],
    otherwise: "put curl in PATH",
};
const OPENSSL: Need = Need {
    what: "openssl, the program",
    found: || process::answer("openssl", &["version"]),
    packages: &["openssl"],
    otherwise: "put openssl in PATH: it makes the certificate for the proxy",
};

/// What `dist --test` needs.
pub(crate) const FOR_DIST_TEST: &[&Need] = &[&DPKG, &NGINX, &CURL, &OPENSSL];

/// What `bench` needs.
pub(crate) const FOR_BENCH: &[&Need] = &[&C_TOOLCHAIN, &WRK];

/// Whether we may install what lacks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Consent {
    /// `--yes`, or `CI=true`.
    Given,
    /// A person is at the terminal.
    Ask,
    /// Nobody can be asked.
    Absent,
}

impl Consent {
    pub(crate) fn of_this_run(yes: bool) -> Self {
        if yes || environment::is_ci() {
            Self::Given
        } else if std::io::stdin().is_terminal() && std::io::stdout().is_terminal() {
            Self::Ask
        } else {
            Self::Absent
        }
    }
}

/// Names what lacks, installs it if allowed, and answers what lacks still.
pub(crate) fn provide(needs: &[&'static Need], consent: Consent) -> Result<Vec<&'static Need>> {
    let lacking = lacking(needs);
    if lacking.is_empty() {
        return Ok(lacking);
    }
    say("This machine lacks what the tests need:");
    for need in &lacking {
        say(&format!("  {:<34} {}", need.what, need.otherwise));
    }
    let packages: Vec<&str> = lacking.iter().flat_map(|need| need.packages).copied().collect();
    if packages.is_empty() || environment::in_path("apt-get").is_none() {
        return Ok(lacking);
    }
    let line = apt(&["install", "--yes", "--no-install-recommends"], &packages);
    say("On Debian and Ubuntu this line installs it:");
    say(&format!("  {}", line.join(" ")));
    if !agreed(consent)? {
        return Ok(lacking);
    }
    execute(&apt(&["update"], &[]), consent)?;
    execute(&line, consent)?;
    Ok(self::lacking(needs))
}

fn lacking(needs: &[&'static Need]) -> Vec<&'static Need> {
    needs.iter().copied().filter(|need| (need.found)().is_none()).collect()
}

/// The whole line for apt-get, with sudo for whoever is not root.
fn apt(verb: &[&'static str], packages: &[&'static str]) -> Vec<&'static str> {
    let root = process::answer("id", &["-u"]).as_deref() == Some("0");
    let sudo = if root { &[][..] } else { &["sudo"][..] };
    [sudo, &["apt-get"], verb, packages].concat()
}

fn agreed(consent: Consent) -> Result<bool> {
    match consent {
        Consent::Given => Ok(true),
        Consent::Absent => Ok(false),
        Consent::Ask => {
            let mut out = std::io::stdout().lock();
            write!(out, "Install it now? [y/N] ")?;
            out.flush()?;
            let mut answer = String::new();
            std::io::stdin().lock().read_line(&mut answer)?;
            Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
        }
    }
}

/// Runs apt-get; a person sees its output (sudo may ask for a password), a log only sees failures.
fn execute(line: &[&str], consent: Consent) -> Result<()> {
    let (program, arguments) = line.split_first().context("an empty command")?;
    let mut command = Command::new(program);
    command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
    if consent == Consent::Ask {
        let status = command.status().with_context(|| format!("could not run {program}"))?;
        anyhow::ensure!(status.success(), "`{}` failed", line.join(" "));
    } else {
        let finished = process::run(&mut command)?;
        anyhow::ensure!(finished.ok, "`{}` failed:\n{}", line.join(" "), finished.output);
    }
    Ok(())
}

/// The browser the journeys run in, and its version.
pub(crate) fn browser() -> Option<(String, String)> {
    let named = environment::variable("EROOM_TEST_BROWSER");
    let candidates = named.map_or_else(|| BROWSERS.iter().map(|&name| name.to_owned()).collect(), |path| vec![path]);
    candidates.into_iter().find_map(|name| {
        let version = process::answer(&name, &["--version"])?;
        let path = environment::in_path(&name).map_or(name, |path| path.display().to_string());
        Some((path, version))
    })
}

fn node() -> Option<String> {
    let version = process::answer("node", &["--version"])?;
    let major: u32 = version.trim_start_matches('v').split('.').next()?.parse().ok()?;
    (major >= OLDEST_NODE).then_some(version)
}

//! The unpacked program behind nginx, with the recipe of the guide as it stands there: only ports and the place of the
//! certificate are other ones.

use std::{
    cell::Cell,
    fs,
    io::{BufRead as _, BufReader},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use super::story::Root;
use crate::{environment, process};

const NAME: &str = "rooms.example.org";
const PUBLIC: &str = "https://rooms.example.org";

/// A program that ends when this is dropped.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// The site, the proxy, and the visitors' way in.
struct Site {
    folder: PathBuf,
    http: u16,
    https: u16,
    /// The one-time address for the first owner, as the site gave it.
    setup: String,
    /// How often somebody has claimed another address.
    claims: Cell<u8>,
    _running: [Running; 2],
}

/// What did not go as the guide says.
pub(super) fn story(root: &Root) -> Result<Vec<String>> {
    let site = Site::start(root)?;
    let mut faults = Vec::new();
    let mut hold = |holds: bool, what: &str, said: &str| {
        if !holds {
            faults.push(format!("{what}\n{said}"));
        }
    };
    let moved = site.curl("127.0.0.2", &["--head", "http://rooms.example.org/r/yoga?x=1"])?;
    hold(
        moved.contains("301") && moved.contains("https://rooms.example.org/r/yoga?x=1"),
        "HTTP leads to HTTPS",
        &moved,
    );
    let page = site.curl("127.0.0.2", &["--include", &format!("{PUBLIC}/")])?;
    hold(page.contains(" 200 "), "the page of rooms is shown", &page);
    hold(site.setup.starts_with(PUBLIC), "links lead to the public address", &site.setup);
    let owner = ["email=ada@example.org", "name=Ada", "password=a-long-passphrase-for-ada"];
    let made = site.post("127.0.0.2", &site.setup, &owner)?;
    let cookie = made.lines().find(|line| line.to_lowercase().starts_with("set-cookie:")).unwrap_or_default();
    hold(cookie.contains("Secure") && cookie.contains("HttpOnly"), "the cookie is for HTTPS only", &made);
    let (address, wrong) = (format!("{PUBLIC}/admin/sign-in"), ["email=ada@example.org", "password=wrong"]);
    let mut last = String::new();
    for _ in 0..6 {
        last = site.post("127.0.0.2", &address, &wrong)?;
    }
    hold(last.contains(" 429 "), "who guesses passwords is slowed down, whatever address they claim", &last);
    let other = site.post("127.0.0.3", &address, &wrong)?;
    hold(!other.contains(" 429 ") && other.contains("HTTP/"), "another visitor behind the proxy is not", &other);
    let foreign = ["--include", "--header", "Origin: https://evil.example", "--data", "email=a", &address];
    let foreign = site.curl("127.0.0.3", &foreign)?;
    hold(foreign.contains(" 403 "), "a form of another site is refused", &foreign);
    let large = site.folder.join("large");
    fs::write(&large, vec![b'x'; 5 << 20])?;
    let sent = format!("cover=@{}", large.display());
    let sent = site.curl("127.0.0.3", &["--include", "--form", &sent, &format!("{PUBLIC}/admin/sign-in")])?;
    let nginx_refused = sent.contains("nginx") && sent.contains("413");
    hold(!nginx_refused, "a cover of 5 MB passes the proxy", &sent);
    Ok(faults)
}

impl Site {
    fn start(root: &Root) -> Result<Self> {
        let folder = root.at("try");
        fs::create_dir(&folder)?;
        certificate(&folder)?;
        let (here, http, https) = (free()?, free()?, free()?);
        let log = fs::File::create(folder.join("eroom.log"))?;
        let mut eroom = Command::new(root.at("usr/bin/eroom"));
        eroom.args(["serve", "--json", "--config"]).arg(root.at("etc/eroom/eroom.toml"));
        eroom.arg("--data-dir").arg(folder.join("data")).args(["--listen", &format!("127.0.0.1:{here}")]);
        eroom.env_clear().env("EROOM_PUBLIC_URL", PUBLIC).stdout(Stdio::piped()).stderr(log);
        let mut eroom = eroom.spawn().context("could not start the unpacked program")?;
        let mut told = String::new();
        BufReader::new(eroom.stdout.take().context("no output")?).read_line(&mut told)?;
        let eroom = Running(eroom);
        let told: Value = serde_json::from_str(&told).with_context(|| {
            fs::read_to_string(folder.join("eroom.log")).unwrap_or_else(|_| "the program said nothing".to_owned())
        })?;
        let setup = told.get("setup").and_then(Value::as_str).context("no one-time address")?.to_owned();
        let nginx = nginx(&folder, &recipe(&folder, here, http, https)?, https)?;
        Ok(Self { folder, http, https, setup, claims: Cell::new(0), _running: [eroom, nginx] })
    }

    /// Asks as a visitor at `from`, who finds the site's name here; what they are shown.
    fn curl(&self, from: &str, arguments: &[&str]) -> Result<String> {
        let mut curl = Command::new("curl");
        curl.args(["--silent", "--show-error", "--max-time", "20", "--interface", from, "--cacert"]);
        curl.arg(self.folder.join("fullchain.pem"));
        curl.arg("--connect-to").arg(format!("{NAME}:443:127.0.0.1:{}", self.https));
        curl.arg("--connect-to").arg(format!("{NAME}:80:127.0.0.1:{}", self.http));
        Ok(process::run(curl.args(arguments))?.output)
    }

    /// Sends a form as a browser does, and claims to come from somewhere else, each time another place.
    fn post(&self, from: &str, address: &str, fields: &[&str]) -> Result<String> {
        self.claims.set(self.claims.get().wrapping_add(1));
        let claimed = format!("X-Forwarded-For: 203.0.113.{}", self.claims.get());
        let mut arguments = vec!["--include", "--header", "Origin: https://rooms.example.org", "--header", &claimed];
        for field in fields {
            arguments.extend(["--data-urlencode", field]);
        }
        arguments.push(address);
        self.curl(from, &arguments)
    }
}

fn free() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

fn certificate(folder: &Path) -> Result<()> {
    let mut openssl = Command::new("openssl");
    openssl.args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]);
    openssl.args(["-subj", "/CN=rooms.example.org", "-addext", "subjectAltName=DNS:rooms.example.org", "-keyout"]);
    openssl.arg(folder.join("privkey.pem")).arg("-out").arg(folder.join("fullchain.pem"));
    let made = process::run(&mut openssl)?;
    ensure!(made.ok, "openssl failed:\n{}", made.output);
    Ok(())
}

/// The guide's recipe with this run's ports and certificate. Each thing that is replaced has to be there.
fn recipe(folder: &Path, here: u16, http: u16, https: u16) -> Result<String> {
    let page = fs::read_to_string(environment::root().join("docs/guide/https.md"))?;
    let block = page.split("```nginx\n").nth(1).and_then(|rest| rest.split("```").next());
    let mut recipe = block.context("docs/guide/https.md has no recipe for nginx")?.to_owned();
    if !Path::new("/proc/net/if_inet6").exists() {
        recipe = recipe.lines().filter(|line| !line.contains("[::]")).collect::<Vec<_>>().join("\n");
    }
    let certificates = format!("{}/", folder.display());
    for (from, to) in [
        ("listen 80;", format!("listen {http};")),
        ("listen 443 ssl;", format!("listen {https} ssl;")),
        ("127.0.0.1:8080", format!("127.0.0.1:{here}")),
        ("/etc/letsencrypt/live/rooms.example.org/", certificates),
    ] {
        ensure!(recipe.contains(from), "the recipe for nginx has no {from:?} any more");
        recipe = recipe.replace(from, &to);
    }
    Ok(recipe.replace("[::]:80;", &format!("[::]:{http};")).replace("[::]:443 ssl;", &format!("[::]:{https} ssl;")))
}

fn nginx(folder: &Path, recipe: &str, https: u16) -> Result<Running> {
    let conf = folder.join("nginx.conf");
    let own = format!("daemon off; user root; pid {0}/nginx.pid; events {{}}", folder.display());
    fs::write(&conf, format!("{own}\nhttp {{\naccess_log off;\n{recipe}\n}}\n"))?;
    let log = folder.join("nginx.log");
    let mut nginx = Command::new("nginx");
    nginx.arg("-p").arg(folder).arg("-c").arg(&conf).arg("-e").arg(&log);
    let running = Running(nginx.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?);
    for _ in 0..100 {
        if TcpStream::connect(("127.0.0.1", https)).is_ok() {
            return Ok(running);
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    anyhow::bail!("nginx does not take the recipe:\n{}", fs::read_to_string(&log).unwrap_or_default())
}

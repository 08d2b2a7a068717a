//! One PostgreSQL server for the length of a run: temporary folder, loopback only, durability off.

use std::{
    fs,
    io::Read as _,
    net::TcpListener,
    os::unix::{
        fs::{MetadataExt as _, PermissionsExt as _, chown},
        process::CommandExt as _,
    },
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail, ensure};

use crate::{environment, process};

/// Folders of servers are named by this and the id of the xtask that started them.
const FOLDER: &str = "eroom-test-postgres-";
/// How long a server may take to answer.
const START_LIMIT: Duration = Duration::from_secs(30);

/// Where PostgreSQL's programs are.
pub(crate) struct Programs {
    folder: PathBuf,
    pub version: String,
}

impl Programs {
    /// Looks in `PATH`, then where Debian hides them (newest first).
    pub(crate) fn find() -> Option<Self> {
        let in_path = environment::in_path("initdb").and_then(|path| path.parent().map(Path::to_path_buf));
        let mut hidden: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path().join("bin"))
            .collect();
        hidden.sort_by_key(|folder| {
            let version = folder.parent().and_then(Path::file_name).and_then(|name| name.to_str()).unwrap_or("0");
            std::cmp::Reverse(version.parse::<u32>().unwrap_or(0))
        });
        in_path.into_iter().chain(hidden).find_map(|folder| {
            process::answer(folder.join("initdb").to_str()?, &["--version"])?;
            let version = process::answer(folder.join("postgres").to_str()?, &["--version"])?;
            Some(Self { folder, version })
        })
    }
}

/// A running server; it stops and its folder goes when this is dropped.
pub(crate) struct Server {
    child: Child,
    folder: PathBuf,
    programs: Programs,
    owner: Option<(u32, u32)>,
    url: String,
}

impl Server {
    /// Starts one. PostgreSQL refuses to run as root, so root lends it to an unprivileged user.
    pub(crate) fn start() -> Result<Self> {
        let programs = Programs::find().context("PostgreSQL's initdb and postgres were not found")?;
        sweep(&programs);
        let folder = PathBuf::from("/tmp").join(format!("{FOLDER}{}", std::process::id()));
        fs::create_dir(&folder).with_context(|| format!("could not create {}", folder.display()))?;
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o700))?;
        let owner = if fs::metadata(&folder)?.uid() == 0 { Some(unprivileged()?) } else { None };
        let password = password()?;
        fs::write(folder.join("password"), &password)?;
        if let Some((uid, gid)) = owner {
            chown(folder.join("password"), Some(uid), Some(gid))?;
            chown(&folder, Some(uid), Some(gid))?;
        }
        let data = folder.join("data");
        let mut initdb = command(&programs, "initdb", owner);
        initdb.arg("--pgdata").arg(&data).arg("--pwfile").arg(folder.join("password"));
        initdb.args(["--username=eroom", "--auth=password", "--encoding=UTF8", "--locale=C", "--no-sync"]);
        let made = process::run(&mut initdb)?;
        ensure!(made.ok, "initdb failed:\n{}", made.output);
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let log = fs::File::create(folder.join("log"))?;
        let child = command(&programs, "postgres", owner)
            .arg("-D")
            .arg(&data)
            .args(["-p", &port.to_string(), "-h", "127.0.0.1", "-c", "unix_socket_directories="])
            .args(["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"])
            .args(["-c", "max_connections=300", "-c", "shared_buffers=64MB"])
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .context("could not start postgres")?;
        let url = format!("postgres://eroom:{password}@127.0.0.1:{port}/postgres");
        let mut server = Self { child, folder, programs, owner, url };
        server.wait()?;
        Ok(server)
    }

    /// For `EROOM_TEST_POSTGRES`: a superuser's URL of the server's own database.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    fn wait(&mut self) -> Result<()> {
        let started = Instant::now();
        loop {
            let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
            if log.contains("ready to accept connections") {
                return Ok(());
            }
            if self.child.try_wait()?.is_some() || started.elapsed() > START_LIMIT {
                bail!("PostgreSQL did not start:\n{log}");
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        stop(&self.programs, &self.folder, self.owner);
        drop(self.child.kill());
        drop(self.child.wait());
        drop(fs::remove_dir_all(&self.folder));
    }
}

fn command(programs: &Programs, program: &str, owner: Option<(u32, u32)>) -> Command {
    let mut command = Command::new(programs.folder.join(program));
    command.current_dir("/tmp").env("LC_ALL", "C");
    if let Some((uid, gid)) = owner {
        command.uid(uid).gid(gid);
    }
    command
}

fn stop(programs: &Programs, folder: &Path, owner: Option<(u32, u32)>) {
    let mut pg_ctl = command(programs, "pg_ctl", owner);
    pg_ctl.args(["stop", "--mode=immediate", "--silent", "--pgdata"]).arg(folder.join("data"));
    drop(process::run(&mut pg_ctl));
}

/// Stops and removes what an interrupted run left behind.
fn sweep(programs: &Programs) {
    for entry in fs::read_dir("/tmp").into_iter().flatten().flatten() {
        let name = entry.file_name();
        let Some(id) = name.to_str().and_then(|name| name.strip_prefix(FOLDER)) else { continue };
        let Ok(metadata) = entry.metadata() else { continue };
        if id.parse::<u32>().is_ok() && !Path::new("/proc").join(id).exists() {
            let owner = (metadata.uid() != 0).then(|| (metadata.uid(), metadata.gid()));
            stop(programs, &entry.path(), owner);
            drop(fs::remove_dir_all(entry.path()));
        }
    }
}

/// A user that is not root and that the machine knows by name, as initdb asks.
fn unprivileged() -> Result<(u32, u32)> {
    let users = fs::read_to_string("/etc/passwd").context("could not read /etc/passwd")?;
    ["postgres", "nobody"]
        .iter()
        .find_map(|wanted| {
            let mut fields = users.lines().find(|line| line.split(':').next() == Some(*wanted))?.split(':').skip(2);
            Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
        })
        .context("PostgreSQL refuses to run as root, and neither `postgres` nor `nobody` is a user here")
}

/// 128 random bits: other users of the machine must not get into the server.
fn password() -> Result<String> {
    let mut bytes = [0_u8; 16];
    fs::File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(bytes.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}")))
}

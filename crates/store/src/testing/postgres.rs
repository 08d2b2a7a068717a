//! PostgreSQL for tests: one server for a whole run, one database for each test, copied from a migrated template.
//!
//! Where `EROOM_TEST_POSTGRES` gives no server, the first test process starts one in a temporary folder and leaves it
//! to a watcher, which stops it some seconds after the last process is gone. PostgreSQL refuses to run as root, so
//! root starts it as `nobody`.

use std::{
    fs::{self, File},
    io,
    os::unix::{fs::PermissionsExt as _, process::CommandExt as _},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    str::FromStr as _,
    sync::OnceLock,
    time::Duration,
};

use clock::{Entropy as _, SystemEntropy};
use sha2::{Digest as _, Sha256};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, postgres::PgConnectOptions};

use super::said;
use crate::{Database, start};

const ADVICE: &str = "install it (apt install postgresql), give a server in EROOM_TEST_POSTGRES, or leave these \
                      tests out with EROOM_TEST_WITHOUT=postgres";

/// Stops the server once no test process has held `users` for a while. Arguments: the server's folder, `pg_ctl`, and
/// what runs it as somebody unprivileged.
const WATCHER: &str = r#"
home=$1; pg_ctl=$2; shift 2
idle() { flock --nonblock --exclusive "$home/users" true; }
while sleep 5; do
    idle && sleep 10 && flock --nonblock --exclusive "$home/users" sh -c '
        home=$1; pg_ctl=$2; shift 2
        "$@" "$pg_ctl" stop --pgdata "$home/data" --mode immediate --silent
        rm -rf "$home/data" "$home/ready"
    ' stop "$home" "$pg_ctl" "$@" && exit
done
"#;

/// A database of its own, migrated and empty.
pub(super) async fn migrated_database() -> Database {
    database(true).await
}

/// A database of its own, without a table.
pub(super) async fn bare_database() -> Database {
    database(false).await
}

async fn database(migrated: bool) -> Database {
    // One process starts the server and makes the template, the others wait for it.
    let home = home();
    let turn = lock(home, "turn");
    let server = match said("EROOM_TEST_POSTGRES") {
        Some(url) => PgConnectOptions::from_str(&url).expect("EROOM_TEST_POSTGRES is a postgres:// address"),
        None => own_server(home).await,
    };
    let mut admin = PgConnection::connect_with(&server).await.unwrap_or_else(|error| {
        panic!("the PostgreSQL server for tests does not answer ({error}); {ADVICE}");
    });
    let template = if migrated { template(&mut admin, &server).await } else { "template0".into() };
    drop(turn);
    let mut random = [0; 8];
    SystemEntropy.fill(&mut random);
    let name = format!("eroom_test_{}", hex::encode(random));
    run(&mut admin, format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
    admin.close().await.expect("the server lets go");
    Database::Postgres(Box::new(server.database(&name)))
}

async fn run(admin: &mut PgConnection, sql: String) {
    let done = sqlx::raw_sql(AssertSqlSafe(sql.clone())).execute(admin).await;
    done.unwrap_or_else(|error| panic!("{sql}: {error}"));
}

/// The template of these migrations; made where there is none. Its name tells one build's migrations from another's.
async fn template(admin: &mut PgConnection, server: &PgConnectOptions) -> String {
    let mut digest = Sha256::new();
    start::postgres_migrations().for_each(|checksum| digest.update(checksum));
    let hash = hex::encode(digest.finalize());
    let name = format!("eroom_template_{}", hash.get(..12).expect("a hash is longer"));
    let sql = "SELECT CAST(COUNT(*) AS BIGINT) FROM pg_database WHERE datname = $1";
    let (there,): (i64,) = sqlx::query_as(sql).bind(&name).fetch_one(&mut *admin).await.expect("the list of databases");
    if there == 0 {
        // Under another name until it is whole: a process may be killed here.
        run(admin, "DROP DATABASE IF EXISTS eroom_template_draft".into()).await;
        run(admin, "CREATE DATABASE eroom_template_draft".into()).await;
        let draft = Database::Postgres(Box::new(server.clone().database("eroom_template_draft")));
        start::migrate_only(&draft, None).await.expect("the migrations apply");
        run(admin, format!("ALTER DATABASE eroom_template_draft RENAME TO {name}")).await;
    }
    name
}

/// Where this user's test server lives; the same for all test processes.
fn home() -> &'static Path {
    static HOME: OnceLock<PathBuf> = OnceLock::new();
    HOME.get_or_init(|| {
        let user = fs::metadata("/proc/self").map_or(0, |meta| std::os::unix::fs::MetadataExt::uid(&meta));
        let home = std::env::temp_dir().join(format!("eroom-test-postgres-{user}"));
        fs::create_dir_all(&home).expect("a temporary folder");
        // The unprivileged user that runs the server passes through.
        fs::set_permissions(&home, fs::Permissions::from_mode(0o711)).expect("the folder is ours");
        home
    })
}

fn lock(home: &Path, name: &str) -> File {
    let file = open(home, name);
    file.lock().expect("a lock");
    file
}

fn open(home: &Path, name: &str) -> File {
    File::options().create(true).append(true).open(home.join(name)).expect("a file in the temporary folder")
}

/// The server that the tests start for themselves. Call it while holding the turn.
async fn own_server(home: &Path) -> PgConnectOptions {
    static USERS: OnceLock<File> = OnceLock::new();
    // Held until this process ends, and while it is, the watcher lets the server run.
    USERS.get_or_init(|| {
        let users = open(home, "users");
        users.lock_shared().expect("a lock");
        users
    });
    let options =
        PgConnectOptions::new_without_pgpass().socket(home.join("data")).username("eroom").database("postgres");
    let alive = home.join("ready").exists() && PgConnection::connect_with(&options).await.is_ok();
    if !alive {
        start_server(home).unwrap_or_else(|error| panic!("PostgreSQL cannot be started: {error}; {ADVICE}"));
        wait_for(&options, home).await;
        File::create(home.join("ready")).expect("a file in the temporary folder");
    }
    options
}

async fn wait_for(options: &PgConnectOptions, home: &Path) {
    #[expect(clippy::disallowed_methods, reason = "a real server takes its real time to start")]
    for _ in 0..300 {
        if PgConnection::connect_with(options).await.is_ok() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let log = fs::read_to_string(home.join("log")).unwrap_or_default();
    panic!("PostgreSQL started and does not answer; its log says:\n{log}");
}

fn start_server(home: &Path) -> io::Result<()> {
    let bin = bin().ok_or_else(|| io::Error::other("there is no initdb on this machine"))?;
    let data = home.join("data");
    if data.exists() {
        fs::remove_dir_all(&data)?;
    }
    fs::create_dir(&data)?;
    fs::set_permissions(&data, fs::Permissions::from_mode(0o700))?;
    let own: Vec<String> = match unprivileged(home)? {
        Some((uid, gid)) => {
            std::os::unix::fs::chown(&data, Some(uid), Some(gid))?;
            let (uid, gid) = (format!("--reuid={uid}"), format!("--regid={gid}"));
            vec!["setpriv".into(), uid, gid, "--clear-groups".into()]
        }
        None => vec!["env".into()],
    };
    let log = File::create(home.join("log"))?;
    let mut initdb = as_user(&own, &bin.join("initdb"), home);
    initdb.args([
        "--username=eroom",
        "--auth=trust",
        "--encoding=UTF8",
        "--no-locale",
        "--no-sync",
        "--no-instructions",
    ]);
    let made = initdb.arg("--pgdata").arg(&data).stdout(log.try_clone()?).stderr(log.try_clone()?).status()?;
    if !made.success() {
        return Err(io::Error::other(fs::read_to_string(home.join("log"))?));
    }
    let mut postgres = as_user(&own, &bin.join("postgres"), home);
    postgres.arg("-D").arg(&data).arg("-k").arg(&data);
    for setting in ["listen_addresses=", "fsync=off", "synchronous_commit=off", "full_page_writes=off"] {
        postgres.arg("-c").arg(setting);
    }
    postgres.args(["-c", "max_connections=400", "-c", "shared_buffers=64MB"]).stdout(log.try_clone()?).stderr(log);
    postgres.process_group(0).spawn()?;
    let mut watcher = Command::new("sh");
    watcher.args(["-c", WATCHER, "watcher"]).arg(home).arg(bin.join("pg_ctl")).args(&own).current_dir("/");
    watcher.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0).spawn()?;
    Ok(())
}

fn as_user(own: &[String], program: &Path, home: &Path) -> Command {
    let (first, rest) = own.split_first().expect("there is always a first word");
    let mut command = Command::new(first);
    command.args(rest).arg(program).current_dir(home).stdin(Stdio::null()).env_remove("PGDATA");
    command
}

/// Root may not run PostgreSQL: the user and group of `nobody`, where this is root.
fn unprivileged(home: &Path) -> io::Result<Option<(u32, u32)>> {
    use std::os::unix::fs::MetadataExt as _;
    if fs::metadata(home)?.uid() != 0 {
        return Ok(None);
    }
    let users = fs::read_to_string("/etc/passwd")?;
    let nobody = users.lines().find(|line| line.starts_with("nobody:"));
    let mut ids = nobody.into_iter().flat_map(|line| line.split(':').skip(2).take(2)).filter_map(|id| id.parse().ok());
    Ok(ids.next().zip(ids.next()))
}

/// The folder with the newest `initdb` beside its `postgres`, where Debian and others put it.
fn bin() -> Option<PathBuf> {
    let mut found: Vec<PathBuf> = ["/usr/lib/postgresql", "/usr/local/lib/postgresql", "/opt/homebrew/opt"]
        .into_iter()
        .filter_map(|place| fs::read_dir(place).ok())
        .flat_map(|entries| entries.filter_map(Result::ok).map(|entry| entry.path().join("bin")))
        .collect();
    found.sort_by_key(|path| version(path));
    found.reverse();
    #[expect(clippy::disallowed_methods, reason = "the search path is how programs are found")]
    let path = std::env::var("PATH").unwrap_or_default();
    found.extend(std::env::split_paths(&path).map(|folder| folder.canonicalize().unwrap_or(folder)));
    found.into_iter().find(|folder| folder.join("initdb").exists() && folder.join("postgres").exists())
}

fn version(bin: &Path) -> u32 {
    let name = bin.parent().and_then(Path::file_name).and_then(|name| name.to_str()).unwrap_or_default();
    name.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap_or(0)
}

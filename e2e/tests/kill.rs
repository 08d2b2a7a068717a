//! The server is killed at its worst moments, over and over; at Zoom there is exactly one meeting for each room.
//!
//! The worst moments are two, and each round aims at one of them:
//!
//! - *before the answer's last byte*: the sandbox has stored the meeting and holds its answer back; the server dies
//!   waiting;
//! - *before the commit*: the server has the whole answer in hand and cannot write it down, because this test holds
//!   the database's write lock; it dies trying. (Any other program with the database open could do that: the product
//!   needs no hook for it.)
//!
//! Ten rounds on SQLite and six on PostgreSQL, or as many as `EROOM_KILL_ROUNDS` says on each; a run prints what it met.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test ends at its first surprise")]
#![expect(clippy::print_stdout, reason = "a full run leaves its figures")]

use std::{
    path::Path,
    time::{Duration, Instant},
};

use e2e::Site;
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::{
    ConnectOptions as _, Connection as _, PgConnection, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode},
};
use store::{Database, Engine};

/// How long the sandbox holds its answer back.
const HELD_MS: u64 = 600;
/// Long enough for what follows a lost answer: its deadline, then two looks at Zoom's list.
const SETTLED: Duration = Duration::from_mins(6);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Moment {
    BeforeTheLastByte,
    BeforeTheCommit,
}

struct Round {
    moment: Moment,
    room: String,
    operation: &'static str,
}

#[tokio::test]
async fn however_the_server_dies_each_room_is_at_zoom_exactly_once_on_sqlite() {
    each_room_is_at_zoom_exactly_once(None, rounds(10)).await;
}

#[tokio::test]
async fn however_the_server_dies_each_room_is_at_zoom_exactly_once_on_postgresql() {
    let Some(url) = postgres().await else { return };
    each_room_is_at_zoom_exactly_once(Some(url), rounds(6)).await;
}

async fn each_room_is_at_zoom_exactly_once(database: Option<String>, rounds: usize) {
    let mut site = Site::start_on(database.as_deref(), &[]).await.unwrap();
    let before = site.sandbox.meetings().await.unwrap().len();
    let mut done = Vec::new();
    for number in 0..rounds {
        let kind = if number % 2 == 0 { "meeting" } else { "webinar" };
        done.push(round(&mut site, database.as_deref(), number, kind).await);
    }
    assert_the_moments_were_met(&site, &done).await;
    for round in &done {
        wait_until(&site, &round.room, "live").await;
    }
    for round in &done {
        assert_eq!(
            at_zoom(&site, &round.room).await,
            1,
            "meetings at Zoom for room {} ({:?})",
            round.room,
            round.moment
        );
    }
    assert_eq!(site.sandbox.meetings().await.unwrap().len(), before + done.len(), "a meeting of no room");
    site.stop().unwrap();
}

#[tokio::test]
async fn a_webinar_whose_answer_was_lost_stays_unknown_where_webinars_cannot_be_listed() {
    let mut site = Site::start(&["webinar:read:list_webinars:admin"]).await.unwrap();
    let mut done = Vec::new();
    for number in 0..rounds(3).min(3) {
        done.push(round(&mut site, None, number, "webinar").await);
    }
    assert_the_moments_were_met(&site, &done).await;
    for round in &done {
        wait_until(&site, &round.room, "unknown").await;
    }
    // Longer than the deadline of a lost request and both looks: whoever would create blindly has had the time to.
    pause(Duration::from_secs(130));
    for round in &done {
        wait_until(&site, &round.room, "unknown").await;
        assert_eq!(at_zoom(&site, &round.room).await, 1, "webinars at Zoom for room {}", round.room);
    }
    site.stop().unwrap();
}

/// The address of a database of one's own; `None` only where PostgreSQL was left out by name.
async fn postgres() -> Option<String> {
    match store::testing::empty_database(Engine::Postgres).await?.0 {
        Database::Postgres(options) => Some(options.to_url_lossy().to_string()),
        Database::Sqlite(_) => None,
    }
}

/// Makes a room and kills the server while Zoom is creating its meeting, then starts it again.
async fn round(site: &mut Site, database: Option<&str>, number: usize, kind: &str) -> Round {
    let moment = if number % 3 == 2 { Moment::BeforeTheCommit } else { Moment::BeforeTheLastByte };
    let operation = if kind == "webinar" { "webinarCreate" } else { "meetingCreate" };
    site.sandbox.next(operation, 1, json!({ "fault": "slow_after", "ms": HELD_MS })).await.unwrap();
    let room = make_room(site, number, kind).await;
    wait_for_call(site, operation, &room, is_stored).await;
    match moment {
        // Not always the same instant of the wait.
        Moment::BeforeTheLastByte => pause(Duration::from_millis(u64::try_from(number).unwrap() * 37 % 300)),
        Moment::BeforeTheCommit => {}
    }
    let lock = match moment {
        Moment::BeforeTheLastByte => None,
        Moment::BeforeTheCommit => {
            let lock = Lock::take(&site.database(), database).await;
            wait_for_call(site, operation, &room, |call| call["decision"] == "allowed").await;
            // The answer is on its way over loopback; now the server has it, and waits for the lock.
            pause(Duration::from_millis(80));
            Some(lock)
        }
    };
    site.kill().unwrap();
    if let Some(mut lock) = lock {
        assert_eq!(lock.number_of(&room).await, None, "the server had written the answer down already");
        lock.release().await;
    }
    site.serve().unwrap();
    Round { moment, room, operation }
}

/// In at least half of the rounds the server died before the answer's last byte, in at least a quarter after the answer
/// and before the commit. What counts is what the sandbox saw, not what the round aimed at.
async fn assert_the_moments_were_met(site: &Site, done: &[Round]) {
    let (mut before_the_last_byte, mut before_the_commit) = (0, 0);
    for round in done {
        let calls = calls_for(site, round.operation, &round.room).await;
        let first = calls.first().unwrap();
        match (round.moment, first["decision"].as_str()) {
            (_, Some("cut")) => before_the_last_byte += 1,
            // That the answer was not written down was looked up in the round.
            (Moment::BeforeTheCommit, Some("allowed")) => before_the_commit += 1,
            _ => {}
        }
    }
    let all = done.len();
    println!(
        "{all} rounds: died before the answer's last byte in {before_the_last_byte}, \
         after the answer and before the commit in {before_the_commit}"
    );
    assert!(before_the_last_byte * 2 >= all, "died before the answer's last byte in {before_the_last_byte} of {all}");
    assert!(before_the_commit * 4 >= all, "died after the answer, before the commit in {before_the_commit} of {all}");
}

async fn make_room(site: &Site, number: usize, kind: &str) -> String {
    // Zoom takes a hundred creations a day from one host.
    let hosts = site.hosts(kind == "webinar").await.unwrap();
    let body = json!({
        "kind": kind,
        "title": format!("Round {number}"),
        "host": hosts[number % hosts.len()],
        "starts_at": "2031-05-06T18:30",
        "zone": "Europe/Madrid",
    });
    let room = site.api().unwrap().send_json(Method::POST, "/api/v1/rooms", &body).await.unwrap();
    room["id"].as_str().unwrap().to_owned()
}

async fn wait_for_call(site: &Site, operation: &str, room: &str, is_there: impl Fn(&Value) -> bool) {
    let started = Instant::now();
    while !calls_for(site, operation, room).await.iter().any(&is_there) {
        assert!(started.elapsed() < Duration::from_mins(1), "{operation} for room {room} did not get that far");
        pause(Duration::from_millis(3));
    }
}

async fn calls_for(site: &Site, operation: &str, room: &str) -> Vec<Value> {
    let mut calls = site.sandbox.calls(operation).await.unwrap();
    calls.retain(|call| call["request"]["agenda"].as_str().is_some_and(|agenda| agenda.contains(room)));
    calls
}

/// Carried out, its answer held back.
fn is_stored(call: &Value) -> bool {
    let notes = call["notes"].as_array().unwrap();
    notes.iter().any(|note| note.as_str().is_some_and(|note| note.starts_with("Done;")))
}

async fn wait_until(site: &Site, room: &str, state: &str) {
    let started = Instant::now();
    loop {
        let answer = site.api().unwrap().json(&format!("/api/v1/rooms/{room}")).await.unwrap();
        if answer["at_zoom"]["state"] == state {
            return;
        }
        assert!(started.elapsed() < SETTLED, "room {room} is not {state}: {}", answer["at_zoom"]);
        pause(Duration::from_millis(500));
    }
}

/// How many meetings or webinars at Zoom carry the room's marker.
async fn at_zoom(site: &Site, room: &str) -> usize {
    let meetings = site.sandbox.meetings().await.unwrap();
    meetings.iter().filter(|meeting| meeting["agenda"].as_str().is_some_and(|agenda| agenda.contains(room))).count()
}

/// The write lock of the site's database, as any program could hold it.
enum Lock {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Lock {
    async fn take(file: &Path, url: Option<&str>) -> Self {
        if let Some(url) = url {
            let mut connection = PgConnection::connect(url).await.unwrap();
            sqlx::raw_sql("BEGIN; LOCK TABLE room, job IN EXCLUSIVE MODE").execute(&mut connection).await.unwrap();
            return Self::Postgres(connection);
        }
        let options = SqliteConnectOptions::new()
            .filename(file)
            .journal_mode(SqliteJournalMode::Wal)
            .busy_timeout(Duration::from_secs(5));
        let mut connection = options.connect().await.unwrap();
        sqlx::query("BEGIN IMMEDIATE").execute(&mut connection).await.unwrap();
        Self::Sqlite(connection)
    }

    /// The meeting's number that the server had written down for a room.
    async fn number_of(&mut self, room: &str) -> Option<i64> {
        let sql = "SELECT zoom_number FROM room WHERE id = $1";
        match self {
            Self::Sqlite(connection) => sqlx::query_scalar(sql).bind(room).fetch_one(connection).await.unwrap(),
            Self::Postgres(connection) => sqlx::query_scalar(sql).bind(room).fetch_one(connection).await.unwrap(),
        }
    }

    async fn release(self) {
        match self {
            Self::Sqlite(mut connection) => {
                sqlx::query("ROLLBACK").execute(&mut connection).await.unwrap();
                connection.close().await.unwrap();
            }
            Self::Postgres(mut connection) => {
                sqlx::query("ROLLBACK").execute(&mut connection).await.unwrap();
                connection.close().await.unwrap();
            }
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "by hand one asks for more rounds than continuous integration has time for"
)]
fn rounds(usual: usize) -> usize {
    std::env::var("EROOM_KILL_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(usual)
}

/// Other processes are waited for, and they live in the machine's own time.
fn pause(time: Duration) {
    std::thread::sleep(time);
}

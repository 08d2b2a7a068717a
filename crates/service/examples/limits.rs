//! What a paced client gets done of a plan's limits: the product's own client and book, alone or as several replicas that
//! share a database. `cargo xtask bench limits` runs it: what to do comes as JSON in `LIMITS`, the figures go out as one
//! line of JSON.

use std::{
    env,
    io::Write as _,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, ensure};
use clock::{SharedClock, SystemClock};
use jiff::Timestamp;
use model::{AllowedHosts, ConnectionId, Feature, ZoomPlan};
use serde_json::{Value, json};
use service::quota::DatabaseBook;
use store::{Engine, Store, testing};
use tokio::task::JoinSet;
use zoom_client::{Credentials, NewMeeting, NewUser, Places, UserId, UserKind, Work, ZoomClient, users::SignUp};

/// What is asked for.
struct Wish {
    json: Value,
}

impl Wish {
    fn text(&self, name: &str) -> Result<&str> {
        self.json.get(name).and_then(Value::as_str).with_context(|| format!("LIMITS lacks {name}"))
    }

    fn count(&self, name: &str) -> Result<usize> {
        let count = self.json.get(name).and_then(Value::as_u64).with_context(|| format!("LIMITS lacks {name}"))?;
        Ok(usize::try_from(count)?)
    }

    fn hosts(&self) -> Result<Vec<UserId>> {
        let hosts = self.json.get("hosts").and_then(Value::as_array).context("LIMITS lacks hosts")?;
        hosts.iter().map(|host| Ok(host.as_str().context("a host is no text")?.parse()?)).collect()
    }

    fn client(&self) -> Result<zoom_client::ClientBuilder> {
        let places = Places::new(self.text("oauth")?.parse()?, self.text("api")?.parse()?);
        let credentials =
            Credentials::new(self.text("account_id")?, self.text("client_id")?, self.text("client_secret")?);
        Ok(ZoomClient::builder(places, credentials, Arc::new(SystemClock), zoom_client::local_http_client()?))
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    #[expect(clippy::disallowed_methods, reason = "a bench's program has no other configuration")]
    let said = env::var("LIMITS").context("run it by `cargo xtask bench limits`")?;
    let wish = Wish { json: serde_json::from_str(&said)? };
    let figures = match wish.text("do")? {
        "prepare" => prepare(&wish).await?,
        _ => run(&wish).await?,
    };
    writeln!(std::io::stdout(), "{figures}")?;
    Ok(())
}

/// Makes the hosts and the meetings to be listed, in a sandbox that does not count.
async fn prepare(wish: &Wish) -> Result<Value> {
    let zoom = wish.client()?.build();
    let mut hosts = Vec::new();
    for number in 0..wish.count("hosts")? {
        let email = format!("bench{number}@example.org");
        let made = zoom.users().create(&NewUser::new(SignUp::CustCreate, email, UserKind::Basic)).await?;
        hosts.push(made.id.clone());
    }
    let each = wish.count("meetings")? / hosts.len().max(1);
    for host in &hosts {
        let host: UserId = host.parse()?;
        for number in 0..each {
            zoom.meetings().create(&host, &meeting(number)).await?;
        }
    }
    Ok(json!({ "hosts": hosts }))
}

fn meeting(number: usize) -> NewMeeting {
    let start = Timestamp::from_second(2_000_000_000).unwrap_or(Timestamp::MAX);
    NewMeeting::new(format!("Meeting {number}")).starts_at(start)
}

/// Creates, then lists, as fast as the plan allows.
async fn run(wish: &Wish) -> Result<Value> {
    let engine = if wish.text("engine")? == "postgres" { Engine::Postgres } else { Engine::Sqlite };
    let kept = testing::store(engine).await.context("PostgreSQL was left out")?;
    let id = connect(&kept, wish.text("plan")?).await?;
    let mut replicas = Vec::new();
    for _ in 0..wish.count("replicas")? {
        let clock: SharedClock = Arc::new(SystemClock);
        let book = DatabaseBook::new(kept.again().await, clock, id);
        let zoom = wish.client()?.book(Arc::new(book)).build().working_for(Work::Bulk);
        zoom.token().await?;
        replicas.push(zoom);
    }
    let (hosts, to_create, to_list) = (wish.hosts()?, wish.count("creates")?, wish.count("lists")?);
    let created = timed(&replicas, to_create, |zoom, number| {
        let host = hosts.get(number % hosts.len()).cloned();
        async move {
            let host = host.context("no hosts")?;
            zoom.meetings().create(&host, &meeting(number)).await?;
            Ok(1)
        }
    });
    let created = figures(&kept, id, created.await?).await?;
    let listed = timed(&replicas, to_list, |zoom, number| {
        let host = hosts.get(number % hosts.len()).cloned();
        async move { Ok(zoom.meetings().list(&host.context("no hosts")?).await?.len()) }
    });
    let listed = figures(&kept, id, listed.await?).await?;
    Ok(json!({ "creates": created, "lists": listed }))
}

/// A connection for the book to belong to.
async fn connect(kept: &Store, plan: &str) -> Result<ConnectionId> {
    let id = ConnectionId::from_parts(0, [7; 10]);
    let now = Timestamp::UNIX_EPOCH;
    let plan: ZoomPlan = plan.parse().map_err(|_| anyhow::anyhow!("{plan} is no plan"))?;
    let connection = &store::connection::Connection {
        id,
        name: "Bench".into(),
        account_id: "bench".into(),
        client_id: "bench".into(),
        client_secret: String::from("bench").into(),
        sdk_key: None,
        sdk_secret: None,
        webhook_secret: None,
        former_webhook_secret: None,
        leaving: false,
        sandbox: true,
        tested_at: None,
        test_report: None,
        webhooks_proven_at: None,
        webhooks_failed_at: None,
        webhooks_checked_at: None,
        sdk_trial: None,
        asked: Feature::AT_FIRST.to_vec(),
        allowed: AllowedHosts::default(),
        created_at: now,
        updated_at: now,
    };
    kept.write(|mut tx| async move {
        store::connection::put(&mut tx, connection).await?;
        store::connection::agree(&mut tx, id, plan, 100).await
    })
    .await?;
    Ok(id)
}

/// Does `times` things at once, shared out among the replicas; how long they took, and what they brought.
async fn timed<F, Fut>(replicas: &[ZoomClient], times: usize, one: F) -> Result<(Duration, usize)>
where
    F: Fn(ZoomClient, usize) -> Fut,
    Fut: Future<Output = Result<usize>> + Send + 'static,
{
    let (mut tasks, began) = (JoinSet::new(), Instant::now());
    for number in 0..times {
        let zoom = replicas.get(number % replicas.len()).context("no replicas")?.clone();
        tasks.spawn(one(zoom, number));
    }
    let mut brought = 0;
    while let Some(done) = tasks.join_next().await {
        brought += done??;
    }
    Ok((began.elapsed(), brought))
}

/// What the book says was sent since it was asked last, and how long that took.
async fn figures(kept: &Store, id: ConnectionId, (took, brought): (Duration, usize)) -> Result<Value> {
    // The last attempts are written a second later.
    clock::sleep(&SystemClock, 1.5).await;
    let minutes = store::attempt_minute::since(&mut kept.read().await?, id, Timestamp::UNIX_EPOCH).await?;
    let of = |limited: bool| {
        minutes.iter().filter(|one| (one.outcome == "limited") == limited).map(|one| one.attempts).sum::<i64>()
    };
    let (calls, limited) = (of(false), of(true));
    ensure!(brought > 0 || calls == 0, "nothing was brought");
    kept.write(|mut tx| async move { store::attempt_minute::sweep(&mut tx, Timestamp::MAX).await }).await?;
    Ok(json!({ "seconds": took.as_secs_f64(), "calls": calls, "limited": limited, "brought": brought }))
}

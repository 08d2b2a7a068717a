//! `connection`: one Zoom account's credentials, what their test said, and the token they bought.

use jiff::Timestamp;
use model::{AllowedHosts, ConnectionId, Feature, ZoomPlan};
use secrecy::SecretString;
use serde_json::Value as Json;

use crate::{
    engine::{params, sql},
    error::{Error, Result},
    row::Row,
    tx::{Reader, Tx},
};

const TABLE: &str = "connection";

/// A Zoom account as eRoom reaches it. Secrets are sealed in the database and print nothing.
#[derive(Clone, Debug)]
pub struct Connection {
    /// The connection.
    pub id: ConnectionId,
    /// What people here call it.
    pub name: String,
    /// Zoom's Account ID.
    pub account_id: String,
    /// The Server-to-Server app's Client ID.
    pub client_id: String,
    /// The Server-to-Server app's Client Secret.
    pub client_secret: SecretString,
    /// The Meeting SDK app's Client ID.
    pub sdk_key: Option<String>,
    /// The Meeting SDK app's Client Secret.
    pub sdk_secret: Option<SecretString>,
    /// The app's Secret Token, under which Zoom signs webhooks.
    pub webhook_secret: Option<SecretString>,
    /// The Secret Token from before, taken until something comes that is signed with the present one.
    pub former_webhook_secret: Option<SecretString>,
    /// Whether the account is the sandbox's.
    pub sandbox: bool,
    /// When the credentials were last tested.
    pub tested_at: Option<Timestamp>,
    /// What the test said, step by step; `service` knows its shape.
    pub test_report: Option<Json>,
    /// When a webhook of this account was first verified: from then on Zoom tells us what is live.
    pub webhooks_proven_at: Option<Timestamp>,
    /// When one came that could not be verified, and none since that could.
    pub webhooks_failed_at: Option<Timestamp>,
    /// When Zoom last checked the webhook's address with the present Secret Token.
    pub webhooks_checked_at: Option<Timestamp>,
    /// What came of the last try to join in the browser with the present Meeting SDK credentials.
    pub sdk_trial: Option<SdkTrial>,
    /// What the site wants of the account.
    pub asked: Vec<Feature>,
    /// For which Zoom users the site may act.
    pub allowed: AllowedHosts,
    /// Whether its meetings are being deleted at Zoom, and it goes after them.
    pub leaving: bool,
    /// When it was made.
    pub created_at: Timestamp,
    /// When people last changed it.
    pub updated_at: Timestamp,
}

/// What came of a try to join in the browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SdkTrial {
    /// When it was tried.
    pub at: Timestamp,
    /// The code with which Zoom's software refused; none where it let the person in.
    pub code: Option<String>,
}

/// A token that Zoom gave, kept so that all replicas share it.
#[derive(Clone, Debug)]
pub struct KeptToken {
    /// The bearer token.
    pub token: SecretString,
    /// When Zoom stops taking it.
    pub expires_at: Timestamp,
    /// The granted scopes, as Zoom wrote them.
    pub scopes: String,
}

#[derive(sqlx::FromRow)]
struct Raw {
    id: String,
    name: String,
    account_id: String,
    client_id: String,
    client_secret: Vec<u8>,
    sdk_key: Option<String>,
    sdk_secret: Option<Vec<u8>>,
    webhook_secret: Option<Vec<u8>>,
    former_webhook_secret: Option<Vec<u8>>,
    state: String,
    sandbox: bool,
    tested_at: Option<i64>,
    test_report: Option<String>,
    webhooks_proven_at: Option<i64>,
    webhooks_failed_at: Option<i64>,
    webhooks_checked_at: Option<i64>,
    sdk_tried_at: Option<i64>,
    sdk_code: Option<String>,
    asked: Option<String>,
    allowed: String,
    created_at: i64,
    updated_at: i64,
}

impl Raw {
    fn parse(self, reader: &Reader) -> Result<Connection> {
        let id = self.id;
        let row = Row::of(TABLE, &id);
        let open = |column, sealed: Option<Vec<u8>>| {
            sealed.map(|sealed| reader.open_text(row.place(column), &sealed)).transpose()
        };
        Ok(Connection {
            id: row.parse("id", &id)?,
            name: self.name,
            account_id: self.account_id,
            client_id: self.client_id,
            client_secret: reader.open_text(row.place("client_secret"), &self.client_secret)?,
            sdk_key: self.sdk_key,
            sdk_secret: open("sdk_secret", self.sdk_secret)?,
            webhook_secret: open("webhook_secret", self.webhook_secret)?,
            former_webhook_secret: open("former_webhook_secret", self.former_webhook_secret)?,
            leaving: self.state == "leaving",
            sandbox: self.sandbox,
            tested_at: row.instant_some("tested_at", self.tested_at)?,
            test_report: self.test_report.map(|text| row.json("test_report", &text)).transpose()?,
            webhooks_proven_at: row.instant_some("webhooks_proven_at", self.webhooks_proven_at)?,
            webhooks_failed_at: row.instant_some("webhooks_failed_at", self.webhooks_failed_at)?,
            webhooks_checked_at: row.instant_some("webhooks_checked_at", self.webhooks_checked_at)?,
            sdk_trial: row
                .instant_some("sdk_tried_at", self.sdk_tried_at)?
                .map(|at| SdkTrial { at, code: self.sdk_code }),
            asked: match self.asked {
                Some(text) => features(&row.json("asked", &text)?),
                None => Feature::AT_FIRST.to_vec(),
            },
            allowed: row.some("allowed", AllowedHosts::parse(&self.allowed).ok())?,
            created_at: row.instant("created_at", self.created_at)?,
            updated_at: row.instant("updated_at", self.updated_at)?,
        })
    }
}

/// The features whose words are in a list. A word that this version does not know is one of another version.
/// Those of a list of words that are features.
pub(super) fn features(list: &Json) -> Vec<Feature> {
    let words = list.as_array().into_iter().flatten().filter_map(Json::as_str);
    words.filter_map(|word| word.parse().ok()).collect()
}

/// A list of features as it is kept.
pub(super) fn words(features: &[Feature]) -> String {
    features.iter().map(|feature| feature.as_str()).collect::<Json>().to_string()
}

/// The connection with this id.
pub async fn get(reader: &mut Reader, id: ConnectionId) -> Result<Option<Connection>> {
    let raw: Option<Raw> = reader.row("reading a connection", sql!("connection/get"), params![id]).await?;
    raw.map(|raw| raw.parse(reader)).transpose()
}

/// All connections: the preferred one first, then the oldest.
pub async fn list(reader: &mut Reader) -> Result<Vec<Connection>> {
    let raw: Vec<Raw> = reader.rows("listing connections", sql!("connection/list"), params![]).await?;
    raw.into_iter().map(|raw| raw.parse(reader)).collect()
}

/// Makes or replaces a connection, what its test said included; its name, what is wanted and who is allowed stay as
/// somebody may have chosen meanwhile ([`rename`], [`ask`], [`allow`]). A kept token is dropped: it was bought with the credentials from before.
/// [`Error::Stale`] where the connection is leaving or gone.
pub async fn put(tx: &mut Tx, connection: &Connection) -> Result<()> {
    tx.visitors_see_it();
    let c = connection;
    let id = c.id.to_string();
    let row = Row::of(TABLE, &id);
    let seal = |column, secret: &Option<SecretString>| {
        secret.as_ref().map(|secret| tx.seal_text(row.place(column), secret)).transpose()
    };
    let client_secret = tx.seal_text(row.place("client_secret"), &c.client_secret)?;
    let sdk_secret = seal("sdk_secret", &c.sdk_secret)?;
    let webhook_secret = seal("webhook_secret", &c.webhook_secret)?;
    let former_webhook_secret = seal("former_webhook_secret", &c.former_webhook_secret)?;
    let params = params![
        c.id,
        c.name.as_str(),
        c.account_id.as_str(),
        c.client_id.as_str(),
        client_secret,
        c.sdk_key.as_deref(),
        sdk_secret,
        webhook_secret,
        c.sandbox,
        c.tested_at,
        c.test_report.as_ref().map(Json::to_string),
        c.webhooks_proven_at,
        words(&c.asked),
        c.allowed.to_text(),
        c.created_at,
        c.updated_at,
        c.webhooks_failed_at,
        former_webhook_secret,
        c.webhooks_checked_at,
        c.sdk_trial.as_ref().map(|trial| trial.at),
        c.sdk_trial.as_ref().and_then(|trial| trial.code.as_deref()),
    ];
    expect_one(tx.run("keeping a connection", sql!("connection/put"), params).await?, c.id)
}

/// Calls a connection something else.
pub async fn rename(tx: &mut Tx, id: ConnectionId, name: &str) -> Result<()> {
    expect_one(tx.run("naming a connection", sql!("connection/rename"), params![id, name]).await?, id)
}

/// Makes this connection the one that comes first.
pub async fn prefer(tx: &mut Tx, id: ConnectionId) -> Result<()> {
    tx.run("preferring a connection", sql!("connection/prefer"), params![id]).await?;
    Ok(())
}

/// Notes that a connection goes once its meetings are deleted at Zoom.
pub async fn leave(tx: &mut Tx, id: ConnectionId) -> Result<()> {
    expect_one(tx.run("leaving a connection", sql!("connection/leave"), params![id]).await?, id)
}

/// Notes what a test of the credentials said.
pub async fn set_report(tx: &mut Tx, id: ConnectionId, report: &Json, now: Timestamp) -> Result<()> {
    let params = params![id, report.to_string(), now];
    expect_one(tx.run("noting a test", sql!("connection/set_report"), params).await?, id)
}

/// Notes what the site wants of the account.
pub async fn ask(tx: &mut Tx, id: ConnectionId, features: &[Feature]) -> Result<()> {
    expect_one(tx.run("noting what is wanted", sql!("connection/ask"), params![id, words(features)]).await?, id)
}

/// Notes for which Zoom users the site may act.
pub async fn allow(tx: &mut Tx, id: ConnectionId, allowed: &AllowedHosts) -> Result<()> {
    let params = params![id, allowed.to_text()];
    expect_one(tx.run("noting who is allowed", sql!("connection/allow"), params).await?, id)
}

/// The plan of the account, and the share of its limits that is for this site in percent; nothing where there is no such
/// connection.
pub async fn terms(reader: &mut Reader, id: ConnectionId) -> Result<Option<(ZoomPlan, i64)>> {
    let raw: Option<(String, i64)> =
        reader.row("reading an account's plan", sql!("connection/terms"), params![id]).await?;
    let key = id.to_string();
    raw.map(|(plan, share)| Ok((Row::of(TABLE, &key).parse("plan", &plan)?, share))).transpose()
}

/// Notes the plan of the account, and the share of its limits that is for this site in percent.
pub async fn agree(tx: &mut Tx, id: ConnectionId, plan: ZoomPlan, share: i64) -> Result<()> {
    let params = params![id, plan.as_str(), share];
    expect_one(tx.run("noting an account's plan", sql!("connection/agree"), params).await?, id)
}

/// Notes that a webhook came which could not be verified: nothing of it but when.
pub async fn doubt_webhooks(tx: &mut Tx, id: ConnectionId, now: Timestamp) -> Result<()> {
    tx.run("noting a webhook that could not be verified", sql!("connection/doubt_webhooks"), params![id, now]).await?;
    Ok(())
}

/// Notes that the Secret Token is right after all: Zoom checked the address, and what it sent could be verified. The
/// one from before is not needed any more.
pub async fn trust_webhooks(tx: &mut Tx, id: ConnectionId, now: Timestamp) -> Result<()> {
    tx.run("noting that webhooks can be verified", sql!("connection/trust_webhooks"), params![id, now]).await?;
    Ok(())
}

/// Notes that a webhook of this account was verified with the present Secret Token, so that the one from before is not
/// needed any more; whether that is news.
pub async fn prove_webhooks(tx: &mut Tx, id: ConnectionId, now: Timestamp) -> Result<bool> {
    let touched = tx.run("proving webhooks", sql!("connection/prove_webhooks"), params![id, now]).await?;
    if touched > 0 {
        tx.visitors_see_it();
    }
    Ok(touched > 0)
}

/// Notes what came of a try to join with the Meeting SDK credentials of this Client ID; nothing where others are stored.
pub async fn note_trial(tx: &mut Tx, id: ConnectionId, sdk_key: &str, trial: &SdkTrial) -> Result<()> {
    let params = params![id, sdk_key, trial.at, trial.code.as_deref()];
    tx.run("noting a test join", sql!("connection/note_trial"), params).await?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct RawToken {
    token: Option<Vec<u8>>,
    token_expires_at: Option<i64>,
    token_scopes: Option<String>,
}

/// The kept token, whether or not it is still good.
pub async fn token(reader: &mut Reader, id: ConnectionId) -> Result<Option<KeptToken>> {
    let raw: Option<RawToken> = reader.row("reading the token", sql!("connection/token"), params![id]).await?;
    let Some(RawToken { token: Some(token), token_expires_at: Some(expires_at), token_scopes }) = raw else {
        return Ok(None);
    };
    let id = id.to_string();
    let row = Row::of(TABLE, &id);
    Ok(Some(KeptToken {
        token: reader.open_text(row.place("token"), &token)?,
        expires_at: row.instant("token_expires_at", expires_at)?,
        scopes: token_scopes.unwrap_or_default(),
    }))
}

/// Claims the fetching of the next token until `until`; false where another process has it.
pub async fn claim_token(tx: &mut Tx, id: ConnectionId, now: Timestamp, until: Timestamp) -> Result<bool> {
    Ok(tx.run("claiming a token", sql!("connection/claim_token"), params![id, now, until]).await? > 0)
}

/// Ends a claim without a token.
pub async fn release_token(tx: &mut Tx, id: ConnectionId) -> Result<()> {
    tx.run("ending a claim", sql!("connection/release_token"), params![id]).await?;
    Ok(())
}

/// Keeps a new token, and ends the claim.
pub async fn put_token(tx: &mut Tx, id: ConnectionId, token: &KeptToken) -> Result<()> {
    let key = id.to_string();
    let sealed = tx.seal_text(Row::of(TABLE, &key).place("token"), &token.token)?;
    let params = params![id, sealed, token.expires_at, token.scopes.as_str()];
    expect_one(tx.run("keeping the token", sql!("connection/put_token"), params).await?, id)
}

/// Forgets the token, for instance because Zoom took it no longer.
pub async fn drop_token(tx: &mut Tx, id: ConnectionId) -> Result<()> {
    tx.run("dropping the token", sql!("connection/drop_token"), params![id]).await?;
    Ok(())
}

/// Forgets a connection to which nothing refers any more.
pub async fn remove(tx: &mut Tx, id: ConnectionId) -> Result<()> {
    tx.visitors_see_it();
    expect_one(tx.run("forgetting a connection", sql!("connection/remove"), params![id]).await?, id)
}

/// Leaves of a connection only that there was one, for the rooms that refer to it.
pub async fn blank(tx: &mut Tx, id: ConnectionId, now: Timestamp) -> Result<()> {
    tx.visitors_see_it();
    let key = id.to_string();
    let nothing = tx.seal_text(Row::of(TABLE, &key).place("client_secret"), &SecretString::from(""))?;
    expect_one(tx.run("blanking a connection", sql!("connection/blank"), params![id, nothing, now]).await?, id)
}

fn expect_one(touched: u64, id: ConnectionId) -> Result<()> {
    if touched == 0 { Err(Error::Stale { table: TABLE, row: id.to_string() }) } else { Ok(()) }
}

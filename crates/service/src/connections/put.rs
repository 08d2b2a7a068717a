//! Testing and storing a connection.

use jiff::Timestamp;
use model::{ConnectionId, Problem, Right};
use secrecy::SecretString;
use store::{
    connection::Connection,
    job::{JobKind, NewJob},
};

use super::{
    ConnectionDraft, Saved, draft,
    draft::Checked,
    leave::LEAVING,
    test::{Found, overlay},
};
use crate::{
    Actor, Service,
    audit::note,
    error::{Error, Result},
    hosts::replace_allowed,
    setup::wanted_of_new,
};

impl Service {
    /// Tests and stores credentials: those of connection `id`, which is made where there is none of that id; without an
    /// `id` those of the site's default, which is made where there is none at all. What Zoom refuses is not stored.
    ///
    /// Where Zoom does not answer, credentials are stored untested, unless they would take the place of others: those
    /// stay until the new ones are known to work. Where Zoom answers, its users are kept as hosts, and work that waited
    /// goes on.
    pub async fn put_connection(
        &self,
        actor: &Actor,
        id: Option<ConnectionId>,
        draft: ConnectionDraft,
    ) -> Result<Saved> {
        actor.need(Right::ManageConnection)?;
        let mut reader = self.store().read().await?;
        let all = store::connection::list(&mut reader).await?;
        let of_new = wanted_of_new(&mut reader).await?;
        drop(reader);
        let former = match id {
            Some(id) => all.iter().find(|connection| connection.id == id),
            None => all.first(),
        };
        if former.is_some_and(|former| former.leaving) {
            return Err(Error::refused(LEAVING));
        }
        let checked = draft::check(&draft, former)?;
        if former.is_none_or(|former| former.account_id != checked.zoom.account_id) {
            need_new_account(&all, former, &checked.zoom.account_id)?;
        }
        let asked = former.map_or(of_new, |f| f.asked.clone());
        let found = self.test_connection(&checked, former, asked).await;
        if !found.may_store {
            return Ok(Saved { saved: false, id: former.map(|f| f.id), report: found.report });
        }
        let connection = self.row(id, (former, all.len()), checked, &found, self.now());
        self.keep_connection(actor, former, &connection, &found, id.is_none()).await?;
        // What is kept is what this test found; a later test join may say something else.
        let mut report = found.report;
        overlay(&mut report, connection.sdk_trial.as_ref());
        Ok(Saved { saved: true, id: Some(connection.id), report })
    }

    /// Keeps what was tested. `only`: as the site's one and only, which somebody else may have made meanwhile.
    async fn keep_connection(
        &self,
        actor: &Actor,
        former: Option<&Connection>,
        connection: &Connection,
        found: &Found,
        only: bool,
    ) -> Result<()> {
        let now = self.now();
        let (hosts, token) = (found.hosts.as_deref(), found.token.as_ref());
        let moves = former.is_some_and(|f| f.account_id != connection.account_id);
        let is_new = former.is_none();
        self.store()
            .write(|mut tx| async move {
                if !is_new && store::connection::get(&mut tx, connection.id).await?.is_none_or(|found| found.leaving) {
                    // Disconnected while Zoom was asked: credentials that were deleted do not come back.
                    return Err(Error::NotFound);
                }
                if is_new || moves {
                    let all = store::connection::list(&mut tx).await?;
                    if is_new && only && !all.is_empty() {
                        return Err(Error::refused(
                            "A Zoom account was connected meanwhile. Look at it, then save again.",
                        ));
                    }
                    need_new_account(&all, Some(connection), &connection.account_id)?;
                }
                // Under another account a room's number is somebody else's meeting, or nobody's.
                let rooms = if moves { store::room::held_at_zoom(&mut tx, connection.id, now).await? } else { 0 };
                if rooms > 0 {
                    return Err(Error::field("account_id", Problem::RoomsElsewhere { rooms }));
                }
                store::connection::put(&mut tx, connection).await.map_err(|error| match error {
                    store::Error::Stale { .. } => Error::refused(
                        "This id was that of an account that was disconnected, and rooms still refer to it: take a new one.",
                    ),
                    other => other.into(),
                })?;
                if let Some(token) = token {
                    store::connection::put_token(&mut tx, connection.id, token).await?;
                }
                if let Some(hosts) = hosts {
                    replace_allowed(&mut tx, connection.id, hosts, now).await?;
                } else {
                    let job = NewJob::for_connection(JobKind::RefreshHosts, connection.id, now);
                    store::job::enqueue(&mut tx, &job, now).await?;
                }
                store::job::hurry_connection(&mut tx, connection.id, now).await?;
                note(&mut tx, actor, "connection-saved", &connection.id.to_string(), &connection.account_id, now).await
            })
            .await
    }

    fn row(
        &self,
        id: Option<ConnectionId>,
        (former, others): (Option<&Connection>, usize),
        checked: Checked,
        found: &Found,
        now: Timestamp,
    ) -> Connection {
        let Checked { zoom, sdk, webhook_secret } = checked;
        let (sdk_key, sdk_secret) = sdk.map_or((None, None), |(key, secret)| (Some(key), secret));
        // Another account's webhooks have not been seen yet.
        let same_account = former.filter(|f| f.account_id == zoom.account_id);
        let same_secret =
            same_account.filter(|f| revealed(f.webhook_secret.as_ref()) == revealed(webhook_secret.as_ref()));
        let former_webhook_secret = same_account.and_then(|f| match same_secret {
            Some(_) => f.former_webhook_secret.clone(),
            // Of two that took each other's place before anything came, the one that worked stays.
            None => f
                .former_webhook_secret
                .clone()
                .or_else(|| f.webhook_secret.clone().filter(|_| f.webhooks_proven_at.is_some())),
        });
        Connection {
            id: former.map(|f| f.id).or(id).unwrap_or_else(|| self.new_connection_id()),
            name: match (former, others) {
                (Some(former), _) => former.name.clone(),
                (None, 0) => "Zoom".into(),
                (None, others) => format!("Zoom {}", others.saturating_add(1)),
            },
            account_id: zoom.account_id,
            client_id: zoom.client_id,
            client_secret: zoom.client_secret,
            webhook_secret,
            // Until something comes that is signed with the new one, events go on to arrive under the former.
            webhooks_proven_at: same_account.and_then(|f| f.webhooks_proven_at),
            webhooks_failed_at: same_secret.and_then(|f| f.webhooks_failed_at),
            webhooks_checked_at: same_secret.and_then(|f| f.webhooks_checked_at),
            sdk_trial: former
                .filter(|f| f.sdk_key == sdk_key && revealed(f.sdk_secret.as_ref()) == revealed(sdk_secret.as_ref()))
                .and_then(|f| f.sdk_trial.clone()),
            sdk_key,
            sdk_secret,
            former_webhook_secret,
            leaving: false,
            sandbox: found.sandbox,
            tested_at: Some(now),
            test_report: serde_json::to_value(&found.report).ok(),
            allowed: former.map(|f| f.allowed.clone()).unwrap_or_default(),
            asked: found.asked.clone(),
            created_at: former.map_or(now, |f| f.created_at),
            // Two changes within a millisecond are two versions: the client is made anew for each.
            updated_at: former.map_or(now, |f| now.max(crate::outbox::pace::later(f.updated_at, MILLISECOND))),
        }
    }
}

/// Two connections of one account would each reckon with all of its limits.
fn need_new_account(all: &[Connection], except: Option<&Connection>, account: &str) -> Result<()> {
    let same = all.iter().find(|one| one.account_id == account && except.is_none_or(|except| except.id != one.id));
    match same {
        Some(same) => Err(Error::field("account_id", Problem::AccountConnected { name: same.name.clone() })),
        None => Ok(()),
    }
}

fn revealed(secret: Option<&SecretString>) -> Option<&str> {
    secret.map(secrecy::ExposeSecret::expose_secret)
}

const MILLISECOND: jiff::SignedDuration = jiff::SignedDuration::from_millis(1);

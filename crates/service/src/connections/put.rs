//! Testing and storing a connection.

use jiff::Timestamp;
use model::{ConnectionId, Feature, Problem, Right};
use secrecy::SecretString;
use store::{
    connection::Connection,
    job::{JobKind, NewJob},
};

use super::{ConnectionDraft, Saved, draft, draft::Checked, test::Found};
use crate::{
    Actor, Service,
    audit::note,
    error::{Error, Result},
    hosts::replace_allowed,
};

impl Service {
    /// Tests and stores credentials: those of connection `id`, or of the site's one, which is made where there is none,
    /// under that `id` where one is given. What Zoom refuses is not stored; what could not be tested because Zoom does
    /// not answer is. Where Zoom answers, its users are kept as hosts, and work that waited goes on.
    pub async fn put_connection(
        &self,
        actor: &Actor,
        id: Option<ConnectionId>,
        draft: ConnectionDraft,
    ) -> Result<Saved> {
        actor.need(Right::ManageConnection)?;
        let former = self.primary_connection().await?;
        if let (Some(id), Some(former)) = (id, &former)
            && former.id != id
        {
            return Err(Error::NotFound);
        }
        let checked = draft::check(&draft, former.as_ref())?;
        let asked = former.as_ref().map_or_else(|| Feature::AT_FIRST.to_vec(), |f| f.asked.clone());
        let found = self.test_connection(&checked, former.as_ref(), &asked).await;
        if !found.may_store {
            return Ok(Saved { saved: false, id: former.map(|f| f.id), report: found.report });
        }
        let now = self.now();
        let connection = &self.row(id, former.as_ref(), checked, &found, now);
        let (hosts, token) = (found.hosts.as_deref(), found.token.as_ref());
        let moves = former.as_ref().is_some_and(|f| f.account_id != connection.account_id);
        let is_first = former.is_none();
        self.store()
            .write(|mut tx| async move {
                if is_first && !store::connection::list(&mut tx).await?.is_empty() {
                    return Err(Error::refused("A Zoom account was connected meanwhile. Look at it, then save again."));
                }
                // Under another account a room's number is somebody else's meeting, or nobody's.
                let rooms = if moves { store::room::held_at_zoom(&mut tx, connection.id, now).await? } else { 0 };
                if rooms > 0 {
                    return Err(Error::field("account_id", Problem::RoomsElsewhere { rooms }));
                }
                store::connection::put(&mut tx, connection).await?;
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
            .await?;
        Ok(Saved { saved: true, id: Some(connection.id), report: found.report })
    }

    fn row(
        &self,
        id: Option<ConnectionId>,
        former: Option<&Connection>,
        checked: Checked,
        found: &Found,
        now: Timestamp,
    ) -> Connection {
        let Checked { zoom, sdk, webhook_secret } = checked;
        let (sdk_key, sdk_secret) = sdk.map_or((None, None), |(key, secret)| (Some(key), secret));
        // Another account's webhooks, or those signed with another secret, have not been seen yet.
        let same_source = former.filter(|f| {
            f.account_id == zoom.account_id && revealed(f.webhook_secret.as_ref()) == revealed(webhook_secret.as_ref())
        });
        Connection {
            id: former.map(|f| f.id).or(id).unwrap_or_else(|| self.new_connection_id()),
            name: former.map_or_else(|| "Zoom".into(), |f| f.name.clone()),
            account_id: zoom.account_id,
            client_id: zoom.client_id,
            client_secret: zoom.client_secret,
            sdk_key,
            sdk_secret,
            webhook_secret,
            sandbox: found.sandbox,
            tested_at: Some(now),
            test_report: serde_json::to_value(&found.report).ok(),
            webhooks_proven_at: same_source.and_then(|f| f.webhooks_proven_at),
            webhooks_failed_at: same_source.and_then(|f| f.webhooks_failed_at),
            allowed: former.map(|f| f.allowed.clone()).unwrap_or_default(),
            asked: former.map_or_else(|| Feature::AT_FIRST.to_vec(), |f| f.asked.clone()),
            created_at: former.map_or(now, |f| f.created_at),
            // Two changes within a millisecond are two versions: the client is made anew for each.
            updated_at: former.map_or(now, |f| now.max(crate::outbox::pace::later(f.updated_at, MILLISECOND))),
        }
    }
}

fn revealed(secret: Option<&SecretString>) -> Option<&str> {
    secret.map(secrecy::ExposeSecret::expose_secret)
}

const MILLISECOND: jiff::SignedDuration = jiff::SignedDuration::from_millis(1);

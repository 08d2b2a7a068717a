//! Sessions: signing in and out, and whose a cookie is.

use jiff::{SignedDuration, Timestamp};
use model::{Email, Member, MemberId, Problem};
use secrecy::SecretString;
use store::{Reader, TokenHash, Tx, session::Session};

use super::{SessionToken, password};
use crate::{
    Actor, ClientKey, Service, Via,
    audit::{note, note_stranger},
    error::{Error, Result},
    outbox::pace::later,
    secrets,
};

/// How long a session lasts after it was last used.
const LASTS: SignedDuration = SignedDuration::from_hours(14 * 24);
/// How often its use is written down.
const NOTED_EVERY: SignedDuration = SignedDuration::from_mins(1);

impl Service {
    /// Signs a member in. Five tries per address and twenty per client in five minutes; an unknown address takes as
    /// long to refuse as a wrong password.
    pub async fn sign_in(&self, email: &str, password: &SecretString, client: &ClientKey) -> Result<SessionToken> {
        let email = match Email::parse(email) {
            Ok(email) => email,
            Err(Problem::Missing) => return Err(Error::field("email", Problem::Missing)),
            Err(_) => return Err(Error::WrongPassword),
        };
        let limited = self.inner.limits.sign_in(&email, client);
        if limited.is_err() {
            metrics::counter!("eroom_sign_in_total", "outcome" => "limited").increment(1);
        }
        limited?;
        let record = store::member::by_email(&mut self.store().read().await?, &email).await?;
        let stored = record.as_ref().and_then(|r| r.password_hash.clone());
        let fits = password::fits(password, stored).await?;
        let Some(record) = record.filter(|_| fits) else {
            metrics::counter!("eroom_sign_in_total", "outcome" => "refused").increment(1);
            let (now, email, client) = (self.now(), &email, client.as_str());
            let write = |mut tx| async move {
                note_stranger(&mut tx, email.as_str(), "sign-in-refused", email.as_str(), client, now).await
            };
            self.store().write(write).await?;
            return Err(Error::WrongPassword);
        };
        metrics::counter!("eroom_sign_in_total", "outcome" => "ok").increment(1);
        let (member, client) = (&record.member, client.as_str());
        self.store().write(|mut tx| async move { self.begin_session(&mut tx, member, client, "signed-in").await }).await
    }

    /// Begins a session for `member` and writes `action` to the audit log.
    pub(super) async fn begin_session(
        &self,
        tx: &mut Tx,
        member: &Member,
        client: &str,
        action: &str,
    ) -> Result<SessionToken> {
        let now = self.now();
        let token = secrets::new_secret(&*self.inner.entropy, "");
        let expires_at = later(now, LASTS);
        let session = Session {
            hash: hash(&token),
            member: member.id,
            client: client.to_owned(),
            created_at: now,
            last_seen_at: now,
            expires_at,
        };
        store::session::insert(tx, &session).await?;
        let actor = Actor::new(member.clone(), Vec::new(), Via::Session);
        note(tx, &actor, action, member.email.as_str(), client, now).await?;
        Ok(SessionToken { token, expires_at })
    }

    /// Whose session a cookie is; using it keeps it alive for another fourteen days.
    pub async fn member_of_session(&self, token: &SecretString) -> Result<Option<Actor>> {
        let (now, hash) = (self.now(), hash(token));
        let mut reader = self.store().read().await?;
        let Some((session, member)) = store::session::find(&mut reader, &hash, now).await? else { return Ok(None) };
        let actor = actor_of(&mut reader, member, Via::Session).await?;
        drop(reader);
        if is_worth_noting(session.last_seen_at, now) {
            let hash = &hash;
            let write = |mut tx| async move { store::session::touch(&mut tx, hash, now, later(now, LASTS)).await };
            // A database too busy to note it keeps nobody out.
            if let Err(error) = self.store().write(write).await {
                tracing::warn!(%error, "a session's use was not noted");
            }
        }
        Ok(Some(actor))
    }

    /// Ends a session.
    pub async fn sign_out(&self, token: &SecretString) -> Result<()> {
        let (now, hash) = (self.now(), &hash(token));
        self.store()
            .write(|mut tx| async move {
                let Some((_, member)) = store::session::find(&mut tx, hash, now).await? else { return Ok(()) };
                store::session::end(&mut tx, hash).await?;
                let subject = member.email.to_string();
                note(&mut tx, &Actor::new(member, Vec::new(), Via::Session), "signed-out", &subject, "", now).await
            })
            .await
    }

    /// Changes the actor's own password (at least ten characters); other sessions end, the one of `keep` goes on.
    pub async fn change_password(
        &self,
        actor: &Actor,
        old: &SecretString,
        new: &SecretString,
        keep: Option<&SecretString>,
    ) -> Result<()> {
        let Some(member) = actor.member().filter(|_| actor.via() == Via::Session) else {
            return Err(Error::refused("A password is changed by its member, signed in at the site."));
        };
        password::check("new_password", new)?;
        self.need_password(member, old).await?;
        let (stored, keep) = (&password::hash(new, &*self.inner.entropy).await?, &keep.map(hash));
        let now = self.now();
        self.store()
            .write(|mut tx| async move {
                store::member::set_password(&mut tx, member.id, stored).await?;
                store::session::end_all(&mut tx, member.id, keep.as_ref()).await?;
                note(&mut tx, actor, "password-changed", member.email.as_str(), "", now).await
            })
            .await
    }

    /// Asks a member who is signed in for their password once more; as often as for signing in.
    pub(crate) async fn need_password(&self, member: &Member, password: &SecretString) -> Result<()> {
        let limited = ClientKey::of_member(member.id);
        self.inner.limits.sign_in(&member.email, &limited)?;
        let record = store::member::get(&mut self.store().read().await?, member.id).await?.ok_or(Error::NotFound)?;
        if password::fits(password, record.password_hash).await? { Ok(()) } else { Err(Error::WrongPassword) }
    }
}

/// A member with the Zoom users linked to them.
pub(crate) async fn actor_of(reader: &mut Reader, member: Member, via: Via) -> Result<Actor> {
    let hosts = hosts_of(reader, member.id).await?;
    Ok(Actor::new(member, hosts, via))
}

async fn hosts_of(reader: &mut Reader, member: MemberId) -> Result<Vec<model::ZoomUserId>> {
    Ok(store::member_host::of_member(reader, member).await?.into_iter().map(|link| link.host).collect())
}

/// Whether a use is far enough from the last one that was written down.
pub(super) fn is_worth_noting(last: Timestamp, now: Timestamp) -> bool {
    now.duration_since(last) >= NOTED_EVERY
}

pub(super) fn hash(token: &SecretString) -> TokenHash {
    TokenHash::of(secrecy::ExposeSecret::expose_secret(token))
}

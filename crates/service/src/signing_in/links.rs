//! One-time links: making the first owner, and choosing a password.

use jiff::SignedDuration;
use model::{Email, Member, PersonName, Right, Role};
use secrecy::{ExposeSecret as _, SecretString};
use store::{
    Reader,
    one_time_link::{OneTimeLink, Purpose},
};

use super::{LinkPurpose, SessionToken, password, sessions::hash};
use crate::{
    Actor, Service,
    audit::note,
    error::{Error, Result},
    outbox::pace::later,
    secrets,
};

/// How long a one-time link works.
const LASTS: SignedDuration = SignedDuration::from_hours(24);

impl Service {
    /// Whether the site has no member yet.
    pub async fn is_empty(&self) -> Result<bool> {
        nobody_is_here(&mut self.store().read().await?).await
    }

    /// A new one-time address (`/setup/{token}`, good for a day) for making the first owner; refused where there are
    /// members. A former one stops working.
    pub async fn setup_link(&self) -> Result<String> {
        if !self.is_empty().await? {
            return Err(Error::refused("The site has members already; `eroom admin create` makes another."));
        }
        let token = self.new_link(&Actor::command_line(), Purpose::Setup, None).await?;
        Ok(self.inner.settings.address(&format!("/setup/{}", token.expose_secret())))
    }

    /// A new one-time address (`/password/{token}`, good for a day) for choosing a password: made at the command line
    /// and by owners.
    pub async fn password_link(&self, actor: &Actor, email: &Email) -> Result<String> {
        actor.need(Right::ManageTeam)?;
        let found = store::member::by_email(&mut self.store().read().await?, email).await?;
        let member = found.ok_or(Error::NotFound)?.member;
        let token = self.new_link(actor, Purpose::Password, Some(&member)).await?;
        Ok(self.inner.settings.address(&format!("/password/{}", token.expose_secret())))
    }

    async fn new_link(&self, actor: &Actor, purpose: Purpose, member: Option<&Member>) -> Result<SecretString> {
        let (now, token) = (self.now(), secrets::new_secret(&*self.inner.entropy, ""));
        let link = &OneTimeLink {
            hash: hash(&token),
            purpose,
            member: member.map(|m| m.id),
            created_at: now,
            expires_at: later(now, LASTS),
        };
        let subject = member.map_or("", |m| m.email.as_str());
        let action = match purpose {
            Purpose::Setup => "setup-link-made",
            Purpose::Password => "password-link-made",
        };
        self.store()
            .write(|mut tx| async move {
                store::one_time_link::insert(&mut tx, link).await?;
                note(&mut tx, actor, action, subject, "", now).await
            })
            .await?;
        Ok(token)
    }

    /// What a one-time link is for, without using it; [`Error::Spent`] where it does not work.
    pub async fn link_purpose(&self, token: &SecretString) -> Result<LinkPurpose> {
        let (now, hash) = (self.now(), hash(token));
        let mut reader = self.store().read().await?;
        if store::one_time_link::find(&mut reader, &hash, Purpose::Setup, now).await?.is_some() {
            return if nobody_is_here(&mut reader).await? { Ok(LinkPurpose::Setup) } else { Err(Error::Spent) };
        }
        let link = store::one_time_link::find(&mut reader, &hash, Purpose::Password, now).await?;
        let member = link.and_then(|l| l.member).ok_or(Error::Spent)?;
        let record = store::member::get(&mut reader, member).await?.ok_or(Error::Spent)?;
        Ok(LinkPurpose::Password { email: record.member.email })
    }

    /// Makes the first owner by a setup link and signs them in.
    pub async fn set_up(
        &self,
        token: &SecretString,
        name: PersonName,
        email: Email,
        password: &SecretString,
    ) -> Result<SessionToken> {
        password::check("password", password)?;
        // Looked at before the costly hash, used up in the transaction.
        self.link_purpose(token).await?;
        let stored = &password::hash(password, &*self.inner.entropy).await?;
        let (now, hash) = (self.now(), &hash(token));
        let member = &Member { id: self.new_member_id(), email, name, role: Role::Owner };
        self.store()
            .write(|mut tx| async move {
                store::one_time_link::spend(&mut tx, hash, Purpose::Setup, now).await?.ok_or(Error::Spent)?;
                if !nobody_is_here(&mut tx).await? {
                    return Err(Error::Spent);
                }
                store::member::insert(&mut tx, member, Some(stored), now).await?;
                self.begin_session(&mut tx, member, "", "set-up").await
            })
            .await
    }

    /// Sets a password by a password link, ends the member's other sessions, takes their API tokens back (whoever asks
    /// for such a link may have been robbed), and signs them in.
    pub async fn choose_password(&self, token: &SecretString, password: &SecretString) -> Result<SessionToken> {
        password::check("password", password)?;
        self.link_purpose(token).await?;
        let stored = &password::hash(password, &*self.inner.entropy).await?;
        let (now, hash) = (self.now(), &hash(token));
        self.store()
            .write(|mut tx| async move {
                let link = store::one_time_link::spend(&mut tx, hash, Purpose::Password, now).await?;
                let id = link.and_then(|l| l.member).ok_or(Error::Spent)?;
                let record = store::member::get(&mut tx, id).await?.ok_or(Error::Spent)?;
                store::member::set_password(&mut tx, id, stored).await?;
                store::session::end_all(&mut tx, id, None).await?;
                store::api_token::remove_all(&mut tx, id).await?;
                self.begin_session(&mut tx, &record.member, "", "password-chosen").await
            })
            .await
    }
}

async fn nobody_is_here(reader: &mut Reader) -> Result<bool> {
    for role in Role::ALL {
        if store::member::count(reader, role).await? > 0 {
            return Ok(false);
        }
    }
    Ok(true)
}

//! API tokens: programs that act for a member. Whether one may write is part of the token itself, so its hash vouches
//! for it.

use model::{MemberId, PersonName, Right};
use secrecy::{ExposeSecret as _, SecretString};
use store::{TokenHash, api_token::ApiToken};

use super::{
    ApiTokenView,
    sessions::{actor_of, hash, is_worth_noting},
};
use crate::{
    Actor, Service, Via,
    audit::note,
    error::{Error, Result},
    secrets,
};

/// How tokens begin that may change things.
const WRITES: &str = "eroom_w_";
/// How tokens begin that may only read.
const READS: &str = "eroom_r_";

impl Service {
    /// Makes an API token for oneself, or as an owner for a member; it is shown this once. One that may not `write`
    /// only reads, whatever its member's role.
    pub async fn create_api_token(
        &self,
        actor: &Actor,
        member: MemberId,
        name: &str,
        write: bool,
    ) -> Result<SecretString> {
        need_tokens_of(actor, member)?;
        let name = PersonName::parse(name).map_err(|p| p.at("name"))?;
        let record = store::member::get(&mut self.store().read().await?, member).await?.ok_or(Error::NotFound)?;
        let token = secrets::new_secret(&*self.inner.entropy, if write { WRITES } else { READS });
        let now = self.now();
        let kept =
            &ApiToken { hash: hash(&token), member, name: name.to_string(), created_at: now, last_used_at: None };
        let email = record.member.email.as_str();
        self.store()
            .write(|mut tx| async move {
                store::api_token::insert(&mut tx, kept).await?;
                note(&mut tx, actor, "api-token-made", email, &kept.name, now).await
            })
            .await?;
        Ok(token)
    }

    /// The actor's own tokens; an owner's list has everybody's.
    pub async fn api_tokens(&self, actor: &Actor) -> Result<Vec<ApiTokenView>> {
        let mut reader = self.store().read().await?;
        let members = match (actor.may(Right::ManageTeam), actor.member_id()) {
            (true, _) => store::member::list(&mut reader).await?.into_iter().map(|r| r.member.id).collect(),
            (false, Some(own)) => vec![own],
            (false, None) => Vec::new(),
        };
        let mut views = Vec::new();
        for member in members {
            views.extend(store::api_token::of_member(&mut reader, member).await?.into_iter().map(view));
        }
        Ok(views)
    }

    /// Revokes a token of the list.
    pub async fn revoke_api_token(&self, actor: &Actor, id: &str) -> Result<()> {
        let found = self.api_tokens(actor).await?.into_iter().find(|t| t.id == id).ok_or(Error::NotFound)?;
        need_tokens_of(actor, found.member)?;
        let hash = &TokenHash::parse(id).ok_or(Error::NotFound)?;
        let (now, found) = (self.now(), &found);
        self.store()
            .write(|mut tx| async move {
                store::api_token::remove(&mut tx, found.member, hash).await?;
                note(&mut tx, actor, "api-token-revoked", &found.name, "", now).await
            })
            .await
    }

    /// Whose API token this is.
    pub async fn actor_of_api_token(&self, token: &SecretString) -> Result<Option<Actor>> {
        let write = token.expose_secret().starts_with(WRITES);
        if !write && !token.expose_secret().starts_with(READS) {
            return Ok(None);
        }
        let (now, hash) = (self.now(), hash(token));
        let mut reader = self.store().read().await?;
        let Some((kept, member)) = store::api_token::find(&mut reader, &hash).await? else { return Ok(None) };
        let actor = actor_of(&mut reader, member, Via::ApiToken { write }).await?;
        drop(reader);
        if kept.last_used_at.is_none_or(|last| is_worth_noting(last, now)) {
            let hash = &hash;
            let noted = self.store().write(|mut tx| async move { store::api_token::touch(&mut tx, hash, now).await });
            if let Err(error) = noted.await {
                tracing::warn!(%error, "an API token's use was not noted");
            }
        }
        Ok(Some(actor))
    }
}

/// One's own tokens are one's own business, unless a program asks; others' are the owners'.
fn need_tokens_of(actor: &Actor, member: MemberId) -> Result<()> {
    let own = actor.member_id() == Some(member) && actor.via() == Via::Session;
    if own { Ok(()) } else { actor.need(Right::ManageTeam) }
}

fn view(token: ApiToken) -> ApiTokenView {
    ApiTokenView {
        id: token.hash.as_str().to_owned(),
        name: token.name,
        member: token.member,
        created_at: token.created_at,
        last_used_at: token.last_used_at,
    }
}

//! The team: who has a login, and whose rooms they hold.

mod views;

use model::{Member, MemberId, Right, Role, ZoomUserId};
use store::{Tx, member_host::Link};
pub use views::{MemberDraft, MemberView};

use crate::{
    Actor, Service,
    audit::note,
    connections::connection_of_host,
    error::{Error, Result},
    signing_in::password,
};

impl Service {
    /// The team, oldest member first. Whoever may not manage it sees themselves.
    pub async fn members(&self, actor: &Actor) -> Result<Vec<MemberView>> {
        actor.need(Right::LookAround)?;
        let mut reader = self.store().read().await?;
        let mut views = Vec::new();
        for record in store::member::list(&mut reader).await? {
            if !actor.may(Right::ManageTeam) && Some(record.member.id) != actor.member_id() {
                continue;
            }
            let links = store::member_host::of_member(&mut reader, record.member.id).await?;
            views.push(MemberView {
                hosts: links.into_iter().map(|l| l.host).collect(),
                has_password: record.password_hash.is_some(),
                member: record.member,
            });
        }
        Ok(views)
    }

    /// Adds a member. Without a password they need a password link ([`Service::password_link`]).
    pub async fn create_member(&self, actor: &Actor, draft: MemberDraft) -> Result<MemberId> {
        actor.need(Right::ManageTeam)?;
        let MemberDraft { email, name, role, password } = draft;
        let stored = match &password {
            Some(password) => {
                password::check("password", password)?;
                Some(password::hash(password, &*self.inner.entropy).await?)
            }
            None => None,
        };
        let (now, stored) = (self.now(), stored.as_ref());
        let member = &Member { id: self.new_member_id(), email, name, role };
        self.store()
            .write(|mut tx| async move {
                store::member::insert(&mut tx, member, stored, now).await?;
                note(&mut tx, actor, "member-added", member.email.as_str(), role.as_str(), now).await
            })
            .await?;
        Ok(member.id)
    }

    /// Removes a member with their sessions and tokens; the last owner stays.
    pub async fn remove_member(&self, actor: &Actor, id: MemberId) -> Result<()> {
        actor.need(Right::ManageTeam)?;
        let now = self.now();
        self.store()
            .write(|mut tx| async move {
                let record = store::member::get(&mut tx, id).await?.ok_or(Error::NotFound)?;
                keep_an_owner(&mut tx, &record.member).await?;
                store::member::remove(&mut tx, id).await?;
                note(&mut tx, actor, "member-removed", record.member.email.as_str(), "", now).await
            })
            .await
    }

    /// Gives a member another role; the last owner stays one. Sessions, tokens and grants look the role up at each use:
    /// whoever may do less now is held to it with the next request.
    pub async fn set_role(&self, actor: &Actor, id: MemberId, role: Role) -> Result<()> {
        actor.need(Right::ManageTeam)?;
        let now = self.now();
        self.store()
            .write(|mut tx| async move {
                let member = store::member::get(&mut tx, id).await?.ok_or(Error::NotFound)?.member;
                if member.role == role {
                    return Ok(());
                }
                keep_an_owner(&mut tx, &member).await?;
                store::member::update(&mut tx, id, &member.name, role).await?;
                let change = format!("{}, was {}", role, member.role);
                note(&mut tx, actor, "role-changed", member.email.as_str(), &change, now).await
            })
            .await
    }

    /// Links a Zoom user to a member, who may then start that user's rooms; or unlinks them. This, done by an owner,
    /// is what makes a link: an e-mail address alone does not, until eRoom can verify addresses.
    pub async fn link_host(&self, actor: &Actor, member: MemberId, host: &ZoomUserId, linked: bool) -> Result<()> {
        actor.need(Right::ManageTeam)?;
        let now = self.now();
        self.store()
            .write(|mut tx| async move {
                let record = store::member::get(&mut tx, member).await?.ok_or(Error::NotFound)?;
                let connection = connection_of_host(&mut tx, host, None).await?.ok_or(Error::NotFound)?.id;
                let user = store::host::get(&mut tx, connection, host).await?.ok_or(Error::NotFound)?;
                let link = Link { member, connection, host: host.clone() };
                let (changed, action) = if linked {
                    (store::member_host::link(&mut tx, &link, now).await?, "host-linked")
                } else {
                    (store::member_host::unlink(&mut tx, &link).await?, "host-unlinked")
                };
                if changed {
                    note(&mut tx, actor, action, record.member.email.as_str(), &user.name, now).await?;
                }
                Ok(())
            })
            .await
    }
}

async fn keep_an_owner(tx: &mut Tx, member: &Member) -> Result<()> {
    if member.role == Role::Owner && store::member::count(tx, Role::Owner).await? < 2 {
        return Err(Error::refused("The last owner stays: make another owner first."));
    }
    Ok(())
}

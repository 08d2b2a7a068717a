//! Starting a room as its host.

use model::{Door, Entrant, PersonName, Right, RoomId};

use crate::{
    Actor, Grant, Service,
    audit::note_room,
    connections::allow::NOT_ALLOWED,
    error::{Error, Result},
    visits::{door::NewGrant, told::Told},
};

use super::list::{may_be_host, name_of};

impl Service {
    /// A grant to start a room as its host. Only whoever is linked to the room's Zoom host or to one of its alternative
    /// hosts may, and does it as that Zoom user; an owner may for somebody else, after confirming. The Zoom access key
    /// is fetched when the grant is redeemed.
    pub async fn start_room(&self, actor: &Actor, id: RoomId, confirmed: bool) -> Result<Grant> {
        actor.need(Right::KeepOwnRooms)?;
        let now = self.now();
        let mut reader = self.store().read().await?;
        let room = store::room::get(&mut reader, id).await?.ok_or(Error::NotFound)?.room;
        let own = actor.starts_as(&room);
        let acts_as = own.unwrap_or(&room.host);
        let host = store::host::get(&mut reader, room.connection, acts_as).await?;
        let told = Told::read(&mut reader).await?.about(room.connection);
        let allowed = may_be_host(&mut reader, actor, &room).await?;
        drop(reader);
        let mine = own.is_some();
        if !mine && !actor.may(Right::StartForOthers) {
            return Err(Error::NotYourHost);
        }
        if !mine && !confirmed {
            return Err(Error::NotConfirmed { host: name_of(host.as_ref()) });
        }
        room.door(now, told, Entrant::Host).map_err(Error::Closed)?;
        if !allowed {
            return Err(Error::refused(NOT_ALLOWED));
        }
        self.browser_join(room.connection).await?.map_err(Error::NoBrowserJoin)?;
        let name = name_in_call(actor, &name_of(host.as_ref()), mine)?;
        let as_whom = match own {
            Some(own) if *own == room.host => String::new(),
            Some(_) => format!("as alternative host {}", name_of(host.as_ref())),
            None => "for another host".to_owned(),
        };
        let grant = NewGrant {
            room: id,
            name,
            email: host.map(|h| h.email),
            door: Door::Host,
            acts_as: Some(acts_as.clone()),
            member: actor.member_id(),
        };
        let (title, as_whom) = (&room.title, &as_whom);
        let (grant, kept) = self.new_grant(grant);
        let kept = &kept;
        self.store()
            .write(|mut tx| async move {
                store::grant::insert(&mut tx, kept).await?;
                note_room(&mut tx, actor, "room-start-granted", (id, title), as_whom, now).await
            })
            .await?;
        Ok(grant)
    }
}

/// What the host is called inside: the member's own name, or the Zoom host's at the command line.
fn name_in_call(actor: &Actor, host: &str, mine: bool) -> Result<PersonName> {
    let own = actor.member().map(|m| m.name.clone());
    match own {
        Some(name) if mine || host.is_empty() => Ok(name),
        own => PersonName::parse(host).ok().or(own).ok_or_else(|| Error::field("name", model::Problem::Missing)),
    }
}

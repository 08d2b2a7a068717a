//! Asking at the door: who may come in gets a grant, good for one use within two minutes.

use jiff::SignedDuration;
use model::{Door, Email, Entrant, MemberId, PersonName, Problem, RoomId, RoomKind, ZoomUserId};
use store::{TokenHash, grant::Grant as Kept};

use super::{EntryRequest, Grant};
use crate::{
    ClientKey, Service,
    error::{Error, Result},
    outbox::pace::later,
    secrets,
};

/// How long a grant is good.
const LASTS: SignedDuration = SignedDuration::from_mins(2);

/// A grant to be made.
#[derive(Clone, Debug)]
pub(crate) struct NewGrant {
    pub(crate) room: RoomId,
    pub(crate) name: PersonName,
    pub(crate) email: Option<Email>,
    pub(crate) door: Door,
    /// The Zoom user as whom a host starts it.
    pub(crate) acts_as: Option<ZoomUserId>,
    pub(crate) member: Option<MemberId>,
}

impl Service {
    /// Asks at the door of a room: whether it is open to visitors now, and for webinars with which address.
    pub async fn ask_in(&self, id: RoomId, request: EntryRequest, client: &ClientKey) -> Result<Grant> {
        self.inner.limits.door(client, id)?;
        let now = self.now();
        let mut reader = self.store().read().await?;
        let room = store::room::get(&mut reader, id).await?.ok_or(Error::NotFound)?.room;
        if !room.published {
            return Err(Error::NotFound);
        }
        // A room without an account has a page, and its door is shut.
        let connection = store::connection::get(&mut reader, room.connection).await?;
        drop(reader);
        if room.kind == RoomKind::Webinar && request.email.is_none() {
            return Err(Error::field("email", Problem::Missing));
        }
        let told = connection.is_some_and(|connection| connection.webhooks_proven_at.is_some());
        let door = room.door(now, told, Entrant::Visitor).map_err(Error::Closed)?;
        let EntryRequest { name, email } = request;
        let (grant, kept) = self.new_grant(NewGrant { room: id, name, email, door, acts_as: None, member: None });
        let kept = &kept;
        self.store().write(|mut tx| async move { Ok::<_, Error>(store::grant::insert(&mut tx, kept).await?) }).await?;
        metrics::counter!("eroom_grants_total", "role" => "participant").increment(1);
        Ok(grant)
    }

    /// A grant for somebody, and the row that remembers it.
    pub(crate) fn new_grant(&self, new: NewGrant) -> (Grant, Kept) {
        let NewGrant { room, name, email, door, acts_as, member } = new;
        let (now, token) = (self.now(), secrets::new_secret(&*self.inner.entropy, ""));
        let expires_at = later(now, LASTS);
        let hash = TokenHash::of(secrecy::ExposeSecret::expose_secret(&token));
        let kept = Kept { hash, room, name, email, door, acts_as, member, created_at: now, expires_at };
        (Grant { token, expires_at }, kept)
    }
}

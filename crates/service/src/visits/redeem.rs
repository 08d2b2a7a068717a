//! Redeeming a grant: for the Meeting SDK, or for the link that opens the Zoom app.

use jiff::Timestamp;
use model::{Door, Email, Entrant, Passcode, PersonName, Right, Room, ZoomUserId};
use secrecy::{ExposeSecret as _, SecretString};
use store::{Reader, TokenHash, connection::Connection, grant::Grant as Kept, room::RoomRecord};
use url::Url;
use zoom_client::{
    MeetingId,
    sdk::{self, Key, Role},
};

use super::JoinPacket;
use crate::{
    Actor, Service, Via,
    audit::note_room,
    connections::allow::{NOT_ALLOWED, may_act_for},
    error::{Error, Result},
    outbox::{
        account::user,
        fault::{Fault, reason_of},
    },
    signing_in::actor_of,
};

/// A grant that was used up just now, and what it leads to.
struct Redeemed {
    grant: Kept,
    room: Room,
    join_url: Option<SecretString>,
    connection: Connection,
    number: MeetingId,
}

/// Who joins, and by what.
pub(crate) struct Guest {
    pub(crate) name: PersonName,
    pub(crate) email: Option<Email>,
    pub(crate) passcode: Passcode,
    /// The key with which a host starts the meeting.
    pub(crate) zak: Option<SecretString>,
}

impl Service {
    /// Redeems a grant for the Meeting SDK; good once. For a host the Zoom access key of the user whom they act as is
    /// fetched now, and the audit log says so.
    pub async fn redeem(&self, token: &SecretString) -> Result<JoinPacket> {
        let Redeemed { grant, room, connection, number, .. } = self.spend(token).await?;
        self.browser_join_of(&connection).map_err(Error::NoBrowserJoin)?;
        let key = sdk_key(&connection).ok_or(Error::NoBrowserJoin(super::NoBrowserJoin::NoSdkCredentials))?;
        let (role, zak) = match grant.door {
            Door::Participant => (Role::Attendee, None),
            Door::Host => (Role::Host, Some(self.zak(&grant, &room, &connection).await?)),
        };
        let guest = Guest { name: grant.name, email: grant.email, passcode: room.passcode, zak };
        self.packet(key, number, role, guest)
    }

    /// Signs that this person may join this meeting, in this role.
    pub(crate) fn packet(&self, key: Key, number: MeetingId, role: Role, guest: Guest) -> Result<JoinPacket> {
        let signature = sdk::sign(&key, number, role, self.now())
            .map_err(|problem| Error::refused(format!("The browser join cannot be signed: {problem}.")))?;
        let zoom = &self.inner.settings.zoom;
        Ok(JoinPacket {
            sdk_base: zoom.sdk_base.clone(),
            sdk_version: zoom.sdk_version.clone(),
            sdk_key: key.client_id,
            signature,
            meeting_number: i64::try_from(number.get()).unwrap_or(i64::MAX),
            passcode: guest.passcode,
            user_name: guest.name,
            user_email: guest.email,
            role: role.into(),
            zak: guest.zak,
        })
    }

    /// Redeems a grant for the link that opens the Zoom app; good once. A host's grant is not for this: the link would
    /// let them in as a participant.
    pub async fn app_link(&self, token: &SecretString) -> Result<Url> {
        let Redeemed { grant, join_url, number, .. } = self.spend(token).await?;
        if grant.door == Door::Host {
            return Err(Error::refused(
                "A room is started in the browser; to start it in the Zoom app, sign in there.",
            ));
        }
        let zoom = &self.inner.settings.zoom;
        let told = join_url.and_then(|url| Url::parse(url.expose_secret()).ok());
        // Whatever was stored, nobody is sent anywhere else.
        if let Some(link) = told.filter(|url| zoom.may_lead_to(url)) {
            return Ok(link);
        }
        // Zoom's clients are reached at the host of its token server too; there they ask for the passcode, whose form
        // in the link only Zoom can make.
        let mut link = zoom.oauth.clone();
        link.set_path(&format!("/j/{number}"));
        link.set_query(None);
        link.set_fragment(None);
        Ok(link)
    }

    /// Uses the grant up. What has changed since it was given counts: whoever would get no grant now gets nothing for
    /// this one, which then stays unused.
    async fn spend(&self, token: &SecretString) -> Result<Redeemed> {
        let (now, hash) = (self.now(), &TokenHash::of(token.expose_secret()));
        let (grant, record, connection) = self
            .store()
            .write(|mut tx| async move {
                let grant = store::grant::spend(&mut tx, hash, now).await?.ok_or(Error::Spent)?;
                let record = store::room::get(&mut tx, grant.room).await?.ok_or(Error::Spent)?;
                let connection = store::connection::get(&mut tx, record.room.connection).await?.ok_or(Error::Spent)?;
                look_again(&mut tx, &grant, &record.room, &connection, now).await?;
                Ok::<_, Error>((grant, record, connection))
            })
            .await?;
        let RoomRecord { room, join_url, .. } = record;
        let number = room.zoom_number.and_then(|n| u64::try_from(n).ok()).and_then(|n| MeetingId::new(n).ok());
        let number = number.ok_or(Error::Closed(model::DoorClosed::NotAtZoom))?;
        Ok(Redeemed { grant, room, join_url, connection, number })
    }

    /// Fetches the Zoom access key of the user as whom the room is started. The audit line is written before Zoom is asked.
    async fn zak(&self, grant: &Kept, room: &Room, connection: &Connection) -> Result<SecretString> {
        let acts_as = acts_as(grant, room);
        self.note_zak(grant, room, acts_as).await?;
        metrics::counter!("eroom_grants_total", "role" => "host").increment(1);
        let said = |error: zoom_client::Error| match Fault::from(error.clone()) {
            Fault::Later { reason, .. } | Fault::Lost { reason } => Error::Unavailable { reason },
            Fault::Refused { .. } | Fault::MissingScope { .. } | Fault::Gone { .. } => {
                Error::refused(reason_of(&error))
            }
        };
        if !may_act_for(&mut self.store().read().await?, connection, acts_as).await? {
            return Err(Error::refused(NOT_ALLOWED));
        }
        let host = user(acts_as, "userToken").map_err(said)?;
        let users = self.inner.zooms.of(connection).users();
        let zak = self.in_time(self.patience_ends(), "userToken", users.zak(&host)).await.map_err(said)?;
        Ok(zak.key)
    }

    async fn note_zak(&self, grant: &Kept, room: &Room, acts_as: &ZoomUserId) -> Result<()> {
        let now = self.now();
        self.store()
            .write(|mut tx| async move {
                let member = match grant.member {
                    Some(id) => store::member::get(&mut tx, id).await?,
                    None => None,
                };
                let user = store::host::get(&mut tx, room.connection, acts_as).await?;
                let user = user.map_or_else(String::new, |user| format!(" ({})", user.name));
                let detail = format!("for Zoom user {acts_as}{user}");
                if let Some(record) = member {
                    let actor = Actor::new(record.member, Vec::new(), Via::Session);
                    return note_room(&mut tx, &actor, "zak-requested", (room.id, &room.title), &detail, now).await;
                }
                note_room(&mut tx, &Actor::command_line(), "zak-requested", (room.id, &room.title), &detail, now).await
            })
            .await
    }
}

/// Asks once more what was asked when the grant was given: the door, and for a host the member's role and links.
async fn look_again(
    reader: &mut Reader,
    grant: &Kept,
    room: &Room,
    connection: &Connection,
    now: Timestamp,
) -> Result<()> {
    let told = connection.webhooks_proven_at.is_some();
    let entrant = match grant.door {
        Door::Participant => Entrant::Visitor,
        Door::Host => Entrant::Host,
    };
    room.door(now, told, entrant).map_err(Error::Closed)?;
    // A host's grant without a member was given at the command line.
    let (Door::Host, Some(member)) = (grant.door, grant.member) else { return Ok(()) };
    let member = store::member::get(reader, member).await?.ok_or(Error::Spent)?.member;
    let actor = actor_of(reader, member, Via::Session).await?;
    actor.need(Right::KeepOwnRooms)?;
    let acts_as = acts_as(grant, room);
    let is_host = *acts_as == room.host;
    let mine = actor.is_linked_to(acts_as) && (is_host || room.alternative_hosts.contains(acts_as));
    if mine || (is_host && actor.may(Right::StartForOthers)) { Ok(()) } else { Err(Error::NotYourHost) }
}

/// The Zoom user as whom the grant starts the room.
fn acts_as<'a>(grant: &'a Kept, room: &'a Room) -> &'a ZoomUserId {
    grant.acts_as.as_ref().unwrap_or(&room.host)
}

pub(crate) fn sdk_key(connection: &Connection) -> Option<Key> {
    let (id, secret) = (connection.sdk_key.as_ref()?, connection.sdk_secret.as_ref()?);
    Some(Key { client_id: id.clone(), client_secret: secret.clone() })
}

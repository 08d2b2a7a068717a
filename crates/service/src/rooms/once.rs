//! Making a room for a request that carries an idempotency key: a repetition gets the first one's answer.

use jiff::SignedDuration;
use model::RoomDraft;
use store::{
    TokenHash,
    idempotency::{self, Known, Request},
};

use super::RoomView;
use crate::{
    Actor, Service,
    error::{Error, Result},
    secrets,
};

/// How long a key is remembered.
const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// A request that must be carried out once, however often it arrives.
#[derive(Clone, Copy)]
pub struct OnceKey<'a> {
    /// What its sender calls it; another sender's equal key is another key.
    pub key: &'a str,
    /// Method and path.
    pub operation: &'static str,
    /// The body as it came.
    pub body: &'a [u8],
}

/// What came of such a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Once {
    /// It was carried out now, or was before: the answer to both.
    Answered {
        /// The body of the answer.
        body: Vec<u8>,
    },
    /// The key came with another request, and nothing was done.
    Different,
}

/// The status that is kept beside the answer: 201, it was made.
const MADE: u16 = 201;

impl Service {
    /// Makes a room as [`Service::create_room`] does, unless the same member has made it with this key: then `answer`
    /// of that time is given again. Room, key and answer are kept in one transaction, so that no crash can part them;
    /// of what was refused nothing is kept, and the key stays free.
    pub async fn create_room_once(
        &self,
        actor: &Actor,
        draft: RoomDraft,
        once: OnceKey<'_>,
        answer: impl Fn(&RoomView) -> Result<Vec<u8>>,
    ) -> Result<Once> {
        actor.need_rooms_of(&draft.host)?;
        let member = actor.member_id().ok_or_else(|| Error::refused("Only a member's requests have keys."))?;
        let request = &once.request(member);
        let plan = &self.plan_room(draft).await?;
        let (now, answer) = (plan.now, &answer);
        let expires_at = now.saturating_add(KEPT).unwrap_or(now);
        let (made, outcome) = self
            .store()
            .write(|mut tx| async move {
                match idempotency::begin(&mut tx, request, now, expires_at).await? {
                    Known::New => {}
                    Known::Answered { body, .. } => return Ok((false, Once::Answered { body })),
                    Known::Different => return Ok((false, Once::Different)),
                    Known::Underway => {
                        let reason = "A request with this key is being carried out. Try again in a moment.".to_owned();
                        return Err(Error::Unavailable { reason });
                    }
                }
                self.add_room(&mut tx, actor, plan).await?;
                let body = answer(&self.view_of(&mut tx, actor, plan.id).await?)?;
                idempotency::finish(&mut tx, request, MADE, &body).await?;
                Ok((true, Once::Answered { body }))
            })
            .await?;
        if made {
            plan.count();
        }
        Ok(outcome)
    }
}

impl OnceKey<'_> {
    /// The request as it is compared. The body may hold a passcode, which its bare hash would let somebody guess who
    /// has the database; with the key, which is not in there, it does not.
    fn request(&self, member: model::MemberId) -> Request {
        let body = secrets::digest(self.body);
        Request {
            member,
            key: TokenHash::of(self.key),
            request: TokenHash::of(&format!("{}\n{}\n{body}", self.key, self.operation)),
        }
    }
}

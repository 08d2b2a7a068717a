//! `GET /meetings/{meetingId}/registrants/{registrantId}` and `…/webinars/…`.

use super::{
    super::Ask,
    open::{no_such_registrant, open, registration},
};
use crate::{
    answer::{Answer, Refusal},
    wire,
    world::{Admission, Kind},
};

pub(super) fn answer(ask: &Ask<'_>, kind: Kind) -> Result<Answer, Refusal> {
    let meeting = open(ask, kind)?;
    let registration = registration(ask, &meeting);
    let one = registration.registrants.iter().find(|one| one.id == ask.param("registrantId"));
    let one = one.filter(|one| one.admission != Admission::Cancelled).ok_or_else(|| no_such_registrant(ask))?;
    Ok(Answer::json(ask.operation.success, wire::registrant(one, &meeting, &ask.app.base).into()))
}

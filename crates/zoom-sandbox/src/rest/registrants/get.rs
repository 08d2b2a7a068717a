//! `GET /meetings/{meetingId}/registrants/{registrantId}` and `…/webinars/…`.

use zoom_spec::Place;

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
    let mut members = wire::registrant(one, &meeting, &ask.app.base);
    // Of webinars alone, and only here.
    if let Some(language) =
        one.answers.get("language").filter(|_| ask.operation.field(Place::Answer, "language").is_some())
    {
        members.insert("language".to_owned(), language.clone());
    }
    Ok(Answer::json(ask.operation.success, members))
}

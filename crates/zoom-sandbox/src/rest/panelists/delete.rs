//! `DELETE /webinars/{webinarId}/panelists`, all of them, and `…/{panelistId}`.

use super::super::{Ask, meetings::held};
use crate::{
    answer::{Answer, Refusal},
    world::Kind,
};

pub(super) fn all(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let webinar = held(ask, Kind::Webinar)?;
    ask.change(|change| {
        change.state.panels.remove(&webinar.number);
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}

pub(super) fn one(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let webinar = held(ask, Kind::Webinar)?;
    let id = ask.param("panelistId");
    ask.change(|change| {
        let panel = change.state.panels.entry(webinar.number).or_default();
        let before = panel.len();
        panel.retain(|panelist| panelist.id != id);
        if panel.len() < before { Ok(()) } else { Err(Refusal::field("panelistId")) }
    })?;
    Ok(Answer::empty(ask.operation.success))
}

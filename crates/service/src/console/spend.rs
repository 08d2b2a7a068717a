//! Whose day a call takes one of: Zoom counts the creations and changes of meetings and webinars for each host, whoever asks
//! for them, and so does the ledger that rooms take from.

use model::{Email, ZoomUserId};
use serde_json::Value;
use zoom_spec::Operation;

use super::{fill::Filled, whose::Door};
use crate::error::Result;

/// Whom a creation or change is counted for.
enum Counted<'a> {
    /// Who holds what is made: a user by id or address, or `me`.
    Holder(&'a str),
    /// Who holds what has this number, as this operation reads it.
    HostOf(&'static str, &'a str),
}

impl<'a> Counted<'a> {
    fn of(operation: &Operation, filled: &'a Filled) -> Option<Self> {
        let param = |name: &str| filled.params.iter().find(|(one, _)| *one == name).map(|(_, value)| &**value);
        match operation.id {
            "meetingCreate" | "webinarCreate" => {
                let for_another = filled.body.as_ref().and_then(|body| body.get("schedule_for")?.as_str());
                let for_another = for_another.map(str::trim).filter(|name| !name.is_empty());
                for_another.or_else(|| param("userId")).map(Self::Holder)
            }
            "meetingUpdate" => Some(Self::HostOf("meeting", param("meetingId")?)),
            "webinarUpdate" => Some(Self::HostOf("webinar", param("webinarId")?)),
            _ => None,
        }
    }
}

impl Door<'_> {
    /// The host of whose day the call takes one. `told` is the host where the list of allowed users had them looked up
    /// already. `None` for what Zoom does not count, and where nobody can tell: Zoom counts then, and refuses by itself.
    pub(super) async fn host_to_count(
        &self,
        operation: &'static Operation,
        filled: &Filled,
        told: Option<ZoomUserId>,
    ) -> Result<Option<ZoomUserId>> {
        match Counted::of(operation, filled) {
            None => Ok(None),
            Some(_) if told.is_some() => Ok(told),
            Some(Counted::Holder(name)) => self.holder(operation, filled, name).await,
            Some(Counted::HostOf(reader, number)) => self.host_of(operation, filled, reader, number).await,
        }
    }

    async fn holder(&self, operation: &Operation, filled: &Filled, name: &str) -> Result<Option<ZoomUserId>> {
        let email = Email::parse(name).ok();
        if name != "me" && email.is_none() {
            return Ok(ZoomUserId::parse(name));
        }
        if let Some(email) = &email {
            let mut reader = self.service.store().read().await?;
            if let Some(host) = store::host::by_email(&mut reader, self.connection.id, email).await? {
                return Ok(Some(host.id));
            }
        }
        let mut params: Vec<String> = filled.params.iter().filter(|(one, _)| *one == "accountId").map(value).collect();
        params.push(name.to_owned());
        Ok(self.read_id(operation, "user", &params, "id").await)
    }

    async fn host_of(
        &self,
        operation: &Operation,
        filled: &Filled,
        reader: &'static str,
        number: &str,
    ) -> Result<Option<ZoomUserId>> {
        if let Ok(number) = number.parse::<i64>() {
            let mut reader = self.service.store().read().await?;
            if let Some(record) = store::room::by_number(&mut reader, self.connection.id, number).await? {
                return Ok(Some(record.room.host));
            }
        }
        let params: Vec<String> = filled.params.iter().map(value).collect();
        Ok(self.read_id(operation, reader, &params, "host_id").await)
    }

    /// An id in the answer of the operation that reads a thing, at the same level; none where Zoom does not tell.
    async fn read_id(&self, of: &Operation, reader: &str, params: &[String], member: &str) -> Option<ZoomUserId> {
        let reader = zoom_spec::operation_at(of.level, reader)?;
        let read = self.service.in_time(self.until, reader.id, self.client.call(reader, params, &[], None)).await;
        let json = read.ok()?.json?;
        json.get(member).and_then(Value::as_str).and_then(ZoomUserId::parse)
    }
}

fn value((_, value): &(&'static str, String)) -> String {
    value.clone()
}

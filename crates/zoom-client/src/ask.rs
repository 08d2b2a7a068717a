//! A call that is being put together, and how values are written into its query.

use clock::Timestamp;
use jiff::civil::Date;
use serde::{Serialize, de::DeserializeOwned};

use crate::{Call, Error, MeetingId, MeetingKey, MeetingUuid, UserId, ZoomClient, ids, instant, send::Request};

/// A call with what has been said so far. What cannot be sent is an error when it is awaited.
#[derive(Clone, Debug)]
pub(crate) struct Ask {
    pub(crate) client: ZoomClient,
    request: Result<Request, Error>,
}

impl Ask {
    /// `params` fill the path. An empty one, `.` or `..` would name another path, perhaps one that deletes more.
    pub(crate) fn new(client: &ZoomClient, call: &'static Call, params: &[&dyn Param]) -> Self {
        let params: Vec<String> = params.iter().map(|param| param.segment()).collect();
        let request = if params.iter().any(|param| matches!(&**param, "" | "." | "..")) {
            let message = "an id is empty or no id at all".into();
            Err(Error::Invalid { operation: call.id, code: 0, message, fields: Vec::new() })
        } else {
            Ok(Request::new(call, &params))
        };
        Self { client: client.clone(), request }
    }

    /// A parameter of the query; said again, the later value holds.
    pub(crate) fn set(self, name: &'static str, value: &(impl Param + ?Sized)) -> Self {
        let request = self.request.map(|request| request.set(name, value.text()));
        Self { request, ..self }
    }

    /// The JSON body.
    pub(crate) fn body(self, body: &impl Serialize) -> Self {
        let request = self.request.and_then(|request| request.body(body));
        Self { request, ..self }
    }

    pub(crate) fn request(&self) -> Result<Request, Error> {
        self.request.clone()
    }

    pub(crate) async fn read<T: DeserializeOwned>(self) -> Result<T, Error> {
        self.client.read(self.request?).await
    }

    pub(crate) async fn done(self) -> Result<(), Error> {
        self.client.done(self.request?).await
    }
}

/// A value of a path or a query.
pub(crate) trait Param {
    /// As a query has it.
    fn text(&self) -> String;

    /// As a path has it.
    fn segment(&self) -> String {
        ids::segment(&self.text())
    }
}

macro_rules! shown {
    ($($type:ty)+) => {$(
        impl Param for $type {
            fn text(&self) -> String {
                self.to_string()
            }
        }
    )+};
}

shown! { bool u16 u32 u64 String str MeetingId Date }

impl Param for &str {
    fn text(&self) -> String {
        (*self).to_owned()
    }
}

impl Param for Timestamp {
    fn text(&self) -> String {
        instant::utc(*self)
    }
}

/// Separated by commas.
impl Param for Vec<String> {
    fn text(&self) -> String {
        self.join(",")
    }
}

/// These know how they are encoded.
macro_rules! keys {
    ($($type:ty)+) => {$(
        impl Param for $type {
            fn text(&self) -> String {
                self.to_string()
            }

            fn segment(&self) -> String {
                self.path_segment()
            }
        }
    )+};
}

keys! { UserId MeetingUuid MeetingKey }

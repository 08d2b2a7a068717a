//! Whether the site's own address leads here. The server calls itself by it, as a visitor would: beside Zoom's the only
//! address that is ever called, and it comes from the configuration, never from a form.

mod calls;
mod look;
mod words;

use std::net::IpAddr;

use model::Right;

pub(crate) use calls::Calls;

use crate::{Actor, Service, connections::Outcome, error::Result};

/// What an eRoom answers to a call that is none of its own.
pub const NOT_MINE: &str = "an eRoom that has not asked\n";

/// How a call of the site to itself came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// Who connected.
    pub peer: IpAddr,
    /// Whether a proxy said for whom (`X-Forwarded-For`).
    pub is_forwarded: bool,
    /// Whether the peer is believed in that.
    pub is_believed: bool,
    /// Whether it came over eRoom's own TLS, with no proxy in between that could read it.
    pub over_tls: bool,
}

/// What came of calling it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Found {
    /// It leads here.
    Here(Arrival),
    /// The name is nobody's.
    NoName,
    /// Nobody is there: nothing listens, or nothing answers in time.
    Nobody {
        /// Whether the connection was refused.
        is_refused: bool,
    },
    /// An eRoom answers that has not asked.
    AnotherProcess,
    /// What answers is not the site as it should be.
    Wrong(Wrong),
}

/// What is wrong with what answers.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Wrong {
    /// Its certificate will not do.
    Certificate(BadCertificate),
    /// It speaks no TLS, or does not come to terms.
    NoTls,
    /// It is something else, and answers with this status.
    SomebodyElse(u16),
    /// It sends people on to this address.
    SentOn(String),
}

/// The same, and the address on the internet that the name leads to, if it does: the way there may lead around by a router.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Looked {
    found: Found,
    public: Option<IpAddr>,
}

/// Why a certificate will not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum BadCertificate {
    Expired,
    NotValidYet,
    AnotherName,
    Untrusted,
}

impl Service {
    /// Calls the site by its own address, and says whether it leads here as it should.
    pub async fn check_address(&self, actor: &Actor) -> Result<Outcome> {
        actor.need(Right::ManageConnection)?;
        Ok(self.address_outcome(true).await)
    }

    /// The same for whoever may ask already. `wanted` says whether people are to join in the browser here.
    pub(crate) async fn address_outcome(&self, wanted: bool) -> Outcome {
        let settings = &self.inner.settings;
        let url = &settings.public_url;
        if url.scheme() != "https" {
            return words::without_https(settings, wanted);
        }
        let Ok(http) = look::client().build() else {
            return Outcome::Unknown { reason: "No client can be made that would call it.".into() };
        };
        let values = [(); 2].map(|()| [(); 4].map(|()| hex::encode(self.eight_random_bytes())).concat());
        let looked = look::look(&http, url, &self.inner.calls, values).await;
        words::outcome(url, &looked)
    }

    /// What to answer to a call of the site to itself; nothing where it is none, or was answered already.
    pub fn address_reached(&self, asked: &str, arrival: Arrival) -> Option<String> {
        self.inner.calls.reached(asked, arrival)
    }
}

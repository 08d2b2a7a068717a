//! Get a ZAK, the key that starts or joins a meeting as a user.

use clock::Timestamp;
use jiff::SignedDuration;
use reqwest::Method;
use secrecy::SecretString;
use serde::Deserialize;

use super::Users;
use crate::{Call, Error, UserId, ZoomClient, send::Request};

pub(super) static CALL: Call = Call::new("userToken", Method::GET, "/users/{userId}/token");
pub(super) static MINE: Call = Call::new("userZak", Method::GET, "/users/me/zak");

/// A Zoom Access Key: whoever holds it is that user in a meeting.
#[derive(Clone, Debug)]
pub struct Zak {
    /// The key.
    pub key: SecretString,
    /// Until when it is surely good: two hours, or what was asked for; five minutes for [`Users::my_zak`].
    pub good_until: Timestamp,
}

#[derive(Deserialize)]
struct Issued {
    token: SecretString,
}

impl Users {
    /// A ZAK of a user of the account. Scope `user:read:token`; light.
    pub fn zak(&self, user: &UserId) -> GetZak {
        GetZak { client: self.0.clone(), user: user.clone(), ttl: None }
    }

    /// A ZAK of the token's own user, which with Server-to-Server OAuth is the account's owner. Good for five minutes.
    /// Scope `user:read:zak`; light.
    pub async fn my_zak(&self) -> Result<Zak, Error> {
        fetch(&self.0, Request::new(&MINE, &[]), SignedDuration::from_mins(5)).await
    }
}

/// A question for a ZAK; await it.
#[derive(Clone, Debug)]
#[must_use]
pub struct GetZak {
    client: ZoomClient,
    user: UserId,
    ttl: Option<u32>,
}

impl GetZak {
    /// How long it is to be good, in seconds (two hours, if not said; at most a year).
    pub fn ttl(mut self, seconds: u32) -> Self {
        self.ttl = Some(seconds);
        self
    }

    async fn send(self) -> Result<Zak, Error> {
        let request = Request::new(&CALL, &[self.user.path_segment()])
            .query("type", "zak")
            .maybe("ttl", self.ttl.map(|ttl| ttl.to_string()));
        fetch(&self.client, request, SignedDuration::from_secs(self.ttl.unwrap_or(7_200).into())).await
    }
}

awaitable!(GetZak => Zak);

async fn fetch(client: &ZoomClient, request: Request, lasts: SignedDuration) -> Result<Zak, Error> {
    let asked = client.now();
    let Issued { token } = client.read(request).await?;
    Ok(Zak { key: token, good_until: asked.checked_add(lasts).unwrap_or(Timestamp::MAX) })
}

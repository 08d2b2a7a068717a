//! Who is limited: the network a request came from, as far as one customer of a provider reaches.

use std::net::IpAddr;

/// The key of rate limits for one client: an IPv4 address, or an IPv6 network of 64 bits.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ClientKey(String);

impl ClientKey {
    /// The key of an address.
    pub fn of(ip: IpAddr) -> Self {
        match ip.to_canonical() {
            IpAddr::V4(v4) => Self(v4.to_string()),
            IpAddr::V6(v6) => {
                let [a, b, c, d, ..] = v6.segments();
                Self(format!("{a:x}:{b:x}:{c:x}:{d:x}::/64"))
            }
        }
    }

    /// The key's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl ClientKey {
    /// The key of somebody who is signed in already.
    pub(crate) fn of_member(member: model::MemberId) -> Self {
        Self(member.to_string())
    }
}

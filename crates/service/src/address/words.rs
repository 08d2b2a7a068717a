//! What is told of the address: one plain sentence, and the cure.

use url::Url;

use super::{Arrival, BadCertificate, Found, Looked, Wrong};
use crate::{Settings, connections::Outcome};

const GUIDE: &str = "The guide docs/guide/https.md has the ways to HTTPS.";

/// What an address without https is good for, which nobody needs to call.
pub(super) fn without_https(settings: &Settings, wanted: bool) -> Outcome {
    let address = shown(&settings.public_url);
    match (settings.secure_address(), wanted) {
        (Ok(()), _) => Outcome::Ok {
            found: format!(
                "Browsers give camera and microphone to {address}, which is this computer: good for trying. Visitors \
                 elsewhere need a name and https."
            ),
        },
        (Err(_), true) => Outcome::Failed {
            reason: format!(
                "Browsers give camera and microphone only to https pages, and this site is at {address}: nobody can join \
                 in the browser. Serve the site under https, and set public_url to that address. {GUIDE}"
            ),
        },
        (Err(_), false) => Outcome::Unwanted {
            reason: format!(
                "This site is at {address}. Joining in the browser would need https; the Zoom app does not."
            ),
        },
    }
}

/// What came of calling it.
pub(super) fn outcome(url: &Url, looked: &Looked) -> Outcome {
    let address = shown(url);
    let host = url.host_str().unwrap_or_default();
    match (&looked.found, looked.public) {
        (Found::Here(arrival), _) => match way_in(address, arrival) {
            None => Outcome::Ok {
                found: format!(
                    "{address} leads here, its certificate is good, and browsers give it camera and microphone."
                ),
            },
            Some(reason) => Outcome::Failed { reason },
        },
        (Found::Nobody { .. }, Some(ip)) => Outcome::Unknown {
            reason: format!(
                "{host} leads to {ip}, and this machine does not get there. Behind a router that may be so although \
                 everybody else does: open {address} from elsewhere, by a phone without Wi-Fi for instance. If it does \
                 not open there either, let the name and port 443 lead to this machine."
            ),
        },
        (Found::AnotherProcess, _) => Outcome::Unknown {
            reason: format!(
                "An eRoom answers at {address}, and it is not this process. Where several share the address that may be \
                 another of them: check again. Otherwise let the name lead to this machine."
            ),
        },
        (Found::NoName, _) => Outcome::Failed {
            reason: format!(
                "The name {host} leads nowhere: give it an A or AAAA record with this machine's address, or correct \
                 public_url."
            ),
        },
        (Found::Nobody { is_refused }, None) => {
            let nobody = if *is_refused { "Nothing listens at" } else { "Nothing answers in time at" };
            Outcome::Failed {
                reason: format!(
                    "{nobody} {address}: let the proxy, or eRoom itself, listen there, or correct public_url. {GUIDE}"
                ),
            }
        }
        (Found::Wrong(wrong), public) => {
            let inside = public.map_or_else(String::new, |_| {
                format!(
                    " Seen from inside, a router may answer in its own name: open {address} from elsewhere, by a phone \
                     without Wi-Fi for instance."
                )
            });
            Outcome::Failed { reason: mistake(address, host, wrong) + &inside }
        }
    }
}

/// What is wrong with what answers, and its cure.
fn mistake(address: &str, host: &str, wrong: &Wrong) -> String {
    match wrong {
        Wrong::Certificate(bad) => certificate(address, host, *bad),
        Wrong::NoTls => format!(
            "What answers at {address} does not speak https, or has no certificate yet: let the proxy, or eRoom itself, \
             have one. {GUIDE}"
        ),
        Wrong::SomebodyElse(status) => format!(
            "Something answers at {address}, and it is not this eRoom (status {status}): let the name lead to this \
             machine and the proxy pass everything on to eRoom, or correct public_url."
        ),
        Wrong::SentOn(to) => format!(
            "What answers at {address} sends people on to {to}: set public_url to the address where the site is, or let \
             the proxy pass everything on to eRoom."
        ),
    }
}

/// What is wrong with how it came in.
fn way_in(address: &str, arrival: &Arrival) -> Option<String> {
    const COUNT: &str = "all visitors count as one when sign-ins and joins are limited";
    let Arrival { peer, is_forwarded, is_believed, over_tls } = arrival;
    if *over_tls || (*is_forwarded && *is_believed) {
        return None;
    }
    Some(if *is_forwarded {
        format!(
            "{address} leads here, through a proxy at {peer} that is not believed who the visitor is: {COUNT}. Add \
             \"{peer}\" to trusted_proxies."
        )
    } else {
        format!(
            "{address} leads here, through a proxy that does not say who the visitor is: {COUNT}, or as whoever they \
             say they are. Have it add the address it sees to X-Forwarded-For. {GUIDE}"
        )
    })
}

fn certificate(address: &str, host: &str, bad: BadCertificate) -> String {
    match bad {
        BadCertificate::Expired => format!("The certificate at {address} has expired: renew it. {GUIDE}"),
        BadCertificate::NotValidYet => {
            format!("The certificate at {address} is not valid yet: set this machine's clock, by NTP for instance.")
        }
        BadCertificate::AnotherName => {
            format!("The certificate at {address} is for another name: get one for {host}. {GUIDE}")
        }
        BadCertificate::Untrusted => format!(
            "The certificate at {address} is from nobody whom this machine trusts, and neither browsers nor Zoom will: \
             get one from an authority that they know, such as Let's Encrypt. {GUIDE}"
        ),
    }
}

fn shown(url: &Url) -> &str {
    url.as_str().trim_end_matches('/')
}

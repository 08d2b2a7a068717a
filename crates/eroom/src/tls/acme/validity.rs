//! From when until when a certificate is valid, and when it should be renewed.

use anyhow::Context as _;
use clock::Timestamp;
use yasna::{ASN1Result, BERReader, Tag, parse_der, tags::TAG_UTCTIME};

/// The two instants written in a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Validity {
    pub(super) from: Timestamp,
    pub(super) until: Timestamp,
}

impl Validity {
    /// Reads them from the certificate in DER (RFC 5280, 4.1: they come after version, serial number, algorithm and
    /// issuer).
    #[expect(clippy::redundant_closure_for_method_calls, reason = "the methods' own names have too narrow a lifetime")]
    pub(super) fn of(certificate: &[u8]) -> anyhow::Result<Self> {
        let seconds = parse_der(certificate, |reader| {
            reader.read_sequence(|certificate| {
                let seconds = certificate.next().read_sequence(|fields| {
                    fields.read_optional(|version| version.read_tagged(Tag::context(0), |number| number.read_i64()))?;
                    for _ in ["serial number", "algorithm", "issuer"] {
                        fields.next().read_der()?;
                    }
                    let seconds =
                        fields.next().read_sequence(|times| Ok([read(times.next())?, read(times.next())?]))?;
                    while fields.read_optional(|field| field.read_der())?.is_some() {}
                    Ok(seconds)
                })?;
                for _ in ["algorithm", "signature"] {
                    certificate.next().read_der()?;
                }
                Ok(seconds)
            })
        });
        let [from, until] = seconds.ok().context("it is no certificate")?;
        Ok(Self { from: Timestamp::from_second(from)?, until: Timestamp::from_second(until)? })
    }

    /// When two thirds of its life are over: a month before the end of three, two days before the end of six.
    pub(super) fn renewal(self) -> Timestamp {
        let (from, until) = (self.from.as_second(), self.until.as_second());
        Timestamp::from_second(until - (until - from) / 3).unwrap_or(self.until)
    }
}

fn read(time: BERReader<'_, '_>) -> ASN1Result<i64> {
    if time.lookahead_tag()? == TAG_UTCTIME {
        Ok(time.read_utctime()?.datetime().unix_timestamp())
    } else {
        Ok(time.read_generalized_time()?.datetime().unix_timestamp())
    }
}

#[cfg(test)]
mod tests {
    use rcgen::{CertificateParams, KeyPair, date_time_ymd};

    use super::*;

    fn validity(from: (i32, u8, u8), until: (i32, u8, u8)) -> Validity {
        let mut params = CertificateParams::new(vec!["rooms.example.org".to_owned()]).unwrap();
        params.not_before = date_time_ymd(from.0, from.1, from.2);
        params.not_after = date_time_ymd(until.0, until.1, until.2);
        Validity::of(params.self_signed(&KeyPair::generate().unwrap()).unwrap().der()).unwrap()
    }

    #[test]
    fn a_certificate_is_renewed_when_two_thirds_of_its_life_are_over() {
        let ninety_days = validity((2027, 1, 1), (2027, 4, 1));
        assert_eq!(ninety_days.from.to_string(), "2027-01-01T00:00:00Z");
        assert_eq!(ninety_days.until.to_string(), "2027-04-01T00:00:00Z");
        assert_eq!(ninety_days.renewal().to_string(), "2027-03-02T00:00:00Z");
    }

    #[test]
    fn times_from_2050_on_are_written_in_another_way_and_read_all_the_same() {
        assert_eq!(validity((2049, 12, 31), (2050, 1, 3)).until.to_string(), "2050-01-03T00:00:00Z");
    }

    #[test]
    fn what_is_no_certificate_is_said_to_be_none() {
        for bytes in [&b""[..], b"Dear site,", b"\x30\x03\x02\x01\x00"] {
            assert!(Validity::of(bytes).is_err());
        }
    }
}

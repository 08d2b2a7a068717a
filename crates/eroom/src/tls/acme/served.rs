//! The certificate that is shown: to visitors the site's, to an authority that looks whether the name leads here its answer.

use std::sync::{Arc, PoisonError, RwLock};

use rustls::{
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
};

use super::CHALLENGE;

/// Both, as far as there are any.
#[derive(Debug, Default)]
pub(super) struct Served {
    certificate: Place,
    answer: Place,
}

type Place = RwLock<Option<Arc<CertifiedKey>>>;

impl Served {
    pub(super) fn set_certificate(&self, certificate: CertifiedKey) {
        put(&self.certificate, Some(certificate));
    }

    pub(super) fn set_answer(&self, answer: Option<CertifiedKey>) {
        put(&self.answer, answer);
    }
}

impl ResolvesServerCert for Served {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        // An authority offers its protocol alone.
        let asks =
            hello.alpn().is_some_and(|mut offered| offered.next() == Some(CHALLENGE) && offered.next().is_none());
        let place = if asks { &self.answer } else { &self.certificate };
        place.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn put(place: &Place, value: Option<CertifiedKey>) {
    *place.write().unwrap_or_else(PoisonError::into_inner) = value.map(Arc::new);
}

//! An authority for tests: Debian's Pebble, asking a name server of its own that leads every name to this machine.

use std::{
    fs,
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use serde_json::json;

use crate::visit::{Running, page, roots, until};

/// Where Pebble listens, and the certificate of its own that it is spoken to under.
pub(crate) struct Pebble {
    folder: PathBuf,
    directory: SocketAddr,
    management: SocketAddr,
    trusted: String,
    running: Vec<Running>,
}

impl Pebble {
    /// One that is not there yet: it looks at `site`, and signs for `life` seconds.
    pub(crate) fn planned(folder: &Path, site: SocketAddr, life: u32) -> Self {
        let [directory, management] = [free(), free()];
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        let key = KeyPair::generate().unwrap();
        let certificate = CertificateParams::new(vec!["localhost".to_owned()]).unwrap().signed_by(&key, &authority);
        let [own, own_key] = ["pebble.crt", "pebble.key"].map(|name| folder.join(name));
        fs::write(&own, certificate.unwrap().pem()).unwrap();
        fs::write(&own_key, key.serialize_pem()).unwrap();
        fs::write(folder.join("authority.pem"), authority.pem()).unwrap();
        let config = json!({ "pebble": {
            "listenAddress": directory, "managementListenAddress": management,
            "certificate": own, "privateKey": own_key,
            "httpPort": 1, "tlsPort": site.port(), "certificateValidityPeriod": life,
        }});
        fs::write(folder.join("pebble.json"), config.to_string()).unwrap();
        Self { folder: folder.to_owned(), directory, management, trusted: authority.pem(), running: Vec::new() }
    }

    pub(crate) fn directory(&self) -> String {
        format!("https://localhost:{}/dir", self.directory.port())
    }

    /// Starts it; the root it signs under, in PEM. At each start it knows nobody and has another one.
    pub(crate) fn start(&mut self) -> String {
        let names = free().to_string();
        let mut server = Command::new("pebble-challtestsrv");
        server.args(["-defaultIPv4", "127.0.0.1", "-defaultIPv6", "", "-dns01", &names]);
        server.args(["-http01", "", "-https01", "", "-tlsalpn01", "", "-management", &free().to_string()]);
        let mut pebble = Command::new("pebble");
        pebble.arg("-config").arg(self.folder.join("pebble.json")).args(["-dnsserver", &names]);
        pebble.env("PEBBLE_VA_NOSLEEP", "1");
        for command in [&mut server, &mut pebble] {
            let started = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
            let missing =
                "pebble and pebble-challtestsrv are in Debian's package pebble; `cargo xtask test` asks for it";
            self.running.push(Running(started.expect(missing)));
        }
        let root = || page(self.management, "localhost", roots(&self.trusted), "/roots/0").ok();
        until(Duration::from_secs(20), "Pebble", root)
    }

    pub(crate) fn stop(&mut self) {
        self.running.clear();
    }
}

/// An address on this machine where nobody listens.
pub(crate) fn free() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

//! The file that holds the key: made on the first start, readable by its owner only, never overwritten.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use clock::Entropy;
use secrecy::{ExposeSecret as _, SecretString};
use zeroize::Zeroizing;

use crate::{
    error::{Error, Result},
    sealing::KeyRing,
};

/// Where the keys come from.
#[derive(Debug)]
pub enum KeySource {
    /// A text, as [`KeyRing::parse`] reads it.
    Text(SecretString),
    /// A file with such a text; made with a new key when the database is new.
    File(PathBuf),
    /// A ring that is there already.
    Ring(KeyRing),
}

impl KeySource {
    /// The ring, or `None` where a key file is not there yet.
    pub(crate) fn ring(&self) -> Result<Option<KeyRing>> {
        match self {
            Self::Text(text) => KeyRing::parse(text.expose_secret()).map(Some),
            Self::File(path) => read(path),
            Self::Ring(ring) => KeyRing::parse(ring.to_text().expose_secret()).map(Some),
        }
    }

    pub(crate) fn path(&self) -> PathBuf {
        match self {
            Self::File(path) => path.clone(),
            Self::Text(_) | Self::Ring(_) => PathBuf::new(),
        }
    }
}

fn read(path: &Path) -> Result<Option<KeyRing>> {
    match fs::read_to_string(path) {
        Ok(text) => {
            warn_if_readable_by_others(path);
            KeyRing::parse(&Zeroizing::new(text)).map(Some)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(Error::KeyFile { path: path.to_owned(), source }),
    }
}

#[cfg(unix)]
fn warn_if_readable_by_others(path: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = fs::metadata(path).map(|meta| meta.permissions().mode() & 0o077);
    if mode.is_ok_and(|others| others != 0) {
        tracing::warn!(path = %path.display(), "the key file can be read by others on this machine; chmod 600 it");
    }
}

#[cfg(not(unix))]
fn warn_if_readable_by_others(_: &Path) {}

/// Makes the key file with a new key and reads it back; where another process was quicker, its key is the one.
pub(crate) fn create(path: &Path, entropy: &dyn Entropy) -> Result<KeyRing> {
    let failed = |source| Error::KeyFile { path: path.to_owned(), source };
    write_new(path, &KeyRing::generate(entropy), entropy).map_err(failed)?;
    read(path)?.ok_or_else(|| failed(io::ErrorKind::NotFound.into()))
}

fn write_new(path: &Path, ring: &KeyRing, entropy: &dyn Entropy) -> io::Result<()> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut tail = [0; 6];
    entropy.fill(&mut tail);
    let draft = folder.join(format!(".key-{}", hex::encode(tail)));
    let written = write_private(&draft, ring);
    // A link, unlike a rename, never replaces a key that is there.
    let linked = written.and_then(|()| match fs::hard_link(&draft, path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        other => other,
    });
    fs::remove_file(&draft)?;
    linked?;
    File::open(folder)?.sync_all()
}

fn write_private(draft: &Path, ring: &KeyRing) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(draft)?;
    file.write_all(b"# The key to the secrets in eRoom's database. Without it they are lost: keep a copy apart.\n")?;
    file.write_all(ring.to_text().expose_secret().as_bytes())?;
    file.sync_all()
}

//! The state file: one JSON document, replaced whole, so that a killed sandbox finds every change it has answered for.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use super::snapshot::{NotAWorld, Snapshot};

/// Why a state file cannot be used. It is left as it was.
#[derive(Debug, thiserror::Error)]
pub enum KeepError {
    /// Another process has it.
    #[error("{} is in use by another sandbox; stop that one, or give this one a file of its own", .0.display())]
    InUse(PathBuf),
    /// Torn, or somebody else's.
    #[error("{} cannot be a sandbox's state: {why}. Nothing in it was changed; move it away to start anew, or name another file", .file.display())]
    NotOurs {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        why: NotAWorld,
    },
    /// It cannot be read or written.
    #[error("the sandbox's state in {} cannot be opened: {why}", .file.display())]
    Disk {
        /// The file.
        file: PathBuf,
        /// What the system says.
        why: io::Error,
    },
}

/// Where the state is kept. While it lives, no other process gets the file.
#[derive(Debug)]
pub(crate) struct Keeper {
    file: PathBuf,
    _lock: File,
}

impl Keeper {
    /// Takes the file for this process; folders on the way are made. The file itself need not be there yet.
    pub(crate) fn open(file: &Path) -> Result<Self, KeepError> {
        let disk = |why| KeepError::Disk { file: file.to_owned(), why };
        if file.is_dir() {
            let why = io::Error::new(io::ErrorKind::IsADirectory, "it is a folder; name a file in it");
            return Err(disk(why));
        }
        fs::create_dir_all(folder_of(file)).map_err(disk)?;
        let lock = open_for_owner(&beside(file, "lock")).map_err(disk)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { file: file.to_owned(), _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(KeepError::InUse(file.to_owned())),
            Err(TryLockError::Error(why)) => Err(disk(why)),
        }
    }

    /// The world of an earlier run.
    pub(crate) fn load(&self) -> Result<Option<Snapshot>, KeepError> {
        let file = self.file.clone();
        match fs::read(&file) {
            Ok(bytes) => Snapshot::from_json(&bytes).map(Some).map_err(|why| KeepError::NotOurs { file, why }),
            Err(problem) if problem.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(why) => Err(KeepError::Disk { file, why }),
        }
    }

    /// Replaces the world; on the disk when this returns.
    pub(crate) fn save(&self, world: &Snapshot) -> io::Result<()> {
        let bytes = world.to_json().map_err(io::Error::other)?;
        let draft = beside(&self.file, "new");
        let mut file = open_for_owner(&draft)?;
        file.set_len(0)?;
        file.write_all(&bytes)?;
        file.sync_all()?;
        fs::rename(&draft, &self.file)?;
        File::open(folder_of(&self.file))?.sync_all()
    }

    /// The same as [`Keeper::save`], with the file in the error.
    pub(crate) fn begin(&self, world: &Snapshot) -> Result<(), KeepError> {
        self.save(world).map_err(|why| KeepError::Disk { file: self.file.clone(), why })
    }
}

fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// `state.json` → `state.json.lock`.
fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

/// A file that only its owner reads, made where it is missing: it holds secrets, if invented ones.
fn open_for_owner(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

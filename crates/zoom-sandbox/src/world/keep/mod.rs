//! The state file: a world as one JSON document, and a line for each change since. A killed sandbox finds every change it
//! has answered for, and a change costs what it changes, however much there is.

mod edit;
mod part;

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

pub(crate) use self::{
    edit::{Edit, redone},
    part::{Part, Place, parts},
};
use super::snapshot::{NotAWorld, Snapshot};

/// Lines are not worth a new document before there are so many bytes of them.
const FEW: u64 = 64 * 1024;

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

/// As many links in a row as Linux follows.
const MOST_LINKS: usize = 40;

/// Where the state is kept. While it lives, no other process gets the file.
#[derive(Debug)]
pub(crate) struct Keeper {
    file: PathBuf,
    /// What the file says; nothing before the first document, and where a line may have been left half written.
    kept: Option<Kept>,
    _lock: File,
}

/// A file that lines can be added to.
#[derive(Debug)]
struct Kept {
    world: Snapshot,
    out: File,
    document: u64,
    lines: u64,
}

impl Keeper {
    /// Takes the file for this process; folders on the way are made. The file itself need not be there yet.
    pub(crate) fn open(file: &Path) -> Result<Self, KeepError> {
        let disk = |why| KeepError::Disk { file: file.to_owned(), why };
        let file = &target_of(file).map_err(disk)?;
        let disk = |why| KeepError::Disk { file: file.clone(), why };
        if file.is_dir() {
            let why = io::Error::new(io::ErrorKind::IsADirectory, "it is a folder; name a file in it");
            return Err(disk(why));
        }
        fs::create_dir_all(folder_of(file)).map_err(disk)?;
        let lock = open_for_owner(&beside(file, "lock")).map_err(disk)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { file: file.to_owned(), kept: None, _lock: lock }),
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

    /// Where the file is.
    pub(crate) fn file(&self) -> &Path {
        &self.file
    }

    /// Keeps the world as it is now; on the disk when this returns. Lines that have outgrown the document make way for a
    /// new one.
    pub(crate) fn save(&mut self, world: Snapshot) -> io::Result<()> {
        // Taken out: after an error nobody knows what the file ends with, and the next change writes it anew.
        match self.kept.take().filter(|kept| kept.lines <= kept.document.max(FEW)) {
            Some(kept) => self.kept = Some(kept.add(world)?),
            None => self.write(world)?,
        }
        Ok(())
    }

    /// Replaces the file by one document.
    pub(crate) fn write(&mut self, world: Snapshot) -> io::Result<()> {
        let mut bytes = world.to_json().map_err(io::Error::other)?;
        bytes.push(b'\n');
        self.kept = None;
        let draft = beside(&self.file, "new");
        let mut out = open_for_owner(&draft)?;
        let written = out.set_len(0).and_then(|()| out.write_all(&bytes)).and_then(|()| out.sync_all());
        if let Err(problem) = written.and_then(|()| fs::rename(&draft, &self.file)) {
            // Half a draft takes the room that the next one needs.
            fs::remove_file(&draft).ok();
            return Err(problem);
        }
        File::open(folder_of(&self.file))?.sync_all()?;
        let document = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.kept = Some(Kept { world, out, document, lines: 0 });
        Ok(())
    }

    /// The same as [`Keeper::write`], with the file in the error.
    pub(crate) fn begin(&mut self, world: Snapshot) -> Result<(), KeepError> {
        self.write(world).map_err(|why| KeepError::Disk { file: self.file.clone(), why })
    }
}

impl Kept {
    /// Adds the line of what has changed.
    fn add(mut self, world: Snapshot) -> io::Result<Self> {
        let mut edits = Vec::new();
        world.differences(&self.world, Place::Whole, &mut edits)?;
        if !edits.is_empty() {
            let line = edit::line(&edits)?;
            if let Err(problem) = self.out.write_all(&line).and_then(|()| self.out.sync_data()) {
                // What was refused should not be found after a kill either.
                self.out.set_len(self.document + self.lines).ok();
                return Err(problem);
            }
            self.lines += u64::try_from(line.len()).unwrap_or(u64::MAX);
        }
        self.world = world;
        Ok(self)
    }
}

/// Where the links lead that a file may be: it is replaced as a whole, and a link would be in its place.
fn target_of(file: &Path) -> io::Result<PathBuf> {
    let mut target = file.to_owned();
    for _ in 0..MOST_LINKS {
        match fs::read_link(&target) {
            Ok(next) => target = folder_of(&target).join(next),
            // No link, or nothing there yet.
            Err(_) => return Ok(target),
        }
    }
    Err(io::Error::new(io::ErrorKind::InvalidInput, "it is a link that leads in a circle"))
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

#[cfg(test)]
mod tests;

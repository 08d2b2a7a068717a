//! The state on disk: one JSON file, replaced whole, so that a killed sandbox finds every change it has answered for.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use super::State;

/// Where the state is kept.
pub(super) struct Keeper {
    folder: PathBuf,
}

impl Keeper {
    /// Keeps the state in `folder`, which is made where it is missing.
    pub(super) fn in_folder(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        Ok(Self { folder: folder.to_owned() })
    }

    fn file(&self) -> PathBuf {
        self.folder.join("sandbox.json")
    }

    /// The state of an earlier run.
    pub(super) fn load(&self) -> io::Result<Option<State>> {
        let path = self.file();
        match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(|problem| {
                let text =
                    format!("{} is not a sandbox's state ({problem}); move it away to start anew", path.display());
                io::Error::new(io::ErrorKind::InvalidData, text)
            }),
            Err(problem) if problem.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(problem) => Err(problem),
        }
    }

    /// Replaces the state; on the disk when this returns.
    pub(super) fn save(&self, state: &State) -> io::Result<()> {
        let bytes = serde_json::to_vec(state).map_err(io::Error::other)?;
        let draft = self.folder.join("sandbox.json.new");
        let mut file = open_for_owner(&draft)?;
        file.write_all(&bytes)?;
        file.sync_all()?;
        fs::rename(&draft, self.file())?;
        File::open(&self.folder)?.sync_all()
    }
}

/// A new, empty file that only its owner reads: it holds secrets, if invented ones.
fn open_for_owner(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

//! The package unpacked into a folder of its own: what is in it, and what systemd says of its unit.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, ensure};

use crate::{environment, process};

/// The most that `systemd-analyze security` may find, in tenths: 0 is shut in completely, 96 is a unit without a rule.
const EXPOSURE: &str = "20";

/// Where the package is unpacked; the folder goes when this is dropped.
pub(super) struct Root(PathBuf);

impl Root {
    pub(super) fn unpack(package: &Path) -> Result<Self> {
        let root = Self(std::env::temp_dir().join(format!("eroom-dist-{}", std::process::id())));
        fs::create_dir(&root.0).with_context(|| format!("could not make {}", root.0.display()))?;
        let unpacked = process::run(Command::new("dpkg-deb").arg("-x").arg(package).arg(&root.0))?;
        ensure!(unpacked.ok, "dpkg-deb -x failed:\n{}", unpacked.output);
        Ok(root)
    }

    pub(super) fn at(&self, path: &str) -> PathBuf {
        self.0.join(path)
    }
}

impl Drop for Root {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

/// What is wrong with the package.
pub(super) fn contents(package: &Path, root: &Root) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    for (path, mode) in [
        ("usr/bin/eroom", 0o755),
        ("etc/eroom/eroom.toml", 0o644),
        ("usr/lib/systemd/system/eroom.service", 0o644),
        ("usr/lib/sysusers.d/eroom.conf", 0o644),
        ("usr/share/doc/eroom/copyright", 0o644),
    ] {
        match fs::metadata(root.at(path)) {
            Ok(metadata) if metadata.permissions().mode() & 0o7777 == mode => {}
            Ok(metadata) => faults.push(format!("{path} has the mode {:o}", metadata.permissions().mode())),
            Err(_) => faults.push(format!("{path} is missing")),
        }
    }
    let conffiles = process::run(Command::new("dpkg-deb").arg("-I").arg(package).arg("conffiles"))?;
    if conffiles.output.trim() != "/etc/eroom/eroom.toml" {
        faults.push(format!("the configuration is no conffile: {}", conffiles.output));
    }
    let listed = process::run(Command::new("dpkg-deb").arg("-c").arg(package))?;
    faults.extend(
        listed.output.lines().filter(|line| !line.contains(" root/root ")).map(|line| format!("not root's: {line}")),
    );
    let says = process::run(Command::new(root.at("usr/bin/eroom")).arg("--version"))?;
    if says.output.trim() != concat!("eroom ", env!("CARGO_PKG_VERSION")) {
        faults.push(format!("the program in it says {:?}", says.output));
    }
    for script in ["postinst", "prerm", "postrm"] {
        let read = process::run(Command::new("sh").arg("-n").arg(environment::root().join("dist/deb").join(script)))?;
        if !read.ok {
            faults.push(format!("{script} is no shell script: {}", read.output));
        }
    }
    Ok(faults)
}

/// What systemd finds wrong with the unit, or too open.
pub(super) fn unit(root: &Root) -> Result<Vec<String>> {
    let analyze = |verb: &str, arguments: &[&str]| {
        let mut command = Command::new("systemd-analyze");
        command.arg(verb).args(arguments).arg(format!("--root={}", root.0.display())).arg("eroom.service");
        process::run(&mut command)
    };
    let mut faults = Vec::new();
    // What it wants of the rest of a system is not in this folder.
    let verified = analyze("verify", &["--man=no", "--recursive-errors=no"])?;
    let is_of_a_line = |line: &&str| {
        line.split_once("eroom.service:").is_some_and(|(_, rest)| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    faults.extend(verified.output.lines().filter(is_of_a_line).map(str::to_owned));
    if !verified.ok && faults.is_empty() {
        faults.push(verified.output);
    }
    let threshold = format!("--threshold={EXPOSURE}");
    let secure = analyze("security", &["--offline=yes", "--no-pager", &threshold])?;
    if !secure.ok {
        faults.push(secure.output);
    }
    Ok(faults)
}

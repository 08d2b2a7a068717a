//! The folder that becomes the package, and what stands in its control file.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, ensure};

use crate::{environment, process};

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Each file: where it comes from in the repository, where it goes, its mode.
const FILES: &[(&str, &str, u32)] = &[
    ("dist/deb/eroom.toml", "etc/eroom/eroom.toml", 0o644),
    ("dist/deb/eroom.service", "usr/lib/systemd/system/eroom.service", 0o644),
    ("dist/deb/sysusers.conf", "usr/lib/sysusers.d/eroom.conf", 0o644),
    ("dist/deb/postinst", "DEBIAN/postinst", 0o755),
    ("dist/deb/prerm", "DEBIAN/prerm", 0o755),
    ("dist/deb/postrm", "DEBIAN/postrm", 0o755),
    ("README.md", "usr/share/doc/eroom/README.md", 0o644),
    ("CHANGELOG.md", "usr/share/doc/eroom/CHANGELOG.md", 0o644),
    ("LICENSE-MIT", "usr/share/doc/eroom/copyright", 0o644),
    ("LICENSE-APACHE", "usr/share/doc/eroom/LICENSE-APACHE", 0o644),
    ("docs/reference/configuration.md", "usr/share/doc/eroom/configuration.md", 0o644),
    ("docs/guide/https.md", "usr/share/doc/eroom/https.md", 0o644),
    ("docs/guide/backup.md", "usr/share/doc/eroom/backup.md", 0o644),
];

/// Makes `eroom_VERSION_ARCH.deb` in a folder under `target`.
pub(super) fn make(binary: &Path, target: &Path) -> Result<PathBuf> {
    let arch = process::answer("dpkg", &["--print-architecture"]).context("dpkg does not say the architecture")?;
    let folder = target.join("deb");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    for (from, to, mode) in FILES {
        place(&environment::root().join(from), &folder.join(to), *mode)?;
    }
    place(binary, &folder.join("usr/bin/eroom"), 0o755)?;
    strip(&folder.join("usr/bin/eroom"))?;
    write(&folder.join("DEBIAN/control"), &control(&arch, &fs::read(binary)?, size(&folder)?))?;
    write(&folder.join("DEBIAN/conffiles"), "/etc/eroom/eroom.toml\n")?;
    let package = target.join(format!("eroom_{VERSION}_{arch}.deb"));
    let mut build = Command::new("dpkg-deb");
    build.args(["--root-owner-group", "--build"]).arg(&folder).arg(&package);
    // Files are as old as the commit, so that the same source gives the same package.
    let mut git = Command::new("git");
    let committed = process::run(git.args(["log", "-1", "--format=%ct"]).current_dir(environment::root()))?;
    if committed.ok {
        build.env("SOURCE_DATE_EPOCH", committed.output.trim());
    }
    let packed = process::run(&mut build)?;
    ensure!(packed.ok, "dpkg-deb failed:\n{}", packed.output);
    Ok(package)
}

fn place(from: &Path, to: &Path, mode: u32) -> Result<()> {
    if let Some(folder) = to.parent() {
        make_folder(folder)?;
    }
    fs::copy(from, to).with_context(|| format!("could not copy {}", from.display()))?;
    Ok(fs::set_permissions(to, fs::Permissions::from_mode(mode))?)
}

/// Whatever this shell's mask is, the folders of a package are for all to read.
fn make_folder(folder: &Path) -> Result<()> {
    if folder.exists() {
        return Ok(());
    }
    if let Some(above) = folder.parent() {
        make_folder(above)?;
    }
    fs::create_dir(folder)?;
    Ok(fs::set_permissions(folder, fs::Permissions::from_mode(0o755))?)
}

fn write(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).with_context(|| format!("could not write {}", path.display()))?;
    Ok(fs::set_permissions(path, fs::Permissions::from_mode(0o644))?)
}

/// A program of the profile `dist` is stripped already; one that was named may not be.
fn strip(program: &Path) -> Result<()> {
    if environment::in_path("strip").is_some() {
        let stripped = process::run(Command::new("strip").arg(program))?;
        ensure!(stripped.ok, "strip failed:\n{}", stripped.output);
    }
    Ok(())
}

fn size(folder: &Path) -> Result<u64> {
    let mut bytes = 0_u64;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let metadata = entry.metadata()?;
        bytes = bytes.saturating_add(if metadata.is_dir() { size(&entry.path())? } else { metadata.len() });
    }
    Ok(bytes)
}

fn control(arch: &str, binary: &[u8], bytes: u64) -> String {
    format!(
        "Package: eroom\n\
         Version: {VERSION}\n\
         Architecture: {arch}\n\
         Maintainer: The eRoom authors <eroom@localhost>\n\
         Installed-Size: {}\n\
         Depends: libc6 (>= {}), libgcc-s1, ca-certificates, systemd | systemd-standalone-sysusers\n\
         Recommends: systemd\n\
         Suggests: nginx-light | caddy, postgresql\n\
         Section: web\n\
         Priority: optional\n\
         Description: Zoom rooms on your own site\n \
         One program connects a Zoom account, schedules meetings and webinars, gives\n \
         each of them a public page, and lets people join in their browser.\n",
        bytes.div_ceil(1024),
        oldest_libc(binary),
    )
}

/// The oldest C library the program runs with: the newest of the versions whose symbols it names.
fn oldest_libc(binary: &[u8]) -> String {
    let mark = b"GLIBC_2.";
    let minor = |at: usize| -> Option<u32> {
        let digits = binary.get(at.saturating_add(mark.len())..)?.iter().take_while(|byte| byte.is_ascii_digit());
        String::from_utf8(digits.copied().collect()).ok()?.parse().ok()
    };
    let found =
        binary.windows(mark.len()).enumerate().filter(|(_, part)| *part == mark).filter_map(|(at, _)| minor(at));
    format!("2.{}", found.max().unwrap_or(31))
}

#[cfg(test)]
mod tests {
    use super::oldest_libc;

    #[test]
    fn the_newest_symbol_says_which_c_library_is_needed() {
        assert_eq!(oldest_libc(b"..GLIBC_2.17\0GLIBC_2.34\0GLIBC_2.4\0GLIBC_PRIVATE"), "2.34");
        assert_eq!(oldest_libc(b"nothing"), "2.31");
    }
}

//! House rules that no lint knows: length of files, the opening sentence, names that say nothing, strays.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};

use crate::{environment, report::Outcome};

/// No source file is longer.
const LONGEST_FILE: usize = 600;
/// Names that say nothing: a thing without a noun is not understood yet.
const EMPTY_NAMES: &[&str] = &["utils", "util", "common", "helpers", "helper", "core", "manager", "misc"];
/// Sources whose length and opening are held.
const SOURCES: &[&str] = &["rs", "js", "mjs", "css", "html", "sql"];
/// Texts that are searched for strays.
const TEXTS: &[&str] =
    &["rs", "js", "mjs", "css", "html", "sql", "md", "toml", "ftl", "json", "sh", "svg", "txt", "snap"];

/// Looks at every file git knows or would add.
pub(crate) fn check() -> Result<Outcome> {
    let root = environment::root();
    let files = files(&root)?;
    let mut faults = Vec::new();
    for file in &files {
        let text = fs::read_to_string(root.join(file)).unwrap_or_default();
        faults.extend(faults_of(file, &text));
    }
    Ok(Outcome::of_faults(&faults))
}

fn files(root: &Path) -> Result<Vec<PathBuf>> {
    let mut git = std::process::Command::new("git");
    git.args(["ls-files", "--cached", "--others", "--exclude-standard", "-z"]).current_dir(root);
    let output = git.output().context("could not run git")?;
    anyhow::ensure!(output.status.success(), "git ls-files failed: {}", String::from_utf8_lossy(&output.stderr));
    let names = String::from_utf8(output.stdout).context("a file name is not UTF-8")?;
    Ok(names
        .split('\0')
        .filter(|name| !name.is_empty())
        .map(PathBuf::from)
        .filter(|path| root.join(path).is_file())
        .collect())
}

fn faults_of(file: &Path, text: &str) -> Vec<String> {
    let shown = file.display();
    let extension = file.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    let mut faults = Vec::new();
    let stem = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let folders = file.parent().into_iter().flat_map(Path::components).filter_map(|part| part.as_os_str().to_str());
    if let Some(name) = folders.chain([stem]).find(|name| EMPTY_NAMES.contains(name)) {
        faults.push(format!("{shown}: “{name}” says nothing; name it for what it holds"));
    }
    if SOURCES.contains(&extension) {
        let lines = text.lines().count();
        if lines > LONGEST_FILE {
            faults.push(format!("{shown}: {lines} lines, at most {LONGEST_FILE}; split it by what it is about"));
        }
    }
    if extension == "rs" && !opens_with_a_sentence(text) {
        faults.push(format!("{shown}: opens with no `//!` sentence saying what it is for"));
    }
    if TEXTS.contains(&extension) {
        for (number, line) in (1..).zip(text.lines()) {
            faults.extend(
                strays()
                    .find(|(stray, _)| line.contains(stray.as_str()))
                    .map(|(stray, why)| format!("{shown}:{number}: “{}” {why}", stray.trim())),
            );
        }
    }
    faults
}

fn opens_with_a_sentence(text: &str) -> bool {
    text.lines().map(str::trim).find(|line| !line.is_empty()).is_some_and(|line| line.starts_with("//! "))
}

/// What must not stay in a committed text. Assembled here, so that this file does not find itself.
fn strays() -> impl Iterator<Item = (String, &'static str)> {
    [
        (["/", "work", "/"].concat(), "is a path of one machine"),
        (["/", "root", "/"].concat(), "is a path of one machine"),
        (["/", "Users", "/"].concat(), "is a path of one machine"),
        (["FIX", "ME"].concat(), "is a note to oneself: do it, or open an issue"),
        (["XX", "X:"].concat(), "is a note to oneself: do it, or open an issue"),
        (["<<<<", "<<< "].concat(), "is left over from a merge"),
        ([">>>>", ">>> "].concat(), "is left over from a merge"),
        (["clippy::all", "ow("].concat(), "hides a lint: use #[expect(…, reason = \"…\")]"),
    ]
    .into_iter()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::faults_of;

    fn count(file: &str, text: &str) -> usize {
        faults_of(Path::new(file), text).len()
    }

    #[test]
    fn a_file_that_keeps_the_rules_is_left_alone() {
        assert_eq!(count("crates/model/src/room.rs", "//! What the site publishes.\nstruct Room;\n"), 0);
    }

    #[test]
    fn a_long_file_is_found() {
        let text = format!("//! Long.\n{}", "// line\n".repeat(600));
        assert_eq!(count("crates/model/src/room.rs", &text), 1);
        assert_eq!(count("crates/model/src/room.rs", &text.replacen("// line\n", "", 1)), 0);
    }

    #[test]
    fn a_file_without_an_opening_sentence_is_found() {
        assert_eq!(count("crates/model/src/room.rs", "struct Room;\n"), 1);
    }

    #[test]
    fn a_name_that_says_nothing_is_found_as_file_and_as_folder() {
        assert_eq!(count("crates/web/src/utils.rs", "//! Things.\n"), 1);
        assert_eq!(count("crates/web/src/helpers/date.rs", "//! Dates.\n"), 1);
    }

    #[test]
    fn a_path_of_one_machine_is_found() {
        let text = ["see /", "work", "/notes"].concat();
        assert_eq!(count("docs/guide/start.md", &text), 1);
    }
}

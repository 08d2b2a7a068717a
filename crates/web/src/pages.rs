//! Templates: built in, each replaceable by an operator's file of the same name, each with a typed context.

use std::{
    borrow::Cow,
    collections::HashMap,
    fmt::Write,
    path::{Path, PathBuf},
};

use fluent_templates::fluent_bundle::FluentValue;
use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value, context, escape_formatter,
    value::{Kwargs, Serde, ValueKind},
};
use rust_embed::RustEmbed;
use serde::Serialize;
use service::Site;

use crate::{assets, language};

#[derive(RustEmbed)]
#[folder = "templates/"]
struct Files;

/// A page: what its template is called, and what it is filled with.
pub(crate) trait Page: Serialize + Sync {
    /// The template's file name.
    const TEMPLATE: &'static str;
}

/// A page filled with an example: one test renders them all.
#[cfg(test)]
#[derive(Clone)]
pub(crate) struct Sample {
    pub(crate) name: &'static str,
    pub(crate) template: &'static str,
    pub(crate) page: Value,
    pub(crate) shell: Value,
}

#[cfg(test)]
impl Sample {
    /// An example of a page that stands in the site's plain frame.
    pub(crate) fn of<P: Page>(name: &'static str, page: &P) -> Self {
        Self::within(name, page, &())
    }

    /// An example of a page with a frame of its own around it (`shell` in templates).
    pub(crate) fn within<P: Page, S: Serialize>(name: &'static str, page: &P, shell: &S) -> Self {
        Self { name, template: P::TEMPLATE, page: Value::from(Serde(page)), shell: Value::from(Serde(shell)) }
    }
}

/// What every page may say of the site: `site` in templates.
#[derive(Clone, Debug, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each says whether one thing stands on the pages")]
pub(crate) struct SiteView {
    product: &'static str,
    name: String,
    /// The first letter of the site's name, for its mark.
    initial: String,
    hue: u16,
    sandbox: bool,
    demo: bool,
    connected: bool,
    sandbox_log: Option<String>,
    demo_login: bool,
}

impl SiteView {
    pub(crate) fn new(site: &Site, sandbox_log: Option<&url::Url>, demo_login: bool) -> Self {
        Self {
            product: model::PRODUCT,
            initial: site
                .name
                .chars()
                .find(|c| c.is_alphanumeric())
                .map_or_else(|| "•".into(), |c| c.to_uppercase().to_string()),
            name: site.name.clone(),
            hue: site.accent_hue % 360,
            sandbox: site.sandbox,
            demo: site.demo,
            connected: site.connected,
            sandbox_log: sandbox_log.map(ToString::to_string),
            demo_login: site.demo && demo_login,
        }
    }
}

/// A template that cannot be used: which file, and why.
#[derive(Debug, thiserror::Error)]
pub enum BadTemplate {
    /// The folder cannot be read.
    #[error("the template folder {path} cannot be read ({source}); check `templates` in the configuration", path = path.display())]
    Unreadable {
        /// The folder or file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// No built-in template has this name.
    #[error("{path} replaces no built-in template; there are: {known}", path = path.display())]
    Unknown {
        /// The file.
        path: PathBuf,
        /// The names there are.
        known: String,
    },
    /// It has an error.
    #[error("the template {name} has an error: {reason}")]
    Faulty {
        /// The template.
        name: String,
        /// Where and what.
        reason: String,
    },
}

/// All templates, compiled.
pub(crate) struct Pages {
    environment: Environment<'static>,
}

impl Pages {
    /// Compiles the built-in templates and those of `folder`, which replace them by name.
    pub(crate) fn load(folder: Option<&Path>) -> Result<Self, BadTemplate> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_formatter(write_value);
        environment.add_function("t", translate);
        environment.add_function("asset", |name: String| -> Result<String, Error> {
            assets::address(&name)
                .ok_or_else(|| Error::new(ErrorKind::InvalidOperation, format!("no static file {name}")))
        });
        environment.add_function("theme", |hue: u16| assets::theme_address(hue));
        for name in Files::iter() {
            let Some(file) = Files::get(&name) else { continue };
            add(&mut environment, &name, String::from_utf8_lossy(&file.data).into_owned())?;
        }
        if let Some(folder) = folder {
            for (name, path) in files_in(folder, folder)? {
                if Files::get(&name).is_none() {
                    let known = Files::iter().collect::<Vec<_>>().join(", ");
                    return Err(BadTemplate::Unknown { path, known });
                }
                let source =
                    std::fs::read_to_string(&path).map_err(|source| BadTemplate::Unreadable { path, source })?;
                add(&mut environment, &name, source)?;
            }
        }
        Ok(Self { environment })
    }

    /// Renders a template: `site` and `page` as they are called in templates, and `shell` where a surface has one.
    pub(crate) fn render(&self, site: &SiteView, template: &str, page: Value, shell: Value) -> Result<String, Error> {
        self.environment.get_template(template)?.render(context! { site => Value::from(Serde(site)), page, shell })
    }
}

fn add(environment: &mut Environment<'static>, name: &str, source: String) -> Result<(), BadTemplate> {
    environment
        .add_template_owned(name.to_owned(), source)
        .map_err(|error| BadTemplate::Faulty { name: name.to_owned(), reason: format!("{error:#}") })
}

/// The files under a folder, by their name as templates spell it.
fn files_in(root: &Path, folder: &Path) -> Result<Vec<(String, PathBuf)>, BadTemplate> {
    let unreadable = |source| BadTemplate::Unreadable { path: folder.to_owned(), source };
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.is_dir() {
            found.extend(files_in(root, &path)?);
        } else if let Ok(name) = path.strip_prefix(root) {
            found.push((name.to_string_lossy().replace('\\', "/"), path.clone()));
        }
    }
    found.sort();
    Ok(found)
}

/// Writes a value into a page. As the library does it, but slashes stay readable.
fn write_value(out: &mut Output, state: &mut State, value: &Value) -> Result<(), Error> {
    let text = value.as_str().filter(|_| !value.is_safe() && matches!(state.auto_escape(), AutoEscape::Html));
    let Some(text) = text else { return escape_formatter(out, state, value) };
    write_escaped(out, text).map_err(Error::from)
}

fn write_escaped(out: &mut impl Write, text: &str) -> std::fmt::Result {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        let (plain, tail) = rest.split_at(at);
        out.write_str(plain)?;
        let mut chars = tail.chars();
        out.write_str(match chars.next() {
            Some('&') => "&amp;",
            Some('<') => "&lt;",
            Some('>') => "&gt;",
            Some('"') => "&quot;",
            _ => "&#39;",
        })?;
        rest = chars.as_str();
    }
    out.write_str(rest)
}

/// A text as it stands in HTML or XML, between tags or between quotes.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // Writing into a String does not fail.
    let _ = write_escaped(&mut out, text);
    out
}

/// `t('key', name=value)` in a template.
#[expect(clippy::needless_pass_by_value, reason = "it is what template functions are handed")]
fn translate(key: String, words: Kwargs) -> Result<String, Error> {
    let mut filled: language::Words<'_> = HashMap::new();
    for name in words.args() {
        let value: Value = words.get(name)?;
        let value = match value.kind() {
            ValueKind::Number => FluentValue::from(f64::try_from(value).unwrap_or_default()),
            _ => FluentValue::from(value.to_string()),
        };
        filled.insert(Cow::Owned(name.to_owned()), value);
    }
    words.assert_all_used()?;
    language::find(&key, &filled)
        .ok_or_else(|| Error::new(ErrorKind::InvalidOperation, format!("no sentence has the key {key}")))
}

#[cfg(test)]
mod tests;

//! Reads the fact files under `data/`. Used by the build script, and by tests that compare text and packed table.

use crate::{
    field::{DocumentedError, Field},
    words::{Kind, Label, Level, Method, Place, Product, Status},
};

/// An operation as its text says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TextOperation {
    pub(crate) id: String,
    pub(crate) product: Product,
    pub(crate) level: Level,
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) granular: Vec<String>,
    pub(crate) classic: Vec<String>,
    pub(crate) roles: Vec<String>,
    pub(crate) label: Option<Label>,
    pub(crate) answers: Vec<u16>,
    pub(crate) inferred: bool,
    pub(crate) multipart: bool,
    pub(crate) fields: Vec<Field>,
    pub(crate) errors: Vec<DocumentedError>,
}

/// A webhook event as its text says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TextEvent {
    pub(crate) name: String,
    pub(crate) product: Product,
    pub(crate) granular: Vec<String>,
    pub(crate) classic: Vec<String>,
}

/// A scope as its text says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TextScope {
    pub(crate) status: Status,
    pub(crate) scope: String,
    pub(crate) title: String,
    pub(crate) product: String,
    pub(crate) group: String,
}

/// The facts of one product; an error names the line.
pub(crate) fn operations(product: Product, text: &str) -> Result<Vec<TextOperation>, String> {
    let mut all: Vec<TextOperation> = Vec::new();
    for (number, line) in facts(text) {
        let at = |why: &str| format!("{product}, line {number}: {why}: {line}");
        if let Some(head) = line.strip_prefix("op ") {
            all.push(head_of(product, head).ok_or_else(|| at("not `op id level METHOD path`"))?);
        } else {
            let operation = all.last_mut().ok_or_else(|| at("a fact before the first operation"))?;
            fact(operation, line.trim_start()).ok_or_else(|| at("not a fact"))?;
        }
    }
    Ok(all)
}

/// The webhook events; an error names the line.
pub(crate) fn events(text: &str) -> Result<Vec<TextEvent>, String> {
    let mut all: Vec<TextEvent> = Vec::new();
    for (number, line) in facts(text) {
        let at = || format!("webhooks, line {number}: not a fact: {line}");
        let (word, rest) = line.trim_start().split_once(' ').ok_or_else(at)?;
        match (word, all.last_mut()) {
            ("event", _) => {
                let (name, product) = rest.split_once(' ').ok_or_else(at)?;
                let product = Product::from_word(product).ok_or_else(at)?;
                all.push(TextEvent { name: name.into(), product, granular: vec![], classic: vec![] });
            }
            ("scope", Some(event)) => event.granular = list(rest),
            ("classic", Some(event)) => event.classic = list(rest),
            _ => return Err(at()),
        }
    }
    Ok(all)
}

/// The scopes of the set-up guide; an error names the line.
pub(crate) fn scopes(text: &str) -> Result<Vec<TextScope>, String> {
    let (mut all, mut place) = (Vec::new(), None);
    for (number, line) in facts(text) {
        let at = || format!("scopes, line {number}: not a scope, or in no group: {line}");
        if let Some(named) = line.strip_prefix("in ") {
            place = Some(named.split_once(" / ").ok_or_else(at)?);
            continue;
        }
        let scope = || {
            let (status, rest) = line.split_once(' ')?;
            let (scope, title) = rest.split_once(' ')?;
            let (product, group) = place?;
            let status = Status::from_word(status)?;
            Some(TextScope {
                status,
                scope: scope.into(),
                title: title.into(),
                product: product.into(),
                group: group.into(),
            })
        };
        all.push(scope().ok_or_else(at)?);
    }
    Ok(all)
}

fn facts(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line.trim_end()))
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}

fn list(words: &str) -> Vec<String> {
    words.split(' ').map(Into::into).collect()
}

fn head_of(product: Product, head: &str) -> Option<TextOperation> {
    let mut words = head.split(' ');
    let operation = TextOperation {
        id: words.next()?.into(),
        product,
        level: Level::from_word(words.next()?)?,
        method: Method::from_word(words.next()?)?,
        path: words.next()?.into(),
        granular: vec![],
        classic: vec![],
        roles: vec![],
        label: None,
        answers: vec![],
        inferred: false,
        multipart: false,
        fields: vec![],
        errors: vec![],
    };
    words.next().is_none().then_some(operation)
}

fn fact(operation: &mut TextOperation, line: &str) -> Option<()> {
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    match word {
        "scope" => operation.granular = list(rest),
        "classic" => operation.classic = list(rest),
        "role" => operation.roles = list(rest),
        "rate" => operation.label = Some(Label::from_word(rest)?),
        "answers" => operation.answers = rest.split(' ').map(str::parse).collect::<Result<_, _>>().ok()?,
        "inferred" => operation.inferred = true,
        "multipart" => operation.multipart = true,
        "error" => operation.errors.push(refusal(rest)?),
        place => operation.fields.push(field(Place::from_word(place)?, rest)?),
    }
    Some(())
}

fn refusal(rest: &str) -> Option<DocumentedError> {
    let mut words = rest.splitn(3, ' ');
    Some(DocumentedError {
        status: words.next()?.parse().ok()?,
        code: words.next()?.parse().ok()?,
        message: words.next()?.into(),
    })
}

/// `path kind[!] [min..max] [{a|b}] [=default] [:format] [deprecated] [shown]`
pub(crate) fn field(place: Place, rest: &str) -> Option<Field> {
    let mut words = rest.split(' ');
    let path = plain(words.next()?)?;
    let kind = words.next()?;
    let (kind, required) = kind.strip_suffix('!').map_or((kind, false), |kind| (kind, true));
    let (kind, items) = match kind.strip_prefix("array<").and_then(|items| items.strip_suffix('>')) {
        Some(items) => (Kind::Array, Some(Kind::from_word(items)?)),
        None => (Kind::from_word(kind)?, None),
    };
    let (min, max, choices, format, default) = (None, None, vec![], None, None);
    let (deprecated, shown) = (false, false);
    let mut field = Field { path, place, kind, items, required, deprecated, shown, min, max, choices, format, default };
    for word in words {
        if word == "deprecated" {
            field.deprecated = true;
        } else if word == "shown" {
            field.shown = true;
        } else if let Some(default) = word.strip_prefix('=') {
            field.default = Some(plain(default)?);
        } else if let Some(format) = word.strip_prefix(':') {
            field.format = Some(plain(format)?);
        } else if let Some(choices) = word.strip_prefix('{').and_then(|choices| choices.strip_suffix('}')) {
            field.choices = choices.split('|').map(plain).collect::<Option<_>>()?;
        } else {
            let (min, max) = word.split_once("..")?;
            (field.min, field.max) = (bound(min)?, bound(max)?);
        }
    }
    Some(field)
}

#[expect(clippy::option_option, reason = "the outer says whether it could be read, the inner whether it is there")]
fn bound(text: &str) -> Option<Option<i64>> {
    if text.is_empty() { Some(None) } else { text.parse().ok().map(Some) }
}

/// Undoes the percent escapes of one word; `""` is the empty text.
fn plain(word: &str) -> Option<Box<str>> {
    if word == "\"\"" {
        return Some("".into());
    }
    let mut text = String::with_capacity(word.len());
    let mut parts = word.split('%');
    text.push_str(parts.next()?);
    for part in parts {
        let (hex, rest) = part.split_at_checked(2)?;
        text.push(char::from(u8::from_str_radix(hex, 16).ok().filter(u8::is_ascii)?));
        text.push_str(rest);
    }
    Some(text.into())
}

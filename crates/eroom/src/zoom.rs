//! `eroom zoom`: Zoom's operations, found and run from a shell on this machine, as in the console of the site.

use std::io::Read as _;

use anyhow::{Context as _, bail, ensure};
use serde_json::{Value, json};
use service::{
    Actor,
    console::{
        ConsoleAnswer, ConsoleCall, ConsoleFilter, ConsoleOperation, Danger, Filled, Form, Meaning, Outcome, Refusal,
        fill, shapes,
    },
};

use crate::{
    cli::{ConfigArgs, ZoomCommand},
    config::Config,
    console::{say, say_json},
    house::House,
};

/// Runs one of the commands.
pub(crate) async fn run(args: &ConfigArgs, command: ZoomCommand) -> anyhow::Result<()> {
    let house = House::for_command(&Config::load(args)?).await?;
    let actor = Actor::command_line();
    match command {
        ZoomCommand::Operations { search, json } => operations(&house, &actor, &search.join(" "), json),
        ZoomCommand::Call { operation, param, body, account, yes, json } => {
            let one = find(&house, &actor, &operation)?;
            let filled = read(one, &param, body.as_deref())?;
            ensure!(
                yes || one.danger == Danger::Reads,
                "{} {} {}; add --yes to send it",
                one.operation.method,
                one.operation.path,
                if one.danger == Danger::Destroys { "cannot be undone" } else { "changes something at Zoom" }
            );
            let connection = Some(house.account(&actor, account.as_deref()).await?.id);
            let call = ConsoleCall { connection, operation: one, filled, confirmed: yes, password: None };
            told(one, &house.service.console_run(&actor, call).await?, json)
        }
    }
}

fn operations(house: &House, actor: &Actor, search: &str, json: bool) -> anyhow::Result<()> {
    let filter = ConsoleFilter { text: search.to_owned(), ..ConsoleFilter::default() };
    let mut found = house.service.console_operations(actor, &filter)?;
    // Whoever gives a whole name means that one.
    if let Some(one) = found.iter().copied().find(|one| one.key == search) {
        found = vec![one];
    }
    if json {
        return say_json(&json!({ "items": found.iter().map(|one| as_json(one)).collect::<Vec<_>>() }));
    }
    if let [one] = found.as_slice() {
        return say(&in_full(one));
    }
    ensure!(!found.is_empty(), "no operation has all of these words; `eroom zoom operations` lists every one");
    let width = found.iter().map(|one| one.key.len()).max().unwrap_or_default();
    let line = |one: &&ConsoleOperation| format!("{:<width$}  {:<6}  {}", one.key, one.operation.method, one.title);
    say(&found.iter().map(line).collect::<Vec<_>>().join("\n"))
}

fn as_json(one: &ConsoleOperation) -> Value {
    json!({
        "operation": one.key,
        "title": one.title,
        "method": one.operation.method.as_str(),
        "path": one.operation.path,
        "scopes": one.operation.granular,
    })
}

/// One operation with its fields.
fn in_full(one: &ConsoleOperation) -> String {
    let operation = one.operation;
    let mut lines = vec![
        format!("{}: {}", one.key, one.title),
        format!("  {} {}", operation.method, operation.path),
        format!("  scope: {}", operation.granular.join(" or ")),
    ];
    let shape = shapes(operation);
    for field in Form::of(operation, None).fields {
        let needed = if field.field.required { " (needed)" } else { "" };
        let choices = field.field.choices.join("|");
        let choices = if choices.is_empty() { String::new() } else { format!(" {choices}") };
        lines.push(format!("  --param {}={}{choices}{needed}", field.path, field.field.kind));
    }
    if !shape.is_empty() {
        lines.push("  --body JSON: one of several sets of settings; see Zoom's documents or the console".to_owned());
    }
    lines.join("\n")
}

fn find(house: &House, actor: &Actor, key: &str) -> anyhow::Result<&'static ConsoleOperation> {
    let found = house.service.console_operation(actor, key);
    found.map_err(|_| anyhow::anyhow!("{key:?} is no operation; `eroom zoom operations SEARCH` finds one"))
}

/// What was given, as a filled form.
fn read(one: &ConsoleOperation, params: &[String], body: Option<&str>) -> anyhow::Result<Filled> {
    let form = Form::of(one.operation, None);
    let mut typed: Vec<(String, String)> = Vec::new();
    for param in params {
        let (name, value) =
            param.split_once('=').with_context(|| format!("--param {param:?} has no =; write NAME=VALUE"))?;
        let field = form.find(name);
        let field = field.with_context(|| {
            format!("{} has no field {name:?}; `eroom zoom operations {}` lists them", one.key, one.key)
        })?;
        typed.push((field.name.clone(), value.to_owned()));
    }
    if let Some(body) = body {
        typed.push(("json".to_owned(), text_of(body)?));
    }
    let texts = |name: &str| typed.iter().filter(|(one, _)| one == name).map(|(_, value)| value.as_str()).collect();
    fill(&form, texts).map_err(|wrong| {
        let said = |name: &str| if name == "json" { "--body".to_owned() } else { name.to_owned() };
        let lines: Vec<String> = wrong.iter().map(|one| format!("{} {}", said(&one.name), one.problem)).collect();
        anyhow::anyhow!("{}", lines.join("; "))
    })
}

/// A body as it stands, from a file (`@name`) or from standard input (`-`).
fn text_of(body: &str) -> anyhow::Result<String> {
    if body == "-" {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).context("cannot read the body from standard input")?;
        return Ok(text);
    }
    match body.strip_prefix('@') {
        Some(file) => std::fs::read_to_string(file).with_context(|| format!("cannot read the body from {file}")),
        None => Ok(body.to_owned()),
    }
}

/// Prints what came of it; fails where Zoom refused.
fn told(one: &ConsoleOperation, answer: &ConsoleAnswer, json: bool) -> anyhow::Result<()> {
    match &answer.outcome {
        Outcome::Done { status, json: body } => {
            if json {
                let told =
                    json!({ "status": status, "millis": answer.millis, "left_out": answer.left_out, "answer": body });
                return say_json(&told);
            }
            let text = match body {
                Some(body) => serde_json::to_string_pretty(body)?,
                None => format!("done ({status})"),
            };
            let left_out = match answer.left_out {
                0 => String::new(),
                count => format!("\n{count} left out: this site may not act for them"),
            };
            say(&format!("{text}{left_out}"))
        }
        Outcome::Refused(refusal) => {
            if json {
                say_json(&json!({ "refused": refused(refusal), "millis": answer.millis }))?;
            }
            bail!("{}: {}", one.key, sentence(refusal))
        }
    }
}

fn refused(refusal: &Refusal) -> Value {
    json!({
        "meaning": refusal.meaning.as_str(),
        "status": refusal.status,
        "code": refusal.code,
        "message": refusal.message,
        "fields": refusal.fields,
        "scope": refusal.scope,
        "maybe_done": refusal.maybe_done,
    })
}

/// A refusal with its code, Zoom's words and what to do.
fn sentence(refusal: &Refusal) -> String {
    let code = refusal.code.map(|code| format!(" (code {code})")).unwrap_or_default();
    let status = refusal.status.map(|status| format!(" (status {status})")).unwrap_or_default();
    let message = if refusal.message.is_empty() { String::new() } else { format!(": {}", refusal.message) };
    let fields: Vec<String> = refusal.fields.iter().map(|(field, message)| format!(" {field}: {message}")).collect();
    let fields = fields.concat();
    let scope = refusal.scope.as_deref().unwrap_or_default();
    let place = refusal.place.map(|place| format!(" ({} › {} › {})", place.product, place.group, place.title));
    let next = match refusal.meaning {
        Meaning::Scope => format!(" Add the scope {scope}{} in the Zoom Marketplace.", place.unwrap_or_default()),
        _ if refusal.maybe_done => " It may have been carried out: look at Zoom before you run it again.".to_owned(),
        _ => String::new(),
    };
    format!("{}{code}{status}{message}{fields}{next}", refusal.meaning.as_str().replace('-', " "))
}

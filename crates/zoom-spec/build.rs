//! Packs the fact files under `data/` into one byte table, one text pool and the static lists that name them.

#[expect(unreachable_pub, reason = "the library re-exports these; a build script has nobody to export to")]
#[path = "src/field.rs"]
mod field;
#[path = "src/pack.rs"]
mod pack;
#[path = "src/text.rs"]
mod text;
#[expect(unreachable_pub, dead_code, reason = "the library re-exports these; a build script has nobody to export to")]
#[path = "src/words.rs"]
mod words;

use std::{env, error::Error, fmt::Write as _, fs, path::Path};

use text::TextOperation;
use words::Product;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=data");
    println!("cargo::rerun-if-changed=src");
    let data = Path::new("data");
    let read = |name: &str| {
        let path = data.join(name);
        fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
    };
    let mut operations = Vec::new();
    for (product, file) in [
        (Product::Accounts, "accounts.txt"),
        (Product::Users, "users.txt"),
        (Product::Meetings, "meetings.txt"),
        (Product::Events, "zoom_events.txt"),
        (Product::Marketplace, "marketplace.txt"),
    ] {
        operations.extend(text::operations(product, &read(file)?)?);
    }
    let events = text::events(&read("webhooks.txt")?)?;
    let scopes = text::scopes(&read("scopes.txt")?)?;

    let mut pool = pack::Pool::default();
    let mut bytes = Vec::new();
    let mut lists = format!("pub(crate) static OPERATIONS: [Operation; {}] = [\n", operations.len());
    for operation in &operations {
        let from = bytes.len();
        bytes.extend(pack::pack(&operation.fields, &operation.errors, &mut pool));
        declare(&mut lists, operation, from, bytes.len())?;
    }
    write!(lists, "];\npub(crate) static EVENTS: [Event; {}] = [\n", events.len())?;
    for event in &events {
        let (name, product, granular, classic) = (&event.name, event.product, &event.granular, &event.classic);
        writeln!(
            lists,
            "Event {{ name: {name:?}, product: Product::{product:?}, granular: &{granular:?}, classic: &{classic:?} }},"
        )?;
    }
    write!(lists, "];\npub(crate) static SCOPES: [Scope; {}] = [\n", scopes.len())?;
    for scope in &scopes {
        let (id, title, status, product, group) =
            (&scope.scope, &scope.title, scope.status, &scope.product, &scope.group);
        writeln!(
            lists,
            "Scope {{ id: {id:?}, title: {title:?}, product: {product:?}, group: {group:?}, status: Status::{status:?} }},"
        )?;
    }
    lists.push_str("];\n");

    let out = env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?;
    let out = Path::new(&out);
    fs::write(out.join("table.bin"), bytes)?;
    fs::write(out.join("pool.txt"), pool.joined())?;
    fs::write(out.join("lists.rs"), lists)?;
    Ok(())
}

fn declare(lists: &mut String, operation: &TextOperation, from: usize, to: usize) -> Result<(), Box<dyn Error>> {
    let success = operation.answers.first().ok_or_else(|| format!("{}: no status of success", operation.id))?;
    let label = operation.label.map_or("None".into(), |label| format!("Some(Label::{label:?})"));
    let (id, product, level) = (&operation.id, operation.product, operation.level);
    let (method, path, answers) = (operation.method, &operation.path, &operation.answers);
    let (granular, classic, roles) = (&operation.granular, &operation.classic, &operation.roles);
    let (inferred, multipart) = (operation.inferred, operation.multipart);
    writeln!(
        lists,
        "Operation {{ id: {id:?}, product: Product::{product:?}, level: Level::{level:?}, method: Method::{method:?}, \
         path: {path:?}, granular: &{granular:?}, classic: &{classic:?}, roles: &{roles:?}, label: {label}, \
         success: {success}, answers: &{answers:?}, inferred: {inferred}, multipart: {multipart}, \
         facts: Facts::new({from}, {to}) }},"
    )?;
    Ok(())
}

//! Prints the site's route table as JSON, for walks that are not written in Rust.

use std::io::Write as _;

use serde_json::json;

fn main() -> std::io::Result<()> {
    let table: Vec<_> = web::routes()
        .iter()
        .map(|route| {
            json!({
                "method": route.method.as_str(),
                "path": route.path,
                "query": route.query,
                "audience": format!("{:?}", route.audience),
                "page": route.is_page,
            })
        })
        .collect();
    writeln!(std::io::stdout(), "{}", json!(table))
}

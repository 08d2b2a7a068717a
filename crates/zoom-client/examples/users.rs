//! Goes through the account's users page by page, and stops at the first who has no licence.
//!
//! ```console
//! ZOOM_ACCOUNT_ID=… ZOOM_CLIENT_ID=… ZOOM_CLIENT_SECRET=… cargo run --example users
//! ```

mod shared;

use futures_util::TryStreamExt as _;
use shared::{Env, Told};
use zoom_client::UserKind;

pub(crate) async fn run(env: Env<'_>) -> Told {
    let zoom = shared::client(env)?;
    let mut users = zoom.users().list().page_size(2).stream();
    let mut licensed = 0;
    while let Some(user) = users.try_next().await? {
        if user.kind == UserKind::Basic {
            return Ok(format!("{} has no licence; {licensed} before have one.", user.name()));
        }
        licensed += 1;
    }
    Ok(format!("All {licensed} have a licence."))
}

#[expect(clippy::print_stdout, clippy::disallowed_methods, reason = "an example is told by the environment, and tells")]
#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("{}", run(&|name| std::env::var(name).ok()).await?);
    Ok(())
}

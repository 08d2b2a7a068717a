//! `eroom demo`: the site, its own pretend Zoom and invented rooms, on this computer only.

mod rooms;
mod seed;

use std::path::PathBuf;

use anyhow::Context as _;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use url::Url;
use web::DemoLogin;
use zoom_sandbox::{Sandbox, SandboxHandle};

use crate::{
    cli::DemoArgs,
    config::Config,
    console::{say, say_json},
    house::{Choices, House, make_data_dir},
    lifecycle, logging,
    sandbox::{credentials, loopback},
    serve::{background, web_config},
};

/// The owner of the invented site. The login exists in the demo only, which listens on loopback only.
const OWNER: (&str, &str, &str) = ("ada@northlight.example", "Ada Okafor", "northlight-demo");

/// Runs the demo until it is told to stop.
pub(crate) async fn run(args: DemoArgs) -> anyhow::Result<()> {
    let stop = lifecycle::stop_on_signal()?;
    let folder = Folder::new(args.data_dir.clone())?;
    let (listener, bound) = lifecycle::listen(loopback(args.port)).await?;
    let sandbox = start_sandbox(&args, &folder).await?;
    let public_url = Url::parse(&format!("http://{bound}/"))?;
    let mut config = Config::for_demo(folder.path(), &sandbox)?;
    config.listen = bound;
    logging::start(&config.log)?;
    make_data_dir(&config)?;

    let house = House::open(&config, public_url.clone(), Choices { allow_sandbox: true, demo: true }).await?;
    let login = DemoLogin { email: OWNER.0.into(), password: SecretString::from(OWNER.2) };
    let workbench = Url::parse(&format!("{}/sandbox", sandbox.base()))?;
    let web = web_config(&config, &house, public_url.clone(), Some(workbench), Some(login));
    let router = web::build(web, house.service.clone())?;
    let tasks = TaskTracker::new();
    background(&house, true, &stop, &tasks);
    // The pages answer while the rooms are made: the sandbox checks the webhook address before it sends anything.
    let served = tasks.spawn(lifecycle::serve(listener, router, stop.clone()));

    let token = tokio::select! {
        token = seed::all(&house, &sandbox, OWNER) => token.context("the demo's rooms cannot be made")?,
        () = stop.cancelled() => return end(sandbox, folder, &stop, &tasks).await,
    };
    announce(&args, &public_url, &sandbox, &token, &folder)?;
    stop.cancelled().await;
    drop(served);
    end(sandbox, folder, &stop, &tasks).await
}

async fn start_sandbox(args: &DemoArgs, folder: &Folder) -> anyhow::Result<SandboxHandle> {
    let builder = Sandbox::builder().listen(loopback(args.sandbox_port)).state_file(folder.path().join("sandbox.json"));
    Ok(builder.start().await?)
}

async fn end(
    sandbox: SandboxHandle,
    folder: Folder,
    stop: &CancellationToken,
    tasks: &TaskTracker,
) -> anyhow::Result<()> {
    stop.cancel();
    sandbox.stop().await;
    lifecycle::wait_for(tasks).await;
    folder.close()
}

fn announce(
    args: &DemoArgs,
    site: &Url,
    sandbox: &SandboxHandle,
    token: &SecretString,
    folder: &Folder,
) -> anyhow::Result<()> {
    let site = site.as_str().trim_end_matches('/');
    if args.json {
        return say_json(&json!({
            "eroom": site,
            "sandbox": sandbox.base(),
            "admin": { "email": OWNER.0, "password": OWNER.2 },
            "api_token": token.expose_secret(),
            "zoom": credentials(sandbox),
        }));
    }
    let end = match folder {
        Folder::Kept(path) => format!("Ctrl-C ends it; its data stays in {}.", path.display()),
        Folder::Temporary(_) => "Ctrl-C ends it and deletes everything.".into(),
    };
    say(&format!(
        "eRoom demo is ready. Everything runs on this computer; nothing is sent to Zoom.\n\n  \
         The site             {site}\n  Owner's sign-in      {site}/admin/sign-in  ({} · {})\n  The pretend Zoom     {}/sandbox\n\n\
         Start here: open the site and press Join on \"{}\". {end}",
        OWNER.0,
        OWNER.2,
        sandbox.base(),
        rooms::OPEN_STUDIO,
    ))
}

/// Where the demo keeps its data.
enum Folder {
    /// Deleted at the end.
    Temporary(tempfile::TempDir),
    /// Given by --data-dir.
    Kept(PathBuf),
}

impl Folder {
    fn new(given: Option<PathBuf>) -> anyhow::Result<Self> {
        match given {
            Some(path) => Ok(Self::Kept(path)),
            None => tempfile::Builder::new()
                .prefix("eroom-demo-")
                .tempdir()
                .map(Self::Temporary)
                .context("no temporary folder can be made; --data-dir names one"),
        }
    }

    fn path(&self) -> &std::path::Path {
        match self {
            Self::Temporary(folder) => folder.path(),
            Self::Kept(path) => path,
        }
    }

    fn close(self) -> anyhow::Result<()> {
        match self {
            Self::Temporary(folder) => folder.close().context("the demo's temporary folder cannot be deleted"),
            Self::Kept(_) => Ok(()),
        }
    }
}

//! The eRoom binary: command line, configuration, wiring.

mod admin;
mod cli;
mod config;
mod console;
mod demo;
mod doctor;
mod house;
mod keep;
mod lifecycle;
mod logging;
mod metrics;
mod rooms;
mod sandbox;
mod serve;
mod tls;
mod verify;
mod zoom;

use std::{io::Write as _, process::ExitCode};

use clap::Parser as _;
use cli::{Cli, Command, SandboxCommand};

/// Most of what is asked of a server is small, and much of it is let go on another thread than it was asked for on: the
/// system's allocator makes threads wait for each other there.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    // One TLS provider for the whole program; a second call would only say that it is there already.
    rustls::crypto::ring::default_provider().install_default().ok();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let ended = runtime.map_err(Into::into).and_then(|runtime| runtime.block_on(run(cli.command)));
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            drop(writeln!(std::io::stderr(), "eroom: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Demo(args) => demo::run(args).await,
        Command::Serve(args) => serve::run(args).await,
        Command::Worker(args) => serve::work(&args).await,
        Command::Sandbox { args, command: None } => sandbox::run(args).await,
        Command::Sandbox { command: Some(SandboxCommand::Operations { markdown, json }), .. } => {
            sandbox::operations(markdown, json)
        }
        Command::Admin { config, command } => admin::run(&config, command).await,
        Command::Rooms { config, command } => rooms::run(&config, command).await,
        Command::Zoom { config, command } => zoom::run(&config, command).await,
        Command::Doctor(args) => doctor::run(&args).await,
        Command::Verify(args) => verify::run(&args).await,
        Command::Backup(args) => keep::back_up(&args).await,
        Command::Restore(args) => keep::restore(&args).await,
        Command::Openapi => console::say(&web::openapi_json()?),
    }
}

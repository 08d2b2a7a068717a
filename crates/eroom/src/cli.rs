//! The command line: what can be asked of the binary, in words. Nothing here does anything.

use std::{net::SocketAddr, path::PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Put Zoom on your own site: rooms with a page each, joined in the browser.
#[derive(Debug, Parser)]
#[command(name = "eroom", version, propagate_version = true, subcommand_required = true, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Try everything on this computer, with a pretend Zoom and invented rooms. Ends without a trace.
    Demo(DemoArgs),
    /// Run the site: pages, JSON API, webhooks and (unless --no-worker) the background work.
    Serve(ServeArgs),
    /// Run the background work only, beside a `serve --no-worker` that shares the database.
    Worker(ConfigArgs),
    /// Run the pretend Zoom alone, for trying and testing Zoom clients.
    #[command(args_conflicts_with_subcommands = true)]
    Sandbox {
        #[command(flatten)]
        args: SandboxArgs,
        #[command(subcommand)]
        command: Option<SandboxCommand>,
    },
    /// Create logins and tokens from this machine.
    Admin {
        #[command(flatten)]
        config: ConfigArgs,
        #[command(subcommand)]
        command: AdminCommand,
    },
    /// List, create, show and delete rooms from this machine.
    Rooms {
        #[command(flatten)]
        config: ConfigArgs,
        #[command(subcommand)]
        command: RoomsCommand,
    },
    /// Find Zoom's operations and run them from this machine.
    Zoom {
        #[command(flatten)]
        config: ConfigArgs,
        #[command(subcommand)]
        command: ZoomCommand,
    },
    /// Say what works with the Zoom account and what to add where; fails where something that is wanted is off.
    Doctor(DoctorArgs),
    /// Compare the connected account's answers with Zoom's documents and with the sandbox; the report holds no secret and
    /// nothing about anybody.
    Verify(VerifyArgs),
    /// Write everything in the database to one file, while the site runs. The key is not in it.
    Backup(BackupArgs),
    /// Take a backup in, into an empty database of either engine.
    Restore(RestoreArgs),
    /// Print the OpenAPI document of the JSON API.
    Openapi,
}

#[derive(Args, Debug)]
pub(crate) struct BackupArgs {
    #[command(flatten)]
    pub(crate) config: ConfigArgs,
    /// The file to write.
    pub(crate) file: PathBuf,
    /// Replace an earlier backup that is there; nothing else is replaced.
    #[arg(long)]
    pub(crate) force: bool,
}

#[derive(Args, Debug)]
pub(crate) struct RestoreArgs {
    #[command(flatten)]
    pub(crate) config: ConfigArgs,
    /// The backup.
    pub(crate) file: PathBuf,
    /// Leave out what the key does not open, and say what has to be entered again.
    #[arg(long)]
    pub(crate) without_secrets: bool,
}

#[derive(Args, Debug)]
pub(crate) struct DoctorArgs {
    #[command(flatten)]
    pub(crate) config: ConfigArgs,
    /// Print one JSON object.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct VerifyArgs {
    #[command(flatten)]
    pub(crate) config: ConfigArgs,
    /// Make a meeting too, change it and delete it again.
    #[arg(long)]
    pub(crate) write: bool,
    /// Having read what --write costs, do it.
    #[arg(long)]
    pub(crate) yes: bool,
    /// Which Zoom account, by its name here or its id; without it the default one.
    #[arg(long, value_name = "NAME")]
    pub(crate) account: Option<String>,
    /// Write the report to this file (JSON).
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
    /// Print the report.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Where the configuration comes from. Every setting can also be given as EROOM_… in the environment.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct ConfigArgs {
    /// Configuration file (TOML). Without it: eroom.toml in the working folder, if there is one.
    #[arg(long, value_name = "FILE", global = true)]
    pub(crate) config: Option<PathBuf>,
    /// Folder for the database and the key.
    #[arg(long, value_name = "FOLDER", global = true)]
    pub(crate) data_dir: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct DemoArgs {
    /// Port of the site; 0 takes any free one.
    #[arg(long, default_value_t = 8080)]
    pub(crate) port: u16,
    /// Port of the pretend Zoom; 0 takes any free one.
    #[arg(long, default_value_t = 8081)]
    pub(crate) sandbox_port: u16,
    /// Keep the demo's data here. Without it everything is deleted at the end.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) data_dir: Option<PathBuf>,
    /// Print one JSON object with addresses and credentials when ready, for scripts and tests.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct ServeArgs {
    #[command(flatten)]
    pub(crate) config: ConfigArgs,
    /// Address to listen on.
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub(crate) listen: Option<SocketAddr>,
    /// Leave the background work to `eroom worker`.
    #[arg(long)]
    pub(crate) no_worker: bool,
    /// Serve a site that is connected to a sandbox instead of Zoom.
    #[arg(long)]
    pub(crate) allow_sandbox: bool,
    /// Print one JSON object with the address when ready, for scripts and tests.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct SandboxArgs {
    /// Port on the loopback address; 0 takes any free one.
    #[arg(long, default_value_t = 8081)]
    pub(crate) port: u16,
    /// Listen here instead of on loopback: whoever reaches it can do anything in this sandbox.
    #[arg(long, value_name = "ADDRESS:PORT", conflicts_with = "port")]
    pub(crate) listen: Option<SocketAddr>,
    /// Keep the sandbox's state in this file, and go on with what is there: another --plan, --seed, --seed-file
    /// or other scopes are refused then. Without it the state ends with the program.
    #[arg(long, value_name = "FILE")]
    pub(crate) state: Option<PathBuf>,
    /// Draw ids and secrets from this number: the same number and the same calls give the same ids.
    #[arg(long, value_name = "NUMBER")]
    pub(crate) seed: Option<u64>,
    /// Begin with the people, meetings and webinars in this file (JSON).
    #[arg(long, value_name = "FILE")]
    pub(crate) seed_file: Option<PathBuf>,
    /// Send webhooks to this host too, a name or an IP address, not only to this computer; may be repeated.
    #[arg(long, value_name = "HOST", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub(crate) webhook_allow: Vec<String>,
    /// What the pretend account has paid for: free, pro or business. Its limits follow. Without it business, or what the
    /// state file has.
    #[arg(long, value_name = "PLAN")]
    pub(crate) plan: Option<zoom_sandbox::Plan>,
    /// What the ready-made app was granted: every scope there is, or the set-up guide's only. Without it every one, or
    /// what the state file began with.
    #[arg(long, value_enum)]
    pub(crate) scopes: Option<Granted>,
    /// Leave this scope out of what the app was granted; may be repeated.
    #[arg(long, value_name = "SCOPE")]
    pub(crate) without_scope: Vec<String>,
    #[command(flatten)]
    pub(crate) reach: ReachArgs,
    /// Print one JSON object with addresses and credentials when ready, for scripts and tests.
    #[arg(long)]
    pub(crate) json: bool,
}

/// The scopes of the sandbox's ready-made app.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Granted {
    /// Every one: a client that has not been tried yet is refused nothing for want of a scope.
    All,
    /// Those of the set-up guide: what eRoom itself needs.
    Guide,
}

/// For Zoom clients whose addresses cannot be changed.
#[derive(Args, Debug)]
pub(crate) struct ReachArgs {
    /// Answer as zoom.us and api.zoom.us too, under TLS. Clients must trust the certificate in --ca-out.
    #[arg(long)]
    pub(crate) tls: bool,
    /// Port for that, and --tls with it; 0 takes any free one.
    #[arg(long, value_name = "PORT")]
    pub(crate) tls_port: Option<u16>,
    /// Run a proxy on loopback that leads Zoom's names here and nothing anywhere else; brings --tls along.
    #[arg(long)]
    pub(crate) proxy: bool,
    /// Port of the proxy, and --proxy with it; 0 takes any free one.
    #[arg(long, value_name = "PORT")]
    pub(crate) proxy_port: Option<u16>,
    /// Write the certificate that clients must trust here, and --tls with it. It is made at every start, vouches for
    /// zoom.us and names directly below it only, and ends after seven days. It is installed nowhere.
    #[arg(long, value_name = "FILE")]
    pub(crate) ca_out: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum SandboxCommand {
    /// List Zoom's operations and what the sandbox does with each.
    Operations {
        /// As the page of the reference, with every difference and choice.
        #[arg(long, conflicts_with = "json")]
        markdown: bool,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum AdminCommand {
    /// Create a login; prints a one-time address where its password is chosen.
    Create {
        /// What the login may do.
        #[arg(long, value_parser = ["owner", "admin", "host", "viewer"])]
        role: String,
        /// The address to sign in with.
        #[arg(long)]
        email: String,
        /// What the person is called; the address's first part where absent.
        #[arg(long)]
        name: Option<String>,
    },
    /// Make a token for the JSON API that acts as this login. Shown once.
    Token {
        /// The login.
        email: String,
        /// What the token is for, to recognise it later.
        #[arg(long, default_value = "command line")]
        name: String,
    },
    /// Give a login another role; it holds from the next request on.
    Role {
        /// The login.
        email: String,
        /// What it may do from now on.
        #[arg(value_parser = ["owner", "admin", "host", "viewer"])]
        role: String,
    },
    /// Print a one-time address where this login chooses a new password.
    Password {
        /// The login.
        email: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum ZoomCommand {
    /// List the operations that have all these words in their name, title, path or scope; one alone with its fields.
    Operations {
        /// Words, or an operation's whole name.
        search: Vec<String>,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Run an operation at the connected account and print the answer, secrets hidden. Fails where Zoom refuses.
    Call {
        /// Its name, such as `meetingCreate`; `master.webinarCreate` for one on an account below.
        operation: String,
        /// A field, such as `userId=me` or `settings.waiting_room=true`; may be repeated.
        #[arg(long, value_name = "NAME=VALUE")]
        param: Vec<String>,
        /// The body as a whole: JSON, @FILE, or - for standard input.
        #[arg(long, value_name = "JSON|@FILE|-")]
        body: Option<String>,
        /// Which Zoom account, by its name here or its id; without it the default one.
        #[arg(long, value_name = "NAME")]
        account: Option<String>,
        /// Send it although it changes something.
        #[arg(long)]
        yes: bool,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum RoomsCommand {
    /// List rooms, the next one first.
    List {
        /// As JSON.
        #[arg(long)]
        json: bool,
        /// Past rooms instead of coming ones.
        #[arg(long)]
        past: bool,
    },
    /// Create a room; it goes to Zoom as soon as `serve` or `worker` runs.
    Create {
        /// The title.
        title: String,
        /// Local date and time, such as 2026-11-30T18:30.
        #[arg(long, value_name = "LOCAL TIME")]
        starts_at: String,
        /// The zone of that time, such as Europe/Madrid.
        #[arg(long)]
        zone: String,
        /// The Zoom user who holds it: e-mail or id.
        #[arg(long)]
        host: String,
        /// A licensed Zoom user who may start it besides: e-mail or id; may be repeated.
        #[arg(long, value_name = "ALTERNATIVE HOST")]
        alternative_host: Vec<String>,
        /// Minutes.
        #[arg(long, default_value = "60")]
        duration: String,
        /// meeting or webinar.
        #[arg(long, default_value = "meeting")]
        kind: String,
        /// Leave it unpublished.
        #[arg(long)]
        draft: bool,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Show a room by id or slug.
    Show {
        /// Id or slug.
        room: String,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Delete a room here, and at Zoom unless --keep-at-zoom.
    Delete {
        /// Id or slug.
        room: String,
        /// Leave Zoom's meeting alone.
        #[arg(long)]
        keep_at_zoom: bool,
    },
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}

//! `eroom admin`: logins and tokens, made by whoever has a shell on this machine.

use anyhow::{Context as _, bail};
use model::{Email, Member, PersonName, Role};
use secrecy::ExposeSecret as _;
use service::{Actor, MemberDraft};

use crate::{
    cli::{AdminCommand, ConfigArgs},
    config::Config,
    console::say,
    house::House,
};

/// Runs one of the commands.
pub(crate) async fn run(args: &ConfigArgs, command: AdminCommand) -> anyhow::Result<()> {
    let house = House::for_command(&Config::load(args)?).await?;
    let actor = Actor::command_line();
    match command {
        AdminCommand::Create { role, email, name } => {
            let role: Role = role.parse().map_err(|problem| anyhow::anyhow!("--role {role:?} {problem}"))?;
            let email = parse_email(&email)?;
            let name = name.unwrap_or_else(|| email.as_str().split('@').next().unwrap_or_default().to_owned());
            let name = PersonName::parse(&name).map_err(|problem| anyhow::anyhow!("--name {problem}"))?;
            let draft = MemberDraft { email: email.clone(), name, role, password: None };
            house.service.create_member(&actor, draft).await.with_context(|| format!("cannot create {email}"))?;
            let link = house.service.password_link(&actor, &email).await?;
            say(&format!(
                "{email} is {role} now. Open this address once, within a day, to choose the password:\n{link}"
            ))
        }
        AdminCommand::Token { email, name } => {
            let member = find_member(&house, &actor, &email).await?;
            let token = house.service.create_api_token(&actor, member.id, &name, true).await?;
            say(token.expose_secret())
        }
        AdminCommand::Role { email, role } => {
            let role: Role = role.parse().map_err(|problem| anyhow::anyhow!("the role {role:?} {problem}"))?;
            let member = find_member(&house, &actor, &email).await?;
            house.service.set_role(&actor, member.id, role).await?;
            say(&format!("{} is {role} now.", member.email))
        }
        AdminCommand::Password { email } => {
            let email = parse_email(&email)?;
            let link =
                house.service.password_link(&actor, &email).await.with_context(|| format!("no link for {email}"))?;
            say(&format!("Open this address once, within a day, to choose a new password:\n{link}"))
        }
    }
}

async fn find_member(house: &House, actor: &Actor, email: &str) -> anyhow::Result<Member> {
    let email = parse_email(email)?;
    let members = house.service.members(actor).await?;
    let Some(found) = members.into_iter().find(|view| view.member.email == email) else {
        bail!("nobody signs in with {email}; `eroom admin create` makes a login");
    };
    Ok(found.member)
}

fn parse_email(raw: &str) -> anyhow::Result<Email> {
    Email::parse(raw).map_err(|problem| anyhow::anyhow!("{raw:?} {problem}"))
}

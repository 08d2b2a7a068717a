//! Examples of the members' pages other than rooms.

use jiff::Timestamp;
use model::{
    AuditId, ConnectionId, Email, Feature, Host, InboxId, Member, MemberId, PersonName, Problem, Role, ZoomUserId,
};
use service::{
    ApiTokenView, AuditLine, ConnectionHealth, ConnectionView, Farewell, InboxLine, MemberView, Outcome, Step,
    StepName, TestReport,
    doctor::Held,
    quota::{AttemptView, HostView, LaneView, MinuteView, OthersView, QuotaView},
};
use url::Url;

use super::{
    account::{AccountPage, Made, TokenRow},
    accounts::{Accounts, DisconnectPage},
    audit::{AuditPage, Entry},
    hosts::{HostRow, HostsPage},
    inbox::{Arrived, InboxPage},
    inside::{Content, Shell},
    quota::QuotaPage,
    setup,
    team::{MemberForm, MemberRow, OneTimeLink, RemovePage, TeamPage},
    wrong::Wrong,
    zoom::ZoomPage,
};
use crate::{language::by_field, pages::Sample};

fn sample<P: Content>(name: &'static str, page: &P, role: Role) -> Sample {
    Sample::within(name, page, &Shell::of("Ada Okafor".into(), role, P::PLACE, None))
}

fn at(minutes: i64) -> Timestamp {
    Timestamp::from_second(1_796_061_600 + minutes * 60).unwrap()
}

fn member(seed: u8, name: &str, role: Role, hosts: &[&str]) -> MemberView {
    let member = Member {
        id: MemberId::from_parts(0, [seed; 10]),
        email: Email::parse(&format!("member{seed}@northlight.example")).unwrap(),
        name: PersonName::parse(name).unwrap(),
        role,
    };
    let hosts = hosts.iter().map(|id| ZoomUserId::parse(id).unwrap()).collect();
    MemberView { member, hosts, has_password: seed != 3 }
}

fn team() -> Vec<MemberView> {
    vec![
        member(1, "Ada Okafor", Role::Owner, &[]),
        member(2, "Lucía Marín", Role::Host, &["sbxUser1"]),
        member(3, "山田 花子", Role::Viewer, &[]),
    ]
}

fn hosts(may_link: bool, failed: Option<&str>) -> HostsPage {
    let host = |id: &str, name: &str, licensed, active| Host {
        id: ZoomUserId::parse(id).unwrap(),
        email: Email::parse("someone@northlight.example").unwrap(),
        name: name.into(),
        licensed,
        webinars: licensed.then_some(name.starts_with('L')),
        zone: licensed.then(|| "Europe/Madrid".into()),
        active,
    };
    let all = [
        host("sbxUser1", "Lucía Marín", true, true),
        host("sbxUser2", "Ben Carter", false, true),
        host("sbxUser3", "Gone Away", true, false),
    ];
    let team = if may_link { team() } else { Vec::new() };
    HostsPage {
        hosts: all.iter().map(|host| HostRow::of(host, None, &team)).collect(),
        may_refresh: may_link,
        may_link,
        may_connect: false,
        failed: failed.map(Into::into),
    }
}

fn team_page(wrong: &[model::Invalid], link: bool) -> TeamPage {
    let row = |view: &MemberView| MemberRow {
        id: view.member.id.to_string(),
        name: view.member.name.to_string(),
        email: view.member.email.to_string(),
        role: view.member.role.as_str(),
        hosts: view.hosts.iter().map(ToString::to_string).collect(),
        has_password: view.has_password,
        you: view.member.role == Role::Owner,
    };
    let url = "https://northlight.example/password/sample".to_owned();
    TeamPage {
        members: team().iter().map(row).collect(),
        form: MemberForm { name: String::new(), email: "not an address".into(), role: "host".into() },
        link: link.then(|| OneTimeLink { name: "山田 花子".into(), url, added: true }),
        problems: Wrong::of(wrong, &[("email", "email", "team-email")]).problems,
        errors: by_field(wrong),
    }
}

fn account(role: Role, made: bool, wrong: &[model::Invalid]) -> AccountPage {
    let token = |id: &str, used: bool| ApiTokenView {
        id: id.into(),
        name: "timetable import".into(),
        member: MemberId::from_parts(0, [2; 10]),
        created_at: at(-9_000),
        last_used_at: used.then(|| at(-3)),
    };
    AccountPage {
        name: "Ada Okafor".into(),
        email: "ada@northlight.example".into(),
        role: role.as_str(),
        hosts: vec!["Lucía Marín".into(), "Ben Carter".into()],
        tokens: [token("1", true), token("2", false)].iter().map(|token| TokenRow::of(token, None, &team())).collect(),
        token_name: String::new(),
        may_write: role != Role::Viewer,
        made: made.then(|| Made { name: "timetable import".into(), token: "sample-token".into() }),
        password_min: 12,
        problems: Wrong::of(wrong, &[("password", "password", "account-password-new")]).problems,
        errors: by_field(wrong),
    }
}

pub(super) fn connection(good: bool) -> ConnectionView {
    let step = |name, outcome| Step { name, outcome };
    let found = |found: &str| Outcome::Ok { found: found.into() };
    let users = if good {
        found("3 users, 2 of them licensed.")
    } else {
        let reason =
            "Zoom answered 4711: the app lacks user:read:list_users:admin. Add it under Scopes and save again.";
        Outcome::Failed { reason: reason.into() }
    };
    let sdk = if good { found("The pair signs.") } else { Outcome::Skipped { reason: "No pair was given.".into() } };
    let steps = vec![
        step(StepName::Client, found("Zoom takes Client ID and Client Secret.")),
        step(StepName::Account, found("A sandbox; nothing reaches Zoom.")),
        step(StepName::Users, users),
        step(StepName::Sdk, sdk),
    ];
    ConnectionView {
        id: ConnectionId::from_parts(0, [4; 10]),
        name: if good { "Academy" } else { "Press office" }.into(),
        is_default: good,
        leaving: false,
        account_id: "sbxAccount00000000000".into(),
        client_id: "sbxClient000000000000".into(),
        has_client_secret: true,
        sdk_key: good.then(|| "sbxSdk00000000000000".into()),
        has_sdk_secret: good,
        has_webhook_secret: true,
        sdk_code: (!good).then(|| "3712".into()),
        sandbox: good,
        webhook_url: "https://northlight.example/webhooks/zoom/00000000-0000-7000-8000-000000000000".into(),
        webhooks_proven: good,
        last_report: Some(TestReport { steps, at: at(0) }),
        nobodys: if good { Vec::new() } else { vec!["northlight.example".into()] },
        allowed: model::AllowedHosts::parse("northlight.example").unwrap(),
        version: 1,
    }
}

/// With the guide's scopes but one, and not everything wanted.
fn health(connection: &ConnectionView) -> ConnectionHealth {
    let guide = service::doctor::scopes_of_the_guide();
    let scopes: Vec<String> = guide.filter(|scope| *scope != "meeting:write:meeting:admin").map(Into::into).collect();
    let features = service::doctor::diagnose(&Held {
        scopes: Some(&scopes),
        sdk: connection.has_sdk_secret,
        secure: false,
        webhook_secret: connection.has_webhook_secret,
        asked: &Feature::AT_FIRST,
    });
    ConnectionHealth {
        id: connection.id,
        name: connection.name.clone(),
        leaving: connection.leaving,
        asked: Feature::AT_FIRST.to_vec(),
        granted: Some(scopes),
        features,
    }
}

fn zoom(connection: Option<&ConnectionView>, address: &str) -> ZoomPage {
    let log = Url::parse("http://127.0.0.1:9000/sandbox").unwrap();
    let health = connection.map(health);
    let accounts = Accounts::of(connection.map_or(&[], std::slice::from_ref), connection.map(|view| view.id));
    ZoomPage::of(&Url::parse(address).unwrap(), Some(&log), accounts, connection.zip(health.as_ref()))
}

/// How limits stand: an hour in which much was sent, or nothing yet.
fn quota(busy: bool) -> QuotaPage {
    let lane =
        |label, calls, seconds, a_day| LaneView { label, calls, seconds, used: 0, a_day, slowed: None, closed: None };
    let mut lanes = vec![
        lane("LIGHT", 30, 1, None),
        lane("MEDIUM", 20, 1, None),
        lane("HEAVY", 10, 1, Some(30_000)),
        lane("RESOURCE-INTENSIVE", 10, 60, Some(30_000)),
    ];
    let minute = |number: i64| MinuteView { at: at(number - 60), answered: 0, limited: 0, failed: 0 };
    let mut minutes: Vec<_> = (1..=60).map(minute).collect();
    let (mut hosts, mut others, mut attempts) = (Vec::new(), OthersView::default(), Vec::new());
    if busy {
        (lanes[0].used, lanes[0].slowed) = (412, Some((2, at(9))));
        (lanes[2].used, lanes[2].closed) = (30_000, Some(at(180)));
        (minutes[20].answered, minutes[21].answered, minutes[21].limited, minutes[40].failed) = (120, 90, 4, 3);
        let host = Host {
            id: ZoomUserId::parse("sbxUser1").unwrap(),
            email: Email::parse("ada@northlight.example").unwrap(),
            name: "Ada Okafor".into(),
            licensed: true,
            webinars: Some(true),
            zone: None,
            active: true,
        };
        hosts.push(HostView { host, used: 100, most: 100, full: true, waiting: 130, through: at(1_500) });
        others = OthersView { used: 4, waiting: 1 };
        attempts.push(AttemptView {
            at: at(-1),
            operation: "meetingCreate".into(),
            label: "LIGHT".into(),
            work: "person".into(),
            number: 2,
            waited_ms: 33,
            took_ms: 412,
            status: Some(429),
            outcome: "limited".into(),
        });
    }
    let connection = ConnectionId::from_parts(0, [4; 10]);
    let (plan, day_ends) = (model::ZoomPlan::Pro, at(180));
    QuotaPage::of(&QuotaView { connection, plan, share: 80, lanes, hosts, others, day_ends, minutes, attempts }, at(0))
}

/// The pages, in their states.
pub(crate) fn samples() -> Vec<Sample> {
    [of_people_and_logs(), of_zoom()].concat()
}

fn of_zoom() -> Vec<Sample> {
    let mut refused = zoom(Some(&connection(false)), "http://rooms.example");
    refused.outcome = Some("zoom-test-failed");
    let mut wrong = zoom(None, "https://northlight.example");
    wrong.errors = by_field(&[Problem::Missing.at("account_id")]);
    let (fresh, half, ask) = setup::samples();
    let (first, mut second) = (connection(true), connection(false));
    second.id = ConnectionId::from_parts(0, [5; 10]);
    let mut several = zoom(Some(&second), "https://northlight.example");
    several.accounts = Accounts::of(&[first.clone(), second.clone()], Some(second.id));
    let mut another = zoom(None, "https://northlight.example");
    another.accounts = Accounts::of(std::slice::from_ref(&first), Some(second.id));
    let farewell = Farewell { rooms: 12, coming: 5, live: 1, removals: 0, stays: 2, given_up: 0, waits_for: None };
    let mut unsaid = DisconnectPage::of(&first, farewell.clone());
    unsaid.errors = by_field(&[Problem::Missing.at("rooms"), Problem::Missing.at("password")]);
    second.leaving = true;
    let leaving = DisconnectPage::of(
        &second,
        Farewell {
            rooms: 7,
            coming: 0,
            live: 0,
            removals: 3,
            stays: 0,
            given_up: 1,
            waits_for: Some("Zoom did not answer in time.".into()),
        },
    );
    let none = Farewell { rooms: 0, coming: 0, live: 0, removals: 0, stays: 0, given_up: 0, waits_for: None };
    let empty = DisconnectPage::of(&first, none);
    let mut unsure = quota(false);
    (unsure.share, unsure.errors) = ("all".into(), by_field(&[Problem::NotNumber.at("share")]));
    vec![
        sample("setup", &fresh, Role::Owner),
        sample("setup, half of it done", &half, Role::Owner),
        sample("setup, to send", &ask, Role::Owner),
        sample("quota", &quota(true), Role::Owner),
        sample("quota, nothing sent", &unsure, Role::Owner),
        sample("zoom, nothing yet", &wrong, Role::Owner),
        sample("zoom, sandbox", &zoom(Some(&connection(true)), "http://127.0.0.1:8080"), Role::Owner),
        sample("zoom, half", &refused, Role::Owner),
        sample("zoom, the second of two", &several, Role::Owner),
        sample("zoom, one more", &another, Role::Owner),
        sample("disconnect", &DisconnectPage::of(&first, farewell), Role::Owner),
        sample("disconnect, unsaid", &unsaid, Role::Owner),
        sample("disconnect, on its way", &leaving, Role::Owner),
        sample("disconnect, no rooms", &empty, Role::Owner),
    ]
}

fn of_people_and_logs() -> Vec<Sample> {
    let event = |event: &str, outcome: Option<&str>| InboxLine {
        id: InboxId::from_parts(0, [5; 10]),
        event: event.into(),
        event_at: at(-2),
        received_at: at(-1),
        outcome: outcome.map(Into::into),
    };
    let events =
        [event("meeting.started", Some("applied")), event("webinar.ended", None), event("user.created", Some("seen"))];
    let inbox = |lines: &[InboxLine]| InboxPage {
        lines: lines.iter().map(Arrived::from).collect(),
        more: None,
        may_connect: true,
    };
    let line = AuditLine {
        id: AuditId::from_parts(0, [6; 10]),
        at: at(-7),
        actor: "Ada Okafor".into(),
        action: "room-created".into(),
        subject: "Kitchen Spanish".into(),
        detail: String::new(),
    };
    let audit = |lines: &[AuditLine]| AuditPage {
        lines: lines.iter().map(Entry::from).collect(),
        more: (!lines.is_empty()).then_some(200),
    };
    let nobody = HostsPage { hosts: Vec::new(), may_connect: true, ..hosts(false, None) };
    vec![
        sample("hosts", &hosts(true, None), Role::Owner),
        sample("hosts for a viewer", &hosts(false, None), Role::Viewer),
        sample("hosts, Zoom asleep", &hosts(true, Some("Zoom did not answer in time. Try again.")), Role::Owner),
        sample("no hosts", &nobody, Role::Owner),
        sample("team", &team_page(&[], true), Role::Owner),
        sample("team, wrong", &team_page(&[Problem::NotEmail.at("email")], false), Role::Owner),
        sample("remove a member", &RemovePage { id: "1".into(), name: "Lucía Marín".into() }, Role::Owner),
        sample("account", &account(Role::Owner, true, &[]), Role::Owner),
        sample(
            "account, wrong",
            &account(Role::Viewer, false, &[Problem::TooShort { min: 12 }.at("password")]),
            Role::Viewer,
        ),
        sample("inbox", &inbox(&events), Role::Admin),
        sample("inbox, empty", &inbox(&[]), Role::Owner),
        sample("audit", &audit(&[line]), Role::Admin),
        sample("audit, empty", &audit(&[]), Role::Admin),
    ]
}

mod tests {
    use crate::pages::{Pages, SiteView};

    /// The pages that members see most; the others are only rendered.
    const KEPT: [&str; 13] = [
        "rooms",
        "rooms, none",
        "edit room",
        "room, all wrong",
        "a room",
        "a room refused",
        "start for another",
        "delete",
        "hosts",
        "team",
        "account",
        "quota",
        "zoom, half",
    ];

    fn steady(html: &str) -> String {
        let mut pieces = html.split("/static/");
        let mut out = pieces.next().unwrap().to_owned();
        for piece in pieces {
            out.push_str("/static/…/");
            out.push_str(piece.split_once('/').unwrap().1);
        }
        // The list of zones belongs to the time-zone database.
        match (out.find("<datalist"), out.find("</datalist>")) {
            (Some(from), Some(to)) => format!("{}{}", &out[..from], &out[to..]),
            _ => out,
        }
    }

    #[test]
    fn the_main_pages_look_as_they_did() {
        let pages = Pages::load(None).unwrap();
        let site = service::Site {
            name: "Northlight Academy".into(),
            accent_hue: 205,
            sandbox: true,
            demo: false,
            connected: true,
            leaving: false,
            public_url: "http://localhost:8080/".parse().unwrap(),
        };
        let site = SiteView::new(&site, None, true);
        for sample in super::super::samples() {
            let html = pages.render(&site, sample.template, sample.page, sample.shell).unwrap();
            if KEPT.contains(&sample.name) {
                let name = format!("admin {}", sample.name).replace([' ', ','], "_");
                insta::with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "../../snapshots" }, {
                    insta::assert_snapshot!(name, steady(&html));
                });
            }
        }
    }
}

//! Stories of the Marketplace's pages: somebody walks through the set-up guide, and looks after their apps later.

use reqwest::header;
use serde_json::json;

use crate::{
    story::{Story, builder, send},
    visitor::{INFORMATION, SENTENCE, Visitor, WRITE, copyable},
    webhooks::Receiver,
};

#[tokio::test]
async fn the_guides_walk_for_a_server_to_server_app_ends_with_a_meeting() {
    let story = Story::begin().await;
    let nobody = Visitor { story: &story, cookie: String::new() };
    assert_eq!(nobody.got("").await.headers()[header::LOCATION], "/marketplace/sign-in");
    let page = nobody.page("/sign-in").await;
    assert!(page.contains("Continue as Ada Okafor (sandbox)") && page.contains(SENTENCE));
    assert!(!page.contains("type=\"password\""));

    let ada = Visitor::sign_in(&story, "Ada Okafor").await;
    let page = ada.page("").await;
    assert!(
        page.contains("<summary>Develop</summary>") && page.contains("href=\"/marketplace/develop/create\">Build App")
    );
    assert!(ada.page("/develop/create").await.contains("Server-to-Server OAuth App"));
    assert!(ada.page("/develop/create?kind=server-to-server").await.contains("name=\"name\""));
    assert!(
        ada.refused("/develop/create", &[("kind", "server-to-server"), ("name", " ")]).await.contains("Enter a name")
    );
    let app = ada.build("server-to-server", "Our site").await;
    let page = ada.page(&format!("{app}/credentials")).await;
    assert_eq!(copyable(&page, "Account ID"), story.zoom.credentials().account_id);
    assert_eq!((copyable(&page, "Client ID").len(), copyable(&page, "Client Secret").len()), (22, 32));

    let mut form = INFORMATION.to_vec();
    form.push(("continue", "yes"));
    assert_eq!(ada.post(&format!("{app}/information"), &form).await, format!("{app}/feature?done=saved"));
    let page = ada.page(&format!("{app}/feature")).await;
    assert!(page.contains(&format!("<a href=\"/marketplace{app}/scopes\">skip it")), "{page}");

    let page = ada.page(&format!("{app}/scopes/add?q=create+meeting+user")).await;
    assert!(page.contains("Create a meeting for a user <code>(meeting:write:meeting:admin)"), "{page}");
    assert!(page.contains("<legend>View and manage all user meetings</legend>"));
    assert!(!page.contains("user:read:zak:admin"));
    let path = format!("{app}/scopes/add");
    assert_eq!(
        ada.post(&path, &[("q", "create meeting user"), ("scope", WRITE)]).await,
        format!("{app}/scopes?done=scopes")
    );

    assert_eq!(ada.ask_token(&app).await.0, 404, "not activated yet");
    assert_eq!(ada.post(&format!("{app}/activate"), &[]).await, format!("{app}/activation?done=activated"));
    assert!(ada.page(&format!("{app}/activation?done=activated")).await.contains("The app is activated."));
    let token = ada.token(&app).await;
    let (status, made) = ada.create_meeting(&token).await;
    assert_eq!((status, &made["host_email"]), (201, &json!("ada@northlight.example")), "{made}");
}

#[tokio::test]
async fn the_guides_walk_for_a_general_app_ends_with_credentials_that_sign_for_the_meeting_sdk() {
    let story = Story::begin().await;
    let ada = Visitor::sign_in(&story, "Ada Okafor").await;
    let app = ada.build("general", "In the browser").await;
    let save = |url: &'static str| [("name", "In the browser"), ("managed", "admin"), ("redirect_url", url)];
    for wrong in ["http://yourwebsite.com", "yourwebsite.com"] {
        let page = ada.refused(&format!("{app}/basic"), &save(wrong)).await;
        assert!(page.contains("begins with https://") && page.contains(&format!("value=\"{wrong}\"")), "{page}");
    }
    for good in ["https://yourwebsite.com", "http://localhost:8080/back", ""] {
        ada.post(&format!("{app}/basic"), &save(good)).await;
    }
    let page = ada.page(&format!("{app}/basic")).await;
    let (development, production) = page.split_once("App Credentials: Production").unwrap();
    let (id, secret) = (copyable(development, "Client ID"), copyable(development, "Client Secret"));
    assert_ne!(id, copyable(production, "Client ID"));
    assert_eq!(story.zoom.world().sdk_secret(&id), None, "the Meeting SDK is off");
    ada.post(&format!("{app}/embed"), &[("meeting_sdk", "yes")]).await;
    assert_eq!(story.zoom.world().sdk_secret(&id), Some(secret.clone()));
    ada.post(&format!("{app}/scopes/add"), &[("scope", "user:read:zak:admin")]).await;
    assert!(ada.page(&format!("{app}/scopes")).await.contains("View a user&#x27;s Zoom Access Key"));

    let form = [("grant_type", "client_credentials")];
    let (status, body) = send(story.http.post(story.zoom.oauth()).basic_auth(&id, Some(&secret)).form(&form)).await;
    assert_eq!((status, &body["scope"]), (200, &json!("user:read:zak:admin")), "no activation is needed");
    ada.post(&format!("{app}/secret"), &[("of", "production")]).await;
    assert_eq!(story.zoom.world().sdk_secret(&id), Some(secret), "only the production pair has a new secret");
    ada.post(&format!("{app}/embed"), &[]).await;
    assert_eq!(story.zoom.world().sdk_secret(&id), None);
}

#[tokio::test]
async fn incomplete_information_blocks_activation_with_the_reason_at_the_field() {
    let story = Story::begin().await;
    let ada = Visitor::sign_in(&story, "Ada Okafor").await;
    let app = ada.build("server-to-server", "Half done").await;
    let page = ada.refused(&format!("{app}/activate"), &[]).await;
    assert!(page.contains("id=\"company_name-problem\">Enter the company&#x27;s name."), "{page}");
    assert_eq!(ada.got(&format!("{app}/activate")).await.status(), 303, "the address of that page is not a dead end");
    assert!(page.contains("aria-describedby=\"developer_email-problem "));
    assert!(ada.page(&format!("{app}/activation")).await.contains("cannot be activated yet"));

    let mut form = INFORMATION.to_vec();
    form[4].1 = "not an address";
    let page = ada.refused(&format!("{app}/information"), &form).await;
    assert!(page.contains("This is not an e-mail address.") && page.contains("value=\"not an address\""));
    form[4].1 = "";
    ada.post(&format!("{app}/information"), &form).await;
    assert!(!ada.refused(&format!("{app}/activate"), &[]).await.contains("company_name-problem"));
    assert_eq!(ada.ask_token(&app).await.0, 404);

    ada.post(&format!("{app}/information"), &INFORMATION).await;
    ada.post(&format!("{app}/activate"), &[]).await;
    let page = ada.refused(&format!("{app}/information"), &form).await;
    assert!(page.contains("developer_email-problem"), "an active app does not lose what it needs");
}

#[tokio::test]
async fn a_scope_that_was_taken_away_is_missing_from_new_tokens_only() {
    let story = Story::begin().await;
    let ada = Visitor::sign_in(&story, "Ada Okafor").await;
    let app = ada.active_app("Site", &[WRITE, "user:read:user:admin"]).await;
    let old = ada.token(&app).await;
    assert!(ada.page(&format!("{app}/scopes")).await.contains(WRITE));
    ada.post(&format!("{app}/scopes/remove"), &[("scope", WRITE)]).await;
    assert_eq!(ada.create_meeting(&old).await.0, 201, "tokens keep what they were issued with");
    let (status, body) = ada.create_meeting(&ada.token(&app).await).await;
    assert_eq!((status, &body["code"]), (400, &json!(4711)));

    let path = format!("{app}/scopes/add");
    ada.post(&path, &[("q", "zak"), ("scope", "user:read:zak:admin"), ("scope", "no:such:scope")]).await;
    let page = ada.page(&format!("{app}/scopes")).await;
    assert!(page.contains("user:read:user:admin") && page.contains("user:read:zak:admin"), "what a search hid stays");
    assert!(!page.contains("no:such:scope"));
    ada.post(&path, &[("q", "")]).await;
    assert!(ada.page(&format!("{app}/scopes")).await.contains("The app may do nothing yet."));
}

#[tokio::test]
async fn a_deactivated_app_gets_no_token_and_a_deleted_ones_token_is_refused() {
    let story = Story::begin().await;
    let ada = Visitor::sign_in(&story, "Ada Okafor").await;
    let app = ada.active_app("Site", &[WRITE]).await;
    let token = ada.token(&app).await;
    ada.post(&format!("{app}/deactivate"), &[]).await;
    let disabled = json!({ "reason": "The application is disabled", "error": "invalid_client" });
    assert_eq!(ada.ask_token(&app).await, (404, disabled));
    assert_eq!(ada.create_meeting(&token).await.0, 401);
    ada.post(&format!("{app}/activate"), &[]).await;
    assert_eq!(ada.create_meeting(&token).await.0, 201);

    assert!(ada.page(&format!("{app}/delete")).await.contains("Delete Site?"));
    assert_eq!(ada.page("").await.matches(">Site</a>").count(), 1);
    assert_eq!(ada.post(&format!("{app}/delete"), &[]).await, "?done=deleted");
    assert_eq!(ada.create_meeting(&token).await.0, 401);
    assert!(!ada.page("").await.contains(">Site</a>"));
    let gone = ada.got(&format!("{app}/credentials")).await;
    assert_eq!(gone.status(), 404);
    assert!(gone.text().await.unwrap().contains(SENTENCE));
    assert_eq!(ada.sent(&format!("{app}/activate"), &[]).await.status(), 404);
}

#[tokio::test]
async fn a_regenerated_secret_takes_the_place_of_the_old_one() {
    let story = Story::begin().await;
    let ada = Visitor::sign_in(&story, "Ada Okafor").await;
    let app = ada.active_app("Site", &[WRITE]).await;
    let (id, old) = (ada.secret(&app, "Client ID").await, ada.secret(&app, "Client Secret").await);
    ada.post(&format!("{app}/secret"), &[("of", "development")]).await;
    let account = ada.secret(&app, "Account ID").await;
    let form = [("grant_type", "account_credentials"), ("account_id", &account)];
    let (status, body) = send(story.http.post(story.zoom.oauth()).basic_auth(&id, Some(old)).form(&form)).await;
    assert_eq!((status, &body["error"]), (400, &json!("invalid_client")));
    assert_eq!(ada.secret(&app, "Client ID").await, id);
    ada.token(&app).await;
}

#[tokio::test]
async fn a_receiver_is_validated_with_the_apps_own_secret_token_and_hears_what_was_chosen() {
    let story = Story::begin().await;
    let ada = Visitor::sign_in(&story, "Ada Okafor").await;
    let scopes = [WRITE, "meeting:read:meeting:admin"];
    let app = ada.active_app("Listener", &scopes).await;
    let path = format!("{app}/subscriptions");
    let page = ada.refused(&path, &[("name", "Rooms"), ("url", "https://elsewhere.example/hook")]).await;
    assert!(page.contains("id=\"url-problem\">Not subscribed:") && page.contains("value=\"Rooms\""));
    let secret = copyable(&ada.page(&format!("{app}/feature")).await, "Secret Token");
    let receiver = Receiver::listen(secret.clone()).await;
    let chosen = [("name", "Rooms"), ("url", receiver.url()), ("event", "meeting.created"), ("event", "no.such")];
    ada.post(&path, &chosen).await;
    let page = ada.page(&format!("{app}/feature")).await;
    assert!(page.contains(">meeting.created</span>"), "{page}");
    ada.create_meeting(&ada.token(&app).await).await;
    assert_eq!(receiver.events(1).await[0]["event"], "meeting.created");

    let (_, rest) = page.split_once("name=\"subscription\" value=\"").unwrap();
    ada.post(&format!("{path}/remove"), &[("subscription", rest.split('"').next().unwrap())]).await;
    ada.post(&format!("{app}/token"), &[]).await;
    let page = ada.page(&format!("{app}/feature")).await;
    assert!(page.contains("None yet."));
    assert_ne!(copyable(&page, "Secret Token"), secret);
}

#[tokio::test]
async fn a_member_makes_apps_without_role_permissions_and_sees_only_their_own() {
    let story = Story::begin().await;
    let ada = Visitor::sign_in(&story, "Ada Okafor").await;
    let hers = ada.build("server-to-server", "Ada's").await;
    let ben = Visitor::sign_in(&story, "Ben Carter").await;
    let page = ben.page("").await;
    assert!(page.contains("Your role is Member") && page.contains("No apps yet"), "{page}");
    assert_eq!(ben.got(&format!("{hers}/credentials")).await.status(), 404);
    assert_eq!(ben.sent(&format!("{hers}/delete"), &[]).await.status(), 404);
    let app = ben.active_app("Ben's", &["user:read:list_users:admin"]).await;
    assert!(ben.page(&format!("{app}/scopes")).await.contains("lacks role permissions"));
    assert!(ada.page("").await.contains("made by Ben Carter"), "an owner sees everybody's");
    let token = ben.token(&app).await;
    let (status, body) = send(story.http.get(format!("{}/users", story.zoom.api())).bearer_auth(token)).await;
    assert_eq!((status, &body["code"]), (400, &json!(4711)), "his role grants no such scope: {body}");
}

#[tokio::test]
async fn somebody_new_creates_an_account_and_is_somebody_else_than_the_others() {
    let story = Story::begin().await;
    let nobody = Visitor { story: &story, cookie: String::new() };
    let form = |email: &'static str| [("first_name", "Noor"), ("last_name", "Aziz"), ("email", email), ("role", "1")];
    assert!(nobody.refused("/accounts/new", &form("noor")).await.contains("Enter an e-mail address"));
    let page = nobody.refused("/accounts/new", &form("ada@northlight.example")).await;
    assert!(page.contains("is there already") && page.contains("value=\"Noor\""));
    let owner = [("first_name", "N"), ("last_name", "A"), ("email", "n@a.example"), ("role", "0")];
    assert!(nobody.refused("/accounts/new", &owner).await.contains("Choose one of the roles"));
    let answer = nobody.sent("/accounts/new", &form("noor@northlight.example")).await;
    let noor = Visitor::with_cookie_of(&story, &answer);
    let app = noor.active_app("Noor's", &[WRITE]).await;
    let (status, made) = noor.create_meeting(&noor.token(&app).await).await;
    assert_eq!((status, &made["host_email"]), (201, &json!("noor@northlight.example")));
    assert!(nobody.page("/sign-in").await.contains("Continue as Noor Aziz (sandbox)"));
    let forged = Visitor { story: &story, cookie: noor.cookie.replace("sbx", "sby") };
    assert_eq!(forged.got("").await.status(), 303);
    let out = noor.sent("/sign-out", &[]).await;
    assert!(out.headers()[header::SET_COOKIE].to_str().unwrap().contains("Max-Age=0"));
}

#[tokio::test]
async fn other_pages_and_names_may_not_use_it_and_long_forms_are_not_read() {
    let story = Story::begin().await;
    let ada = Visitor::sign_in(&story, "Ada Okafor").await;
    let before = ada.page("").await.matches("<li class=\"card\">").count();
    let form = [("kind", "general"), ("name", "Foreign")];
    for (name, value) in
        [(header::ORIGIN, "http://evil.example"), (header::ORIGIN, "null"), (header::HOST, "evil.example")]
    {
        let request = story.http.post(ada.url("/develop/create")).header(header::COOKIE, &ada.cookie).form(&form);
        assert_eq!(request.header(&name, value).send().await.unwrap().status(), 403, "{name}: {value}");
    }
    let long = "x".repeat(300 * 1024);
    assert_eq!(ada.sent("/develop/create", &[("kind", "general"), ("name", &long)]).await.status(), 413);
    assert_eq!(ada.page("").await.matches("<li class=\"card\">").count(), before);
}

#[tokio::test]
async fn what_people_type_is_text_and_never_markup() {
    let story = Story::begin().await;
    let ada = Visitor::sign_in(&story, "Ada Okafor").await;
    let app = ada.build("general", "<b>\"App\"</b>").await;
    for page in ["", &format!("{app}/basic"), &format!("{app}/delete"), "/develop/create?kind=%3Cb%3E"] {
        assert!(!ada.page(page).await.contains("<b>"), "{page}");
    }
    assert!(ada.page("").await.contains("&lt;b&gt;"));
    let search = ada.page(&format!("{app}/scopes/add?q=%22%3E%3Cb%3E")).await;
    assert!(!search.contains("<b>") && search.contains("No scope has all of these words"));
}

#[tokio::test]
async fn every_page_says_what_it_is_and_is_kept_by_a_sandbox_that_starts_again() {
    let folder = tempfile::tempdir().unwrap();
    let app = {
        let story = Story::with(builder().state_file(folder.path().join("zoom.json"))).await;
        let ada = Visitor::sign_in(&story, "Ada Okafor").await;
        let general = ada.build("general", "In the browser").await;
        let app = ada.active_app("Kept", &[WRITE]).await;
        let pages = ["credentials", "information", "feature", "scopes", "scopes/add", "activation", "delete"];
        let of_general = ["basic", "embed", "feature", "scopes", "activation"].map(|page| format!("{general}/{page}"));
        let rest =
            ["", "/develop/create", "/develop/create?kind=general", "/sign-in", "/accounts/new"].map(str::to_owned);
        for path in pages.map(|page| format!("{app}/{page}")).into_iter().chain(of_general).chain(rest) {
            let answer = ada.got(&path).await;
            assert_eq!(answer.status(), 200, "{path}");
            assert!(answer.headers()["content-security-policy"].to_str().unwrap().contains("default-src 'none'"));
            let page = answer.text().await.unwrap();
            assert!(page.contains(SENTENCE) && page.contains("content=\"noindex\""), "{path}");
            assert_eq!(page.matches("<h1>").count(), 1, "{path}");
            assert!(!page.contains("type=\"password\""), "{path}");
        }
        story.zoom.stop().await;
        app
    };
    let story = Story::with(builder().state_file(folder.path().join("zoom.json"))).await;
    let ada = Visitor::sign_in(&story, "Ada Okafor").await;
    assert_eq!(ada.create_meeting(&ada.token(&app).await).await.0, 201);
    for file in ["marketplace.css", "marketplace.js", "workbench.css"] {
        assert_eq!(ada.got(&format!("/static/{file}")).await.status(), 200, "{file}");
    }
}

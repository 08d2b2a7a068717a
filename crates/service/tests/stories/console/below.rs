//! An app in an account below, made at the pretend Marketplace: for what only the people there do.

use super::scene::Scene;

const INFORMATION: [(&str, &str); 5] = [
    ("name", "Site"),
    ("short_description", ""),
    ("company_name", "Northlight Academy"),
    ("developer_name", "Ada Okafor"),
    ("developer_email", "ada@northlight.example"),
];

/// A token of an app with this scope in the account `account`, made by its owner.
pub(super) async fn token(scene: &Scene, account: &str, scope: &str) -> String {
    let people = scene.house.sandbox.world().people();
    let owner = people.into_iter().find(|one| one.is_owner() && *one.account_id == *account).unwrap();
    let browser = Browser::sign_in(scene, &owner.id).await;
    let first = browser.post("/develop/create", &[("kind", "server-to-server"), ("name", "Console")]).await;
    let app = first.rsplit_once('/').unwrap().0.to_owned();
    browser.post(&format!("{app}/information"), &INFORMATION).await;
    browser.post(&format!("{app}/scopes/add"), &[("scope", scope)]).await;
    browser.post(&format!("{app}/activate"), &[]).await;
    let page = browser.page(&format!("{app}/credentials")).await;
    let of = |name: &str| {
        let (_, rest) = page.split_once(&format!("<dt>{name}</dt><dd><code>")).unwrap();
        rest.split('<').next().unwrap().to_owned()
    };
    scene.mint(&of("Account ID"), &of("Client ID"), &of("Client Secret")).await
}

struct Browser<'a> {
    scene: &'a Scene,
    cookie: String,
}

impl<'a> Browser<'a> {
    async fn sign_in(scene: &'a Scene, person: &str) -> Self {
        let nobody = Self { scene, cookie: String::new() };
        let answer = nobody.sent("/sign-in", &[("person", person)]).await;
        let set = answer.headers()["set-cookie"].to_str().unwrap();
        let cookie = set.split(';').next().unwrap().to_owned();
        Self { cookie, ..nobody }
    }

    fn url(&self, path: &str) -> String {
        format!("{}/marketplace{path}", self.scene.house.sandbox.base())
    }

    async fn sent(&self, path: &str, form: &[(&str, &str)]) -> reqwest::Response {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = self.scene.http.post(self.url(path)).header("origin", self.scene.house.sandbox.base());
        let request =
            request.header("cookie", &self.cookie).header("content-type", "application/x-www-form-urlencoded");
        request.body(body).send().await.unwrap()
    }

    /// Sends a form that is taken; the page it leads to, below `/marketplace`.
    async fn post(&self, path: &str, form: &[(&str, &str)]) -> String {
        let answer = self.sent(path, form).await;
        assert_eq!(answer.status(), 303, "{path}");
        let location = answer.headers()["location"].to_str().unwrap();
        location.strip_prefix("/marketplace").unwrap().to_owned()
    }

    async fn page(&self, path: &str) -> String {
        let answer = self.scene.http.get(self.url(path)).header("cookie", &self.cookie).send().await.unwrap();
        answer.text().await.unwrap().replace("&#x2f;", "/")
    }
}

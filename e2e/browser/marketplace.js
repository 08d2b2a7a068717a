// The way through the pretend Marketplace: who walks it comes back with the credentials of two apps.

/** What eRoom asks for, as `docs/guide/connect-your-zoom-account.md` lists it. */
export const SCOPES = [
  "user:read:list_users:admin", "user:read:user:admin", "user:read:token:admin", "user:read:zak:admin",
  "meeting:write:meeting:admin", "meeting:read:meeting:admin", "meeting:update:meeting:admin", "meeting:delete:meeting:admin",
  "meeting:read:list_meetings:admin", "meeting:update:status:admin",
  "webinar:write:webinar:admin", "webinar:read:webinar:admin", "webinar:update:webinar:admin", "webinar:delete:webinar:admin",
  "webinar:update:status:admin", "webinar:read:list_webinars:admin",
];

const INFORMATION = {
  "Short description": "Rooms on our own site.",
  "Company Name": "Northlight Academy",
  "Developer Contact Name": "Ada Okafor",
  "Developer Contact Email": "ada@northlight.example",
};

/** Signs in as one of the invented people; nobody has a password. */
export async function signIn({ page, hands }, base, name) {
  await page.goto(`${base}/marketplace`);
  await hands.press(page.getByRole("button", { name: `Continue as ${name} (sandbox)` }));
  await page.getByRole("heading", { name: "Apps", exact: true }).waitFor();
}

/** *Develop → Build App*, the type, a name. Answers the address of the new app. */
async function build({ page, hands }, kind, name) {
  await hands.press(page.getByText("Develop", { exact: true }));
  await hands.press(page.getByRole("navigation", { name: "Marketplace" }).getByRole("link", { name: "Build App" }));
  await hands.press(page.getByRole("link", { name: kind }));
  await hands.write(page.getByLabel("App name"), name);
  await hands.press(page.getByRole("button", { name: "Create", exact: true }));
  await page.getByRole("heading", { name, exact: true }).waitFor();
  return page.url().replace(/\/[a-z]+(\?.*)?$/, "");
}

/** A value with a copy button beside it. */
const shown = ({ page }, label) => page.getByRole("button", { name: `Copy ${label}`, exact: true }).getAttribute("data-copy");

const onward = async ({ page, hands }, role, step) => {
  await hands.press(page.getByRole(role, { name: "Continue", exact: true }));
  await page.getByRole("heading", { level: 2, name: step, exact: true }).waitFor();
};

/** Ticks scopes, each found by the search as somebody would who has the list of them beside the window. */
async function addScopes({ page, hands }, scopes) {
  await hands.press(page.getByRole("link", { name: "Add Scopes" }));
  for (const scope of scopes) {
    await hands.write(page.getByLabel("Search scopes"), scope);
    await hands.press(page.getByRole("checkbox", { name: `(${scope})` }));
  }
  await hands.press(page.getByRole("button", { name: "Done" }));
  await page.getByRole("heading", { level: 2, name: "Scopes", exact: true }).waitFor();
}

/** The app that schedules, by the steps of the guide. `look` is called on each page. */
export async function serverApp(someone, name, look = async () => {}, scopes = SCOPES) {
  const { page, hands } = someone;
  const app = await build(someone, "Create a Server-to-Server OAuth App", name);
  await look("credentials");
  const held = {
    account_id: await shown(someone, "Account ID"),
    client_id: await shown(someone, "Client ID"),
    client_secret: await shown(someone, "Client Secret"),
  };
  await onward(someone, "link", "Information");
  for (const [label, value] of Object.entries(INFORMATION)) await hands.write(page.getByLabel(label), value);
  await look("information");
  await onward(someone, "button", "Secret Token");
  held.webhook_secret = await shown(someone, "Secret Token");
  await look("feature");
  await hands.press(page.getByRole("link", { name: "skip it" }));
  await addScopes(someone, scopes);
  await look("scopes");
  await onward(someone, "link", "Activation");
  await hands.press(page.getByRole("button", { name: "Activate your app" }));
  await page.getByRole("status").filter({ hasText: "The app is activated." }).waitFor();
  await look("activation");
  return { app, held };
}

/** The app that joins. */
export async function generalApp(someone, name, look = async () => {}) {
  const { page, hands } = someone;
  const app = await build(someone, "Create a General App", name);
  await hands.write(page.getByLabel("OAuth Redirect URL"), "https://rooms.example");
  await look("basic");
  await onward(someone, "button", "Secret Token");
  await onward(someone, "link", "Embed");
  await hands.press(page.getByRole("switch", { name: "Meeting SDK" }));
  await look("embed");
  await onward(someone, "button", "Scopes");
  await addScopes(someone, ["user:read:zak:admin"]);
  await page.goto(`${app}/basic`);
  const held = {
    sdk_key: await shown(someone, "Development Client ID"),
    sdk_secret: await shown(someone, "Development Client Secret"),
  };
  const production = await shown(someone, "Production Client Secret");
  return { app, held, production };
}

/** Whether an app gets tokens: *Activation*. */
export async function activate({ page, hands }, app, on) {
  await page.goto(`${app}/activation`);
  await hands.press(page.getByRole("button", { name: on ? "Activate your app" : "Deactivate", exact: true }));
  await page.getByRole("status").filter({ hasText: on ? "is activated" : "is deactivated" }).waitFor();
}

/** Takes one scope away from an app, and gives it back. */
export async function withoutScope(someone, app, scope, meanwhile) {
  const { page, hands } = someone;
  await page.goto(`${app}/scopes`);
  await hands.press(page.getByRole("button", { name: `Remove ${scope}`, exact: true }));
  await page.getByRole("button", { name: `Remove ${scope}`, exact: true }).waitFor({ state: "detached" });
  await meanwhile();
  await page.goto(`${app}/scopes`);
  await addScopes(someone, [scope]);
}

/** The Meeting SDK of a General App: *Embed*. */
export async function switchSdk({ page, hands }, app) {
  await page.goto(`${app}/embed`);
  await hands.press(page.getByRole("switch", { name: "Meeting SDK" }));
  await hands.press(page.getByRole("button", { name: "Continue", exact: true }));
  await page.getByRole("heading", { level: 2, name: "Scopes", exact: true }).waitFor();
}

/** *Feature*, later: where events are to be sent. The sandbox validates the address before it is kept. */
export async function subscribe({ page, hands }, app, url) {
  await page.goto(`${app}/feature`);
  await hands.write(page.getByLabel("Subscription name"), "Rooms");
  await hands.write(page.getByLabel("Event notification endpoint URL"), url);
  await hands.press(page.getByRole("button", { name: "Validate and save" }));
  await page.getByRole("button", { name: `Remove ${url}` }).waitFor();
}

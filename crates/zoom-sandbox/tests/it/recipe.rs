//! The recipe for Rust of `docs/guide/ci.md`, as it stands there.

// The recipe begins here.
#[tokio::test]
async fn a_meeting_is_made() -> Result<(), Box<dyn std::error::Error>> {
    let zoom = zoom_sandbox::Sandbox::builder().start().await?;
    let (app, client) = (zoom.credentials(), reqwest::Client::builder().build()?);
    let form = [("grant_type", "account_credentials"), ("account_id", &app.account_id)];
    let asked = client.post(zoom.oauth()).basic_auth(&app.client_id, Some(&app.client_secret)).form(&form);
    let token: serde_json::Value = asked.send().await?.json().await?;
    let meeting = serde_json::json!({ "topic": "Made in CI", "type": 2 });
    let asked = client.post(format!("{}/users/me/meetings", zoom.api())).json(&meeting);
    let made = asked.bearer_auth(token["access_token"].as_str().unwrap_or_default()).send().await?;
    assert_eq!(made.status(), 201);
    Ok(())
}
// The recipe ends here.

#[test]
fn the_guide_shows_the_recipe_that_is_run() {
    let (guide, here) = (include_str!("../../../../docs/guide/ci.md"), include_str!("recipe.rs"));
    let (_, after) = here.split_once("// The recipe begins here.\n").unwrap();
    let (recipe, _) = after.split_once("// The recipe ends here.\n").unwrap();
    assert!(guide.contains(&format!("```rust\n{recipe}```\n")), "docs/guide/ci.md shows another recipe");
}

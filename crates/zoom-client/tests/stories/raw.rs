//! Any operation of the table by its name, against the sandbox.

use serde_json::json;
use zoom_client::{Error, Executed};
use zoom_spec::operation;

use crate::world::World;

#[tokio::test]
async fn a_meeting_is_made_read_changed_and_deleted_by_the_names_of_the_operations() {
    let world = World::begin().await;
    let zoom = &world.zoom;
    let call = |id: &str| operation(id).unwrap();
    let made =
        zoom.call(call("meetingCreate"), &["me".into()], &[], Some(&json!({ "topic": "By name" }))).await.unwrap();
    assert_eq!(made.status, 201);
    let number = made.json.unwrap()["id"].to_string();
    let changed =
        zoom.call(call("meetingUpdate"), std::slice::from_ref(&number), &[], Some(&json!({ "topic": "Again" }))).await;
    assert_eq!(changed.unwrap().json, None);
    let query = [("show_previous_occurrences", "true".to_owned())];
    let read = zoom.call(call("meeting"), std::slice::from_ref(&number), &query, None).await.unwrap().json.unwrap();
    assert_eq!(read["topic"], "Again");
    zoom.call(call("meetingDelete"), std::slice::from_ref(&number), &[], None).await.unwrap();
    let gone = zoom.call(call("meeting"), &[number], &[], None).await.unwrap_err();
    assert!(matches!(gone, Error::NotFound { code: 3001, .. }), "{gone:?}");
}

#[tokio::test]
async fn what_is_no_segment_of_a_path_is_sent_nowhere() {
    let world = World::begin().await;
    for params in [vec![], vec![String::new()], vec!["..".to_owned()], vec!["me".to_owned(), "me".to_owned()]] {
        let error = world.zoom.call(operation("user").unwrap(), &params, &[], None).await.unwrap_err();
        assert!(matches!(error, Error::Invalid { .. }) && error.executed() == Executed::No, "{error:?}");
    }
    assert_eq!(world.tokens(), 0, "not even a token was fetched");
}

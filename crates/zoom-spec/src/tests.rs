//! The packed table says what the text says, and requests find their operations.

use std::collections::HashSet;

use proptest::prelude::*;

use crate::{
    DocumentedError, Field, Kind, Level, Method, Place, Product, events, find, operation, operations,
    pack::{Pool, pack},
    scope, scopes, text,
    unpack::unpack,
};

fn all_text() -> Vec<text::TextOperation> {
    [
        (Product::Accounts, include_str!("../data/accounts.txt")),
        (Product::Users, include_str!("../data/users.txt")),
        (Product::Meetings, include_str!("../data/meetings.txt")),
        (Product::Events, include_str!("../data/zoom_events.txt")),
        (Product::Marketplace, include_str!("../data/marketplace.txt")),
    ]
    .into_iter()
    .flat_map(|(product, text)| text::operations(product, text).unwrap())
    .collect()
}

#[test]
fn the_packed_table_says_exactly_what_the_text_says() {
    let text = all_text();
    assert_eq!(text.len(), operations().len());
    for (said, packed) in text.iter().zip(operations()) {
        assert_eq!((&*said.id, said.level, said.method), (packed.id, packed.level, packed.method));
        assert_eq!(said.path, packed.path);
        assert_eq!((&*said.granular, &*said.classic), (&to_owned(packed.granular)[..], &to_owned(packed.classic)[..]));
        assert_eq!((&*said.roles, said.label), (&to_owned(packed.roles)[..], packed.label));
        assert_eq!((&*said.answers, said.answers[0]), (packed.answers, packed.success));
        assert_eq!(said.fields, packed.fields(), "{}", said.id);
        assert_eq!(said.errors, packed.errors(), "{}", said.id);
    }
}

#[test]
fn the_lists_of_events_and_scopes_say_exactly_what_the_text_says() {
    let said = text::events(include_str!("../data/webhooks.txt")).unwrap();
    let packed = events().iter().map(|event| text::TextEvent {
        name: event.name.into(),
        product: event.product,
        granular: to_owned(event.granular),
        classic: to_owned(event.classic),
    });
    assert_eq!(said, packed.collect::<Vec<_>>());
    let said = text::scopes(include_str!("../data/scopes.txt")).unwrap();
    let packed = scopes().iter().map(|scope| text::TextScope {
        status: scope.status,
        scope: scope.id.into(),
        title: scope.title.into(),
        product: scope.product.into(),
        group: scope.group.into(),
    });
    assert_eq!(said, packed.collect::<Vec<_>>());
}

fn to_owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn the_table_is_whole() {
    assert_eq!(operations().len(), 338);
    assert_eq!(operations().iter().map(|operation| operation.fields().len()).sum::<usize>(), 11167);
    assert_eq!((scopes().len(), events().len()), (49, 159));
    assert!(crate::table::BYTES.len() + include_str!(concat!(env!("OUT_DIR"), "/pool.txt")).len() < 160_000);
}

#[test]
fn an_operation_id_is_unique_within_its_product_and_level() {
    let mut seen = HashSet::new();
    for operation in operations() {
        assert!(seen.insert((operation.product, operation.level, operation.id)), "{} twice", operation.id);
    }
}

#[test]
fn what_is_sent_comes_before_the_members_of_the_answer() {
    for operation in operations() {
        let sent = operation.fields().iter().filter(|field| field.place != Place::Answer).count();
        assert_eq!(operation.sent().count(), sent, "{}", operation.id);
    }
}

#[test]
fn the_account_level_is_found_by_id_first() {
    assert_eq!(operation("webinarCreate").unwrap().path, "/users/{userId}/webinars");
    assert_eq!(
        crate::operation_at(Level::Master, "webinarCreate").unwrap().path,
        "/accounts/{accountId}/users/{userId}/webinars"
    );
    assert!(operation("meetingInvent").is_none());
}

#[test]
fn a_literal_segment_wins_over_a_parameter() {
    let id = |path| find(Method::Get, path).map(|(operation, params)| (operation.id, params));
    assert_eq!(id("/users/me/zak"), Some(("userZak", vec![])));
    assert_eq!(id("/users/email"), Some(("userEmail", vec![])));
    assert_eq!(id("/users/a%40b.example"), Some(("user", vec![("userId", "a@b.example".into())])));
    assert_eq!(id("/users/me/token"), Some(("userToken", vec![("userId", "me".into())])));
    assert_eq!(id("/users/me/zak/more"), None);
    assert_eq!(id(""), None);
}

#[test]
fn empty_segments_do_not_count_and_a_twice_encoded_uuid_stays_encoded_once() {
    let (status, params) = find(Method::Put, "//meetings/85746065/status").unwrap();
    assert_eq!((status.id, params), ("meetingStatus", vec![("meetingId", "85746065".into())]));
    assert_eq!(find(Method::Get, "/report/daily/").unwrap().0.path, "/report/daily");
    let (_, params) = find(Method::Get, "/past_meetings/%252Fajj%252B%253D%253D").unwrap();
    assert_eq!(params, [("meetingId", "%2Fajj%2B%3D%3D".into())]);
    assert_eq!(find(Method::Get, "/users/%zz%4").unwrap().1, [("userId", "%zz%4".into())]);
}

#[test]
fn every_operation_is_found_at_its_own_path() {
    for operation in operations() {
        let (found, _) = find(operation.method, operation.path).unwrap();
        assert_eq!((found.path, found.method), (operation.path, operation.method));
    }
}

#[test]
fn every_scope_of_the_guide_has_a_title_and_every_one_that_guards_an_operation_is_in_the_table() {
    let create = scope("meeting:write:meeting:admin").unwrap();
    assert_eq!(
        (create.title, create.product, create.group),
        ("Create a meeting for a user", "Meeting", "View and manage all user meetings")
    );
    for scope in scopes() {
        let guarded = operations().iter().any(|operation| operation.granular.contains(&scope.id));
        let gated = events().iter().any(|event| event.granular.contains(&scope.id));
        match scope.status {
            crate::Status::Endpoint => assert!(guarded, "{} guards nothing", scope.id),
            crate::Status::WebhookOnly => assert!(!guarded && gated, "{}", scope.id),
            crate::Status::Undocumented => assert!(!gated, "{}", scope.id),
        }
    }
}

#[test]
fn messages_are_filled_as_zoom_writes_them() {
    assert_eq!(crate::code::MEETING_NOT_FOUND.message_for("85746065"), "Meeting does not exist: 85746065.");
    assert_eq!(
        crate::code::missing_scopes(operation("meeting").unwrap().granular),
        "Invalid access token, does not contain scopes:[meeting:read:meeting, meeting:read:meeting:admin]."
    );
}

#[test]
fn a_bad_line_is_named() {
    let error = text::operations(Product::Users, "op users account GET /users\n  query page_size whole\n").unwrap_err();
    assert_eq!(error, "users, line 2: not a fact:   query page_size whole");
}

prop_compose! {
    fn any_field()(
        path in "[a-z_]{1,6}(\\[\\])?(\\.[a-z]{1,4}(\\[\\])?){0,3}",
        place in prop::sample::select(Place::ALL),
        kind in prop::sample::select(Kind::ALL),
        items in prop::option::of(prop::sample::select(Kind::ALL)),
        (required, deprecated, shown) in any::<(bool, bool, bool)>(),
        (min, max) in any::<(Option<i64>, Option<i64>)>(),
        choices in prop::collection::vec("[^\n]{0,8}", 0..4),
        format in prop::option::of("[a-z]{1,5}"),
        default in prop::option::of("[^\n]{0,8}"),
    ) -> Field {
        let choices = choices.into_iter().map(Into::into).collect();
        let (format, default) = (format.map(Into::into), default.map(Into::into));
        Field { path: path.into(), place, kind, items, required, deprecated, shown, min, max, choices, format, default }
    }
}

proptest! {
    #[test]
    fn unpacking_yields_what_was_packed(
        fields in prop::collection::vec(any_field(), 0..20),
        errors in prop::collection::vec((any::<u16>(), any::<u32>(), "[^\n]{0,30}"), 0..4),
    ) {
        let errors: Vec<_> = errors
            .into_iter()
            .map(|(status, code, message)| DocumentedError { status, code, message: message.into() })
            .collect();
        let mut pool = Pool::default();
        let bytes = pack(&fields, &errors, &mut pool);
        let joined = pool.joined();
        let texts: Vec<&str> = joined.split('\n').collect();
        prop_assert_eq!(unpack(&bytes, &texts), Some((fields, errors)));
    }

    #[test]
    fn any_bytes_are_refused_or_read_but_never_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        let _ = unpack(&bytes, &["a", "b"]);
    }

    #[test]
    fn any_path_is_found_or_not_but_never_a_panic(path in "\\PC{0,40}") {
        let _ = find(Method::Get, &path);
    }
}

//! Lists of rooms.

use model::{RoomKind, Title, ZoomUserId};
use rstest::rstest;
use store::{
    Engine, Store,
    room::{self, RoomFilter, When},
};

use crate::samples::{add_room, at, furnished, sample_room};

async fn slugs(store: &Store, filter: RoomFilter) -> Vec<String> {
    let page = room::list(&mut store.read().await.unwrap(), &filter, at(0)).await.unwrap();
    page.items.iter().map(|room| room.slug.to_string()).collect()
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_member_finds_rooms_by_time_kind_state_host_and_beginnings_of_words(#[case] engine: Engine) {
    let Some((store, connection)) = furnished(engine).await else { return };
    let mut past = sample_room(connection.id, "past", -500);
    past.title = Title::parse("Écriture créative").unwrap();
    past.kind = RoomKind::Webinar;
    let mut draft = sample_room(connection.id, "draft", 500);
    draft.published = false;
    draft.host = ZoomUserId::parse("sbxHost2").unwrap();
    let next = sample_room(connection.id, "next", 10);
    for room in [&past, &draft, &next] {
        add_room(&store, room).await;
    }
    let all = RoomFilter::default;
    assert_eq!(slugs(&store, all()).await, ["draft", "next", "past"]);
    assert_eq!(slugs(&store, RoomFilter { when: When::Coming, ..all() }).await, ["next", "draft"]);
    assert_eq!(slugs(&store, RoomFilter { when: When::Past, ..all() }).await, ["past"]);
    assert_eq!(slugs(&store, RoomFilter { kind: Some(RoomKind::Webinar), ..all() }).await, ["past"]);
    assert_eq!(slugs(&store, RoomFilter { published: Some(false), ..all() }).await, ["draft"]);
    assert_eq!(slugs(&store, RoomFilter { host: Some(draft.host.clone()), ..all() }).await, ["draft"]);
    assert_eq!(slugs(&store, RoomFilter { at_zoom: Some("live"), ..all() }).await, [""; 0]);
    assert_eq!(slugs(&store, RoomFilter { text: "ÉCRI".into(), ..all() }).await, ["past"]);
    assert_eq!(slugs(&store, RoomFilter { text: "span kitch week".into(), ..all() }).await, ["draft", "next"]);
    assert_eq!(slugs(&store, RoomFilter { text: "spanish cré".into(), ..all() }).await, [""; 0]);
    // A character that a pattern would understand is only a character.
    assert_eq!(slugs(&store, RoomFilter { text: "k%".into(), ..all() }).await, ["draft", "next"]);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn visitors_see_what_is_published_and_not_over_and_what_zoom_says_is_live(#[case] engine: Engine) {
    let Some((store, connection)) = furnished(engine).await else { return };
    let mut draft = sample_room(connection.id, "draft", 10);
    draft.published = false;
    let over = sample_room(connection.id, "over", -61);
    let overrunning = sample_room(connection.id, "overrunning", -90);
    let forgotten = sample_room(connection.id, "forgotten", -5000);
    for room in [&draft, &over, &overrunning, &forgotten, &sample_room(connection.id, "next", 10)] {
        add_room(&store, room).await;
    }
    let ids = [(overrunning.id, at(-90)), (forgotten.id, at(-5000)), (over.id, at(-61))];
    store
        .write(|mut tx| async move {
            for (id, started) in ids {
                room::started(&mut tx, id, started).await?;
            }
            room::ended(&mut tx, ids[2].0, at(-1)).await
        })
        .await
        .unwrap();
    let page = room::upcoming(&mut store.read().await.unwrap(), at(0), None).await.unwrap();
    let slugs: Vec<_> = page.items.iter().map(|room| room.slug.as_str()).collect();
    assert_eq!(slugs, ["overrunning", "next"]);
    assert_eq!(page.next, None);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_long_list_is_read_page_by_page_with_nothing_twice_and_nothing_left_out(#[case] engine: Engine) {
    let Some((store, connection)) = furnished(engine).await else { return };
    let (count, connection) = (2 * room::PAGE + 7, connection.id);
    store
        .write(|mut tx| async move {
            for n in 0..count {
                // Several rooms start at the same minute, so the id decides.
                let minute = i64::try_from(n / 10).unwrap();
                room::insert(&mut tx, &sample_room(connection, &format!("r{n}"), minute), at(0)).await?;
            }
            Ok::<_, store::Error>(())
        })
        .await
        .unwrap();
    let mut reader = store.read().await.unwrap();
    for when in [When::All, When::Coming] {
        let (mut seen, mut after, mut pages) = (Vec::new(), None, 0);
        loop {
            let filter = RoomFilter { when, after, ..RoomFilter::default() };
            let page = room::list(&mut reader, &filter, at(0)).await.unwrap();
            pages += 1;
            seen.extend(page.items.iter().map(|room| (room.schedule.starts_at(), room.id)));
            // A cursor survives an address.
            let Some(next) = page.next else { break };
            after = Some(next.to_string().parse().unwrap());
        }
        let mut sorted = seen.clone();
        sorted.sort();
        sorted.dedup();
        assert_eq!((sorted.len(), pages), (count, 3));
        if when == When::All {
            sorted.reverse();
        }
        assert_eq!(seen, sorted);
    }
}

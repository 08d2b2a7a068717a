//! Stories of a database that does not answer: who asks whether the site is ready is not kept waiting.

use std::time::{Duration, Instant};

use crate::house::{House, on_both_engines};

#[tokio::test]
async fn a_database_without_a_free_connection_is_said_to_be_away_before_a_load_balancer_gives_up() {
    on_both_engines!(house in |engine| House::unconnected(engine, &[]) => {
        house.service.ready().await.unwrap();
        let mut taken = Vec::new();
        while let Ok(Ok(reader)) = tokio::time::timeout(Duration::from_millis(300), house.kept.read()).await {
            taken.push(reader);
        }
        let asked = Instant::now();
        let not = house.service.ready().await.unwrap_err();
        assert!(not.what.contains("in time"), "{not:?}");
        assert!(asked.elapsed() < Duration::from_secs(5), "{:?}", asked.elapsed());
        drop(taken);
        house.service.ready().await.unwrap();
    });
}

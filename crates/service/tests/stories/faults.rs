//! A story of much trouble: tokens refused, limits, failures, cut lines and silence at random, while rooms are made,
//! changed and deleted. Nothing is lost, and nothing is there twice.

use std::collections::BTreeSet;

use clock::{Entropy as _, SeededEntropy};
use model::*;
use zoom_sandbox::Fault;

use crate::house::{House, on_both_engines};

const OPERATIONS: [&str; 6] = ["meetingCreate", "meetingUpdate", "meetingDelete", "meeting", "meetings", "token"];

/// Creations and changes before the next day begins: with those that are sent again fewer than the host's hundred.
const A_DAY: i32 = 50;

struct Dice(SeededEntropy);

impl Dice {
    fn below(&self, most: usize) -> usize {
        let mut bytes = [0; 4];
        self.0.fill(&mut bytes);
        usize::try_from(u32::from_le_bytes(bytes)).unwrap() % most
    }

    fn of<T: Copy>(&self, all: &[T]) -> T {
        all.get(self.below(all.len())).copied().unwrap()
    }

    /// Silence is rare: the client waits a quarter of a minute for it.
    fn fault(&self, hangs: bool) -> Fault {
        if hangs && self.below(40) == 0 {
            return self.of(&[Fault::Hang, Fault::HangAfter]);
        }
        let slow = Fault::SlowAfter { ms: 30 };
        let (cuts, fails) = ([Fault::CutBefore, Fault::CutAfter, Fault::CutMidAnswer], Fault::ServerError);
        self.of(&[cuts[0], cuts[1], cuts[2], fails, fails, Fault::Unauthorized, Fault::TooFast, slow])
    }
}

#[tokio::test]
async fn whatever_goes_wrong_with_calls_no_room_is_lost_and_none_is_there_twice() {
    let wanted = calls(60);
    on_both_engines!(house in House::on => {
        let dice = Dice(SeededEntropy::new(2026));
        let mut rooms: Vec<RoomId> = Vec::new();
        let (begun, mut planned) = (house.all_calls(), 0);
        // The rooms are still to come when the last of the days is over.
        let draft = |title: &str| house.draft_in(RoomKind::Meeting, title, 60 * 24 * 60);
        while house.all_calls() - begun < wanted {
            for _ in 0..dice.below(3) {
                house.sandbox.faults().next(dice.of(&OPERATIONS), 1, dice.fault(wanted >= 1_000));
            }
            match dice.below(4) {
                0 | 1 => {
                    let draft = draft(&format!("Room {}", rooms.len()));
                    rooms.push(house.service.create_room(&house.owner, draft).await.unwrap().room.id);
                    planned += 1;
                }
                2 if !rooms.is_empty() => {
                    let id = dice.of(&rooms);
                    let room = house.room(id).await;
                    let draft = draft(&format!("Changed {}", dice.below(1_000)));
                    house.service.edit_room(&house.owner, id, draft, room.version).await.unwrap();
                    planned += 1;
                }
                3 if !rooms.is_empty() => {
                    let id = rooms.swap_remove(dice.below(rooms.len()));
                    house.service.delete_room(&house.owner, id, true).await.unwrap();
                }
                _ => {}
            }
            house.later(7).await;
            if planned >= A_DAY {
                // The host's hundred of the day are nearly used up, and this story is not about them.
                house.later(24 * 60 * 60).await;
                planned = 0;
            }
        }
        house.sandbox.faults().clear();
        for _ in 0..3 {
            house.settle().await;
        }
        let mut numbers = BTreeSet::new();
        for id in &rooms {
            let room = house.room(*id).await;
            assert_eq!(room.at_zoom, AtZoom::Live, "{room:?}");
            let number = room.zoom_number.unwrap();
            let there = house.sandbox.world().meeting(number).unwrap();
            assert_eq!(there.topic, room.title.as_str());
            assert!(numbers.insert(number), "two rooms are one meeting");
        }
        let at_zoom: BTreeSet<i64> = house.sandbox.world().meetings().iter().map(|meeting| meeting.number).collect();
        assert_eq!(at_zoom, numbers, "every meeting is a room, and every room is one meeting");
    });
}

fn calls(few: u64) -> u64 {
    #[expect(clippy::disallowed_methods, reason = "how many calls is for who runs the tests to say")]
    std::env::var("EROOM_FAULT_CALLS").ok().and_then(|text| text.parse().ok()).unwrap_or(few)
}

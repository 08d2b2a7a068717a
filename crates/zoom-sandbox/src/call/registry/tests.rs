//! Calls as a whole, without sockets: tickets, seats, the world's news, and time.

use std::sync::PoisonError;

use clock::{SeededEntropy, SteeredClock};
use jiff::SignedDuration;

use super::*;
use crate::call::{CallKind, CallMeeting, Guest, Participant, Parting, ZakUser};

const NUMBER: u64 = 81_234_567_890;

#[derive(Debug, Default)]
struct World(Mutex<Vec<String>>);

impl World {
    fn told(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl CallWorld for World {
    fn meeting(&self, number: u64) -> Option<CallMeeting> {
        (number == NUMBER).then(|| CallMeeting {
            number,
            kind: CallKind::Meeting,
            topic: "Kitchen Spanish".into(),
            passcode: String::new(),
            waiting_room: false,
            join_before_host: true,
            mute_upon_entry: false,
            host_id: "hedda".into(),
            alternative_hosts: Vec::new(),
            needs_registration: false,
            sign_in: None,
            longest_minutes: None,
        })
    }
    fn participant_waiting(&self, _number: u64, _who: &Participant) {}
    fn participant_joined(&self, _number: u64, _who: &Participant) {}
    fn participant_gave_up(&self, _number: u64, _who: &Participant, _why: Parting) {}
    fn participant_left(&self, _number: u64, _who: &Participant, _why: Parting) {}
    fn said(&self, _number: u64, _who: &Participant, _text: &str) {}
    fn sdk_secret(&self, _client_id: &str) -> Option<String> {
        None
    }
    fn user_of_zak(&self, zak: &str, _now: Timestamp) -> Option<ZakUser> {
        (zak == "zak").then(|| ZakUser {
            id: "hedda".into(),
            email: "h@example.org".into(),
            display_name: "Hedda".into(),
            account_id: "ours".into(),
        })
    }
    fn guest(&self, _number: u64, token: &str, _now: Timestamp) -> Option<Guest> {
        (token == "personal").then(|| Guest {
            name: "Gail Guest".into(),
            email: "gail@example.org".into(),
            ..Guest::default()
        })
    }
    fn may_begin(&self, _number: u64) -> bool {
        true
    }
    fn call_started(&self, number: u64) {
        self.0.lock().unwrap().push(format!("started {number}"));
    }
    fn call_ended(&self, number: u64) {
        self.0.lock().unwrap().push(format!("ended {number}"));
    }
}

struct Scene {
    calls: Calls,
    world: Arc<World>,
    clock: Arc<SteeredClock>,
}

fn scene() -> Scene {
    let world = Arc::new(World::default());
    let clock = Arc::new(SteeredClock::still_at(Timestamp::from_second(1_800_000_000).unwrap()));
    let shared: SharedClock = Arc::<SteeredClock>::clone(&clock);
    let calls = Calls::new(Arc::<World>::clone(&world), shared, Arc::new(SeededEntropy::new(1)));
    Scene { calls, world, clock }
}

impl Scene {
    fn ticket(&self, name: &str) -> Result<String, Refusal> {
        self.calls.join_at_page(
            &serde_json::from_value(serde_json::json!({"meetingNumber": NUMBER, "userName": name})).unwrap(),
        )
    }

    fn host_ticket(&self) -> Result<String, Refusal> {
        let request = serde_json::json!({"meetingNumber": NUMBER, "zak": "zak"});
        self.calls.join_at_page(&serde_json::from_value(request).unwrap())
    }

    fn seat(&self, name: &str) -> Seat {
        self.calls.take_seat(&self.ticket(name).unwrap()).unwrap()
    }

    /// Moves the clock and does what is due, as the time-keeping task would.
    fn wait(&self, seconds: i64) {
        self.clock.advance(SignedDuration::from_secs(seconds));
        self.calls.tick();
    }
}

fn read(seat: &mut Seat) -> Vec<ToClient> {
    std::iter::from_fn(|| seat.outbox.try_recv().ok()).collect()
}

#[test]
fn the_first_seat_starts_the_call_and_the_last_one_to_leave_ends_it_once() {
    let scene = scene();
    let ada = scene.seat("Ada");
    assert_eq!(scene.world.told(), [format!("started {NUMBER}")]);
    let bob = scene.seat("Bob");
    scene.calls.hear(&ada, FromClient::Leave);
    assert_eq!(scene.world.told(), Vec::<String>::new());
    scene.calls.hear(&bob, FromClient::Leave);
    assert_eq!(scene.world.told(), [format!("ended {NUMBER}")]);
    scene.calls.socket_gone(&bob, Going::Closed);
    scene.wait(3600);
    assert_eq!(scene.world.told(), Vec::<String>::new());
    assert!(scene.calls.running().is_empty());
}

#[test]
fn a_ticket_nobody_uses_is_worth_nothing_after_a_minute_and_an_invented_one_never() {
    let scene = scene();
    let ticket = scene.ticket("Ada").unwrap();
    scene.wait(61);
    assert!(scene.calls.take_seat(&ticket).is_err());
    assert!(scene.calls.take_seat("0000").is_err());
    assert_eq!(scene.world.told(), Vec::<String>::new(), "nobody came, nothing started");
}

#[test]
fn a_broken_socket_comes_back_to_its_seat_and_hears_what_was_said_meanwhile() {
    let scene = scene();
    let ticket = scene.ticket("Ada").unwrap();
    let mut ada = scene.calls.take_seat(&ticket).unwrap();
    let bob = scene.seat("Bob");
    read(&mut ada);
    scene.calls.socket_gone(&ada, Going::Broken);
    scene.calls.hear(&bob, FromClient::Chat { text: "Are you there?".into() });
    scene.wait(5);
    let mut again = scene.calls.take_seat(&ticket).unwrap();
    assert_eq!(again.person, ada.person);
    let heard = read(&mut again);
    assert!(matches!(&heard[0], ToClient::Welcome(welcome) if welcome.people.len() == 2));
    assert!(matches!(&heard[1], ToClient::Chat { text, .. } if text == "Are you there?"), "{heard:?}");
    scene.calls.socket_gone(&ada, Going::Broken);
    scene.wait(60);
    assert_eq!(scene.calls.running()[0].people.len(), 2, "the old socket's end says nothing about the new one");
}

#[test]
fn a_broken_socket_that_does_not_come_back_is_gone_after_its_grace() {
    let scene = scene();
    let ada = scene.seat("Ada");
    let mut bob = scene.seat("Bob");
    scene.calls.socket_gone(&ada, Going::Broken);
    read(&mut bob);
    scene.wait(12);
    assert!(matches!(read(&mut bob)[..], [ToClient::Left { reason: Parting::Lost, .. }]));
}

#[test]
fn a_reload_rejoins_the_same_call_without_a_word_to_the_world() {
    let scene = scene();
    let ada = scene.seat("Ada");
    scene.world.told();
    scene.calls.socket_gone(&ada, Going::Closed);
    scene.wait(2);
    let again = scene.seat("Ada");
    scene.wait(60);
    assert_eq!(scene.world.told(), Vec::<String>::new());
    assert_ne!(again.person, ada.person);
    assert_eq!(scene.calls.running()[0].people.len(), 1);
}

#[test]
fn after_the_end_participants_hear_so_and_the_host_may_start_again() {
    let scene = scene();
    let mut ada = scene.seat("Ada");
    read(&mut ada);
    assert!(scene.calls.end(NUMBER));
    assert!(!scene.calls.end(NUMBER), "there is nothing left to end");
    assert_eq!(read(&mut ada), [ToClient::Closed { reason: Parting::Ended }]);
    assert_eq!(scene.ticket("Bob"), Err(Refusal::Ended));
    let host = scene.host_ticket().unwrap();
    scene.calls.take_seat(&host).unwrap();
    assert!(scene.ticket("Bob").is_ok());
    assert_eq!(scene.world.told().join(" "), format!("started {NUMBER} ended {NUMBER} started {NUMBER}"));
}

#[test]
fn late_comers_hear_ended_for_a_while_and_may_then_begin_anew() {
    let scene = scene();
    let _ada = scene.seat("Ada");
    scene.calls.end(NUMBER);
    scene.wait(119);
    assert_eq!(scene.ticket("Bob"), Err(Refusal::Ended));
    scene.wait(1);
    assert!(scene.ticket("Bob").is_ok());
}

#[test]
fn a_seat_that_was_free_when_the_ticket_was_given_may_be_taken_when_it_is_shown() {
    let scene = scene();
    let late = scene.ticket("Late").unwrap();
    let _seats: Vec<Seat> = (0..6).map(|at| scene.seat(&format!("P{at}"))).collect();
    assert!(matches!(scene.calls.take_seat(&late), Err(Refusal::Full)));
    assert_eq!(scene.ticket("Later"), Err(Refusal::Full));
}

#[test]
fn simulated_people_start_a_call_and_stay_until_it_is_ended() {
    let scene = scene();
    let names = ["Amara".to_owned(), "Jonas".to_owned()];
    assert_eq!(scene.calls.simulate(1, &names, None), Err(CannotBegin::NoSuchMeeting(1)));
    scene.calls.simulate(NUMBER, &names, Some("bring somebody".into())).unwrap();
    let mut ada = scene.seat("Ada");
    read(&mut ada);
    scene.wait(3);
    assert!(matches!(&read(&mut ada)[..], [ToClient::Chat { text, .. }] if text == "bring somebody"));
    scene.calls.socket_gone(&ada, Going::Closed);
    scene.wait(3600);
    assert!(scene.calls.is_running(NUMBER));
    assert_eq!(scene.world.told(), [format!("started {NUMBER}")]);
    scene.calls.end(NUMBER);
    assert_eq!(scene.world.told(), [format!("ended {NUMBER}")]);
}

#[test]
fn a_reader_that_does_not_keep_up_loses_its_socket_and_nobody_else_does() {
    let scene = scene();
    let slow = scene.seat("Slow");
    let mut quick = scene.seat("Quick");
    for at in 0..700 {
        scene.calls.hear(&slow, FromClient::Chat { text: format!("{at}") });
        assert!(!read(&mut quick).is_empty());
    }
    let mut slow = slow;
    let heard = read(&mut slow).len();
    assert!(heard < 700, "{heard}");
    assert!(slow.outbox.is_closed());
}

#[tokio::test]
async fn the_time_keeping_task_does_what_is_due_when_the_clock_reaches_it() {
    let scene = scene();
    scene.calls.start();
    let ada = scene.seat("Ada");
    let mut bob = scene.seat("Bob");
    read(&mut bob);
    scene.calls.socket_gone(&ada, Going::Broken);
    assert!(matches!(bob.outbox.recv().await, Some(ToClient::Changed { .. })));
    tokio::task::yield_now().await;
    scene.clock.advance(SignedDuration::from_secs(13));
    assert!(matches!(bob.outbox.recv().await, Some(ToClient::Left { reason: Parting::Lost, .. })));
    scene.calls.stop().await;
    assert!(matches!(bob.outbox.recv().await, Some(ToClient::Closed { reason: Parting::Stopped })));
}

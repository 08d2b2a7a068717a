//! What this crate signs, the sandbox's own reading of Zoom's rules accepts; what is wrong, it refuses.

use jiff::SignedDuration;
use zoom_client::{
    ExposeSecret as _, MeetingId,
    sdk::{self, Claims, Key, Role},
};
use zoom_sandbox::call::{SdkRole, verify_sdk_signature};

use crate::world::World;

#[tokio::test]
async fn two_readings_of_zooms_rules_agree() {
    let World { sandbox, .. } = World::begin().await;
    let credentials = sandbox.credentials();
    let key = Key::new(&credentials.sdk_key, &credentials.sdk_secret);
    let now = clock::Clock::now(&**sandbox.clock());
    let number = MeetingId::new(85_746_065_432).unwrap();
    let read = |signature: &str, number: u64, now: clock::Timestamp| {
        verify_sdk_signature(signature, number, now.as_second(), &|id| sandbox.world().sdk_secret(id))
    };
    for (role, theirs) in [(Role::Attendee, SdkRole::Participant), (Role::Host, SdkRole::Host)] {
        let signature = sdk::sign(&key, number, role, now).unwrap();
        let claims = read(signature.expose_secret(), number.get(), now).unwrap();
        assert_eq!((claims.app_key, claims.role), (credentials.sdk_key.clone(), theirs));
        assert!(read(signature.expose_secret(), 85_746_065_433, now).is_err(), "another meeting");
        let late = now.checked_add(SignedDuration::from_hours(3)).unwrap();
        assert!(read(signature.expose_secret(), number.get(), late).is_err(), "too late");
        assert!(sdk::inspect(&signature, &key, late).is_err());
    }
    for lasts in [*sdk::LASTS.start(), *sdk::LASTS.end()] {
        let claims = Claims::new(&key, number, Role::Attendee, now).lasting(lasts).video_webrtc_mode(true);
        let signature = claims.sign(&key, now).unwrap();
        read(signature.expose_secret(), number.get(), now).unwrap();
    }
    let wrong = Key::new(&credentials.sdk_key, "another secret");
    let signature = sdk::sign(&wrong, number, Role::Attendee, now).unwrap();
    assert!(read(signature.expose_secret(), number.get(), now).is_err());
    assert!(sdk::inspect(&signature, &key, now).is_err());
}

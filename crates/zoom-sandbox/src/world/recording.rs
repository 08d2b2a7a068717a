//! Cloud recordings: what is recorded of a call, when it can be had, and what becomes of it.

use std::fmt::Write as _;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use clock::{Entropy, Timestamp};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{Admission, Change, Instance, Licence, Meeting, Person, Plan, Registrant, Registration, State, ids, seal};
use crate::{
    media,
    wire::{instant, put},
};

/// How long Zoom works on a recording once it has stopped.
const PROCESSING: SignedDuration = SignedDuration::from_mins(2);
/// The setting that gives each participant a file.
const EACH_ALONE: &str = "recording.record_audio_file_each_participant";
/// How long what is in the trash can be recovered, and what deletes itself stays, in days.
pub(crate) const TRASH_DAYS: i64 = 30;

/// What one call left in the cloud.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recording {
    /// The UUID of the call.
    pub uuid: String,
    /// The number of the meeting or webinar.
    pub number: i64,
    /// Its type.
    pub code: u8,
    /// Whose it is.
    pub host_id: String,
    /// Its name: the meeting's, until somebody gives it another.
    pub topic: String,
    /// The meeting's time zone.
    pub timezone: String,
    /// When the call began.
    pub call_began: Timestamp,
    /// When recording began.
    pub started_at: Timestamp,
    /// When recording stopped; absent while it goes on.
    pub stopped_at: Option<Timestamp>,
    /// Whether subscribers know that it is there.
    pub announced: bool,
    /// Its files.
    pub files: Vec<RecordingFile>,
    /// What viewers type.
    pub password: String,
    /// What links carry in the passcode's place.
    pub play_passcode: String,
    /// What the link to all of it ends with.
    pub share_key: String,
    /// Settings that somebody has changed.
    pub settings: Map<String, Value>,
    /// Who registered to see it, and what they are asked.
    #[serde(default)]
    pub viewers: Registration,
}

/// A file of a recording.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecordingFile {
    /// In the form of a UUID.
    pub id: String,
    /// What it is.
    pub kind: FileKind,
    /// What it says, where it is a text.
    pub text: String,
    /// Its length in bytes.
    pub size: u64,
    /// What its links end with.
    pub key: String,
    /// When it was put in the trash.
    pub trashed_at: Option<Timestamp>,
}

/// What a file of a recording is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileKind {
    /// The picture.
    Video,
    /// The sound alone.
    Audio,
    /// What was said, with times.
    Transcript,
    /// What was written.
    Chat,
    /// The sound of one participant, whose name is its text.
    Voice,
}

impl FileKind {
    /// Zoom's `file_type`, `file_extension` and `recording_type`, and the media type.
    pub fn words(self) -> [&'static str; 4] {
        match self {
            Self::Video => ["MP4", "MP4", "shared_screen_with_speaker_view", "video/mp4"],
            Self::Audio => ["M4A", "M4A", "audio_only", "audio/mp4"],
            Self::Voice => ["M4A", "M4A", "audio_only_each_participant", "audio/mp4"],
            Self::Transcript => ["TRANSCRIPT", "VTT", "audio_transcript", "text/vtt; charset=utf-8"],
            Self::Chat => ["CHAT", "TXT", "chat_file", "text/plain; charset=utf-8"],
        }
    }
}

impl RecordingFile {
    fn new(entropy: &dyn Entropy, kind: FileKind, text: String) -> Self {
        let hex = hex::encode(ids::draw::<16>(entropy));
        let id =
            [0..8, 8..12, 12..16, 16..20, 20..32].map(|part| hex.get(part).unwrap_or_default().to_owned()).join("-");
        Self { id, kind, text, size: 0, key: ids::opaque(entropy, 40), trashed_at: None }
    }

    /// Whether it is in the trash, and can still be taken out.
    pub fn in_trash(&self, now: Timestamp) -> bool {
        self.trashed_at.is_some_and(|at| now.duration_since(at) < SignedDuration::from_hours(24 * TRASH_DAYS))
    }
}

impl Recording {
    /// From when it can be had; nothing while it goes on.
    pub fn ready_at(&self) -> Option<Timestamp> {
        self.stopped_at.map(|at| at.saturating_add(PROCESSING).unwrap_or(Timestamp::MAX))
    }

    /// Whether it can be had.
    pub fn is_ready(&self, now: Timestamp) -> bool {
        self.ready_at().is_some_and(|at| at <= now)
    }

    /// When it puts itself in the trash; nothing where it does not, or has done so.
    pub fn deletes_at(&self) -> Option<Timestamp> {
        let wanted = self.setting("auto_delete") == Some(&Value::Bool(true));
        let there = self.files.iter().any(|file| file.trashed_at.is_none());
        let life = SignedDuration::from_hours(24 * TRASH_DAYS);
        self.stopped_at.filter(|_| wanted && there).map(|at| at.saturating_add(life).unwrap_or(Timestamp::MAX))
    }

    /// How long was recorded, in seconds.
    pub fn seconds(&self) -> u32 {
        let stopped = self.stopped_at.unwrap_or(self.started_at);
        u32::try_from(stopped.duration_since(self.started_at).as_secs().max(0)).unwrap_or(u32::MAX)
    }

    /// The bytes of one of its files.
    pub fn bytes(&self, file: &RecordingFile) -> Vec<u8> {
        match file.kind {
            FileKind::Video => media::mp4(self.seconds()),
            FileKind::Audio | FileKind::Voice => media::m4a(),
            FileKind::Transcript | FileKind::Chat => file.text.clone().into_bytes(),
        }
    }

    /// Whether one registers before one sees it.
    pub fn is_on_demand(&self) -> bool {
        self.setting("on_demand") == Some(&Value::Bool(true))
    }

    /// Whether a link's token is that of somebody who may see it.
    pub fn admits(&self, token: &str) -> bool {
        let is_theirs =
            |one: &&Registrant| bool::from(subtle::ConstantTimeEq::ct_eq(one.token.as_bytes(), token.as_bytes()));
        self.viewers.registrants.iter().find(is_theirs).is_some_and(|one| one.admission == Admission::Approved)
    }

    /// One of its settings, as somebody set it.
    pub fn setting(&self, name: &str) -> Option<&Value> {
        self.settings.get(name)
    }
}

/// What was written, as Zoom writes it down: time since the recording began, name, words.
fn chat_text(recording: &Recording, instance: &Instance) -> String {
    let line = |line: &super::Line| {
        format!("{}\t {}:\t {}\r\n", since(recording, line.at).get(..8).unwrap_or_default(), line.by.name, line.text)
    };
    instance.chat.iter().map(line).collect()
}

/// The same as what was said: nobody speaks in the sandbox, so that what people wrote stands for it.
fn transcript(recording: &Recording, instance: &Instance) -> String {
    let mut text = "WEBVTT\r\n".to_owned();
    for (index, line) in instance.chat.iter().enumerate() {
        let (from, to) = (line.at, line.at.saturating_add(SignedDuration::from_secs(2)).unwrap_or(line.at));
        let words = line.text.replace(['\n', '\r'], " ").replace("-->", "→");
        let (from, to) = (since(recording, from), since(recording, to));
        // Writing into a text cannot fail.
        write!(text, "\r\n{}\r\n{from} --> {to}\r\n{}: {words}\r\n", index + 1, line.by.name).ok();
    }
    text
}

/// `01:02:03.004` since a recording began.
fn since(recording: &Recording, at: Timestamp) -> String {
    let ms = at.duration_since(recording.started_at).as_millis().max(0);
    let (seconds, ms) = (ms / 1000, ms % 1000);
    format!("{:02}:{:02}:{:02}.{ms:03}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// A token that lets whoever has it download the files of one recording until a time.
pub(crate) fn download_token(key: &str, uuid: &str, until: Timestamp) -> String {
    let claims = URL_SAFE_NO_PAD.encode(format!("{}.{uuid}", until.as_millisecond()));
    format!("sbx{claims}.{}", URL_SAFE_NO_PAD.encode(seal(key, &format!("download\n{claims}"))))
}

/// The recording that a download token is for, if it is one of ours and still good.
pub(crate) fn read_download_token(key: &str, token: &str, now: Timestamp) -> Option<String> {
    let (claims, given) = token.strip_prefix("sbx")?.split_once('.')?;
    let right = URL_SAFE_NO_PAD.encode(seal(key, &format!("download\n{claims}")));
    if !bool::from(subtle::ConstantTimeEq::ct_eq(given.as_bytes(), right.as_bytes())) {
        return None;
    }
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(claims).ok()?).ok()?;
    let (until, uuid) = text.split_once('.')?;
    (now.as_millisecond() < until.parse().ok()?).then(|| uuid.to_owned())
}

impl State {
    /// Whether a host's calls can be recorded in the cloud: a paid plan, a licence, and the setting.
    fn may_record(&self, host: &Person) -> bool {
        let paid = self.account(&host.account_id).is_some_and(|account| account.plan != Plan::Free);
        paid && host.licence == Licence::Licensed
            && self.setting(host, "recording.cloud_recording") == Value::Bool(true)
    }

    /// The next time at which something is to be told of a recording.
    pub(crate) fn next_recording(&self) -> Option<Timestamp> {
        let all = self.recordings.values().flatten();
        all.filter_map(|one| if one.announced { one.deletes_at() } else { one.ready_at() }).min()
    }
}

impl Change<'_> {
    /// Begins to record a call that is on. False where it is recorded already, or its host cannot record.
    pub(crate) fn begin_recording(&mut self, number: i64) -> bool {
        let Some(meeting) = self.state.meetings.get(number).map(|meeting| Meeting::clone(meeting)) else {
            return false;
        };
        let may = self.state.person_by_id(&meeting.host_id).is_some_and(|host| self.state.may_record(host));
        let known = self.state.recordings.get(&number).into_iter().flatten();
        if !may || meeting.started_at.is_none() || known.into_iter().any(|one| one.uuid == meeting.uuid) {
            return false;
        }
        let made = Recording {
            uuid: meeting.uuid.clone(),
            number,
            code: meeting.code,
            host_id: meeting.host_id.clone(),
            topic: meeting.topic.clone(),
            timezone: meeting.timezone.clone(),
            call_began: meeting.started_at.unwrap_or(self.now),
            started_at: self.now,
            stopped_at: None,
            announced: false,
            files: Vec::new(),
            password: ids::opaque(self.entropy, 9),
            play_passcode: ids::opaque(self.entropy, 32),
            share_key: ids::opaque(self.entropy, 40),
            settings: Map::new(),
            viewers: Registration::default(),
        };
        self.tell_recording(&meeting, "recording.started", &made);
        self.state.recordings.entry(number).or_default().push(made);
        true
    }

    /// The call is over, and so is what was recorded of it.
    pub(super) fn stop_recording(&mut self, meeting: &Meeting) {
        let (now, entropy) = (self.now, self.entropy);
        let mut held = self.state.instances.get(&meeting.number).into_iter().flatten();
        let instance = held.rfind(|held| held.uuid == meeting.uuid).cloned();
        let host = self.state.person_by_id(&meeting.host_id);
        let alone = host.is_some_and(|host| self.state.setting(host, EACH_ALONE) == Value::Bool(true));
        let people = instance.iter().flat_map(Instance::people).map(|stay| stay.name.clone());
        let voices: Vec<String> = people.filter(|_| alone).collect();
        let is_meant = |one: &&mut Recording| one.uuid == meeting.uuid && one.stopped_at.is_none();
        let all = self.state.recordings.get_mut(&meeting.number);
        let Some(open) = all.and_then(|all| all.iter_mut().rfind(is_meant)) else { return };
        open.stopped_at = Some(now);
        let mut files = vec![(FileKind::Video, String::new()), (FileKind::Audio, String::new())];
        if let Some(instance) = instance.filter(|instance| !instance.chat.is_empty()) {
            files.push((FileKind::Transcript, transcript(open, &instance)));
            files.push((FileKind::Chat, chat_text(open, &instance)));
        }
        files.extend(voices.into_iter().map(|name| (FileKind::Voice, name)));
        for (kind, text) in files {
            let mut file = RecordingFile::new(entropy, kind, text);
            file.size = u64::try_from(open.bytes(&file).len()).unwrap_or(u64::MAX);
            open.files.push(file);
        }
        let stopped = open.clone();
        self.tell_recording(meeting, "recording.stopped", &stopped);
    }

    fn tell_recording(&mut self, meeting: &Meeting, event: &'static str, recording: &Recording) {
        let mut object = Map::new();
        put(&mut object, "id", meeting.number);
        put(&mut object, "uuid", meeting.uuid.as_str());
        put(&mut object, "host_id", meeting.host_id.as_str());
        put(&mut object, "topic", meeting.topic.as_str());
        put(&mut object, "type", meeting.code);
        put(&mut object, "start_time", instant(recording.call_began));
        put(&mut object, "timezone", meeting.timezone.as_str());
        put(&mut object, "duration", meeting.duration);
        let times = json!({
            "recording_start": instant(recording.started_at),
            "recording_end": recording.stopped_at.map(instant).unwrap_or_default(),
        });
        put(&mut object, "recording_file", times);
        self.notify(meeting, event, object, Map::new());
    }

    /// Whether the meeting's settings say that its calls are recorded in the cloud.
    pub(super) fn record_if_wanted(&mut self, number: i64) {
        let meeting = self.state.meetings.get(number);
        let wanted = meeting.and_then(|meeting| meeting.settings.get("auto_recording")).and_then(Value::as_str);
        if wanted == Some("cloud") {
            self.begin_recording(number);
        }
    }
}

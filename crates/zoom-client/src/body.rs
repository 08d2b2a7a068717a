//! How request bodies and calls are declared: required arguments in the call, optional ones as methods of the body.

/// Lets a call that was put together be awaited: `meetings().get(id).await`.
macro_rules! awaitable {
    ($name:ty => $output:ty) => {
        impl IntoFuture for $name {
            type Output = Result<$output, crate::Error>;
            type IntoFuture = std::pin::Pin<Box<dyn Future<Output = Self::Output> + Send>>;

            fn into_future(self) -> Self::IntoFuture {
                Box::pin(self.send())
            }
        }
    };
}

/// A struct whose members are all optional, left out of JSON when absent, and set by methods of the same name.
macro_rules! settings {
    (
        $(#[$meta:meta])*
        $name:ident { $($(#[doc = $doc:literal])+ $(#[serde($($serde:tt)*)])? $field:ident: $type:ty,)+ }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(default)]
        pub struct $name {
            $(
                $(#[doc = $doc])+
                #[serde(skip_serializing_if = "Option::is_none")]
                $(#[serde($($serde)*)])?
                pub $field: Option<$type>,
            )+
            /// What Zoom sent besides; never sent back.
            #[serde(flatten, skip_serializing)]
            pub extra: crate::Extra,
        }

        impl $name {
            /// Nothing set: Zoom takes the host's own settings.
            pub fn new() -> Self {
                Self::default()
            }

            $(
                $(#[doc = $doc])+
                #[must_use]
                pub fn $field(mut self, value: impl Into<$type>) -> Self {
                    self.$field = Some(value.into());
                    self
                }
            )+
        }
    };
}

/// The body that creates or changes a meeting or webinar.
macro_rules! sitting {
    ($(#[$meta:meta])* $name:ident, $kind:ty, $settings:ty) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, serde::Serialize)]
        pub struct $name {
            #[serde(skip_serializing_if = "Option::is_none")]
            topic: Option<String>,
            #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
            kind: Option<$kind>,
            #[serde(skip_serializing_if = "Option::is_none")]
            start_time: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            duration: Option<u32>,
            #[serde(skip_serializing_if = "Option::is_none")]
            timezone: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none", serialize_with = "crate::secret::write")]
            password: Option<secrecy::SecretString>,
            #[serde(skip_serializing_if = "Option::is_none")]
            agenda: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            schedule_for: Option<String>,
            #[serde(skip_serializing_if = "Option::is_none")]
            recurrence: Option<crate::Recurrence>,
            #[serde(skip_serializing_if = "Option::is_none")]
            settings: Option<$settings>,
        }

        impl $name {
            /// What it is about; at most 200 characters.
            #[must_use]
            pub fn topic(mut self, topic: impl Into<String>) -> Self {
                self.topic = Some(topic.into());
                self
            }

            /// Once, or how it recurs.
            #[must_use]
            pub fn kind(mut self, kind: $kind) -> Self {
                self.kind = Some(kind);
                self
            }

            /// When it starts. Zoom reads an instant in the past as now (creating) or ignores it (changing).
            #[must_use]
            pub fn starts_at(mut self, start: clock::Timestamp) -> Self {
                self.start_time = Some(crate::instant::utc(start));
                self
            }

            /// When it starts, by the wall clock of `zone` (an IANA name).
            #[must_use]
            pub fn starts_local(mut self, start: jiff::civil::DateTime, zone: impl Into<String>) -> Self {
                self.start_time = Some(crate::instant::local(start));
                self.timezone(zone)
            }

            /// The zone it is shown in (an IANA name).
            #[must_use]
            pub fn timezone(mut self, zone: impl Into<String>) -> Self {
                self.timezone = Some(zone.into());
                self
            }

            /// How long it is planned to last, in minutes (1 to 1440; Zoom assumes 60).
            #[must_use]
            pub fn duration(mut self, minutes: impl Into<u32>) -> Self {
                self.duration = Some(minutes.into());
                self
            }

            /// The passcode, at most 10 characters. Zoom makes one where the host's settings want it.
            #[must_use]
            pub fn passcode(mut self, passcode: impl Into<secrecy::SecretString>) -> Self {
                self.password = Some(passcode.into());
                self
            }

            /// The description; at most 2000 characters, of which lists show 250.
            #[must_use]
            pub fn agenda(mut self, agenda: impl Into<String>) -> Self {
                self.agenda = Some(agenda.into());
                self
            }

            /// Another user of the account (id or address) it is scheduled for.
            #[must_use]
            pub fn schedule_for(mut self, user: impl Into<String>) -> Self {
                self.schedule_for = Some(user.into());
                self
            }

            /// How it recurs; goes with a kind that recurs at a fixed time.
            #[must_use]
            pub fn recurrence(mut self, recurrence: crate::Recurrence) -> Self {
                self.recurrence = Some(recurrence);
                self
            }

            /// Everything else.
            #[must_use]
            pub fn settings(mut self, settings: $settings) -> Self {
                self.settings = Some(settings);
                self
            }
        }
    };
}

/// Zoom's numbered kinds, with room for numbers it adds one day.
macro_rules! kinds {
    ($(#[$meta:meta])* $name:ident { $($(#[doc = $doc:literal])+ $member:ident = $number:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(from = "u32", into = "u32")]
        pub enum $name {
            $($(#[doc = $doc])+ $member,)+
            /// A number this crate does not know.
            Other(u32),
        }

        impl From<u32> for $name {
            fn from(number: u32) -> Self {
                match number { $($number => Self::$member,)+ other => Self::Other(other) }
            }
        }

        impl From<$name> for u32 {
            fn from(kind: $name) -> Self {
                match kind { $($name::$member => $number,)+ $name::Other(other) => other }
            }
        }
    };
}

//! How calls, bodies and answers are declared where many have the same shape.

/// An answer: absent members are the default of their type, and what has no name here is in `extra`.
macro_rules! answer {
    (
        $(#[$meta:meta])*
        $name:ident { $($(#[doc = $doc:literal])+ $(#[serde($($serde:tt)*)])? $field:ident: $type:ty,)+ }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, serde::Deserialize)]
        #[serde(default)]
        pub struct $name {
            $(
                $(#[doc = $doc])+
                #[serde(deserialize_with = "crate::member::read")]
                $(#[serde($($serde)*)])?
                pub $field: $type,
            )+
            /// What Zoom sent besides.
            #[serde(flatten)]
            pub extra: crate::Extra,
        }

        impl crate::member::Member for Option<$name> {
            fn read<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                serde::Deserialize::deserialize(deserializer)
            }
        }
    };
}

/// Lets structs that are also sent, or that write their own `Deserialize`, be members of answers.
macro_rules! members {
    ($($name:ty),+) => {$(
        impl crate::member::Member for Option<$name> {
            fn read<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                serde::Deserialize::deserialize(deserializer)
            }
        }
    )+};
}

/// What Zoom says in words of its own choosing, with room for words it adds one day.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[doc = $doc:literal])+ $member:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(from = "String", into = "String")]
        pub enum $name {
            $($(#[doc = $doc])+ $member,)+
            /// A word this crate does not know.
            Other(String),
        }

        impl $name {
            /// Zoom's word.
            pub fn as_str(&self) -> &str {
                match self { $(Self::$member => $word,)+ Self::Other(word) => word }
            }
        }

        impl From<&str> for $name {
            fn from(word: &str) -> Self {
                match word { $($word => Self::$member,)+ other => Self::Other(other.to_owned()) }
            }
        }

        impl From<String> for $name {
            fn from(word: String) -> Self {
                Self::from(&*word)
            }
        }

        impl From<$name> for String {
            fn from(word: $name) -> Self {
                word.as_str().to_owned()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl crate::ask::Param for $name {
            fn text(&self) -> String {
                self.as_str().to_owned()
            }
        }

        members!($name);
    };
}

/// A body: what Zoom requires is said in `new`, the rest by methods of the same name, and left out when not said.
macro_rules! body {
    (
        $(#[$meta:meta])*
        $name:ident { $($(#[doc = $doc:literal])+ $(#[serde($($serde:tt)*)])? $field:ident: $type:ty,)+ }
    ) => {
        body! { $(#[$meta])* #[derive(Default)] $name() { $($(#[doc = $doc])+ $(#[serde($($serde)*)])? $field: $type,)+ } }
    };
    (
        $(#[$meta:meta])*
        $name:ident(
            $($(#[serde($($must_serde:tt)*)])? $must:ident: $must_type:ty),*
        ) { $($(#[doc = $doc:literal])+ $(#[serde($($serde:tt)*)])? $field:ident: $type:ty,)* }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, serde::Serialize)]
        pub struct $name {
            $($(#[serde($($must_serde)*)])? $must: $must_type,)*
            $(
                #[serde(skip_serializing_if = "Option::is_none")]
                $(#[serde($($serde)*)])?
                $field: Option<$type>,
            )*
        }

        impl $name {
            /// What Zoom requires, and nothing else yet.
            pub fn new($($must: impl Into<$must_type>),*) -> Self {
                Self { $($must: $must.into(),)* $($field: None,)* }
            }

            $(
                $(#[doc = $doc])+
                #[must_use]
                pub fn $field(mut self, value: impl Into<$type>) -> Self {
                    self.$field = Some(value.into());
                    self
                }
            )*
        }
    };
}

/// A call that may be told more before it is awaited; each method is a parameter of its query.
macro_rules! ask {
    (@head $(#[$meta:meta])* $name:ident { $($(#[doc = $doc:literal])+ $method:ident: $type:ty = $query:literal,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Debug)]
        #[must_use = "a call is sent when it is awaited"]
        pub struct $name(pub(crate) crate::ask::Ask);

        impl $name {
            $(
                $(#[doc = $doc])+
                pub fn $method(self, value: impl Into<$type>) -> Self {
                    let value: $type = value.into();
                    Self(self.0.set($query, &value))
                }
            )*
        }
    };
    ($(#[$meta:meta])* $name:ident => () { $($said:tt)* }) => {
        ask! { @head $(#[$meta])* $name { $($said)* } }

        impl $name {
            async fn send(self) -> Result<(), crate::Error> {
                self.0.done().await
            }
        }

        awaitable!($name => ());
    };
    ($(#[$meta:meta])* $name:ident => $output:ty { $($said:tt)* }) => {
        ask! { @head $(#[$meta])* $name { $($said)* } }

        impl $name {
            async fn send(self) -> Result<$output, crate::Error> {
                self.0.read().await
            }
        }

        awaitable!($name => $output);
    };
}

/// What every list over pages can do: all at once, one page, a stream.
macro_rules! paged {
    ($name:ident of $entry:ty, $list:literal) => {
        impl crate::page::Listed for $entry {
            const NAME: &'static str = $list;
        }

        paged!($name of $entry);
    };
    ($name:ident of $entry:ty) => {
        impl $name {
            /// How many entries a page has: 1 to 300 (most lists), and 300 if not said.
            pub fn page_size(self, entries: u16) -> Self {
                Self(self.0.set("page_size", &entries))
            }

            /// One page: the first, or the one that an earlier page's `next` names. Zoom keeps a page's token for
            /// fifteen minutes.
            ///
            /// # Errors
            /// As of the whole list; [`Error::Invalid`](crate::Error::Invalid) where the token has run out.
            pub async fn page(self, after: Option<&crate::PageToken>) -> Result<crate::Page<$entry>, crate::Error> {
                crate::page::one(&self.0.client, self.0.request()?, after).await
            }

            /// The entries one after another; a page is asked for when it is wanted. After an error it ends.
            pub fn stream(self) -> crate::Entries<$entry> {
                crate::page::stream(self.0)
            }

            async fn send(self) -> Result<Vec<$entry>, crate::Error> {
                crate::page::all(&self.0.client, self.0.request()?).await
            }
        }

        awaitable!($name => Vec<$entry>);
    };
}

/// A list over pages; awaited, it is all of them.
macro_rules! list {
    ($(#[$meta:meta])* $name:ident of $entry:ty, $list:literal { $($said:tt)* }) => {
        ask! { @head $(#[$meta])* $name { $($said)* } }
        paged!($name of $entry, $list);
    };
    ($(#[$meta:meta])* $name:ident of $entry:ty { $($said:tt)* }) => {
        ask! { @head $(#[$meta])* $name { $($said)* } }
        paged!($name of $entry);
    };
}

//! The closed vocabularies of the table: methods, labels, kinds, places, products. Shared with the build script.

/// Declares an enum whose members have one spelling in the table.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$about:meta])* $member:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$about])* $member),+ }

        impl $name {
            /// Every member, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$member),+];

            /// The spelling that the table (and, where it speaks of it, Zoom) uses.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$member => $word),+ }
            }

            /// The member spelt `word`.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$member),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

words! {
    /// An HTTP method.
    Method {
        /// Reads.
        Get = "GET",
        /// Creates.
        Post = "POST",
        /// Replaces, or changes a status.
        Put = "PUT",
        /// Changes.
        Patch = "PATCH",
        /// Deletes.
        Delete = "DELETE",
    }
}

words! {
    /// The rate-limit label of an operation: which of the account's buckets it draws from.
    Label {
        /// The cheapest bucket.
        Light = "LIGHT",
        /// Lists, mostly.
        Medium = "MEDIUM",
        /// Shares its daily limit with [`Label::ResourceIntensive`].
        Heavy = "HEAVY",
        /// Counted per minute.
        ResourceIntensive = "RESOURCE-INTENSIVE",
    }
}

words! {
    /// The JSON type of a field.
    Kind {
        /// Text.
        String = "string",
        /// A number without fraction.
        Integer = "integer",
        /// Any number.
        Number = "number",
        /// True or false.
        Boolean = "boolean",
        /// A JSON object; its members follow as fields of their own.
        Object = "object",
        /// A JSON array; the members of its objects follow as `name[].member`.
        Array = "array",
        /// Zoom's documents give no type, or several.
        Any = "any",
    }
}

words! {
    /// Where a field stands.
    Place {
        /// In the path, as `{name}`.
        Path = "path",
        /// In the query string.
        Query = "query",
        /// In the request body.
        Body = "body",
        /// In the body of the answer.
        Answer = "reply",
    }
}

words! {
    /// The part of Zoom's documents an operation or event is described in.
    Product {
        /// Accounts and their settings.
        Accounts = "accounts",
        /// Users, their settings and tokens.
        Users = "users",
        /// Meetings, webinars, recordings, reports.
        Meetings = "meetings",
        /// Zoom Events.
        Events = "events",
        /// Apps and event subscriptions.
        Marketplace = "marketplace",
    }
}

words! {
    /// Whose resources an operation touches.
    Level {
        /// The account that installed the app.
        Account = "account",
        /// A sub-account, by a master account.
        Master = "master",
    }
}

words! {
    /// How much is known about a scope of the set-up guide.
    Status {
        /// It guards at least one documented operation.
        Endpoint = "endpoint",
        /// It guards webhook events only.
        WebhookOnly = "webhook-only",
        /// No document names it.
        Undocumented = "undocumented",
    }
}

words! {
    /// A Zoom plan, as far as rate limits know them.
    Plan {
        /// Basic accounts.
        Free = "free",
        /// Pro.
        Pro = "pro",
        /// Business, Education, Enterprise or Partner.
        Business = "business",
    }
}

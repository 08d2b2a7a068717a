//! A Zoom of our own: a stateful emulator of the REST API, OAuth, webhooks and the Meeting SDK.

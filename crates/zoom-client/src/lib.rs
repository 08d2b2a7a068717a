//! A Zoom REST client: Server-to-Server OAuth, typed calls, webhook verification, Meeting SDK signature.

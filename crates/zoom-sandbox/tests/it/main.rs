//! Stories of the sandbox over real HTTP: what a client sends, what it gets, what the sandbox then knows.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "the helpers of a story fail loudly")]

mod accounts;
mod coming_and_going;
mod control;
mod deliveries;
mod faults;
mod fidelity;
mod fuzz;
mod golden;
mod held_against;
mod invitations;
mod kept;
mod large;
mod limits;
mod marketplace;
mod meetings;
mod nonsense;
mod oauth;
mod panelists;
mod past;
mod personal;
mod polls;
mod reach;
mod recipe;
mod recordings;
mod recurring;
mod refusals;
mod registrants;
mod registration_page;
mod reports;
mod rules;
mod scopes;
mod seat;
mod sequences;
mod settings;
mod settings_documents;
mod settings_effects;
mod settings_features;
mod settings_neighbours;
#[path = "../story/mod.rs"]
mod story;
mod subscriptions;
mod summaries;
mod users;
mod visitor;
mod walk;
mod webhooks;
mod webinars;
mod workbench;
mod worlds;
mod zoom_events;
mod zoom_events_people;
mod zoom_events_sessions;
mod zoom_events_tickets;

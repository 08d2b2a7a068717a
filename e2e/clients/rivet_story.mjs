// @zoom/rivet, Zoom's own client for Node, unchanged: it believes that it talks to zoom.us.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { after, before, test } from "node:test";

import { AccountsS2SAuthClient } from "@zoom/rivet/accounts";
import { MeetingsS2SAuthClient } from "@zoom/rivet/meetings";
import { UsersS2SAuthClient } from "@zoom/rivet/users";

import { controls } from "../browser/zoom.js";
import { eventually } from "../browser/expect.js";

const ready = JSON.parse(process.env.SANDBOX);
const zoom = ready.zoom;
const credentials = {
  accountId: zoom.account_id,
  clientId: zoom.client_id,
  clientSecret: zoom.client_secret,
  webhooksSecretToken: zoom.webhook_secret,
};
const users = new UsersS2SAuthClient({ ...credentials, disableReceiver: true }).endpoints;
const accounts = new AccountsS2SAuthClient({ ...credentials, disableReceiver: true }).endpoints;
const client = new MeetingsS2SAuthClient({ ...credentials, port: 0 });
const { meetings, webinars } = client.endpoints;
const sandbox = controls(ready.sandbox);

const heard = [];
const EVENTS = [
  "meeting.created", "meeting.updated", "meeting.deleted", "meeting.started", "meeting.ended",
  "meeting.participant_joined", "meeting.registration_created", "meeting.registration_approved",
  "webinar.created", "webinar.deleted",
];
let door;
let host;

before(async () => {
  for (const event of EVENTS) client.webEventConsumer.event(event, (told) => void heard.push(told));
  door = (await client.start()).address();
  await sandbox.listenAt(`http://127.0.0.1:${door.port}/zoom/events`);
  ({ data: host } = await users.users.getUser({ path: { userId: "me" } }));
});
after(() => client.receiver.stop());

/** What a webhook said of the object with this id. Zoom sends ids as numbers or strings, by event. */
const hears = async (name, id) => {
  const found = () => heard.find(({ event, payload }) => event === name && String(payload.object.id) === String(id));
  return (await eventually(`${name} about ${id}`, found)).payload.object;
};

/** Asks what Zoom must refuse, in the words that rivet puts a refusal in. */
const refused = (asked, words) => assert.rejects(asked, (error) => words.test(error.message) || assert.fail(error.message));

const inDays = (days) => new Date(Date.now() + days * 86_400_000).toISOString().replace(/\.\d+Z$/, "Z");

test("its receiver is on loopback and no other interface", async () => {
  assert.equal(door.address, "127.0.0.1");
  const elsewhere = Object.values(networkInterfaces()).flat().filter(({ internal, family }) => !internal && family === "IPv4");
  for (const { address } of elsewhere) {
    const reached = await new Promise((resolve) => {
      const line = connect({ host: address, port: door.port, timeout: 2_000 });
      line.once("connect", () => resolve(true)).once("error", () => resolve(false)).once("timeout", () => resolve(false));
    });
    assert.equal(reached, false, `reached at ${address}`);
  }
});

test("its receiver takes what Zoom signed and nothing else", async () => {
  const send = (secret) => {
    const [body, stamp] = [JSON.stringify({ event: "meeting.created", payload: { object: { id: 1 } } }), "1700000000"];
    const signature = `v0=${createHmac("sha256", secret).update(`v0:${stamp}:${body}`).digest("hex")}`;
    const headers = { "content-type": "application/json", "x-zm-signature": signature, "x-zm-request-timestamp": stamp };
    return fetch(`http://127.0.0.1:${door.port}/zoom/events`, { method: "POST", headers, body });
  };
  assert.equal((await send(zoom.webhook_secret)).status, 200);
  assert.equal((await send("not the secret")).status, 400);
});

test("somebody comes to the account, is changed and leaves", async () => {
  const info = { email: "rita@example.org", type: 2, first_name: "Rita", last_name: "Rivet" };
  const { data: made, statusCode } = await users.users.createUsers({ body: { action: "custCreate", user_info: info } });
  assert.deepEqual([statusCode, made.email], [201, info.email]);
  await refused(users.users.createUsers({ body: { action: "create", user_info: info } }), /\[409\/1005\]/);
  const path = { userId: made.id };
  assert.equal((await users.users.updateUser({ path, body: { last_name: "Bolt" } })).statusCode, 204);
  assert.equal((await users.users.getUser({ path })).data.last_name, "Bolt");
  const { data: listed } = await users.users.listUsers({ query: { page_size: 300 } });
  assert.ok(listed.users.some(({ email }) => email === info.email));
  assert.equal((await users.users.updateUserStatus({ path, body: { action: "deactivate" } })).statusCode, 204);
  const { data: inactive } = await users.users.listUsers({ query: { status: "inactive" } });
  assert.deepEqual(inactive.users.map(({ email }) => email), [info.email]);
  await users.users.updateUserStatus({ path, body: { action: "activate" } });
  await users.users.deleteUser({ path, query: { action: "delete" } });
  await refused(users.users.getUser({ path }), /\[404\/1001\]: "User does not exist/);
});

test("assistants, permissions and settings are read", async () => {
  const path = { userId: host.id };
  const { data: rights } = await users.users.getUserPermissions({ path });
  assert.ok(rights.permissions.includes("User:Edit"), JSON.stringify(rights));
  const { data: settings } = await users.users.getUserSettings({ path });
  assert.ok(settings.schedule_meeting && settings.in_meeting, Object.keys(settings).join());
  const { data: listed } = await users.users.listUsers({});
  const other = listed.users.find(({ id, type }) => id !== host.id && type === 2);
  await users.users.addAssistants({ path, body: { assistants: [{ email: other.email }] } });
  const { data: found } = await users.users.listUserAssistants({ path });
  assert.deepEqual(found.assistants.map(({ email }) => email), [other.email]);
  await users.users.deleteUserAssistants({ path });
});

test("a role is made, given and taken away", async () => {
  const { data: role } = await accounts.roles.createRole({ body: { name: "Registrar", description: "Keeps lists", privileges: ["User:Read"] } });
  const { data: known } = await accounts.roles.listRoles({});
  assert.ok(known.roles.some(({ id }) => id === role.id));
  const { data: listed } = await users.users.listUsers({});
  const member = listed.users.find(({ id }) => id !== host.id);
  const path = { roleId: role.id };
  await accounts.roles.assignRole({ path, body: { members: [{ id: member.id }] } });
  const { data: members } = await accounts.roles.listMembersInRole({ path });
  assert.deepEqual(members.members.map(({ id }) => id), [member.id]);
  await accounts.roles.unassignRole({ path: { ...path, memberId: member.id } });
  await accounts.roles.deleteRole({ path });
  await refused(accounts.roles.getRoleInformation({ path }), /\[400\/1034\]/);
});

test("settings of the account are read, changed, locked and then hold for its people", async () => {
  const path = { accountId: "me" };
  const { data: before } = await accounts.accounts.getAccountSettings({ path });
  assert.ok(before.schedule_meeting && before.in_meeting, Object.keys(before).join());
  const video = !before.schedule_meeting.host_video;
  const body = { schedule_meeting: { host_video: video } };
  assert.equal((await accounts.accounts.updateAccountSettings({ path, body })).statusCode, 204);
  const { data: after } = await accounts.accounts.getAccountSettings({ path });
  assert.equal(after.schedule_meeting.host_video, video);
  await accounts.accounts.updateLockedSettings({ path, body: { schedule_meeting: { host_video: true } } });
  const { data: locks } = await accounts.accounts.getLockedSettings({ path });
  assert.equal(locks.schedule_meeting.host_video, true);
  const { data: own } = await users.users.getUserSettings({ path: { userId: host.id } });
  assert.equal(own.schedule_meeting.host_video, video);
  const stubborn = { schedule_meeting: { host_video: !video } };
  await refused(users.users.updateUserSettings({ path: { userId: host.id }, body: stubborn }), /\[400\/300\]/);
  await accounts.accounts.updateLockedSettings({ path, body: { schedule_meeting: { host_video: false } } });
  const { data: domains } = await accounts.accounts.getAccountsManagedDomains({ path });
  assert.equal(domains.domains[0].domain, host.email.split("@")[1]);
  const wrong = { schedule_meeting: { host_video: "perhaps" } };
  await refused(accounts.accounts.updateAccountSettings({ path, body: wrong }), /\[400\/300\]/);
});

test("a meeting is made, changed, listed, held and deleted", async () => {
  const body = { topic: "Made by rivet", type: 2, start_time: inDays(1), duration: 45, timezone: "Asia/Tokyo" };
  const { data: made } = await meetings.createMeeting({ path: { userId: host.id }, body });
  const path = { meetingId: made.id };
  assert.equal((await hears("meeting.created", made.id)).topic, body.topic);
  await meetings.updateMeeting({ path, body: { topic: "Changed by rivet", settings: { waiting_room: true } } });
  await hears("meeting.updated", made.id);
  const { data: read } = await meetings.getMeeting({ path });
  assert.deepEqual([read.topic, read.settings.waiting_room, read.duration], ["Changed by rivet", true, 45]);
  const { data: listed } = await meetings.listMeetings({ path: { userId: host.id }, query: { type: "scheduled" } });
  assert.ok(listed.meetings.some(({ id }) => id === made.id));
  const { data: invitation } = await meetings.getMeetingInvitation({ path });
  assert.match(invitation.invitation, /Changed by rivet/);

  await sandbox.simulate(made.id, ["Maya"]);
  await hears("meeting.started", made.id);
  assert.equal((await hears("meeting.participant_joined", made.id)).participant.user_name, "Maya");
  await meetings.updateMeetingStatus({ path, body: { action: "end" } });
  await hears("meeting.ended", made.id);
  const { data: past } = await meetings.getPastMeetingParticipants({ path });
  assert.deepEqual(past.participants.map(({ name }) => name), ["Maya"]);

  assert.equal((await meetings.deleteMeeting({ path })).statusCode, 204);
  await hears("meeting.deleted", made.id);
  await refused(meetings.getMeeting({ path }), /\[404\/3001\]: "Meeting does not exist/);
});

test("a series loses an occurrence and has another moved", async () => {
  const recurrence = { type: 1, repeat_interval: 2, end_times: 3 };
  const body = { topic: "Every other day", type: 8, start_time: inDays(1), duration: 30, timezone: "UTC", recurrence };
  const { data: series } = await meetings.createMeeting({ path: { userId: host.id }, body });
  const path = { meetingId: series.id };
  const [first, second] = series.occurrences.map(({ occurrence_id: id }) => id);
  await meetings.deleteMeeting({ path, query: { occurrence_id: first } });
  await meetings.updateMeeting({ path, query: { occurrence_id: second }, body: { duration: 50 } });
  const { data: read } = await meetings.getMeeting({ path });
  const left = read.occurrences.filter(({ status }) => status !== "deleted");
  assert.deepEqual(left.map(({ duration }) => duration), [50, 30]);
});

test("somebody registers and is approved", async () => {
  const body = { topic: "By approval", type: 2, start_time: inDays(2), settings: { approval_type: 1 } };
  const { data: made } = await meetings.createMeeting({ path: { userId: host.id }, body });
  const path = { meetingId: made.id };
  const person = { email: "rex@example.org", first_name: "Rex", last_name: "Guest" };
  const { data: one } = await meetings.addMeetingRegistrant({ path, body: person });
  await hears("meeting.registration_created", made.id);
  const registrants = [{ id: one.registrant_id, email: person.email }];
  await meetings.updateRegistrantsStatus({ path, body: { action: "approve", registrants } });
  assert.equal((await hears("meeting.registration_approved", made.id)).registrant.email, person.email);
  const { data: approved } = await meetings.listMeetingRegistrants({ path, query: { status: "approved" } });
  assert.deepEqual(approved.registrants.map(({ email }) => email), [person.email]);
  const { data: read } = await meetings.getMeetingRegistrant({ path: { ...path, registrantId: one.registrant_id } });
  assert.match(read.join_url, /tk=/);
});

test("polls are asked and forgotten", async () => {
  const { data: made } = await meetings.createMeeting({ path: { userId: host.id }, body: { topic: "Polled", type: 2, start_time: inDays(2) } });
  const path = { meetingId: made.id };
  const questions = [{ name: "Tea?", type: "single", answers: ["Yes", "No"] }];
  const { data: poll } = await meetings.createMeetingPoll({ path, body: { title: "Drinks", questions } });
  const { data: listed } = await meetings.listMeetingPolls({ path });
  assert.deepEqual(listed.polls.map(({ title }) => title), ["Drinks"]);
  await meetings.deleteMeetingPoll({ path: { ...path, pollId: poll.id } });
  await refused(meetings.getMeetingPoll({ path: { ...path, pollId: poll.id } }), /\[404\/404\]: "Meeting Poll not found/);
});

test("a webinar has panelists and is called off", async () => {
  const body = { topic: "Webinar by rivet", type: 5, start_time: inDays(3), duration: 60 };
  const { data: made } = await webinars.createWebinar({ path: { userId: host.id }, body });
  await hears("webinar.created", made.id);
  const path = { webinarId: made.id };
  await webinars.addPanelists({ path, body: { panelists: [{ name: "Pam", email: "pam@example.org" }] } });
  const { data: listed } = await webinars.listPanelists({ path });
  assert.deepEqual(listed.panelists.map(({ name }) => name), ["Pam"]);
  await webinars.removePanelist({ path: { ...path, panelistId: listed.panelists[0].id } });
  assert.equal((await webinars.listPanelists({ path })).data.total_records, 0);
  await webinars.deleteWebinar({ path });
  await hears("webinar.deleted", made.id);
  await refused(webinars.getWebinar({ path }), /\[404\/3001\]/);
});

test("a wrong field and a wrong secret are refused as Zoom refuses them", async () => {
  const body = { topic: "x".repeat(201), type: 2 };
  await refused(meetings.createMeeting({ path: { userId: host.id }, body }), /\[400\/300\]: "Validation Failed/);
  const stranger = new UsersS2SAuthClient({ ...credentials, clientSecret: "wrong", disableReceiver: true });
  await assert.rejects(stranger.endpoints.users.listUsers({}), ({ response }) => response.data.error === "invalid_client");
});

// @zoom/rivet, unchanged, doing what `cargo xtask bench limits` has our client do: sixteen at a time, and whoever is
// refused for being too many waits a second and asks again. What to do comes as JSON in LIMITS; the figures go out as JSON.

import { MeetingsS2SAuthClient } from "@zoom/rivet/meetings";

const wish = JSON.parse(process.env.LIMITS);
const { meetings } = new MeetingsS2SAuthClient({
  accountId: wish.account_id,
  clientId: wish.client_id,
  clientSecret: wish.client_secret,
  webhooksSecretToken: "none",
  disableReceiver: true,
}).endpoints;
const hostOf = (number) => wish.hosts[number % wish.hosts.length];
const second = () => new Promise((resolve) => setTimeout(resolve, 1000));

const ask = async (call, sums) => {
  for (;;) {
    try {
      const { data } = await call();
      sums.calls += 1;
      return data;
    } catch (error) {
      if (!/\b429\b|maximum per-second|rate limit/i.test(`${error.message} ${JSON.stringify(error)}`)) throw error;
      sums.limited += 1;
      await second();
    }
  }
};

const create = async (number, sums) => {
  const body = { topic: `Meeting ${number}`, type: 2 };
  await ask(() => meetings.createMeeting({ path: { userId: hostOf(number) }, body }), sums);
  sums.brought += 1;
};

const read = async (number, sums) => {
  let token;
  do {
    const query = { page_size: 300, ...(token && { next_page_token: token }) };
    const page = await ask(() => meetings.listMeetings({ path: { userId: hostOf(number) }, query }), sums);
    sums.brought += page.meetings.length;
    token = page.next_page_token;
  } while (token);
};

const timed = async (one, times) => {
  const sums = { calls: 0, limited: 0, brought: 0 };
  const began = performance.now();
  let next = 0;
  const worker = async () => {
    while (next < times) await one(next++, sums);
  };
  await Promise.all(Array.from({ length: 16 }, worker));
  return { seconds: (performance.now() - began) / 1000, ...sums };
};

const figures = { creates: await timed(create, wish.creates), lists: await timed(read, wish.lists) };
process.stdout.write(`${JSON.stringify(figures)}\n`);
process.exit(0);

// The page of the clock: freeze it, let it run or run fast, advance it, set it.

import { $, ask, press, say, submit, tell, utc, watch } from "./bench.js";

function show({ now, speed }) {
  tell($("now"), utc(now));
  const pace = { 0: "It stands still.", 1: "It runs with this computer's clock." };
  tell($("pace"), pace[speed] ?? `It runs fast: ${speed} seconds in each second.`);
  $("freeze").disabled = speed === 0;
  $("run").disabled = speed === 1;
}

const refresh = async () => show(await ask("GET", "/clock"));

async function turn(path, body, words) {
  const clock = await ask("POST", `/clock/${path}`, body);
  show(clock);
  say(words(utc(clock.now)));
}

press($("freeze"), async () => { await turn("freeze", {}, (now) => `Time stands still at ${now}.`); $("run").focus(); });
press($("run"), async () => { await turn("run", {}, () => "Time runs."); $("freeze").focus(); });
for (const button of document.querySelectorAll("[data-advance]")) {
  press(button, () => turn("advance", { seconds: Number(button.dataset.advance) }, (now) => `It is ${now} now.`));
}
submit($("advance"), ({ seconds }) => turn("advance", { seconds: Number(seconds) }, (now) => `It is ${now} now.`));
submit($("fast"), ({ speed }) => turn("run", { speed: Number(speed) }, () => `Time runs fast: ${speed} seconds in each second.`));
submit($("set"), ({ to }) => {
  if (Number.isNaN(Date.parse(to))) throw new Error("Write an instant such as 2031-12-01T18:00:00Z");
  return turn("set", { now: /Z|[+-]\d\d:?\d\d$/.test(to) ? to : `${to}Z` }, (now) => `It is ${now} now.`);
});
await watch(refresh);

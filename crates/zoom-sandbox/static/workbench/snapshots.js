// The page of snapshots: take one, go back to one, write the world to a file, begin anew.

import { $, ask, fail, keep, make, press, say, submit, sure, tell, utc, watch } from "./bench.js";

const told = ({ people, meetings }) => `${people} people, ${meetings} ${meetings === 1 ? "meeting" : "meetings"}`;

function row({ name }) {
  const path = `/snapshots/${encodeURIComponent(name)}`;
  const back = make("button", { class: "button", type: "button", "aria-label": `Restore ${name}` }, "Restore");
  const gone = make("button", { class: "button quiet", type: "button", "aria-label": `Delete ${name}` }, "Delete");
  press(back, async () => {
    if (!(await sure(`Go back to “${name}”? What has changed since is lost.`, "Restore"))) return;
    const there = await ask("POST", `${path}/restore`, {});
    await refresh();
    say(`“${name}” is restored: ${told(there)}.`);
  });
  press(gone, async () => {
    if (!(await sure(`Delete the snapshot “${name}”?`, "Delete"))) return;
    await ask("DELETE", path);
    await refresh();
    say(`“${name}” is deleted.`);
    $("name").focus();
  });
  return make("li", {}, make("div", {}, make("strong", {}, name), make("span", { class: "small muted" })), make("span", { class: "buttons" }, back, gone));
}

async function refresh() {
  const [{ items }, { seed }] = await Promise.all([ask("GET", "/snapshots"), ask("GET", "")]);
  keep($("snapshots"), items, (one) => one.name, row, (item, one) => {
    tell(item.querySelector("div span"), `${utc(one.taken_at)} · ${told(one)}`);
  });
  $("empty").hidden = items.length > 0;
  tell($("seed-now"), String(seed));
}

submit($("take"), async ({ name }) => {
  await ask("PUT", `/snapshots/${encodeURIComponent(name.trim())}`, {});
  $("name").value = "";
  await refresh();
  say(`“${name.trim()}” is kept.`);
});
submit($("upload"), async ({ file }) => {
  const json = await file.text();
  if (!(await sure(`Restore ${file.name}? What is here now is lost.`, "Restore"))) return;
  const there = await ask("PUT", "/snapshot", json);
  await refresh();
  say(`${file.name} is restored: ${told(there)}.`);
});
submit($("reset"), async ({ seed }) => {
  if (!(await sure("Begin anew? Everything that was made since the start is lost; named snapshots stay.", "Reset"))) return;
  const there = await ask("POST", "/reset", seed === "" ? {} : { seed: Number(seed) });
  $("seed").value = "";
  await refresh().catch(fail);
  say(`Begun anew: ${told(there)}.`);
});
await watch(refresh);

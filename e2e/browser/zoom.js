// The pretend Zoom's controls, for journeys that need trouble.

/** The controls of a sandbox at `base`. */
export function controls(base) {
  const ask = async (method, path, body) => {
    const answer = await fetch(`${base.replace(/\/$/, "")}/sandbox/v1/${path}`, {
      method,
      headers: body ? { "content-type": "application/json" } : {},
      body: body && JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
    const text = await answer.text();
    return text ? JSON.parse(text) : null;
  };
  return {
    meetings: async () => (await ask("GET", "meetings")).items,
    calls: async (operation) => (await ask("GET", `calls${operation ? `?operation=${operation}` : ""}`)).items,
    /** How many calls there were in all. */
    count: async () => Object.values((await ask("GET", "counters")).calls).reduce((sum, count) => sum + count, 0),
    /** Every call is answered only after `ms`. */
    slow: (ms) => ask("POST", "faults", { fault: "slow", ms }),
    clear: () => ask("DELETE", "faults"),
    /** A webhook receiver on this computer, validated as Zoom does it. */
    listenAt: (url) => ask("PUT", "webhooks", { url }),
    /** Drawn people come into the call of a meeting. */
    simulate: (number, names) => ask("POST", `meetings/${number}/simulate`, { names }),
    /** The sandbox's clock jumps, back too. */
    jump: (seconds) => ask("POST", "clock/advance", { seconds }),
    unplug: () => ask("POST", "unplug"),
    plugIn: () => ask("POST", "plug"),
  };
}

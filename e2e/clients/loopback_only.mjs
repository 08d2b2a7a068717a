// Loaded before a client that cannot be told where to listen: a server that names no address gets the loopback's.

import net from "node:net";

const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (...args) {
  const [port, host] = args;
  const namesPortOnly = typeof port === "number" && typeof host !== "string";
  return listen.apply(this, namesPortOnly ? [port, "127.0.0.1", ...args.slice(1)] : args);
};

// A certificate that signs itself, for a server of a test that answers by somebody else's name. Nobody trusts it: the
// test's browser is told to look away.

import { generateKeyPairSync, randomBytes, sign } from "node:crypto";

const SEQUENCE = 0x30;
const OID = 0x06;
const ECDSA_WITH_SHA256 = der(SEQUENCE, der(OID, Buffer.from("2a8648ce3d040302", "hex")));
const COMMON_NAME = der(OID, Buffer.from("550403", "hex"));
const ALTERNATIVE_NAMES = der(OID, Buffer.from("551d11", "hex"));

function der(tag, ...parts) {
  const body = Buffer.concat(parts);
  // The shortest form of the length there is; browsers take no other.
  const short = body.length < 256 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 0xff];
  const size = body.length < 128 ? [body.length] : short;
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
}

const pem = (bytes) => `-----BEGIN CERTIFICATE-----\n${bytes.toString("base64").replaceAll(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`;

const utc = (date) => der(0x17, Buffer.from(`${date.toISOString().slice(2, 19).replaceAll(/[-T:]/g, "")}Z`));

/** Key and certificate for some names, good from yesterday until tomorrow. */
export function certificateFor(...names) {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = der(SEQUENCE, der(0x31, der(SEQUENCE, COMMON_NAME, der(0x0c, Buffer.from(names[0])))));
  const day = 86_400_000;
  const life = der(SEQUENCE, utc(new Date(Date.now() - day)), utc(new Date(Date.now() + day)));
  const alternatives = der(SEQUENCE, ...names.map((one) => der(0x82, Buffer.from(one))));
  const extensions = der(0xa3, der(SEQUENCE, der(SEQUENCE, ALTERNATIVE_NAMES, der(0x04, alternatives))));
  const serial = der(0x02, Buffer.from([1, ...randomBytes(8)]));
  const version = der(0xa0, der(0x02, Buffer.from([2])));
  const key = publicKey.export({ type: "spki", format: "der" });
  const body = der(SEQUENCE, version, serial, ECDSA_WITH_SHA256, name, life, name, key, extensions);
  const signature = der(0x03, Buffer.from([0]), sign("sha256", body, privateKey));
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }),
    cert: pem(der(SEQUENCE, body, ECDSA_WITH_SHA256, signature)),
  };
}

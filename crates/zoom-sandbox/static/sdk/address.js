// Where the sandbox is: the page may be anyone's, so the script's own address tells.

const scriptAddress = new URL(document.currentScript.src);

/** `…/sdk/`, without the version folder that Zoom's CDN puts between. */
const sdkRoot = (() => {
  const folders = scriptAddress.pathname.split("/").slice(0, -1);
  if (/^\d+(\.\d+)*$/.test(folders.at(-1))) folders.pop();
  return new URL(`${folders.join("/")}/`, scriptAddress);
})();

const sdkVersion = (/zoom-meeting-(.+)\.min\.js$/.exec(scriptAddress.pathname) ?? [])[1] ?? "0";

function socketAddress() {
  const address = new URL("call/socket", sdkRoot);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  return address;
}

/** Asks the sandbox, and turns "no answer" into an answer of the same shape. */
async function ask(address, body) {
  try {
    const response = await fetch(address, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      credentials: "omit",
    });
    return await response.json();
  } catch {
    return {
      errorCode: 1,
      errorMessage: "The sandbox does not answer. Check that it is running, then join again.",
      result: "connection error",
    };
  }
}

// The SDK's documented calls (Client View, global `ZoomMtg`), answered by the sandbox.

/** Zoom's numbers for `onMeetingStatus`. */
const MEETING_STATUS = { connecting: 1, waiting: 1, in: 2, over: 3, reconnecting: 4 };
/** Our numbers for why somebody left; Zoom documents that there is one, not which. */
const LEAVE_CODES = { left: 0, lost: 1, removed: 2, declined: 3, ended: 4, stopped: 5 };

/** A person as the SDK shows people. */
function asUser(person) {
  return {
    userId: person.id,
    userName: person.name,
    muted: person.muted,
    isHost: person.host,
    isVideoOn: person.video,
    isHandRaised: person.hand,
    isHold: person.waiting,
  };
}

const ZoomMtg = (() => {
  const listeners = new Map();
  let options = null;
  let call = null;

  const later = (callback, ...values) => typeof callback === "function" && setTimeout(() => callback(...values));
  const done = (method, result = {}) => ({ method, status: true, errorCode: 0, errorMessage: "", result });
  const failed = (method, { errorCode, errorMessage, result = "" }) => ({ method, status: false, errorCode, errorMessage, result });
  const notInCall = (method) => failed(method, { errorCode: 1, errorMessage: "You are not in a call.", result: "not in a meeting" });

  function emit(name, data) {
    for (const listener of listeners.get(name) ?? []) {
      try {
        listener(data);
      } catch (error) {
        console.error(error);
      }
    }
  }

  /** Pages that the browser may go to; anything else a page might give is not an address to follow. */
  function pageAddress(address) {
    const page = address ? new URL(address, document.baseURI) : null;
    return page && /^https?:$/.test(page.protocol) ? page.href : null;
  }

  function rootElement() {
    let root = document.getElementById("zmmtg-root");
    if (!root) {
      root = make("div", { id: "zmmtg-root" });
      document.body.append(root);
    }
    return root;
  }

  function dress() {
    const href = new URL(`${sdkVersion}/css/stand-in.css`, sdkRoot).href;
    const present = [...document.querySelectorAll("link[rel=stylesheet]")].some((link) => link.href === href);
    if (present) return Promise.resolve();
    const link = make("link", { rel: "stylesheet", href, crossorigin: "anonymous" });
    return new Promise((resolve) => {
      link.addEventListener("load", resolve);
      link.addEventListener("error", resolve);
      document.head.append(link);
    });
  }

  function over(reason) {
    const leaving = call;
    call = null;
    if (reason === "left" && options?.leaveUrl) {
      location.assign(options.leaveUrl);
      return;
    }
    leaving.view?.part(reason);
  }

  function start(ticket, settings) {
    const { userName, meetingNumber, success, error } = settings;
    call = new Call(rootElement(), {
      ticket,
      name: userName,
      number: meetingNumber,
      leaveUrl: options.leaveUrl,
      events: emit,
      entered: () => later(success, done("join")),
      refused: (refusal) => {
        call = null;
        later(error, failed("join", refusal));
      },
      over,
    });
  }

  async function join(settings) {
    const refuse = (problem) => later(settings.error, failed("join", problem));
    if (!options) return refuse({ errorCode: 4003, errorMessage: "Call ZoomMtg.init before ZoomMtg.join.", result: "not initialised" });
    if (call) return refuse({ errorCode: 1, errorMessage: "This page is in a call already.", result: "already joined" });
    voices.wake();
    if (settings.standInTicket) return start(settings.standInTicket, settings);
    const { signature = "", meetingNumber, userName = "", passWord = "", userEmail = "", tk = "", zak = "" } = settings;
    const request = { signature, meetingNumber: String(meetingNumber ?? ""), userName, passWord, userEmail, tk, zak };
    const answer = await ask(new URL("call/join", sdkRoot), request);
    if (answer.errorCode) return refuse(answer);
    return start(answer.ticket, settings);
  }

  function leaveWith(method, act) {
    return ({ success, error } = {}) => {
      if (!call) return later(error, notInCall(method));
      later(success, done(method));
      return act();
    };
  }

  return {
    preLoadWasm() {},
    prepareWebSDK() {},
    prepareJssdk() {},
    setZoomJSLib() {},
    checkSystemRequirements: () => ({
      browserInfo: navigator.userAgent,
      browserName: "",
      browserVersion: "",
      features: window.RTCPeerConnection ? ["video", "audio", "chat"] : [],
    }),
    checkFeatureRequirements: () => ({ supportFeatures: ["video", "audio", "chat"], unSupportFeatures: ["screenShare", "recording"] }),
    getWebSDKVersion: () => [sdkVersion, "eRoom sandbox stand-in"],
    i18n: {
      load: () => Promise.resolve(),
      reload: () => Promise.resolve(),
      onLoad: (callback) => later(callback),
      getCurrentLang: () => "en-US",
      getAll: () => ({}),
    },
    init({ leaveUrl, success, error } = {}) {
      try {
        options = { leaveUrl: pageAddress(leaveUrl) };
      } catch {
        return later(error, failed("init", { errorCode: 4003, errorMessage: "leaveUrl is not an address.", result: "leaveUrl" }));
      }
      rootElement();
      return dress().then(() => later(success, done("init")));
    },
    join: (settings = {}) => void join(settings),
    leaveMeeting: leaveWith("leaveMeeting", () => call.leave()),
    endMeeting(settings = {}) {
      if (call && !call.me.host) {
        return later(settings.error, failed("endMeeting", { errorCode: 3708, errorMessage: "Only the host ends a call for everybody.", result: "role" }));
      }
      return leaveWith("endMeeting", () => call.end())(settings);
    },
    getCurrentUser({ success, error } = {}) {
      if (!call?.me.id) return later(error, notInCall("getCurrentUser"));
      return later(success, done("getCurrentUser", { currentUser: asUser(call.me) }));
    },
    getAttendeeslist({ success, error } = {}) {
      if (!call?.me.id) return later(error, notInCall("getAttendeeslist"));
      const inside = [...call.people.values()].filter((person) => !person.waiting);
      return later(success, done("getAttendeeslist", { attendeesList: inside.map(asUser) }));
    },
    inMeetingServiceListener(event, listener) {
      if (typeof listener === "function") listeners.set(event, [...(listeners.get(event) ?? []), listener]);
    },
    mute({ mute = true, success, error } = {}) {
      if (!call?.opened) return later(error, notInCall("mute"));
      call.setMuted(mute);
      return later(success, done("mute"));
    },
  };
})();

window.ZoomMtg = ZoomMtg;

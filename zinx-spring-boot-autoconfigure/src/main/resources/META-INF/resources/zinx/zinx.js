/**
 * A client for servers of Zinx for Spring Boot, over WebSocket. One file without dependencies, an ES module:
 *
 *     import { ZinxClient } from "/zinx/zinx.js";
 *     const client = new ZinxClient({ url: "ws://localhost:8999/" });
 *     client.on(20, (message) => console.log(message.json()));
 *     client.on("open", () => client.send(11, { room: "lobby" }));
 *     client.connect();
 *
 * A page whose scripts are no modules writes `import("/zinx/zinx.js").then(({ ZinxClient }) => …)`.
 *
 * The states of a client:
 *
 *              connect()             the server answers
 *      idle ──────────────> connecting ──────────────> open
 *                            ^      │                   │
 *     after a while, or      │      │ lost              │ lost
 *     connect() at once      │      v                   │
 *                           waiting <───────────────────┘
 *
 *     from each state, to closed: close(), an end after which it makes no sense to connect again,
 *                                 or any end with reconnect: false
 *     from closed, to connecting: connect()
 */

/**
 * What the property `state` of a client can be.
 * @readonly
 * @enum {string}
 */
export const ZinxState = Object.freeze({
  IDLE: "idle",
  CONNECTING: "connecting",
  OPEN: "open",
  WAITING: "waiting",
  CLOSED: "closed",
});

/** Codes of the end after which the client never connects again by itself. */
const FINAL = new Set([1000, 1002, 1003, 1007, 1008, 1009, 1010, 4001, 4002]);

/** Codes of the end after which the client waits longer: the server has too much to do. */
const LATER = new Set([1013, 4013]);

const EVENTS = new Set(["open", "close", "error", "state", "message"]);

const DEFAULTS = {
  url: undefined,
  protocols: [],
  format: "tlv",
  maxSend: 4096,
  maxReceive: 1024 * 1024,
  maxBuffered: 1024 * 1024,
  connectTimeout: 10_000,
  heartbeat: null,
  reconnect: {},
  WebSocket: undefined,
};

const HEARTBEAT = { interval: 5000, answer: false, timeout: 0, msgId: 99999, body: "" };

const RECONNECT = { first: 500, max: 30_000, later: 60_000, stable: 10_000 };

/** Options that are the number of a message, and so are checked as such. */
const MESSAGE_NUMBERS = new Set(["msgId", "reply"]);

const HEAD = 8;

/**
 * An error of the client. Its `code` says what is wrong:
 *
 * - `bad-argument`: an option, number or body that cannot be used
 * - `not-connected`: nothing can be sent, since the state is not `open`
 * - `too-long`: a body to send is longer than `maxSend`
 * - `buffer-full`: too much waits to be sent already, since the network is slow; try again later
 * - `timeout`: the reply to a request did not come in time
 * - `refused`: the reply to a request has the number of `failure`; it is `reply`
 * - `closed`: the connection ended before the reply came
 * - `corrupt`: the server sent what is no frame, or a frame longer than `maxReceive`
 * - `handler`: a handler of the page failed; what it threw is `cause`
 */
export class ZinxError extends Error {
  constructor(code, text, extra = {}) {
    super(text, "cause" in extra ? { cause: extra.cause } : undefined);
    this.name = "ZinxError";
    this.code = code;
    this.reply = extra.reply;
  }
}

/** A message from the server. */
export class ZinxMessage {
  /**
   * @param {number} msgId its number
   * @param {Uint8Array} bytes its body
   */
  constructor(msgId, bytes) {
    this.msgId = msgId;
    this.bytes = bytes;
  }

  /**
   * The body as text.
   * @returns {string} the text
   * @throws {TypeError} if the body is not UTF-8
   */
  text() {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(this.bytes);
  }

  /**
   * The body as JSON.
   * @returns {*} the value
   * @throws {SyntaxError|TypeError} if the body is not JSON in UTF-8
   */
  json() {
    return JSON.parse(this.text());
  }
}

/** Reads the frames of one connection out of a stream of bytes, however they are cut. */
class FrameReader {
  #littleEndian;
  #maxBody;
  #bytes = new Uint8Array(0);
  #from = 0;
  #to = 0;

  constructor(format, maxBody) {
    this.#littleEndian = format === "ltv";
    this.#maxBody = maxBody;
  }

  add(chunk) {
    const waiting = this.#to - this.#from;
    if (waiting === 0) {
      [this.#bytes, this.#from, this.#to] = [chunk, 0, chunk.length];
      return;
    }
    if (this.#to + chunk.length > this.#bytes.length) {
      const grown = new Uint8Array(2 * waiting + chunk.length);
      grown.set(this.#bytes.subarray(this.#from, this.#to));
      [this.#bytes, this.#from, this.#to] = [grown, 0, waiting];
    }
    this.#bytes.set(chunk, this.#to);
    this.#to += chunk.length;
  }

  /** The next message, or null if its rest has not come yet. */
  next() {
    const waiting = this.#to - this.#from;
    if (waiting < HEAD) {
      return null;
    }
    const view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset + this.#from, HEAD);
    const [first, second] = [view.getUint32(0, this.#littleEndian), view.getUint32(4, this.#littleEndian)];
    const [msgId, length] = this.#littleEndian ? [second, first] : [first, second];
    if (length > this.#maxBody) {
      throw new ZinxError("corrupt",
        `The server announced a body of ${length} bytes, but maxReceive is ${this.#maxBody}: is the format right?`);
    }
    if (waiting < HEAD + length) {
      return null;
    }
    const body = this.#bytes.slice(this.#from + HEAD, this.#from + HEAD + length);
    this.#from += HEAD + length;
    return new ZinxMessage(msgId, body);
  }
}

/** Keeps a connection to a server, and sends and receives messages on it. */
export class ZinxClient {
  #options;
  #heartbeat;
  #reconnect;
  #handlers = new Map();
  #asks = [];
  #unheard = new Set();
  #state = ZinxState.IDLE;
  /** The connection that is open or being opened: an object of its own, so that what comes late is recognised. */
  #link = null;
  #losses = 0;
  #retryTimer;

  /**
   * Make a client; `connect()` connects it. An unknown option is an error.
   *
   * @param {object} [options] what differs from the defaults; times are milliseconds, lengths are bytes
   * @param {string|function(): (string|Promise<string>)} [options.url] where to connect, `ws://…` or `wss://…`, or a function
   * that is called before each attempt; by default the host and port of the page
   * @param {string[]} [options.protocols] the subprotocols to ask for
   * @param {"tlv"|"ltv"} [options.format] the wire format, `zinx.codec` of the server
   * @param {number} [options.maxSend] longest body that is sent: `zinx.max-packet-size` of the server, which closes the
   * connection of a client that sends more; 4096 by default
   * @param {number} [options.maxReceive] longest body that is received, 1 MiB by default; the connection ends for good at a longer one
   * @param {number} [options.maxBuffered] how much may wait in the browser until it is sent, 1 MiB by default
   * @param {number} [options.connectTimeout] how long an attempt to connect may take, 10 s by default
   * @param {object|null} [options.heartbeat] none by default. `interval` (5000): time between two heartbeats to the server.
   * `answer` (false): true to send none by itself, but an answer to each of the server's. `timeout` (0 for none): how long the
   * server may be silent, after a heartbeat or with `answer` after anything, before the connection counts as lost; only for
   * servers in mode `send` or `reply`. `msgId` (99999), `body` (empty): the message
   * @param {object|false} [options.reconnect] false for never. `first` (500): the wait after the first loss, doubled after each
   * further one up to `max` (30,000). `later` (60,000): the wait if the server has too much to do. A random part of each wait,
   * up to half of it, is left out. `stable` (10,000): after being open for this long, the next loss is a first one again
   * @param {Function} [options.WebSocket] a class to use instead of the browser's
   */
  constructor(options = {}) {
    this.#options = merge("option", DEFAULTS, options);
    const { format, heartbeat, reconnect } = this.#options;
    if (format !== "tlv" && format !== "ltv") {
      throw new ZinxError("bad-argument", `format is tlv or ltv, not ${format}`);
    }
    this.#heartbeat = heartbeat && merge("option heartbeat.", HEARTBEAT, heartbeat);
    if (heartbeat?.answer && heartbeat.interval) {
      throw new ZinxError("bad-argument", "heartbeat has an interval, or answers those of the server: not both");
    }
    if (this.#heartbeat) {
      encode(this.#heartbeat.msgId, this.#heartbeat.body, this.#options);
    }
    this.#reconnect = reconnect !== false && merge("option reconnect.", RECONNECT, reconnect ?? {});
  }

  /** The state of the client, one of those in `ZinxState`. */
  get state() {
    return this.#state;
  }

  /**
   * Call a handler for each message of a number that answers no `ask`, or for each event:
   *
   * - `open`: `{ protocol }`, the subprotocol. Each connection is a new one for the server: log in here.
   * - `close`: `{ code, reason, reconnectIn }`. `reconnectIn` is the wait in milliseconds until the next attempt, or null
   *   if there is none. An attempt that fails is such an event, too.
   * - `state`: the new state.
   * - `error`: a `ZinxError`, of a handler or of the connection. Without a handler, the console shows it.
   * - `message`: a message whose number has no handler. Without a handler, the console shows its number once.
   *
   * Handlers of one number or event are called in the order in which they were added, and messages in the order in which they
   * were sent. A handler that fails, also later if it returns a promise, is an `error` and disturbs nothing else.
   *
   * @param {number|"open"|"close"|"state"|"error"|"message"} what a message number or an event
   * @param {function(*): *} handler what to call
   * @returns {ZinxClient} this client
   */
  on(what, handler) {
    checkSubject(what);
    if (typeof handler !== "function") {
      throw new ZinxError("bad-argument", `A handler is a function, not ${describe(handler)}`);
    }
    this.#handlers.set(what, [...(this.#handlers.get(what) ?? []), handler]);
    return this;
  }

  /**
   * Stop calling a handler.
   * @param {number|string} what the message number or event
   * @param {function(*): *} handler the handler
   * @returns {boolean} false if it was not called for that anyway
   */
  off(what, handler) {
    checkSubject(what);
    const all = this.#handlers.get(what) ?? [];
    const rest = all.filter((one) => one !== handler);
    if (rest.length > 0) {
      this.#handlers.set(what, rest);
    } else {
      this.#handlers.delete(what);
    }
    return rest.length < all.length;
  }

  /** Connect, at once if the client waits to do so. Nothing happens if it is connected or connecting. */
  connect() {
    if (this.#link) {
      return;
    }
    clearTimeout(this.#retryTimer);
    if (this.#state !== ZinxState.WAITING) {
      this.#losses = 0;
    }
    const link = { socket: null, reader: new FrameReader(this.#options.format, this.#options.maxReceive) };
    this.#link = link;
    link.connectTimer = setTimeout(() => this.#lose(link, 1006, "The server did not answer in time"),
      this.#options.connectTimeout);
    this.#setState(ZinxState.CONNECTING);
    this.#dial(link);
  }

  /** End the connection for good: `connect()` begins anew. What was sent before is still on its way. */
  close() {
    if (this.#state === ZinxState.IDLE || this.#state === ZinxState.CLOSED) {
      return;
    }
    clearTimeout(this.#retryTimer);
    this.#end(1000, "closed by this client", false);
  }

  /**
   * Send a message.
   * @param {number} msgId its number, 0 to 4,294,967,295
   * @param {string|Uint8Array|ArrayBuffer|object} [body] text, bytes, or an object or array to send as JSON; empty if left out
   * @throws {ZinxError} with the code `not-connected`, `bad-argument`, `too-long` or `buffer-full`; nothing is sent then
   */
  send(msgId, body = "") {
    const frame = encode(msgId, body, this.#options);
    if (this.#state !== ZinxState.OPEN) {
      throw new ZinxError("not-connected", `Message ${msgId} was not sent: the state is ${this.#state}`);
    }
    const { socket } = this.#link;
    if (socket.readyState !== 1) {
      throw new ZinxError("not-connected", `Message ${msgId} was not sent: the connection is ending`);
    }
    if (socket.bufferedAmount + frame.length > this.#options.maxBuffered) {
      throw new ZinxError("buffer-full", `Message ${msgId} was not sent: ${socket.bufferedAmount} bytes wait already`);
    }
    socket.send(frame);
  }

  /**
   * Send a message, and wait for the reply. The server handles the messages of a connection in order, so the replies come in
   * order, too: the next message with an awaited number belongs to the oldest `ask` that waits for that number, and no
   * handler gets it. That holds if every message of that number is a reply, and if every request that may be answered with
   * it is made by `ask`; and a reply that comes after its time is up goes to the next `ask`. Where this may happen, let the
   * server repeat something in its replies that `match` can look at.
   *
   * @param {number} msgId the number of the request
   * @param {string|Uint8Array|ArrayBuffer|object} [body] its body, as for `send`
   * @param {object} [options] `reply`: the number of the reply, by default that of the request. `failure`: the number of
   * replies that refuse a request, none by default. `timeout`: how long to wait, 10,000 ms by default. `match`: a function that
   * takes a message with one of these numbers, and says whether it is the reply
   * @returns {Promise<ZinxMessage>} the reply; rejected with a `ZinxError`, of `send` or with the code `timeout`, `refused` or `closed`
   */
  async ask(msgId, body = "", options = {}) {
    const { reply, failure, timeout, match } = merge("option of ask",
      { reply: msgId, failure: null, timeout: 10_000, match: () => true }, options);
    checkNumber(reply);
    if (failure !== null) {
      checkNumber(failure);
    }
    this.send(msgId, body);
    return new Promise((resolve, reject) => {
      const ask = { reply, failure, match, msgId, resolve, reject };
      this.#asks.push(ask);
      ask.timer = setTimeout(() => {
        this.#asks = this.#asks.filter((one) => one !== ask);
        reject(new ZinxError("timeout", `Message ${msgId} was not answered by a message ${reply} within ${timeout} ms`));
      }, timeout);
    });
  }

  async #dial(link) {
    let socket;
    try {
      const { url, protocols } = this.#options;
      const given = typeof url === "function" ? await url() : url;
      if (this.#link !== link) {
        return;
      }
      const Socket = this.#options.WebSocket ?? globalThis.WebSocket;
      socket = new Socket(given ?? `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/`, protocols);
    } catch (error) {
      this.#fail(link, 1006, error);
      return;
    }
    link.socket = socket;
    socket.binaryType = "arraybuffer";
    socket.onopen = () => this.#opened(link);
    socket.onmessage = (event) => this.#received(link, event.data);
    socket.onclose = (event) => this.#lose(link, event.code, event.reason);
  }

  /** The attempt failed before there was a connection: a wrong URL for good, a function that failed for now. */
  #fail(link, code, error) {
    if (this.#link === link) {
      this.#report(new ZinxError("bad-argument", `Cannot connect: ${error.message ?? error}`, { cause: error }));
      this.#lose(link, code, `Cannot connect: ${error.message ?? error}`, typeof this.#options.url !== "function");
    }
  }

  #opened(link) {
    if (this.#link !== link) {
      return;
    }
    clearTimeout(link.connectTimer);
    link.stableTimer = setTimeout(() => (this.#losses = 0), this.#reconnect ? this.#reconnect.stable : 0);
    if (this.#heartbeat) {
      this.#heard(link);
      this.#beat(link);
    }
    this.#setState(ZinxState.OPEN);
    if (this.#link === link) {
      this.#emit("open", { protocol: link.socket.protocol });
    }
  }

  #received(link, data) {
    if (this.#link !== link) {
      return;
    }
    try {
      if (!(data instanceof ArrayBuffer)) {
        throw new ZinxError("corrupt", "The server sent text, which is no frame: is zinx.websocket.text set?");
      }
      this.#heard(link);
      link.reader.add(new Uint8Array(data));
      let message;
      while (this.#link === link && (message = link.reader.next())) {
        this.#deliver(message);
      }
    } catch (error) {
      this.#report(error);
      this.#lose(link, 1002, error.message);
    }
  }

  #deliver(message) {
    const { msgId } = message;
    const isReply = (ask) => (ask.reply === msgId || ask.failure === msgId) && this.#safely(ask.match, message);
    const ask = this.#asks.find(isReply);
    if (ask) {
      this.#asks = this.#asks.filter((one) => one !== ask);
      clearTimeout(ask.timer);
      if (ask.failure === msgId) {
        ask.reject(new ZinxError("refused", `Message ${ask.msgId} was refused by a message ${msgId}`, { reply: message }));
      } else {
        ask.resolve(message);
      }
    } else if (this.#handlers.has(msgId)) {
      this.#emit(msgId, message);
    } else if (this.#heartbeat?.msgId !== msgId) {
      this.#unhandled(message);
    }
    if (this.#heartbeat?.answer && this.#heartbeat.msgId === msgId) {
      this.#sendHeartbeat();
    }
  }

  #unhandled(message) {
    if (this.#handlers.has("message")) {
      this.#emit("message", message);
    } else if (!this.#unheard.has(message.msgId)) {
      this.#unheard.add(message.msgId);
      console.warn(`Message ${message.msgId} has no handler and was dropped`);
    }
  }

  #sendHeartbeat() {
    if (this.#state === ZinxState.OPEN) {
      try {
        this.send(this.#heartbeat.msgId, this.#heartbeat.body);
      } catch (error) {
        this.#report(error);
      }
    }
  }

  #beat(link) {
    const { interval, answer } = this.#heartbeat;
    if (answer) {
      return;
    }
    link.beatTimer = setTimeout(() => {
      this.#sendHeartbeat();
      if (!link.silenceTimer) {
        this.#awaitSign(link);
      }
      this.#beat(link);
    }, interval);
  }

  /** A sign of life. With heartbeats of its own, a client waits for the next one only after it has sent one: timers of hidden pages are slow. */
  #heard(link) {
    clearTimeout(link.silenceTimer);
    link.silenceTimer = undefined;
    if (this.#heartbeat?.answer) {
      this.#awaitSign(link);
    }
  }

  #awaitSign(link) {
    const { timeout } = this.#heartbeat;
    if (timeout > 0) {
      link.silenceTimer = setTimeout(
        () => this.#lose(link, 4011, `heartbeat-missed: the server was silent for ${timeout} ms`), timeout);
    }
  }

  #lose(link, code, reason, final = false) {
    if (this.#link === link) {
      this.#end(code, reason, !final && !FINAL.has(code) && this.#reconnect !== false);
    }
  }

  #end(code, reason, again) {
    const link = this.#link;
    this.#link = null;
    for (const timer of ["connectTimer", "stableTimer", "beatTimer", "silenceTimer"]) {
      clearTimeout(link?.[timer]);
    }
    if (link?.socket) {
      link.socket.onopen = link.socket.onmessage = link.socket.onclose = null;
      link.socket.close();
    }
    const reconnectIn = again ? this.#wait(code) : null;
    if (again) {
      this.#retryTimer = setTimeout(() => this.connect(), reconnectIn);
    }
    const asks = this.#asks;
    this.#asks = [];
    for (const ask of asks) {
      clearTimeout(ask.timer);
      ask.reject(new ZinxError("closed", `The connection ended before message ${ask.msgId} was answered: ${code} ${reason}`));
    }
    this.#setState(again ? ZinxState.WAITING : ZinxState.CLOSED);
    this.#emit("close", { code, reason, reconnectIn });
  }

  #wait(code) {
    const { first, max, later } = this.#reconnect;
    const longest = LATER.has(code) ? later : Math.min(max, first * 2 ** this.#losses);
    this.#losses++;
    return Math.round(longest * (1 - Math.random() / 2));
  }

  #setState(state) {
    this.#state = state;
    this.#emit("state", state);
  }

  #emit(what, value) {
    for (const handler of this.#handlers.get(what) ?? []) {
      this.#safely(handler, value, what);
    }
  }

  #safely(handler, value, what) {
    const failed = (cause) => {
      const error = new ZinxError("handler", `A handler of the page failed: ${cause?.message ?? cause}`, { cause });
      if (what === "error") {
        console.error(error);
      } else {
        this.#report(error);
      }
    };
    try {
      const result = handler(value);
      if (typeof result?.then === "function") {
        result.then(undefined, failed);
      }
      return result;
    } catch (cause) {
      failed(cause);
      return undefined;
    }
  }

  #report(error) {
    if (this.#handlers.has("error")) {
      this.#emit("error", error);
    } else {
      console.error(error);
    }
  }
}

function merge(what, defaults, given) {
  for (const key of Object.keys(given)) {
    if (!(key in defaults)) {
      throw new ZinxError("bad-argument", `There is no ${what}${what.endsWith(".") ? "" : " "}${key}`);
    }
    const [value, usual] = [given[key], defaults[key]];
    const least = usual > 0 && key !== "maxSend" ? 1 : 0;
    if (typeof usual === "number" && !MESSAGE_NUMBERS.has(key) && !(Number.isFinite(value) && value >= least && value <= 0x7fffffff)) {
      throw new ZinxError("bad-argument", `${key} is a number from ${least} to 2147483647, not ${describe(value)}`);
    }
  }
  return { ...defaults, ...given };
}

function checkNumber(msgId) {
  if (!Number.isInteger(msgId) || msgId < 0 || msgId > 0xffffffff) {
    throw new ZinxError("bad-argument", `A message number is a whole number from 0 to 4294967295, not ${describe(msgId)}`);
  }
}

function checkSubject(what) {
  if (typeof what === "string" && !EVENTS.has(what)) {
    throw new ZinxError("bad-argument", `There is no event ${what}: there are ${[...EVENTS].join(", ")}`);
  } else if (typeof what !== "string") {
    checkNumber(what);
  }
}

function encode(msgId, body, { format, maxSend }) {
  checkNumber(msgId);
  const bytes = toBytes(body);
  if (bytes.length > maxSend) {
    throw new ZinxError("too-long", `Message ${msgId} was not sent: its body has ${bytes.length} bytes, but maxSend is ${maxSend}`);
  }
  const frame = new Uint8Array(HEAD + bytes.length);
  const view = new DataView(frame.buffer);
  const ltv = format === "ltv";
  view.setUint32(0, ltv ? bytes.length : msgId, ltv);
  view.setUint32(4, ltv ? msgId : bytes.length, ltv);
  frame.set(bytes, HEAD);
  return frame;
}

function toBytes(body) {
  if (typeof body === "string") {
    if (body.isWellFormed?.() === false) {
      throw new ZinxError("bad-argument", "A text has half of a surrogate pair, which UTF-8 cannot express");
    }
    return new TextEncoder().encode(body);
  }
  if (body instanceof ArrayBuffer) {
    return new Uint8Array(body);
  }
  if (ArrayBuffer.isView(body)) {
    return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
  }
  const isOpaque = [Map, Set, Promise, globalThis.Blob].some((type) => type && body instanceof type);
  const json = typeof body === "object" && body !== null && !isOpaque ? JSON.stringify(body) : undefined;
  if (json === undefined) {
    throw new ZinxError("bad-argument", `A body is text, bytes, or an object or array for JSON, not ${describe(body)}`);
  }
  return new TextEncoder().encode(json);
}

function describe(value) {
  return typeof value === "object" && value !== null ? `a ${value.constructor?.name ?? "object"}` : `${String(value)} (${typeof value})`;
}

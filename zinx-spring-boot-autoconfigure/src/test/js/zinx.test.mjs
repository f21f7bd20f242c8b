// Tests of zinx.js without a browser: node --test
import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { ZinxClient, ZinxError, ZinxMessage, ZinxState } from "../../main/resources/META-INF/resources/zinx/zinx.js";

/** A WebSocket whose server is the test. */
class FakeSocket {
  static all = [];

  static get last() {
    return FakeSocket.all.at(-1);
  }

  constructor(url, protocols) {
    if (!/^wss?:/.test(url)) {
      throw new SyntaxError(`no such URL: ${url}`);
    }
    Object.assign(this, { url, protocols, readyState: 0, bufferedAmount: 0, sent: [], protocol: protocols[0] ?? "" });
    FakeSocket.all.push(this);
  }

  open() {
    this.readyState = 1;
    this.onopen();
  }

  receive(...bytes) {
    this.onmessage?.({ data: new Uint8Array(bytes.flatMap((part) => [...part])).buffer });
  }

  end(code, reason = "") {
    this.readyState = 3;
    this.onclose({ code, reason });
  }

  send(frame) {
    this.sent.push([...frame]);
  }

  close() {
    this.readyState = 3;
    this.closed = true;
  }
}

const bytes = (text) => [...new TextEncoder().encode(text)];
const u32 = (number) => [number >>> 24, (number >>> 16) & 255, (number >>> 8) & 255, number & 255];
const tlv = (msgId, text = "") => [...u32(msgId), ...u32(bytes(text).length), ...bytes(text)];
const ltv = (msgId, text = "") => [...u32(bytes(text).length).reverse(), ...u32(msgId).reverse(), ...bytes(text)];
/** Lets time pass, in steps, so that a timer that is set by another one counts from that moment. */
function pass(millis) {
  for (let left = millis; left > 0; left -= 100) {
    mock.timers.tick(Math.min(left, 100));
  }
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

let events;
let client;

function make(options = {}) {
  events = [];
  client = new ZinxClient({ url: "ws://test/", WebSocket: FakeSocket, ...options });
  for (const what of ["open", "close", "state", "error"]) {
    client.on(what, (value) => events.push([what, value]));
  }
  return client;
}

function connected(options) {
  make(options).connect();
  FakeSocket.last.open();
  return client;
}

const seen = (what) => events.filter(([name]) => name === what).map(([, value]) => value);
const received = (msgId) => {
  const texts = [];
  client.on(msgId, (message) => texts.push(message.text()));
  return texts;
};
const isError = (code) => (error) => error instanceof ZinxError && error.code === code;

beforeEach(() => {
  FakeSocket.all = [];
  mock.timers.enable({ apis: ["setTimeout"] });
  mock.method(Math, "random", () => 0);
  mock.method(console, "warn", () => {});
  mock.method(console, "error", () => {});
});

afterEach(() => {
  mock.timers.reset();
  mock.restoreAll();
});

test("frames are written in both formats", () => {
  connected().send(1, "ping");
  client.send(99999);
  assert.deepEqual(FakeSocket.last.sent, [tlv(1, "ping"), tlv(99999)]);
  connected({ format: "ltv" }).send(1, "ping");
  assert.deepEqual(FakeSocket.last.sent, [[4, 0, 0, 0, 1, 0, 0, 0, ...bytes("ping")]]);
});

test("frames are read in both formats", () => {
  for (const [format, frame] of [["tlv", tlv], ["ltv", ltv]]) {
    connected({ format });
    const texts = received(0xffffffff);
    FakeSocket.last.receive(frame(0xffffffff, "größe"));
    assert.deepEqual(texts, ["größe"]);
  }
});

test("what arrives is a stream: frames may be cut anywhere", () => {
  const stream = [...tlv(1, "one"), ...tlv(2), ...tlv(1, "x".repeat(300)), ...tlv(1, "last")];
  for (let size = 1; size <= stream.length; size++) {
    connected();
    const texts = received(1);
    for (let from = 0; from < stream.length; from += size) {
      FakeSocket.last.receive(stream.slice(from, from + size));
    }
    assert.deepEqual(texts, ["one", "x".repeat(300), "last"], `in pieces of ${size}`);
  }
});

test("a message keeps its bytes when later ones arrive", () => {
  connected();
  const messages = [];
  client.on(1, (message) => messages.push(message));
  FakeSocket.last.receive(tlv(1, "one"), tlv(1, "two"));
  FakeSocket.last.receive(tlv(1, '{"n":3}'));
  assert.ok(messages[0] instanceof ZinxMessage);
  assert.deepEqual(messages.map((message) => [message.msgId, message.text()]), [[1, "one"], [1, "two"], [1, '{"n":3}']]);
  assert.deepEqual(messages[2].json(), { n: 3 });
  assert.throws(() => new ZinxMessage(1, new Uint8Array([0xff])).text(), TypeError);
});

test("a frame that is too long ends the connection for good", () => {
  connected({ maxReceive: 10 });
  const texts = received(1);
  FakeSocket.last.receive(tlv(1, "0123456789"), tlv(1, "0123456789a"), tlv(1, "lost"));
  assert.deepEqual(texts, ["0123456789"]);
  assert.equal(seen("error")[0].code, "corrupt");
  assert.match(seen("error")[0].message, /11 bytes.*maxReceive is 10/);
  assert.equal(client.state, ZinxState.CLOSED);
  assert.ok(FakeSocket.last.closed);
  assert.equal(seen("close")[0].reconnectIn, null);
});

test("text is no frame", () => {
  connected();
  FakeSocket.last.onmessage({ data: "text" });
  assert.equal(seen("error")[0].code, "corrupt");
  assert.equal(client.state, ZinxState.CLOSED);
});

test("text, bytes, objects and arrays can be sent", () => {
  connected();
  const buffer = new Uint8Array([1, 2, 3, 4]);
  client.send(1, buffer.subarray(1, 3));
  client.send(1, buffer.buffer);
  client.send(1, { a: [1] });
  client.send(1, [true]);
  assert.deepEqual(FakeSocket.last.sent.map((frame) => frame.slice(8)),
    [[2, 3], [1, 2, 3, 4], bytes('{"a":[1]}'), bytes("[true]")]);
});

test("nothing else can be sent, and nothing is ignored", () => {
  connected();
  for (const body of [null, 1, true, 1n, Symbol("s"), () => 1, new Map(), new Set(), Promise.resolve(), new Blob([])]) {
    assert.throws(() => client.send(1, body), isError("bad-argument"));
  }
  for (const msgId of [-1, 2 ** 32, 1.5, "1", NaN, undefined]) {
    assert.throws(() => client.send(msgId, "a"), isError("bad-argument"));
  }
  assert.throws(() => client.send(1, "a".repeat(4097)), isError("too-long"));
  client.send(1, "a".repeat(4096));
  assert.equal(FakeSocket.last.sent.length, 1);
});

test("nothing is sent without a connection", async () => {
  make();
  assert.throws(() => client.send(1), isError("not-connected"));
  client.connect();
  assert.throws(() => client.send(1), isError("not-connected"));
  await assert.rejects(client.ask(1), isError("not-connected"));
  FakeSocket.last.open();
  FakeSocket.last.readyState = 2;
  assert.throws(() => client.send(1), isError("not-connected"));
});

test("a slow network is an error, not a queue without a bound", () => {
  connected({ maxBuffered: 100 });
  FakeSocket.last.bufferedAmount = 88;
  client.send(1, "four");
  FakeSocket.last.bufferedAmount = 89;
  assert.throws(() => client.send(1, "four"), isError("buffer-full"));
  assert.equal(client.state, ZinxState.OPEN);
});

test("misspelt options and events are errors", () => {
  assert.throws(() => new ZinxClient({ adress: "ws://a/" }), /There is no option adress/);
  assert.throws(() => new ZinxClient({ heartbeat: { every: 1 } }), /There is no option heartbeat.every/);
  assert.throws(() => new ZinxClient({ format: "raw" }), isError("bad-argument"));
  assert.throws(() => new ZinxClient({ maxReceive: "1" }), isError("bad-argument"));
  assert.throws(() => new ZinxClient({ reconnect: { first: 0 } }), isError("bad-argument"));
  assert.throws(() => new ZinxClient({ heartbeat: { interval: 1000, answer: true } }), isError("bad-argument"));
  assert.throws(() => make().on("opened", () => {}), isError("bad-argument"));
  assert.throws(() => make().on(1), isError("bad-argument"));
});

test("several asks are answered in order, and others get the rest", async () => {
  connected();
  const texts = received(2);
  const first = client.ask(1, "a", { reply: 2 });
  const second = client.ask(1, "b", { reply: 2 });
  const third = client.ask(3, "c");
  FakeSocket.last.receive(tlv(3, "C"), tlv(2, "A"), tlv(2, "B"), tlv(2, "rest"));
  assert.deepEqual((await Promise.all([first, second, third])).map((message) => message.text()), ["A", "B", "C"]);
  assert.deepEqual(texts, ["rest"]);
  await assert.rejects(client.ask(1, "a", { answer: 2 }), /There is no option of ask answer/);
});

test("a refusal rejects the oldest ask that knows its number", async () => {
  connected();
  const first = client.ask(1, "a", { failure: 99 });
  const second = client.ask(1, "b", { failure: 99 });
  FakeSocket.last.receive(tlv(99, "no"), tlv(1, "yes"));
  await assert.rejects(first, (error) => isError("refused")(error) && error.reply.text() === "no");
  assert.equal((await second).text(), "yes");
});

test("match decides which reply belongs to which ask", async () => {
  connected();
  const ask = client.ask(1, { id: 7 }, { match: (message) => message.json().id === 7 });
  const texts = received(1);
  FakeSocket.last.receive(tlv(1, '{"id":6}'), tlv(1, '{"id":7}'));
  assert.deepEqual((await ask).json(), { id: 7 });
  assert.deepEqual(texts, ['{"id":6}']);
});

test("an ask ends when its time is up, or with the connection", async () => {
  connected();
  const late = client.ask(1, "", { timeout: 500 });
  const cut = client.ask(1, "");
  pass(500);
  FakeSocket.last.end(4001, "kicked");
  await assert.rejects(late, isError("timeout"));
  await assert.rejects(cut, (error) => isError("closed")(error) && error.message.endsWith("4001 kicked"));
});

test("after a loss the client connects again, each time later, up to a bound", () => {
  connected();
  FakeSocket.last.end(1012, "server-stopping");
  assert.equal(client.state, ZinxState.WAITING);
  for (const wait of [500, 1000, 2000, 4000, 8000, 16000, 30000, 30000]) {
    assert.equal(seen("close").at(-1).reconnectIn, wait);
    const before = FakeSocket.all.length;
    pass(wait - 1);
    assert.equal(FakeSocket.all.length, before);
    pass(1);
    assert.equal(FakeSocket.all.length, before + 1);
    assert.equal(client.state, ZinxState.CONNECTING);
    FakeSocket.last.end(1006);
  }
});

test("up to half of a wait is left out at random", () => {
  mock.method(Math, "random", () => 0.999);
  connected();
  FakeSocket.last.end(1006);
  assert.equal(seen("close")[0].reconnectIn, 250);
});

test("only a connection that lasts makes the next loss a first one", () => {
  connected();
  FakeSocket.last.end(1006);
  pass(500);
  FakeSocket.last.open();
  FakeSocket.last.end(1011);
  assert.equal(seen("close").at(-1).reconnectIn, 1000);
  pass(1000);
  FakeSocket.last.open();
  pass(10_000);
  FakeSocket.last.end(1006);
  assert.equal(seen("close").at(-1).reconnectIn, 500);
});

test("the code of the end says whether and when to connect again", () => {
  const soon = [1005, 1006, 1011, 1012, 4008, 4010, 4011, 4012, 4014, 4015];
  const later = [1013, 4013];
  const never = [1000, 1002, 1008, 1009, 4001, 4002];
  for (const [codes, wait] of [[soon, 500], [later, 60_000], [never, null]]) {
    for (const code of codes) {
      connected();
      FakeSocket.last.end(code, "reason");
      assert.deepEqual(seen("close"), [{ code, reason: "reason", reconnectIn: wait }]);
      assert.equal(client.state, wait === null ? ZinxState.CLOSED : ZinxState.WAITING);
    }
  }
});

test("close ends for good, and connect begins anew", () => {
  for (const prepare of [() => {}, () => FakeSocket.last.open(), () => FakeSocket.last.end(1006)]) {
    make().connect();
    prepare();
    client.close();
    client.close();
    assert.equal(client.state, ZinxState.CLOSED);
    assert.equal(seen("close").at(-1).code, 1000);
    const before = FakeSocket.all.length;
    pass(100_000);
    assert.equal(FakeSocket.all.length, before);
    client.connect();
    FakeSocket.last.open();
    assert.equal(client.state, ZinxState.OPEN);
  }
});

test("connect while the client waits connects at once, and only once", () => {
  connected();
  FakeSocket.last.end(1006);
  client.connect();
  client.connect();
  pass(1000);
  assert.equal(FakeSocket.all.length, 2);
});

test("no reconnection without reconnect", () => {
  connected({ reconnect: false });
  FakeSocket.last.end(1006);
  assert.equal(client.state, ZinxState.CLOSED);
});

test("an attempt without an answer is given up", () => {
  make().connect();
  pass(10_000);
  assert.equal(client.state, ZinxState.WAITING);
  assert.ok(FakeSocket.last.closed);
});

test("the URL may be found out before each attempt", async () => {
  let number = 0;
  make({ url: async () => `ws://test/${++number}`, protocols: ["chat"] }).connect();
  await settled();
  FakeSocket.last.open();
  assert.deepEqual(seen("open"), [{ protocol: "chat" }]);
  FakeSocket.last.end(1006);
  pass(500);
  await settled();
  assert.deepEqual(FakeSocket.all.map((socket) => socket.url), ["ws://test/1", "ws://test/2"]);
});

test("a URL that is none ends for good, a function that fails is asked again", async () => {
  make({ url: "http//test" }).connect();
  assert.equal(client.state, ZinxState.CLOSED);
  assert.match(seen("error")[0].message, /no such URL/);
  make({ url: () => Promise.reject(new Error("no token")) }).connect();
  await settled();
  assert.equal(client.state, ZinxState.WAITING);
  client.close();
  make({ url: () => Promise.resolve("ws://test/") }).connect();
  client.close();
  await settled();
  assert.equal(FakeSocket.all.length, 0);
});

test("a handler that fails is an error and breaks nothing", async () => {
  connected();
  client.on(1, () => {
    throw new Error("first");
  });
  client.on(1, async () => {
    throw new Error("second");
  });
  const texts = received(1);
  FakeSocket.last.receive(tlv(1, "a"), tlv(1, "b"));
  await settled();
  assert.deepEqual(texts, ["a", "b"]);
  assert.equal(seen("error").length, 4);
  assert.ok(seen("error").every(isError("handler")));
  assert.deepEqual(seen("error").map((error) => error.cause.message), ["first", "first", "second", "second"]);
});

test("a handler of errors that fails is on the console, as are errors without a handler", () => {
  connected();
  client.on("error", () => {
    throw new Error("again");
  });
  client.on(1, () => {
    throw new Error("first");
  });
  FakeSocket.last.receive(tlv(1));
  assert.equal(console.error.mock.callCount(), 1);
  const other = new ZinxClient({ url: "none", WebSocket: FakeSocket });
  other.connect();
  assert.equal(console.error.mock.callCount(), 2);
});

test("handlers are removed, and messages without one are not lost without a word", () => {
  connected();
  const handler = () => {};
  client.on(1, handler);
  assert.equal(client.off(1, handler), true);
  assert.equal(client.off(1, handler), false);
  FakeSocket.last.receive(tlv(1), tlv(1));
  assert.equal(console.warn.mock.callCount(), 1);
  const rest = [];
  client.on("message", (message) => rest.push(message.msgId));
  FakeSocket.last.receive(tlv(5));
  assert.deepEqual(rest, [5]);
});

test("a handler that closes gets no further message", () => {
  connected();
  const texts = received(1);
  client.on(1, () => client.close());
  FakeSocket.last.receive(tlv(1, "a"), tlv(1, "b"));
  assert.deepEqual(texts, ["a"]);
});

test("heartbeats are sent at an interval, and answers need no handler", () => {
  connected({ heartbeat: { interval: 1000, body: "beat" } });
  pass(2500);
  assert.deepEqual(FakeSocket.last.sent, [tlv(99999, "beat"), tlv(99999, "beat")]);
  FakeSocket.last.receive(tlv(99999, "answer"));
  assert.equal(console.warn.mock.callCount(), 0);
  FakeSocket.last.end(1006);
  pass(400);
  assert.equal(FakeSocket.last.sent.length, 2);
});

test("a server that answers no heartbeat is lost", () => {
  connected({ heartbeat: { interval: 1000, timeout: 3000 } });
  pass(1500);
  FakeSocket.last.receive(tlv(99999));
  pass(3400);
  assert.equal(client.state, ZinxState.OPEN);
  pass(200);
  assert.equal(client.state, ZinxState.WAITING);
  assert.equal(seen("close")[0].code, 4011);
});

test("heartbeats of the server are answered if the client has none of its own", () => {
  connected({ heartbeat: { answer: true, timeout: 3000 } });
  pass(2900);
  assert.deepEqual(FakeSocket.last.sent, []);
  FakeSocket.last.receive(tlv(99999, "are you there"));
  assert.deepEqual(FakeSocket.last.sent, [tlv(99999)]);
  pass(2999);
  assert.equal(client.state, ZinxState.OPEN);
  pass(1);
  assert.equal(client.state, ZinxState.WAITING);
});

// The page of the chat. It talks to the same handlers as any other client: see ChatHandlers for the messages.
import { ZinxClient, ZinxState } from "/zinx/zinx.js";

const LOGIN = 10;
const JOIN = 11;
const LEAVE = 12;
const SAY = 13;
const TELL = 14;
const SAID = 20;
const PRESENCE = 21;
const PUSHED = 22;
const TOLD = 23;
const PROBLEM = 99;

const LINES = 500;
const ENDS = {
  1000: "The server has ended the connection",
  4001: "You were removed from the chat",
  4002: "Your name has logged in elsewhere",
};

const element = (id) => document.getElementById(id);

let client;
let user;
let room;
/** The name that this connection has logged in with. */
let loggedIn;
let people = new Set();
let countdown;

async function makeClient() {
  const { port } = await (await fetch("/chat/server")).json();
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  return new ZinxClient({
    url: `${scheme}://${location.hostname}:${port}/`,
    heartbeat: { interval: 20_000, timeout: 10_000 },
  })
    .on("open", enter)
    .on("state", showState)
    .on("close", ended)
    .on("error", (error) => note(error.message, "problem"))
    .on(SAID, (message) => said(message.json()))
    .on(PRESENCE, (message) => presence(message.json()))
    .on(PUSHED, (message) => add({ from: "The server", text: message.json().text, kind: "private" }))
    .on(TOLD, (message) => told(message.json()))
    .on(PROBLEM, (message) => note(message.json().error, "problem"));
}

/** Logs in, if this connection has not yet, and joins the room: at the start, and again on each new connection. */
async function enter() {
  try {
    if (!loggedIn) {
      await client.ask(LOGIN, { user }, { failure: PROBLEM });
      loggedIn = user;
    }
    await join(room);
    showChat();
  } catch (error) {
    showEntrance(reason(error));
  }
}

async function join(name) {
  const joined = (await client.ask(JOIN, { room: name }, { failure: PROBLEM })).json();
  room = joined.room;
  people = new Set(joined.users);
  element("place").textContent = `Room ${room}`;
  showPeople();
}

function reason(error) {
  return error.code === "refused" ? error.reply.json().error : error.message;
}

function ended({ code, reason: text, reconnectIn }) {
  loggedIn = undefined;
  if (reconnectIn !== null) {
    const at = Date.now() + reconnectIn;
    const show = () => (element("countdown").textContent = `again in ${Math.max(0, Math.ceil((at - Date.now()) / 1000))} s`);
    show();
    countdown = setInterval(show, 250);
  } else if (user) {
    element("status").textContent = ENDS[code] ?? `The connection has ended: ${text || code}`;
  }
}

function showState(state) {
  clearInterval(countdown);
  element("countdown").textContent = "";
  element("connection").dataset.state = state;
  element("status").textContent = {
    [ZinxState.CONNECTING]: "Connecting…",
    [ZinxState.OPEN]: "Connected",
    [ZinxState.WAITING]: "Connection lost",
    [ZinxState.CLOSED]: "Not connected",
  }[state];
  element("again").hidden = !user || (state !== ZinxState.WAITING && state !== ZinxState.CLOSED);
  element("say").querySelector("button").disabled = state !== ZinxState.OPEN;
}

function showChat() {
  element("entrance").hidden = true;
  element("problem").textContent = "";
  if (element("chat").hidden) {
    element("chat").hidden = false;
    element("text").focus();
  }
}

function showEntrance(problem = "") {
  element("chat").hidden = true;
  element("entrance").hidden = false;
  element("problem").textContent = problem;
  element("user").focus();
}

function showPeople() {
  const names = [...people].sort((one, other) => one.localeCompare(other));
  element("people").replaceChildren(...names.map((name) => {
    const item = document.createElement("li");
    item.textContent = name === user ? `${name} (you)` : name;
    return item;
  }));
  const chosen = element("to").value;
  const options = [new Option("everyone", ""), ...names.filter((name) => name !== user).map((name) => new Option(name, name))];
  element("to").replaceChildren(...options);
  element("to").value = people.has(chosen) && chosen !== user ? chosen : "";
}

function said({ room: where, user: from, text }) {
  if (where === room) {
    add({ from, text, kind: from === user ? "own" : "other" });
  }
}

function presence({ room: where, user: who, event }) {
  if (where === room) {
    people[event === "joined" ? "add" : "delete"](who);
    showPeople();
    note(`${who} ${event}`);
  }
}

function told({ from, text }) {
  add({ from: `${from} to you`, text, kind: "private" });
}

function note(text, kind = "note") {
  add({ text, kind });
}

/** Adds a line to the log. What others have written only ever becomes text, never HTML. */
function add({ from, text, kind }) {
  const line = document.createElement("li");
  line.className = kind;
  if (from) {
    const head = document.createElement("span");
    head.className = "from";
    head.textContent = from;
    const time = document.createElement("time");
    time.textContent = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    head.append(" ", time);
    line.append(head);
  }
  const body = document.createElement("span");
  body.className = "text";
  body.textContent = text;
  line.append(body);
  const log = element("log");
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
  log.append(line);
  while (log.childElementCount > LINES) {
    log.firstElementChild.remove();
  }
  if (atEnd || kind === "own") {
    log.scrollTop = log.scrollHeight;
  }
}

/** Handles a form without leaving the page. What goes wrong is shown where the person looks. */
function onSubmit(id, action) {
  element(id).addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await action();
    } catch (error) {
      if (element("chat").hidden) {
        element("problem").textContent = reason(error);
      } else {
        note(reason(error), "problem");
      }
    }
  });
}

onSubmit("login", async () => {
  client ??= await makeClient();
  const name = element("user").value;
  if (loggedIn && loggedIn !== name) {
    client.close();
  }
  [user, room] = [name, element("room").value];
  if (client.state === ZinxState.OPEN) {
    await enter();
  } else {
    client.connect();
  }
});

onSubmit("say", async () => {
  const [to, text] = [element("to").value, element("text").value];
  if (to) {
    const { state } = (await client.ask(TELL, { to, text }, { failure: PROBLEM })).json();
    if (state !== "sent") {
      throw new Error(`${to} did not get it: ${state}`);
    }
    add({ from: `you to ${to}`, text, kind: "own private" });
  } else {
    client.send(SAY, { room, text });
  }
  element("text").value = "";
});

onSubmit("move", async () => {
  const next = element("next").value;
  if (next !== room) {
    const last = room;
    await join(next);
    await client.ask(LEAVE, { room: last }, { failure: PROBLEM });
    note(`You are in ${room} now`);
  }
  element("next").value = "";
});

element("again").addEventListener("click", () => client.connect());

element("leave").addEventListener("click", () => {
  user = undefined;
  client.close();
  element("log").replaceChildren();
  showEntrance();
});

addEventListener("resize", () => (element("log").scrollTop = element("log").scrollHeight));

// A phone that has its network back need not wait for the next attempt.
addEventListener("online", () => client?.state === ZinxState.WAITING && client.connect());

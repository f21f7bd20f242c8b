// Sends messages of random sizes in random fragments to an echo server with the client of npm's ws, and checks that each comes back in order, as one WebSocket message:
// node websocket-echo.mjs URL MESSAGES SEED [--deflate]
import { randomFillSync } from "node:crypto";
import WebSocket from "ws";

const [url, messages, seed] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const deflate = process.argv.includes("--deflate");
const CLIENTS = 4;
const IN_FLIGHT = 256;
let state = seed >>> 0;

function random(bound) {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * bound);
}

function frame(number) {
  const length = random(20) === 0 ? random(15000) : random(600);
  const bytes = Buffer.alloc(8 + length, number & 0xff);
  if (random(2) === 0) {
    // Bytes that compress badly.
    randomFillSync(bytes, 8);
  }
  bytes.writeUInt32BE(1, 0);
  bytes.writeUInt32BE(length, 4);
  return bytes;
}

// Sends bytes as one WebSocket message of one to four fragments.
function sendFragmented(socket, bytes) {
  let from = 0;
  for (let fragment = random(4); fragment > 0; fragment--) {
    const to = from + random(bytes.length - from + 1);
    socket.send(bytes.subarray(from, to), { binary: true, fin: false });
    if (random(10) === 0) {
      socket.ping("beside fragments");
    }
    from = to;
  }
  socket.send(bytes.subarray(from), { binary: true, fin: true });
}

function run(count) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { perMessageDeflate: deflate });
    const expected = [];
    let sent = 0;
    let received = 0;

    function sendMore() {
      while (sent < count && expected.length < IN_FLIGHT) {
        const batch = [];
        for (let size = 1 + random(4); size > 0 && sent < count; size--) {
          batch.push(frame(sent++));
        }
        expected.push(...batch);
        const bytes = Buffer.concat(batch);
        // A Zinx frame may also span several WebSocket messages.
        const cut = random(5) === 0 ? random(bytes.length) : 0;
        if (cut > 0) {
          sendFragmented(socket, bytes.subarray(0, cut));
        }
        sendFragmented(socket, bytes.subarray(cut));
      }
    }

    socket.on("open", () => {
      if (socket.extensions.includes("permessage-deflate") !== deflate) {
        reject(new Error(`Agreed on "${socket.extensions}"`));
        socket.terminate();
        return;
      }
      sendMore();
    });
    socket.on("error", reject);
    socket.on("message", (message, binary) => {
      const next = expected.shift();
      if (!binary || !next || !message.equals(next)) {
        reject(new Error(`Message ${received} differs`));
        socket.terminate();
        return;
      }
      received++;
      if (received === count) {
        socket.close(1000, "done");
      }
      else if (expected.length < IN_FLIGHT / 2) {
        sendMore();
      }
    });
    socket.on("close", (code) => {
      if (received === count && code === 1000) {
        resolve();
      }
      else {
        reject(new Error(`Closed with ${code} after ${received} of ${count} messages`));
      }
    });
  });
}

await Promise.all(Array.from({ length: CLIENTS }, () => run(messages / CLIENTS)));
console.log(`${messages} messages came back${deflate ? ", compressed" : ""}, seed ${seed}`);

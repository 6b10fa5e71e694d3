// A crowd of clients that hold a server up, in a process of its own: told by its parent whom to be, it goes on until it
// is killed. Whoever is cut comes back at once.
import net from "node:net";
import tls from "node:tls";

// From so many addresses of its own; 0: from the common one.
const { from, port, secure, head, tokens, cookie, passo } = JSON.parse(process.argv[2]);
const counts = {};
let opened = 0;
let listeners = 0;
const host = `Host: ${head}\r\n`;

/** Opens a line; `begin` says what to do on it and may give what to do each second. */
function line(kind, begin) {
  const count = (counts[kind] ??= { aperte: 0, tagliate: 0 });
  const place = from ? { localAddress: `127.0.0.${2 + (opened++ % from)}` } : {};
  const socket = (secure ? tls : net).connect({ port, host: "127.0.0.1", rejectUnauthorized: false, ...place });
  let each;
  socket.once(secure ? "secureConnect" : "connect", () => {
    count.aperte++;
    const act = begin(socket);
    if (act) each = setInterval(act, 1000);
  });
  socket.on("error", () => {});
  socket.once("close", () => {
    clearInterval(each);
    count.aperte--;
    count.tagliate++;
    setImmediate(() => line(kind, begin));
  });
}

const kUpload = 40_000_000;
const post = `POST ${passo} HTTP/1.1\r\n${host}Cookie: ${cookie}\r\nContent-Type: multipart/form-data; boundary=x\r\n`;

const kinds = {
  /** A byte of a header each second. */
  loris(socket) {
    socket.write(`GET /rovereto/ HTTP/1.1\r\n${host}X-Lento: `);
    return () => socket.write("a");
  },
  /** A byte of a body each second. */
  corpi(socket) {
    socket.write(`${post}Content-Length: ${kUpload}\r\n\r\n`);
    return () => socket.write("a");
  },
  /** A body just fast enough to be waited for. */
  corpi_pazienti(socket) {
    socket.write(`${post}Content-Length: ${kUpload}\r\n\r\n`);
    return () => socket.write("a".repeat(1300));
  },
  /** Asks for a lot and reads nothing of it. */
  lettori(socket) {
    socket.pause();
    socket.write(`GET /static/css/bootstrap-italia.min.css HTTP/1.1\r\n${host}\r\n`.repeat(50));
  },
  /** One request, and then nothing. */
  inattivi(socket) {
    socket.resume();
    socket.write(`GET /stato HTTP/1.1\r\n${host}\r\n`);
  },
  /** Listens to the changes. */
  ascoltatori(socket) {
    socket.resume();
    const token = tokens[listeners++ % tokens.length];
    socket.write(`GET /rovereto/api/operatori/v1/eventi?da=0 HTTP/1.1\r\n${host}Authorization: Bearer ${token}\r\n\r\n`);
  },
  /** Breaks off half-way, again and again. */
  volubili(socket) {
    socket.write(`GET /rovereto/ HTTP/1.1\r\n${host}`);
    setTimeout(() => socket.destroy(), 20);
  },
};

process.on("message", (wanted) => {
  for (const [kind, number] of Object.entries(wanted)) {
    // A hundred each 20 ms: nobody's queue of new connections is endless.
    for (let i = 0; i < number; i++) setTimeout(() => line(kind, kinds[kind]), (i / 100) * 20);
  }
});
setInterval(() => process.send(counts), 1000);
process.on("disconnect", () => process.exit());

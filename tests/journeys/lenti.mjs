// Slow, idle and hostile clients at full numbers: a fresh request is answered within a second, and an honest upload on a
// slow line arrives. To the server itself everybody comes from one address, the worst case; to nginx, which limits each
// address, the crowd comes from others.
//   node lenti.mjs [--a-lungo] [--nginx] [--solo FOLLA]
// --a-lungo: each crowd alone, then all together, with 20 MB at 100 kB/s; otherwise all together, with less.
// --nginx: the same through the nginx of packaging/nginx.
import { fork } from "node:child_process";
import { readFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";

import { makePdf } from "./documenti.mjs";
import { Nginx } from "./nginx.mjs";
import { OperatoreApi } from "./operatore.mjs";
import { assert, check, sleep, until } from "./prove.mjs";
import { travel } from "./viaggio.mjs";
import { Visitatore } from "./visitatore.mjs";

const long = process.argv.includes("--a-lungo");
const only = process.argv[process.argv.indexOf("--solo") + 1 || process.argv.length];
const behindNginx = process.argv.includes("--nginx");

const kCrowds = {
  loris: 200,
  corpi: 200,
  corpi_pazienti: 100,
  lettori: 100,
  inattivi: 1000,
  ascoltatori: 500,
  volubili: 50,
};
const kFileSize = 9_900_000;
const kPace = 100_000;

class Crowd {
  constructor(where) {
    this.child = fork(new URL("folla.mjs", import.meta.url), [JSON.stringify(where)]);
    this.child.on("message", (counts) => (this.counts = counts));
    this.gone = new Promise((done) => this.child.once("exit", done));
  }

  send(wanted) {
    this.child.send(wanted);
  }

  async stop() {
    this.child.kill("SIGKILL");
    await this.gone;
  }
}

/** One fresh request on a line of its own; milliseconds until all of its answer is here. */
function fresh(url, headers = {}) {
  return new Promise((done, fail) => {
    const begun = performance.now();
    const get = url.startsWith("https") ? https.get : http.get;
    const request = get(url, { agent: false, headers, rejectUnauthorized: false, timeout: 10_000 }, (answer) => {
      answer.resume();
      answer.once("error", fail);
      answer.once("end", () =>
        answer.statusCode === 200
          ? done(performance.now() - begun)
          : fail(new Error(`${url}: stato ${answer.statusCode}`)),
      );
    });
    request.once("timeout", () => request.destroy(new Error("nessuna risposta in 10 s")));
    request.once("error", fail);
  });
}

/** For so many seconds from the third one on, four times a second: each is answered within a second. */
async function watch(urls, headers, seconds) {
  await sleep(3000);
  const end = Date.now() + seconds * 1000;
  const times = [];
  while (Date.now() < end) {
    for (const url of urls) times.push(await fresh(url, headers));
    await sleep(250);
  }
  times.sort((a, b) => a - b);
  const worst = times.at(-1);
  const half = times[times.length >> 1].toFixed(0);
  console.log(`   ${times.length} richieste: metà in ${half} ms, la più lenta ${worst.toFixed(0)} ms`);
  assert.ok(worst < 1000, `una richiesta ha aspettato ${worst.toFixed(0)} ms`);
}

/** Two files of `size` bytes at 100 kB/s, as a citizen on a slow line sends them. */
class Slow {
  constructor(base, visitatore, pratica, size) {
    const pdf = (name) => Buffer.concat([makePdf(name), Buffer.alloc(size, "\n")]).subarray(0, size);
    const part = (name, rest) => `--x\r\nContent-Disposition: form-data; name="${name}"${rest}\r\n\r\n`;
    const file = (field) => [
      part(`file.${field}`, `; filename="${field}.pdf"\r\nContent-Type: application/pdf`),
      pdf(field),
      "\r\n",
    ];
    const fields = { csrf: visitatore.csrf, delega_da: "intestatario", azione: "avanti" };
    this.body = Buffer.concat(
      [
        ...Object.entries(fields).map(([name, value]) => part(name, "") + value + "\r\n"),
        ...file("delega_file"),
        ...file("delegante_documento"),
        "--x--\r\n",
      ].map((piece) => Buffer.from(piece)),
    );
    this.done = this.send(base + `${pratica}/passi/specifica_delega`, visitatore);
    // Looked at when its time has come.
    this.done.catch(() => {});
  }

  async send(url, visitatore) {
    const request = (url.startsWith("https") ? https : http).request(url, {
      method: "POST",
      agent: false,
      rejectUnauthorized: false,
      headers: {
        cookie: [...visitatore.cookies].map((pair) => pair.join("=")).join("; "),
        "content-type": "multipart/form-data; boundary=x",
        "content-length": this.body.length,
      },
    });
    const answer = new Promise((done, fail) => request.once("response", done).once("error", fail));
    answer.catch(() => {});
    for (let at = 0; at < this.body.length; at += kPace / 10) {
      request.write(this.body.subarray(at, at + kPace / 10));
      await Promise.race([sleep(100), answer]);
    }
    request.end();
    const { statusCode, headers } = await answer;
    return `${statusCode} ${headers.location ?? ""}`;
  }
}

async function prepare(citta) {
  const visitatore = await new Visitatore(citta).enter("RSSMRA72H25H612H");
  const pratica = await visitatore.draftForSofia();
  // Of one session twenty streams go on.
  const tokens = [];
  for (let i = 0; i < kCrowds.ascoltatori / 20; i++)
    tokens.push((await new OperatoreApi(citta).login("operatore")).token);
  return { visitatore, pratica, tokens };
}

async function under(name, wanted, where, probe, seconds) {
  const crowd = new Crowd(where);
  try {
    await check(`${name}: una richiesta nuova ha risposta entro un secondo`, async () => {
      crowd.send(wanted);
      await watch(probe.urls, probe.headers, seconds);
      console.log(`   ${JSON.stringify(crowd.counts)}`);
      for (const [kind, number] of Object.entries(wanted))
        assert.ok(crowd.counts[kind].aperte + crowd.counts[kind].tagliate >= number / 2, `${kind}: la folla non c'era`);
    });
  } finally {
    await crowd.stop();
  }
}

/** Once each: a header that came twice would be joined by a comma. */
async function protectedBy(nginx) {
  for (const [path, status] of [["/metriche", 404], ["/rovereto/", 200]]) {
    const { statusCode, headers } = await new Promise((done, fail) => {
      const options = { agent: false, rejectUnauthorized: false };
      https.get(`${nginx.url}${path}`, options, (answer) => done(answer.resume())).once("error", fail);
    });
    assert.equal(statusCode, status);
    assert.equal(headers["x-content-type-options"], "nosniff");
    assert.equal(headers["x-frame-options"], "DENY");
    assert.match(headers["content-security-policy"], /^default-src 'none'; [^,]+$/);
    assert.equal(headers["retry-after"], undefined);
  }
}

/** What a link carries after its "?" opens an account: the log tells of the visit without it. */
async function tellsNoSecrets(nginx) {
  const visit = (module, url) =>
    new Promise((done, fail) => {
      const options = { agent: false, rejectUnauthorized: false, headers: { referer: `${nginx.url}/?codice=segretissimo` } };
      module.get(url, options, (answer) => done(answer.resume())).once("error", fail);
    });
  const paths = ["/rovereto/nuova-password", "/rovereto/conferma-email", "/rovereto/servizi/"];
  for (const path of paths) {
    await visit(https, `${nginx.url}${path}?codice=segretissimo&chiave=segretissimo#segretissimo`);
    await visit(http, `http://127.0.0.1:${nginx.plain}${path}?chiave=segretissimo?chiave=segretissimo`);
  }
  const told = await until("nginx scrive gli accessi", () => {
    const log = readFileSync(nginx.log, "utf8");
    return paths.every((path) => log.split(`"GET ${path} HTTP/1.1"`).length > 2) && log;
  });
  assert.ok(!told.includes("segretissimo"), told);
}

async function journey(citta) {
  const { visitatore, pratica, tokens } = await prepare(citta);
  const cookie = [...visitatore.cookies].map((pair) => pair.join("=")).join("; ");
  const nginx = behindNginx ? await Nginx.start(citta) : undefined;
  try {
    const base = nginx?.url ?? citta.url;
    const port = nginx?.port ?? citta.port;
    const passo = `${pratica}/passi/specifica_delega`;
    const where = { from: nginx ? 8 : 0, port, secure: Boolean(nginx), head: new URL(base).host, tokens, cookie, passo };
    const probe = {
      urls: [`${base}/rovereto/`, `${base}/rovereto/api/operatori/v1/pratiche?stato=in_attesa`],
      headers: { authorization: `Bearer ${tokens[0]}` },
    };
    const upload = new Slow(base, visitatore, pratica, long ? kFileSize : 700_000);
    for (const [kind, number] of long ? Object.entries(kCrowds) : [])
      await under(`${number} ${kind}`, { [kind]: number }, where, probe, 30);
    const together = only ? { [only]: kCrowds[only] } : kCrowds;
    await under(only ?? "tutti insieme", together, where, probe, long ? 200 : 15);
    await check("chi carica a 100 kB/s ce la fa", async () => {
      assert.match(await upload.done, /^303 /);
      assert.match(await visitatore.page(passo), /delegante_documento\.pdf/);
    });
    if (nginx) await check("nginx protegge le risposte sue come quelle del servizio", () => protectedBy(nginx));
    if (nginx) await check("il registro di nginx non tiene i codici dei link", () => tellsNoSecrets(nginx));
    await check("dopo, il server è quello di prima", async () => {
      await sleep(1000);
      assert.ok((await fresh(probe.urls[0])) < 1000);
    });
  } finally {
    await nginx?.stop();
  }
}

// To the server nginx is everybody; it is not trusted as a proxy where anybody may be anybody.
if (behindNginx) process.env.STANZA_SERVER_CONNESSIONI_PER_INDIRIZZO = "4000";
await travel(behindNginx ? "lenti_nginx" : "lenti", "sqlite", journey, {}, { withBrowser: false });
process.exit();

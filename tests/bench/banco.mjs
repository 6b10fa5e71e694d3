// What the measures share: a generated comune served by the real server, and the CPU that a process uses.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";

import { Citta } from "../journeys/citta.mjs";
import { OperatoreApi } from "../journeys/operatore.mjs";
import { Demone, program, runWell, setting, source } from "../journeys/programmi.mjs";
import { assert, sleep, until } from "../journeys/prove.mjs";
import { Visitatore } from "../journeys/visitatore.mjs";

/** Microseconds of user and system time of all threads that the process has now. */
export function cpuOf(pid) {
  let total = 0;
  for (const task of readdirSync(`/proc/${pid}/task`)) {
    try {
      total += Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, "utf8").split(" ")[0]) / 1000;
    } catch {
      // This thread has just ended.
    }
  }
  return total;
}

/** Lines of a process's status in kB: VmRSS, VmHWM. */
export function memoryOf(pid, name) {
  return Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]);
}

/** MB of a process in memory; what it shares with others counts for its part alone. */
export function proportionalMemoryOf(pid) {
  return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))[1]) / 1024;
}

export function childrenOf(pid) {
  return readdirSync("/proc").filter((one) => {
    try {
      return /^\d+$/.test(one) && readFileSync(`/proc/${one}/stat`, "utf8").replace(/.*\) /, "").split(" ")[1] == pid;
    } catch {
      return false;
    }
  });
}

/** Rovereto with generated pratiche. */
export class Banco extends Citta {
  constructor(database, pratiche, name = `misura_${database}_${pratiche}`) {
    super(name, database, { accessi_al_minuto: 100000, tentativi_per_utente: 100000 });
    this.pratiche = pratiche;
  }

  static async make(database, pratiche) {
    const banco = new Banco(database, pratiche);
    await banco.prepare();
    return banco;
  }

  /** Pratiche to be read only: on SQLite made the first time, and kept for the next. */
  static async makeToRead(database, pratiche) {
    const banco = new Banco(database, pratiche);
    if (database === "sqlite") banco.data = `${setting("SDC_JOURNEY_DIR")}/generate_${pratiche}`;
    await banco.prepare();
    return banco;
  }

  /** What was generated calls its server by another address. */
  async prepare() {
    await super.prepare();
    await this.command("spid", "prepara", "--ente", "rovereto");
  }

  async populate() {
    const whole = `${this.data}/generate`;
    if (existsSync(whole)) return;
    rmSync(this.data, { recursive: true, force: true });
    await this.generate();
    writeFileSync(whole, "");
  }

  async generate() {
    const postgresql = this.connection ? ["--postgresql", this.connection] : [];
    const args = ["genera", "--cartella", this.data, "--pratiche", `${this.pratiche}`, ...postgresql];
    console.log((await runWell(program("stanza-bench"), args)).trim());
    // What autovacuum, which the tests' cluster does not run, would have done by then.
    if (this.connection) await runWell("psql", [this.connection, "-qc", "VACUUM ANALYZE"]);
  }

  /** A server that leaves what follows a request undone, so that the request alone is measured. */
  async openQuiet() {
    const press = `${this.folder}/nessuna-stampa`;
    writeFileSync(press, "#!/bin/sh\nexec sleep 100000\n", { mode: 0o755 });
    writeFileSync(this.config, this.configText(this.connection) + `[documenti]\nstampa = ${press}\n`);
    this.silent = http.createServer().on("connection", (socket) => socket.pause()).listen(this.smtpPort, "127.0.0.1");
    await this.openServer();
  }

  async closeQuiet() {
    await this.server.stop();
    this.silent.closeAllConnections();
    await new Promise((done) => this.silent.close(done));
    writeFileSync(this.config, this.configText(this.connection));
  }

  get pid() {
    // The server runs under setpriv, which becomes it.
    return this.server.child.pid;
  }

  async stop() {
    this.silent?.closeAllConnections();
    this.silent?.close();
    await super.stop();
  }
}

/** A citizen whose requests go over one line that stays open. */
export function citizenOf(banco) {
  return Object.assign(new Visitatore(banco), { agent: new http.Agent({ keepAlive: true, maxSockets: 1 }) });
}

/** An operator whose requests do. */
export class OperatoreDiMisura extends OperatoreApi {
  constructor(banco) {
    super(banco);
    this.linea = citizenOf(banco);
  }

  async send(method, path, { body, headers = {} } = {}) {
    const plain = new Response(body ?? null);
    const type = body instanceof FormData ? { "content-type": plain.headers.get("content-type") } : {};
    const all = { ...(this.token && { authorization: `Bearer ${this.token}` }), ...headers, ...type };
    const bytes = Buffer.from(await plain.arrayBuffer());
    const path_ = `${new URL(this.base).pathname}/${path}`;
    const answer = await this.linea.send(method, path_, { body: bytes.length ? bytes : "", headers: all });
    const isJson = /json/.test(answer.headers["content-type"] ?? "");
    return { ...answer, json: isJson && answer.text ? JSON.parse(answer.text) : undefined };
  }
}

/** Counts the CPU that `pid` uses for the requests sent over a line while it is on. */
export class Contatore {
  constructor(line, pid) {
    this.spent = 0;
    this.requests = [];
    const send = line.send.bind(line);
    line.send = async (method, path, options) => {
      if (!this.on) return send(method, path, options);
      const before = cpuOf(pid);
      const answer = await send(method, path, options);
      // What the server does after its last byte belongs to the request too.
      await sleep(3);
      this.spent += cpuOf(pid) - before;
      this.requests.push({ method, path, options, answer });
      return answer;
    };
  }

  async during(work) {
    this.on = true;
    try {
      return await work();
    } finally {
      this.on = false;
    }
  }

  get each() {
    return this.spent / this.requests.length;
  }
}

/** The CPU of a bare Poco server for the same requests with the same answers, one after the other. */
export async function bareCost(banco, requests) {
  const { answer } = requests.at(-1);
  const head = Object.entries(answer.headers).flatMap(([name, values]) =>
    [values].flat().map((value) => `${name}: ${value}\r\n`),
  );
  const [headFile, bodyFile, port] = [`${banco.folder}/testa`, `${banco.folder}/corpo`, `${banco.webPort}`];
  writeFileSync(headFile, `HTTP/1.1 ${answer.status} X\r\n${head.join("")}\r\n`);
  writeFileSync(bodyFile, answer.bytes);
  const bare = new Demone(program("poco-nudo"), [port, headFile, bodyFile], `${banco.folder}/nudo.log`);
  try {
    const line = citizenOf({ url: `http://127.0.0.1:${port}` });
    await until("poco-nudo risponde", () => line.get("/").then((there) => there.status > 0, () => false));
    const counter = new Contatore(line, bare.child.pid);
    await counter.during(async () => {
      for (const one of requests) await line.send(one.method, one.path, one.options);
    });
    line.agent.destroy();
    return counter.each;
  } finally {
    await bare.stop();
  }
}

/** CPU per request of an address under load by cpu.sh: {bytes, own, bare}; with a body, of posting that form. */
export async function loadCost(banco, path, headers = [], { seconds = 3, bare = true, body = "" } = {}) {
  const env = { SECONDI: `${seconds}`, PORTA_NUDO: `${banco.webPort}`, SENZA_NUDO: bare ? "no" : "si" };
  if (banco.cluster) env.DATABASE = readFileSync(`${banco.cluster}/dati/postmaster.pid`, "utf8").split("\n")[0];
  const args = [`${banco.pid}`, banco.url + path, ...headers];
  if (body) writeFileSync((env.CORPO = `${banco.folder}/modulo`), body);
  const line = await runWell(source("tests/bench/cpu.sh"), args, {
    env: { ...env, POCO_NUDO: program("poco-nudo") },
  });
  const found = /\t(\d+) byte\t([\d.]+) us(?:\tPoco nudo ([\d.]+) us)?/.exec(line);
  assert.ok(found, line);
  return { bytes: Number(found[1]), own: Number(found[2]), bare: Number(found[3]) };
}

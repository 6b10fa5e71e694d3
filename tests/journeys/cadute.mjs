// Nothing is lost or doubled when the server is killed, again and again, while citizens send and operators decide.
//   node cadute.mjs sqlite|postgresql [--pratiche 200] [--seme 1] [--calma 1]
// With a "calma" of 10 the server lives ten times as long between two kills.
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";

import { Citta } from "./citta.mjs";
import { checkNothingLost } from "./cadute_conti.mjs";
import { makePdf, sign } from "./documenti.mjs";
import { OperatorePaziente, Paziente } from "./pazienti.mjs";
import { ask, Demone, program, runWell, setting, source } from "./programmi.mjs";
import { assert, check, sleep, until } from "./prove.mjs";
import { idOf } from "./operatore.mjs";

const kIdentities = [
  ["RSSMRA72H25H612H", true],
  ["BNCGLI85C52L378P", true],
  ["VRDLCU90A01H612Q", false],
  ["NREFNC78T50A952T", false],
];
const kEnti = ["rovereto", "tre-ville"];
// Each kind of commit, by a statement that no other kind has; and the moments of files, sockets and the disk.
const kMoments = [
  "INSERT INTO sessioni",
  "INSERT INTO accettazioni",
  "INSERT INTO bozze_uniche",
  "UPDATE risposte",
  "INSERT INTO risposte",
  "INSERT INTO allegati (",
  "INSERT INTO richiedenti",
  "stato = 'in_corso'",
  "INSERT INTO documenti",
  "INSERT INTO registro",
  "INSERT INTO esiti",
  "stato = 'fatto'",
  "@rename",
  "@fsync",
  "@send",
  "@recv",
];

/** Numbers that are the same for the same seed (mulberry32). */
function dice(seed) {
  let state = seed >>> 0;
  return (most) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let x = Math.imul(state ^ (state >>> 15), 1 | state);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) % most;
  };
}

/** Kills the server at planned moments and starts it again, until it is told to leave it alone. */
class Guastatore {
  constructor(citta, seed, calm) {
    this.citta = citta;
    this.calm = calm;
    this.roll = dice(seed);
    this.killLog = `${citta.folder}/uccisioni.log`;
    this.kills = { orologio: 0, database: 0 };
    this.turn = this.roll(kMoments.length * 2);
    this.quiet = false;
  }

  get total() {
    return Object.values(this.kills).reduce((sum, count) => sum + count, 0);
  }

  async run() {
    while (!this.quiet) await this.life();
    await this.start({});
    await until("il server risponde", () => this.alive());
  }

  /** One start of the server and its end. */
  async life() {
    const moment = kMoments[(this.turn >> 1) % kMoments.length];
    const when = this.turn++ & 1 ? "after" : "before";
    const often = (/^@(send|recv)/.test(moment) ? 400 : 12) * this.calm;
    const plan = `${when}:${1 + this.roll(often)}:${moment}`;
    this.start({ LD_PRELOAD: setting("SDC_KILL_AT_LIBRARY"), SDC_KILL_AT: plan, SDC_KILL_LOG: this.killLog });
    const server = this.citta.server;
    if (this.citta.cluster && this.roll(4) === 0) await this.killDatabase(server);
    // Some die while they start; the others get to work first, however slow the machine.
    if (this.roll(4) > 0) await this.answering(server);
    await Promise.race([server.ended, sleep(400 + this.roll(2200 * this.calm))]);
    if (this.quiet && server.running) return server.stop("SIGKILL");
    if (server.running) {
      await server.stop("SIGKILL");
      ++this.kills.orologio;
    } else this.count(moment, server);
  }

  start(env) {
    const { citta } = this;
    const args = ["--config", citta.config, "avvia"];
    citta.server = new Demone(program("stanza-server"), args, `${citta.folder}/server.log`, env);
  }

  /** A server that ended by itself could not start without its database; one that was killed has died as planned. */
  count(moment, server) {
    if (server.child.signalCode === "SIGKILL") this.kills[moment] = (this.kills[moment] ?? 0) + 1;
    else assert.ok(this.citta.cluster, `il server è uscito da solo con ${server.child.exitCode}`);
  }

  async killDatabase(server) {
    await Promise.race([server.ended, sleep(200 + this.roll(800))]);
    await runWell(source("tests/support/postgresql.sh"), ["kill", this.citta.cluster]);
    ++this.kills.database;
    await sleep(this.roll(300));
    await runWell(source("tests/support/postgresql.sh"), ["start", this.citta.cluster]);
  }

  /** Until the server answers, or is no more. */
  async answering(server) {
    while (server.running && !(await ask(`${this.citta.url}/stato`).then((answer) => answer.ok, () => false))) await sleep(20);
  }

  alive() {
    assert.ok(this.citta.server.running, "il server non si avvia");
    return ask(`${this.citta.url}/stato`).then(
      (answer) => answer.ok,
      () => false,
    );
  }
}

/** A citizen who sends one pratica after the other, as long as some are wanted, and leaves a draft. */
async function citizen(citta, ente, [identita, complete], work) {
  for (;;) {
    const last = work.wanted <= 0;
    --work.wanted;
    const visitatore = new Paziente(citta, ente);
    const one = await visitatore.prepare(identita, complete || work.known.has(ente + identita), randomUUID().slice(0, 13));
    work.known.add(ente + identita);
    await visitatore.checkDraft(one);
    if (last) return work.drafts.push({ ...one, ente, visitatore });
    await visitatore.sendIn(one);
    const sent = { ...one, id: idOf(one.pratica), ente, chiave: randomUUID() };
    work.sent.push(sent);
    work.todo[ente].push(sent);
  }
}

async function operator(citta, ente, username, work) {
  const operatore = await new OperatorePaziente(citta, ente).login(username);
  while (!work.allSent || work.todo[ente].length > 0) {
    const one = work.todo[ente].shift();
    if (!one) {
      await sleep(50);
      continue;
    }
    one.esito = work.decided++ % 3 === 0 ? "approva" : "rigetta";
    const file = one.esito === "approva" ? { name: "estratto.pdf.p7m", bytes: work.certificate } : undefined;
    await operatore.workOn(one.id, { esito: one.esito, motivazione: `Visto ${one.id}`, file, chiave: one.chiave });
    one.decisa = true;
  }
}

function option(name, otherwise) {
  const place = process.argv.indexOf(`--${name}`);
  return place < 0 ? otherwise : Number(process.argv[place + 1]);
}

async function everybody(citta, work) {
  const citizens = kEnti.flatMap((ente) => kIdentities.map((identita) => citizen(citta, ente, identita, work)));
  const lanes = kEnti.flatMap((ente) => ["operatore", "operatore2"].map((username) => [ente, username]));
  // Each account works in three windows.
  const operators = [...lanes, ...lanes, ...lanes].map(([ente, username]) => operator(citta, ente, username, work));
  const progress = setInterval(() => console.log(`inviate ${work.sent.length}, decise ${work.decided}`), 15_000);
  try {
    await Promise.race([Promise.all(citizens).then(() => (work.allSent = true)), Promise.all(operators)]);
    await Promise.all(operators);
  } finally {
    clearInterval(progress);
  }
}

async function fall(citta, pratiche, seed, calm) {
  const certificate = readFileSync(await sign(citta.folder, "estratto.pdf", makePdf("Estratto")));
  const todo = Object.fromEntries(kEnti.map((ente) => [ente, []]));
  const work = { wanted: pratiche, sent: [], drafts: [], todo, decided: 0, known: new Set(), certificate };
  const guastatore = new Guastatore(citta, seed, calm);
  await citta.server.stop();
  const killing = guastatore.run();
  await check(`${pratiche} pratiche inviate e decise mentre il server cade`, async () => {
    await Promise.race([everybody(citta, work), killing.then(() => assert.fail("il server non cade più"))]);
    guastatore.quiet = true;
    await killing;
  });
  console.log(`uccisioni: ${guastatore.total} ${JSON.stringify(guastatore.kills)}`);
  await checkNothingLost(citta, work, guastatore.total);
}

const database = process.argv[2];
const pratiche = option("pratiche", 200);
const seed = option("seme", Date.now() % 1_000_000);
const begun = Date.now();
let citta;
console.log(`seme ${seed}`);
// The database of this journey is killed: it is never the one that other tests use.
delete process.env.SDC_TEST_POSTGRESQL;
try {
  const settings = { accessi_al_minuto: 100000, tentativi_per_utente: 100000 };
  citta = await Citta.start(`cadute_${database}`, database, settings);
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));
  await fall(citta, pratiche, seed, option("calma", 1));
  console.log(`tutto bene in ${Math.round((Date.now() - begun) / 1000)} s`);
} catch (error) {
  process.exitCode = 1;
  console.error(`NON RIUSCITO (--seme ${seed}): ${error.sentence ?? ""}\n${error.cause?.stack ?? error.stack}`);
  if (citta) console.error(citta.serverLog().split("\n").slice(-15).join("\n"));
} finally {
  await citta?.stop();
}
process.exit();

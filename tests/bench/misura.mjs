// The measures of the whole system; see misura.sh.
import { cpus, totalmem } from "node:os";
import { writeFileSync } from "node:fs";

import { makePdf } from "../journeys/documenti.mjs";
import { program, runWell } from "../journeys/programmi.mjs";
import { assert, sleep, until } from "../journeys/prove.mjs";
import { Visitatore } from "../journeys/visitatore.mjs";
import {
  Banco,
  bareCost,
  childrenOf,
  citizenOf,
  Contatore,
  cpuOf,
  loadCost,
  memoryOf,
  proportionalMemoryOf,
  OperatoreDiMisura,
} from "./banco.mjs";

const kIdentities = ["RSSMRA72H25H612H", "BNCGLI85C52L378P", "VRDLCU90A01H612Q", "NREFNC78T50A952T"];
/** Services with the same form, and what each asks for in it. */
const kServices = { "estratto-nascita": "riassunto", "certificato-nascita": "semplice" };
const kTabs = ["gestire", "assegnare", "concluse", "tutte"];
const kOrders = ["-data", "protocollo", "richiedente", "servizio", "categoria", "stato"];
const kSearches = ["rossi", "mar", "0000123"];
const kOperators = { operatore: "tutti i servizi", "due-servizi": "due servizi" };
/** What the server takes of one request at most. */
const kLargestBody = 60 * 1024 * 1024;
const kPublic = 1.5;
const kPersonal = 4;

function option(name, otherwise) {
  const place = process.argv.indexOf(`--${name}`);
  return place < 0 ? otherwise : process.argv[place + 1];
}

const round = (value, digits = 0) => value.toFixed(digits);

function head(...columns) {
  console.log(`\n| ${columns.join(" | ")} |\n|${" --- |".repeat(columns.length)}`);
}

function row(...cells) {
  console.log(`| ${cells.join(" | ")} |`);
}

function costRow(what, { bytes, own, bare }, most) {
  const ratio = own / bare;
  row(what, bytes, round(own), round(bare), round(ratio, 2), `${most}${ratio > most ? " (mancato)" : ""}`);
}

async function publicPages(banco) {
  const pages = { "pagina iniziale": "/", "elenco dei servizi": "/rovereto/servizi/" };
  pages["pagina di un servizio"] = "/rovereto/servizi/estratto-nascita";
  for (const [what, path] of Object.entries(pages)) costRow(what, await loadCost(banco, path), kPublic);
}

const cookieOf = (citizen) => `Cookie: ${[...citizen.cookies].map((one) => one.join("=")).join("; ")}`;

async function citizenPages(banco) {
  const citizen = await citizenOf(banco).enter(kIdentities[0]);
  const list = await citizen.page("/rovereto/pratiche/");
  const detail = /\/rovereto\/pratiche\/[0-9a-f-]{36}/.exec(list)[0];
  const pages = { "stanza del cittadino": "/rovereto/stanza", "le mie pratiche": "/rovereto/pratiche/" };
  pages["dettaglio della pratica (cittadino)"] = detail;
  for (const [what, path] of Object.entries(pages))
    costRow(what, await loadCost(banco, path, [cookieOf(citizen)]), kPersonal);
}

async function measured(banco, what, counter) {
  const bytes = counter.requests.at(-1).answer.bytes.length;
  costRow(what, { bytes, own: counter.each, bare: await bareCost(banco, counter.requests) }, kPersonal);
}

/** The same step, saved by many at once. */
async function savedSteps(banco, citizen) {
  const pratica = await citizen.fillEstratto();
  const fields = { csrf: citizen.csrf, tipologia: "riassunto", uso: "notaio", motivazione: "Successione", azione: "avanti" };
  const cost = await loadCost(banco, `${pratica}/passi/tipologia_uso`, [cookieOf(citizen)], {
    body: new URLSearchParams(fields).toString(),
  });
  costRow("un passo salvato", cost, kPersonal);
  assert.equal((await citizen.post(`${pratica}/elimina`)).status, 303);
}

/** One at a time: each needs a pratica of its own. */
async function citizenWrites(banco) {
  const citizen = await citizenOf(banco).enter(kIdentities[1]);
  await savedSteps(banco, citizen);
  const saving = new Contatore(citizen, banco.pid);
  const sending = new Contatore(citizen, banco.pid);
  for (let i = 0; i < 40; ++i) {
    const pratica = await citizen.fillEstratto();
    const fields = { tipologia: "riassunto", uso: "notaio", motivazione: `Motivo numero ${i}` };
    await saving.during(() => citizen.stepWell(pratica, "tipologia_uso", fields));
    const confirmation = await citizen.confirmation(pratica);
    const sent = await sending.during(() => citizen.post(`${pratica}/invio`, confirmation));
    assert.equal(sent.status, 303, sent.text);
  }
  await measured(banco, "un passo salvato, uno alla volta", saving);
  await measured(banco, "invio, uno alla volta", sending);
}

const bearerOf = (operator) => `Authorization: Bearer ${operator.token}`;

async function operatorWork(banco) {
  const operator = await new OperatoreDiMisura(banco).login("operatore");
  const { righe } = (await operator.get("pratiche?elenco=assegnare&limite=200")).json;
  const detail = `/rovereto/api/operatori/v1/pratiche/${righe[0].id}`;
  costRow("dettaglio della pratica (operatore)", await loadCost(banco, detail, [bearerOf(operator)]), kPersonal);
  const taking = new Contatore(operator.linea, banco.pid);
  const deciding = new Contatore(operator.linea, banco.pid);
  for (const { id } of righe.filter((riga) => riga.prendibile).slice(0, 100)) {
    const { versione } = (await taking.during(() => operator.take(id))).json;
    const decision = { esito: "rigetta", motivazione: "Mancano i requisiti chiesti dal regolamento." };
    assert.equal((await deciding.during(() => operator.decide(id, versione, decision))).status, 200);
  }
  await measured(banco, "presa in carico, una alla volta", taking);
  await measured(banco, "decisione, una alla volta", deciding);
}

/** Every list that an operator can ask for: what it is, and its address. */
function* lists() {
  const place = "/rovereto/api/operatori/v1/pratiche?elenco=";
  for (const tab of kTabs) {
    for (const order of kOrders) yield [`${tab}, ${order}`, `${place}${tab}&ordina=${order}`];
    for (const word of kSearches) yield [`${tab}, cerca "${word}"`, `${place}${tab}&cerca=${word}`];
  }
  yield ["tutte, salto a metà", `${place}tutte&da=`];
}

async function eachList(banco, work) {
  const only = option("operatore", "");
  for (const [username, services] of Object.entries(kOperators).filter(([name]) => !only || name === only)) {
    const operator = await new OperatoreDiMisura(banco).login(username);
    const { totale } = (await operator.get("pratiche?elenco=tutte")).json;
    for (const [what, path] of lists()) {
      const whole = path.endsWith("da=") ? path + Math.floor(totale / 2) : path;
      await work(`${what} (${services})`, whole, [bearerOf(operator)]);
    }
  }
}

async function costs(banco) {
  await banco.openQuiet();
  head("richiesta", "byte", "server, µs", "Poco nudo, µs", "volte", "al massimo");
  await publicPages(banco);
  await citizenPages(banco);
  await citizenWrites(banco);
  await operatorWork(banco);
  if (!process.argv.includes("--senza-elenchi"))
    await eachList(banco, async (what, path, headers) =>
      costRow(`elenco: ${what}`, await loadCost(banco, path, headers, { seconds: 1 }), kPersonal),
    );
  await banco.closeQuiet();
}

/** Citizens who fill in and send as fast as they are answered. */
async function sendings(banco, seconds) {
  const lanes = kIdentities.flatMap((identity) => Object.entries(kServices).map(([service, tipologia]) => ({ identity, service, tipologia })));
  const end = Date.now() + seconds * 1000;
  let sent = 0;
  let writes = 0;
  const before = cpuOf(banco.pid);
  await Promise.all(
    lanes.map(async ({ identity, service, tipologia }) => {
      const citizen = await citizenOf(banco).enter(identity);
      while (Date.now() < end) {
        const pratica = await citizen.fillEstratto({ tipologia }, service);
        const answer = await citizen.post(`${pratica}/invio`, await citizen.confirmation(pratica));
        assert.equal(answer.status, 303, answer.text);
        ++sent;
        writes += 6;
      }
    }),
  );
  return { lanes: lanes.length, sent: sent / seconds, writes: writes / seconds, cpu: (cpuOf(banco.pid) - before) / sent };
}

async function idle(banco) {
  await until("i lavori finiscono", async () => {
    const before = cpuOf(banco.pid);
    await sleep(2000);
    return cpuOf(banco.pid) - before < 20_000;
  }, { most: 600_000, every: 0 });
  await sleep(10_000);
  const worker = childrenOf(banco.pid).reduce((sum, pid) => sum + proportionalMemoryOf(pid), 0);
  return { server: proportionalMemoryOf(banco.pid), worker };
}

/** How much the server's peak grows while a citizen uploads this many bytes to a step. */
async function uploadGrowth(banco, bytes) {
  // On lines of its own: who sends this much may be answered, and cut off, before the end.
  const citizen = await new Visitatore(banco).enter(kIdentities[2]);
  const pratica = await citizen.draftForSofia();
  const file = { field: "file.delega_file", name: "delega.pdf" };
  const fields = { delega_da: "intestatario", azione: "carica:delega_file" };
  const step = `${pratica}/passi/specifica_delega`;
  await citizen.upload(step, fields, [{ ...file, bytes: makePdf("Delega") }]);
  const large = Buffer.concat([makePdf("Delega"), Buffer.alloc(bytes, "x")]);
  writeFileSync(`/proc/${banco.pid}/clear_refs`, "5");
  const before = memoryOf(banco.pid, "VmHWM");
  const answer = await citizen.upload(step, fields, [{ ...file, bytes: large }]).catch((error) => ({ status: error.code }));
  return { status: answer.status, growth: (memoryOf(banco.pid, "VmHWM") - before) / 1024 };
}

async function work(banco) {
  await banco.open();
  const args = ["commits", "--cartella", `${banco.folder}/commits`];
  if (banco.connection) args.push("--postgresql", banco.connection);
  const [commits, commitCpu] = (await runWell(program("stanza-bench"), args)).split("\t").map(parseFloat);
  const load = await sendings(banco, 20);
  const rest = await idle(banco);
  const upload = await uploadGrowth(banco, kLargestBody - 4096);
  head("misura", "valore", "al massimo");
  row(`pratiche compilate e inviate al secondo, ${load.lanes} cittadini insieme`, round(load.sent, 1), "");
  row("scritture di cittadini al secondo, nello stesso tempo", round(load.writes), "");
  row("CPU del server per pratica compilata e inviata, con documento, protocollo e mail, ms", round(load.cpu / 1000, 1), "");
  row("scritture brevi e durevoli al secondo, una dopo l'altra, senza server", round(commits), "");
  row("CPU di ciascuna, µs", round(commitCpu), "");
  row("memoria (PSS) a riposo dieci secondi dopo: server, MB", round(rest.server, 1), "");
  row("memoria (PSS) a riposo dieci secondi dopo: stampa, MB", round(rest.worker, 1), "");
  row("insieme, MB", round(rest.server + rest.worker, 1), `60${rest.server + rest.worker > 60 ? " (mancato)" : ""}`);
  row(`crescita del picco con un file di 60 MB (risposta ${upload.status}), MB`, round(upload.growth, 1),
    `8${upload.growth > 8 ? " (mancato)" : ""}`);
}

/** The lists of ten thousand pratiche and of a million, side by side. */
async function compareLists(database) {
  const sizes = [Number(option("pratiche", 10_000)), Number(option("confronta", 1_000_000))];
  const found = new Map();
  for (const size of sizes) {
    const banco = await Banco.makeToRead(database, size);
    try {
      await banco.openQuiet();
      await eachList(banco, async (what, path, headers) => {
        const { own } = await loadCost(banco, path, headers, { seconds: 1, bare: false });
        found.set(what, [...(found.get(what) ?? []), own]);
      });
    } finally {
      await banco.stop();
    }
  }
  head(`elenco (${database})`, ...sizes.map((size) => `${size}, µs`), "volte", "al massimo");
  for (const [what, [few, many]] of found)
    row(what, round(few), round(many), round(many / few, 2), `2${many / few > 2 ? " (mancato)" : ""}`);
}

/** The operators' program with a thousand pratiche and with a million. */
async function compareProgram(database) {
  const sizes = [Number(option("pratiche", 1000)), Number(option("confronta", 1_000_000))];
  const found = new Map();
  for (const size of sizes) {
    const banco = await Banco.makeToRead(database, size);
    try {
      await banco.openQuiet();
      const said = await runWell(program("misura-app"), [banco.url, "rovereto", "operatore"]);
      for (const [i, line] of said.trim().split("\n").entries()) {
        const [what, value] = line.split("\t");
        found.set(`${i} ${what}`, [...(found.get(`${i} ${what}`) ?? []), Number(value)]);
      }
    } finally {
      await banco.stop();
    }
  }
  head(`programma degli operatori (${database})`, ...sizes.map((size) => `${size} pratiche`), "volte");
  for (const [what, [few, many]] of found)
    row(what.replace(/^\d+ /, ""), round(few, 1), round(many, 1), round(many / few, 2));
}

const database = process.argv[2];
const processors = cpus();
console.log(
  `${processors.length} processori ${processors[0].model}, ${Math.round(totalmem() / 2 ** 30)} GB; ${database}; ` +
    `programmi di ${process.env.SDC_BIN_DIR}`,
);
if (process.argv.includes("--elenchi")) await compareLists(database);
else if (process.argv.includes("--programma")) await compareProgram(database);
else {
  const banco = await Banco.make(database, Number(option("pratiche", 10_000)));
  try {
    if (!process.argv.includes("--carico")) await costs(banco);
    await work(banco);
  } finally {
    await banco.stop();
  }
}
process.exit();

// The accounts after the falls: what the database, the folders and the letterbox hold against what was answered.
import { readdirSync, readFileSync } from "node:fs";

import { idOf } from "./operatore.mjs";
import { assert, assertIncludes, check, sleep, until } from "./prove.mjs";
import { runWell } from "./programmi.mjs";

const kHealing = 300_000;

/** Rows of one ente's database as arrays of texts, by the database's own program. */
async function rows(citta, ente, sql) {
  const text = citta.connection
    ? await runWell("psql", [citta.connection, "-qAt", "-F", "\t", "-c", `SET search_path TO ente_${ente.replaceAll("-", "_")}`, "-c", sql])
    : await runWell("sqlite3", ["-separator", "\t", `${citta.folder}/dati/enti/${ente}/stanza.sqlite`, sql]);
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => line.split("\t"));
}

const sorted = (texts) => [...texts].sort();

async function checkEnte(citta, ente, sent) {
  const ids = sorted(sent.map((one) => one.id));
  const column = async (sql) => sorted((await rows(citta, ente, sql)).map(([first]) => first));
  await check(`${ente}: ogni pratica inviata c'è una volta sola, e nessun'altra`, async () => {
    assert.deepEqual(await column("SELECT id FROM pratiche WHERE inviata IS NOT NULL"), ids);
  });
  await check(`${ente}: ogni iter è intero e senza ripetizioni`, async () => {
    const all = new Map(ids.map((id) => [id, ""]));
    for (const [id, stato] of await rows(citta, ente, "SELECT p.pratica, p.stato FROM passaggi p JOIN pratiche q ON q.id = p.pratica WHERE q.inviata IS NOT NULL ORDER BY p.pratica, p.numero"))
      all.set(id, `${all.get(id)} ${stato}`);
    for (const one of sent) {
      const end = one.esito === "approva" ? "6000 7000" : "8000 9000";
      assert.match(all.get(one.id), new RegExp(`^( 1000)? 2000 3000 4000 ${end}$`), one.id);
    }
  });
  await check(`${ente}: le risposte e i file sono quelli dati`, async () => {
    const answers = new Map(await rows(citta, ente, "SELECT pratica, json FROM risposte"));
    const files = await rows(citta, ente, "SELECT ap.pratica, a.nome FROM allegati_pratica ap JOIN allegati a ON a.id = ap.allegato");
    const attached = new Map();
    for (const [id, name] of files) attached.set(id, [...(attached.get(id) ?? []), name]);
    for (const one of sent) {
      assert.equal(JSON.parse(answers.get(one.id)).motivazione?.toString(), one.motivazione, one.id);
      assert.deepEqual(sorted(attached.get(one.id)), sorted(one.files), one.id);
    }
  });
  await check(`${ente}: ogni decisione c'è una volta sola, con la sua chiave`, async () => {
    const decided = (await rows(citta, ente, "SELECT pratica, chiave FROM esiti")).map((row) => row.join(" "));
    assert.deepEqual(sorted(decided), sorted(sent.map((one) => `${one.id} ${one.chiave}`)));
  });
  await check(`${ente}: ogni pratica ha il modulo e la risposta, e il file dell'esito dove c'era`, async () => {
    for (const genere of ["modulo", "risposta"])
      assert.deepEqual(await column(`SELECT pratica FROM documenti WHERE genere = '${genere}'`), ids, genere);
    const approved = sent.filter((one) => one.esito === "approva").map((one) => one.id);
    assert.deepEqual(await column("SELECT pratica FROM documenti WHERE genere = 'file_esito'"), sorted(approved));
  });
  await check(`${ente}: il registro non ha buchi né doppioni`, async () => {
    const register = await rows(citta, ente, "SELECT numero, verso, pratica FROM registro ORDER BY numero");
    assert.deepEqual(
      register.map(([numero]) => Number(numero)),
      register.map((_, i) => i + 1),
    );
    for (const verso of ["E", "U"])
      assert.deepEqual(sorted(register.filter((row) => row[1] === verso).map((row) => row[2])), ids, verso);
  });
}

/** Message-IDs of the mails that came, with how often. */
function arrived(citta) {
  const count = new Map();
  const folder = `${citta.folder}/prova`;
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".eml"))) {
    const id = /^Message-ID: *<([^@>]+)@/im.exec(readFileSync(`${folder}/${name}`, "latin1"))?.[1];
    assert.ok(id, `${name}: nessun Message-ID`);
    count.set(id, (count.get(id) ?? 0) + 1);
  }
  return count;
}

async function checkMails(citta, enti, sent, kills) {
  const jobs = async (genere) => {
    const all = [];
    for (const ente of enti) all.push(...(await rows(citta, ente, `SELECT id FROM jobs WHERE genere = '${genere}'`)).map(([id]) => id));
    return all;
  };
  const wanted = await jobs("avvisa");
  // Links that confirm an address: one that a newer link made void is rightly not sent.
  const links = await jobs("avvisa_profilo");
  const count = arrived(citta);
  const doubled = [...count.values()].reduce((sum, times) => sum + times - 1, 0);
  // N1: 2000, 3000, 4000, and 6000 and 7000 or 9000; not 8000.
  const due = sent.reduce((sum, one) => sum + (one.esito === "approva" ? 5 : 4), 0);
  await check(`${due} mail, nessuna persa; doppie ${doubled}, mai più delle uccisioni`, () => {
    assert.equal(wanted.length, due);
    assert.deepEqual(sorted([...count.keys()].filter((id) => !links.includes(id))), sorted(wanted));
    assert.ok(doubled <= kills, `${doubled} mail doppie con ${kills} uccisioni`);
  });
}

/** Waits as long as the work goes on, however much of it there is. */
async function finished(citta, ente) {
  const count = "SELECT COUNT(*) FROM jobs WHERE stato <> 'fatto'";
  let left;
  const fewer = async () => {
    const [[now]] = await rows(citta, ente, count);
    const moved = left === undefined || Number(now) < left || Number(now) === 0;
    left = Number(now);
    return moved;
  };
  do {
    await until(`${ente}: i lavori vanno avanti`, fewer, { most: kHealing, every: 1000 });
    await sleep(300);
  } while (left > 0);
}

export async function checkNothingLost(citta, work, kills) {
  const enti = Object.keys(work.todo);
  await check("ogni bozza che era salvata c'è con le sue risposte e i suoi file", async () => {
    for (const one of work.drafts) await one.visitatore.checkDraft(one);
    for (const ente of enti) {
      const drafts = await rows(citta, ente, "SELECT id FROM pratiche WHERE stato = 1000");
      const known = work.drafts.filter((one) => one.ente === ente).map((one) => idOf(one.pratica));
      assert.deepEqual(sorted(drafts.flat()), sorted(known), ente);
    }
  });
  await check("nessun lavoro resta in sospeso", async () => {
    for (const ente of enti) await finished(citta, ente);
  });
  for (const ente of enti) await checkEnte(citta, ente, work.sent.filter((one) => one.ente === ente));
  await checkMails(citta, enti, work.sent, kills);
  await check('"stanza-server verifica" non trova nulla fuori posto', async () => {
    assertIncludes(await citta.command("verifica"), "nessuna anomalia");
  });
}

// What people and operators see while a part of the machine does not work, and that all goes on by itself afterwards.
//   node guasti.mjs disco|database
// "disco" mounts a small file system: run it with `unshare -m`, as root.
import { createHash } from "node:crypto";
import { closeSync, openSync, readdirSync, renameSync, rmSync, symlinkSync, writeSync } from "node:fs";

import { Citta } from "./citta.mjs";
import { makePdf } from "./documenti.mjs";
import { idOf, OperatoreApi } from "./operatore.mjs";
import { ask, program, runWell, source } from "./programmi.mjs";
import { assert, assertExcludes, assertIncludes, check, sleep, until } from "./prove.mjs";
import { decode, fieldValue, Visitatore, words } from "./visitatore.mjs";

const kMario = "RSSMRA72H25H612H";
const kNonSalva = "Il servizio non può salvare in questo momento: riprova tra qualche minuto.";
const kNonLegge = "Il servizio non è disponibile in questo momento: riprova tra qualche minuto.";
const kFileMancante = "Il file non è al momento disponibile: il comune è stato avvisato.";

async function metrics(citta) {
  const answer = await ask(`${citta.url}/metriche`);
  assert.equal(answer.status, 200);
  return answer.text();
}

/** The value of the line that begins so; undefined where there is none. */
async function metric(citta, line) {
  const found = (await metrics(citta)).split("\n").find((one) => one.startsWith(`${line} `));
  return found && Number(found.slice(line.length + 1));
}

const logged = (citta, words) => citta.serverLog().split("\n").filter((line) => line.includes(words)).length;

function refused(answer, status, sentence) {
  assert.equal(answer.status, status, words(answer.text).slice(0, 300));
  assertIncludes(decode(answer.text), sentence);
}

/** A file that takes all the room there is. */
class Zavorra {
  constructor(folder) {
    this.file = `${folder}/zavorra`;
  }

  fill() {
    const file = openSync(this.file, "w");
    for (let size = 1 << 20; size >= 1; size >>= 1) {
      try {
        for (;;) writeSync(file, Buffer.alloc(size));
      } catch (error) {
        assert.equal(error.code, "ENOSPC");
      }
    }
    closeSync(file);
  }

  drop() {
    rmSync(this.file);
  }
}

const kUso = { tipologia: "riassunto", uso: "notaio", motivazione: "Parole che nessuno deve riscrivere" };

function sendFiles(visitatore, pratica) {
  // More than the room that a page half filled may leave.
  const parts = ["delega_file", "delegante_documento"].map((campo) => ({
    field: `file.${campo}`,
    name: `${campo}.pdf`,
    bytes: Buffer.concat([makePdf(campo), Buffer.alloc(300_000, "%")]),
  }));
  return visitatore.upload(`${pratica}/passi/specifica_delega`, { delega_da: "intestatario", azione: "avanti" }, parts);
}

async function nothingIsSaved(citta, mario, pratica) {
  await check("con il disco pieno il caricamento dice che non si può salvare, e non lascia resti", async () => {
    const answer = await sendFiles(mario, pratica);
    refused(answer, 503, kNonSalva);
    assert.ok(Number(answer.headers["retry-after"]) > 0);
    assert.deepEqual(readdirSync(`${citta.folder}/dati/enti/rovereto/allegati/tmp`), []);
  });
  await check("chi salva ritrova quello che aveva scritto", async () => {
    const answer = await mario.step(pratica, "tipologia_uso", kUso);
    refused(answer, 503, kNonSalva);
    assertIncludes(decode(answer.text), kUso.motivazione);
  });
  await check("leggere si può ancora", async () => {
    await mario.page("/rovereto/stanza");
    await mario.page(`${pratica}/passi/istruzioni`);
    await mario.page("/rovereto/servizi/");
  });
  await check("l'operatore riceve la stessa frase", async () => {
    const answer = await new OperatoreApi(citta).sendJson("POST", "accesso", { username: "operatore", password: "demo-stanza" });
    assert.equal(answer.status, 503, answer.text);
    assert.equal(answer.json.detail, kNonSalva);
  });
}

async function fullDisk(citta, zavorra) {
  const mario = await new Visitatore(citta).enter(kMario);
  const pratica = await mario.draftForSofia();
  zavorra.fill();
  await nothingIsSaved(citta, mario, pratica);
  await check("le cifre lo mostrano e il registro lo dice una volta", async () => {
    for (let i = 0; i < 20; ++i) refused(await mario.step(pratica, "tipologia_uso", kUso), 503, kNonSalva);
    assert.equal(await metric(citta, 'stanza_guasti{guasto="salvataggi non riusciti",ente="rovereto"}'), 1);
    assert.ok((await metric(citta, "stanza_disco_liberi_byte")) < 100_000);
    assert.equal(logged(citta, "salvataggi non riusciti"), 1);
  });
  zavorra.drop();
  await check("quando c'è di nuovo posto le stesse richieste riescono, e nulla c'è due volte", async () => {
    assert.equal((await sendFiles(mario, pratica)).status, 303);
    await mario.stepWell(pratica, "tipologia_uso", kUso);
    assert.equal(fieldValue(await mario.page(`${pratica}/passi/tipologia_uso`), "motivazione"), kUso.motivazione);
    const list = await mario.page("/rovereto/allegati");
    assert.equal(new Set([...list.matchAll(/href="(\/rovereto\/allegati\/[^"/]+)"/g)].map((found) => found[1])).size, 2);
  });
  return { mario, pratica };
}

async function sentOnFullDisk(citta, zavorra, { mario, pratica }) {
  const confirmation = await mario.confirmation(pratica);
  zavorra.fill();
  await check("l'invio con il disco pieno non invia nulla", async () => {
    refused(await mario.post(`${pratica}/invio`, confirmation), 503, kNonSalva);
    assert.equal((await mario.get(`${pratica}/invio`)).status, 200);
  });
  zavorra.drop();
  await check("inviata di nuovo è inviata una volta, e i lavori la portano avanti", async () => {
    assert.equal((await mario.post(`${pratica}/invio`, confirmation)).status, 303);
    assert.match(await mario.protocollo(pratica), /^0000001\//);
    await citta.mailOf(idOf(pratica), 3000);
  });
}

async function missingFile(citta, { mario, pratica }) {
  const html = await mario.page("/rovereto/allegati");
  const address = /href="(\/rovereto\/allegati\/[^"/]+)"/.exec(html)[1];
  const bytes = (await mario.get(address)).bytes;
  const folder = `${citta.folder}/dati/enti/rovereto/allegati`;
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const file = `${folder}/${sha256.slice(0, 2)}/${sha256}`;
  renameSync(file, `${citta.folder}/dati/altrove`);
  await check("un file che manca è una pagina che lo dice, una cifra e un'anomalia", async () => {
    for (let i = 0; i < 5; ++i) refused(await mario.get(address), 500, kFileMancante);
    assert.equal(await metric(citta, 'stanza_file_mancanti{ente="rovereto"}'), 1);
    assert.equal(logged(citta, "file mancante"), 1);
    const verifica = await citta.tryCommand("verifica", "--ente", "rovereto");
    assert.equal(verifica.code, 1);
    assertIncludes(verifica.out, `manca il file ${sha256}`);
    await mario.page(pratica);
  });
  renameSync(`${citta.folder}/dati/altrove`, file);
  await check("rimesso al suo posto si scarica di nuovo", async () => {
    assert.equal((await mario.get(address)).status, 200);
    assert.equal(await metric(citta, 'stanza_file_mancanti{ente="rovereto"}'), 0);
  });
}

async function sendAnother(citta, identita) {
  const visitatore = await new Visitatore(citta).enter(identita);
  const pratica = await visitatore.fillEstratto();
  assert.equal((await visitatore.post(`${pratica}/invio`, await visitatore.confirmation(pratica))).status, 303);
  return { visitatore, pratica };
}

const failures = (citta, genere, causa) =>
  metric(citta, `stanza_tentativi_falliti_totale{ente="rovereto",genere="${genere}",causa="${causa}"}`);

/** Neither press nor mail: a person sends all the same. */
async function noHelpers(citta, press) {
  rmSync(press);
  await citta.prova.stop();
  // The press that printed last still waits for work.
  await citta.server.stop();
  await citta.openServer();
  const { visitatore, pratica } = await sendAnother(citta, "BNCGLI85C52L378P");
  await check("senza stampa e senza posta la pratica è inviata, e si vede che cosa manca", async () => {
    await until("la stampa è tentata", async () => (await failures(citta, "stampa_modulo", "configurazione")) > 1);
    await until("la mail è tentata", async () => (await failures(citta, "avvisa", "transitoria")) > 1);
    assert.ok((await metric(citta, 'stanza_lavoro_in_attesa_secondi{ente="rovereto",genere="stampa_modulo"}')) >= 1);
    assert.equal(logged(citta, "lavoro non riuscito: stampa_modulo"), 1);
    assert.equal(logged(citta, "lavoro non riuscito: avvisa"), 1);
    assertExcludes(words(await visitatore.page(pratica)), "Protocollo 0");
  });
  symlinkSync("/bin/false", press);
  await check("anche una stampa che muore non ferma che la stampa", async () => {
    await until("la stampa è tentata", async () => (await failures(citta, "stampa_modulo", "transitoria")) > 0);
    await visitatore.page(pratica);
  });
  rmSync(press);
  symlinkSync(program("stanza-stampa"), press);
  await citta.openProva();
  await check("quando ci sono di nuovo il numero e le mail arrivano da soli, una volta", async () => {
    assert.match(await visitatore.protocollo(pratica), /^0000002\//);
    await citta.mailOf(idOf(pratica), 3000);
    assert.deepEqual((await citta.toldStates(idOf(pratica))).sort(), [2000, 3000]);
  });
}

async function disk() {
  const citta = new Citta("guasti_disco");
  await runWell("mount", ["-t", "tmpfs", "-o", "size=48m", "tmpfs", `${citta.folder}/dati`]);
  const press = `${citta.folder}/stampa`;
  symlinkSync(program("stanza-stampa"), press);
  citta.env = { STANZA_DOCUMENTI_STAMPA: press };
  await citta.prepare();
  await citta.open();
  const zavorra = new Zavorra(`${citta.folder}/dati`);
  try {
    const one = await fullDisk(citta, zavorra);
    await sentOnFullDisk(citta, zavorra, one);
    await missingFile(citta, one);
    await noHelpers(citta, press);
    await check('"stanza-server verifica" non trova nulla fuori posto', async () => {
      assertIncludes(await citta.command("verifica"), "nessuna anomalia");
    });
  } finally {
    await citta.stop();
  }
}

async function database() {
  // This database is stopped: it is never the one that other tests use.
  delete process.env.SDC_TEST_POSTGRESQL;
  const citta = await Citta.start("guasti_database", "postgresql");
  try {
    const { visitatore, pratica } = await sendAnother(citta, kMario);
    await visitatore.protocollo(pratica);
    await runWell(source("tests/support/postgresql.sh"), ["kill", citta.cluster]);
    await check("senza database le pagine lo dicono, e le cifre rispondono", async () => {
      const answer = await visitatore.get(pratica);
      refused(answer, 503, kNonLegge);
      assert.ok(Number(answer.headers["retry-after"]) > 0);
      refused(await visitatore.post(`/rovereto/profilo`, { email: "x@esempio.it" }), 503, kNonSalva);
      assert.equal(await metric(citta, 'stanza_ente_aperto{ente="rovereto"}'), 0);
      assert.equal((await ask(`${citta.url}/stato`)).status, 200);
    });
    await check("il registro lo dice e non si riempie", async () => {
      await sleep(3000);
      assert.equal(logged(citta, "giro dei lavori interrotto"), 1);
      const lines = citta.serverLog().split("\n").filter((line) => / Error /.test(line));
      assert.ok(lines.length < 12, lines.join("\n"));
    });
    await runWell(source("tests/support/postgresql.sh"), ["start", citta.cluster]);
    await check("quando il database torna tutto va avanti da solo", async () => {
      await until("la pagina torna", async () => (await visitatore.get(pratica)).status === 200);
      assert.equal(await metric(citta, 'stanza_ente_aperto{ente="rovereto"}'), 1);
      const other = await sendAnother(citta, "BNCGLI85C52L378P");
      assert.match(await other.visitatore.protocollo(other.pratica), /^0000002\//);
      await citta.mailOf(idOf(other.pratica), 3000);
      assertIncludes(await citta.command("verifica"), "nessuna anomalia");
    });
  } finally {
    await citta.stop();
  }
}

const begun = Date.now();
try {
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));
  await { disco: disk, database }[process.argv[2]]();
  console.log(`tutto bene in ${Math.round((Date.now() - begun) / 1000)} s`);
} catch (error) {
  process.exitCode = 1;
  console.error(`NON RIUSCITO: ${error.sentence ?? ""}\n${error.cause?.stack ?? error.stack}`);
}
process.exit();

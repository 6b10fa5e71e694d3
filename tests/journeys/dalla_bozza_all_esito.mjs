// From the citizen's first click to the outcome, on the database named on the command line.
import { existsSync, mkdirSync, readFileSync } from "node:fs";

import { openPage } from "./browser.mjs";
import { registerAssociazione } from "./associazioni.mjs";
import {
  enterForTheFirstTime,
  fillAndSend,
  followTheMail,
  kNota,
  kServizio,
  reachTheService,
} from "./cittadino_estratto.mjs";
import { checkPdf, download, makePdf, sign } from "./documenti.mjs";
import { OperatoreApi } from "./operatore.mjs";
import { count, link, see, waitForState } from "./portale.mjs";
import { runWell, setting } from "./programmi.mjs";
import { assert, assertExcludes, assertIncludes, check, sleep } from "./prove.mjs";
import { travel } from "./viaggio.mjs";

const kMotivazione = "Atto n. 12 parte I serie A: si rilascia l'estratto richiesto.";
const kOperatore = "Ferrari";
const kNotaWord = "notaio Zeni";

async function checkMails(citta, browser, pratica) {
  await check("le mail di invio e protocollazione vengono dal comune e portano al dettaglio", async () => {
    await citta.mailOf(pratica.id, 2000);
    const mail = await citta.mailOf(pratica.id, 3000);
    assert.match(mail.da, /^"?Comune di Rovereto"? <noreply@stanza\.example>$/);
    assert.deepEqual([mail.a].flat().length, 1);
    assertIncludes(String(mail.a), "luca.verdi@esempio.it");
    assert.equal(mail.oggetto, "La pratica è stata aggiornata");
    for (const part of [
      "Gentile Luca Verdi,",
      kServizio,
      pratica.protocollo,
      "La ringraziamo per aver utilizzato la stanza del cittadino.",
    ])
      assertIncludes(mail.testo, part);
    assertIncludes(
      mail.testo,
      "La Stanza del Cittadino è una iniziativa progettuale sperimentale del Comune di Rovereto",
    );
    const page = await openPage(browser);
    await followTheMail(page, mail);
    await see(page, kServizio, pratica.protocollo);
    await page.context().close();
  });
}

async function operatorWorks(citta, pratica, certificato) {
  const runtime = `${citta.folder}/runtime`;
  mkdirSync(runtime, { mode: 0o700 });
  await check("l'operatore, con le finestre vere, la prende in carico e la approva", () =>
    runWell(setting("SDC_TEST_OPERATORE"), ["-maxwarnings", "0"], {
      show: true,
      env: {
        QT_QPA_PLATFORM: "offscreen",
        XDG_RUNTIME_DIR: runtime,
        SDC_SERVER: citta.url,
        SDC_ENTE: "rovereto",
        SDC_SERVIZIO: kServizio,
        SDC_RICHIEDENTE: "Verdi Luca",
        SDC_PROTOCOLLO: pratica.protocollo,
        SDC_NOTA: kNotaWord,
        SDC_MOTIVAZIONE: kMotivazione,
        SDC_CERTIFICATO: certificato,
        SDC_SCHERMATA: `${citta.folder}/operatore.png`,
      },
    }),
  );
}

async function checkOutcome(page, citta, certificato) {
  await check("il cittadino vede l'esito e la motivazione", async () => {
    await waitForState(page, "Iter completato");
    await see(page, "La richiesta è stata accettata", kMotivazione, "Protocollo risposta");
    const states = [
      "Bozza",
      "Inviata",
      "Protocollata",
      "Presa in carico",
      "Elaborata (in attesa di protocollazione del documento di esito)",
      "Iter completato",
    ];
    assert.deepEqual(await page.locator("ol.iter li strong").allInnerTexts(), states);
  });
  await check('"Scarica" dà il certificato firmato, identico', async () => {
    const file = await download(
      page,
      page.getByRole("link", { name: /^Scarica certificato/ }),
      citta.folder,
      "scaricato.p7m",
    );
    assert.equal(file.name, "certificato.pdf.p7m");
    assert.ok(file.bytes.equals(readFileSync(certificato)));
  });
}

async function checkDocuments(page, citta) {
  const texts = [];
  await check("il modulo compilato è un PDF/A con le parole dovute", async () => {
    const file = await download(page, link(page, "Scarica il modulo compilato"), citta.folder, "modulo.pdf");
    const words = [
      "Spett.le",
      "Comune di Rovereto",
      "OGGETTO: ESTRATTO PER RIASSUNTO DELL'ATTO DI NASCITA",
      "Il/La sottoscritto/a Luca Verdi nato/a a Rovereto il 01/01/1990",
      "Codice fiscale VRDLCU90A01H612Q",
      "Residente in Via Garibaldi 7",
      "Recapito telefonico 340 1112223",
      "Recapito email luca.verdi@esempio.it",
      "chiede",
      "RSSMRA72H25H612H",
      "Atto notarile",
      "sono l'erede.",
    ];
    texts.push(await checkPdf(file.path, words));
  });
  await check("la risposta è un PDF/A con le parole dovute", async () => {
    const file = await download(page, link(page, "Scarica il file di risposta"), citta.folder, "risposta.pdf");
    const words = [
      "SPETTABILE",
      "Luca Verdi",
      "La informiamo che la Sua richiesta è stata: accettata",
      kMotivazione,
      "Allegati alla risposta:",
      `certificato.pdf.p7m - ${kServizio} pratica`,
      "Luca Verdi",
      "del ",
      "Lì ",
    ];
    texts.push(await checkPdf(file.path, words));
  });
  return texts;
}

async function checkSecrets(page, citta, pratica, texts) {
  await check("ogni cambio di stato è stato detto per posta una volta sola", async () => {
    await citta.mailOf(pratica.id, 7000);
    await sleep(2000);
    assert.deepEqual(
      (await citta.toldStates(pratica.id)).sort((a, b) => a - b),
      [2000, 3000, 4000, 6000, 7000],
    );
  });
  await check("nome dell'operatore e nota privata non compaiono altrove", async () => {
    const mails = (await citta.mailsAbout(pratica.id)).map((mail) => JSON.stringify(mail));
    const seen = [...texts, ...mails, await page.content()];
    const operatore = await new OperatoreApi(citta).login("operatore");
    const dettaglio = (await operatore.get(`pratiche/${pratica.id}`)).text;
    for (const text of seen) assertExcludes(text, kOperatore);
    for (const text of [...seen, dettaglio, citta.serverLog()]) assertExcludes(text, kNotaWord);
    for (const personal of ["Verdi", "VRDLCU90A01H612Q", "luca.verdi"])
      assertExcludes(citta.serverLog(), personal, "il log del server");
  });
  await check('"Le mie pratiche" la elenca tra le accettate', async () => {
    await page.goto(`${citta.url}/rovereto/pratiche/?elenco=accettate`);
    assert.equal(await count(page, "Accettate"), 1);
    assert.equal(await count(page, "Inviate"), 0);
    await see(page, pratica.protocollo, "Iter completato", kNota.split("\n")[0]);
  });
}

async function leave(page, citta) {
  await check('"logout" chiude la sessione e torna alla pagina del comune', async () => {
    await page.getByRole("button", { name: "logout" }).click();
    await page.waitForURL(`${citta.url}/rovereto/?avviso=uscita`);
    await see(page, "Sei uscito dall'area personale.");
    await page.goto(`${citta.url}/rovereto/stanza`);
    assert.equal(new URL(page.url()).pathname, "/rovereto/accesso");
  });
}

async function journey(citta, browser) {
  await check(`i dati stanno in ${citta.database}`, () =>
    assert.equal(existsSync(`${citta.folder}/dati/enti/rovereto/stanza.sqlite`), citta.database === "sqlite"),
  );
  const page = await openPage(browser);
  await reachTheService(page, citta);
  await enterForTheFirstTime(page);
  const pratica = await fillAndSend(page);
  await checkMails(citta, browser, pratica);
  const certificato = await sign(
    citta.folder,
    "certificato.pdf",
    makePdf("Estratto dell'atto di nascita di Mario Rossi"),
  );
  await operatorWorks(citta, pratica, certificato);
  await checkOutcome(page, citta, certificato);
  const texts = await checkDocuments(page, citta);
  await checkSecrets(page, citta, pratica, texts);
  await leave(page, citta);
  assert.deepEqual(page.complaints, []);
  await registerAssociazione(citta, browser);
  await check('"stanza-server verifica" non trova nulla fuori posto', async () => {
    assertIncludes(await citta.command("verifica"), "nessuna anomalia");
  });
}

const database = process.argv[2] ?? "sqlite";
await travel(database, database, journey);

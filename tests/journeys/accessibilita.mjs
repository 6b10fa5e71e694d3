// Every page, logged out and in, wide and narrow: no fault that axe or html-validate know, nothing wider than the screen.
import { readFileSync } from "node:fs";

import { openPage } from "./browser.mjs";
import { makePdf, sign } from "./documenti.mjs";
import { idOf, OperatoreApi } from "./operatore.mjs";
import {
  acceptTermini,
  button,
  enter,
  fillProfilo,
  follow,
  link,
  passGenericSteps,
  praticaIn,
  press,
  waitForProtocollo,
  waitForState,
} from "./portale.mjs";
import { assert, until } from "./prove.mjs";
import { look, looked } from "./sguardo.mjs";
import { travel } from "./viaggio.mjs";

async function visit(page, citta, address, name) {
  await page.goto(citta.url + address);
  await look(page, citta, name);
}

const kAnonymous = {
  "/": "comuni",
  "/rovereto/servizi/": "servizi, schede",
  "/rovereto/servizi/?vista=colonne": "servizi, colonne",
  "/rovereto/servizi/?cerca=nascita": "servizi, ricerca",
  "/rovereto/servizi/?cerca=zzz": "servizi, nessun risultato",
  "/rovereto/servizi/estratto-nascita": "servizio",
  "/rovereto/servizi/iscrizione-registro-associazioni": "servizio delle associazioni",
  "/rovereto/privacy": "informativa",
  "/rovereto/accesso-operatori": "accesso operatori",
  "/rovereto/accesso?livello=3": "accesso di livello 3",
  "/rovereto/password-dimenticata": "password dimenticata",
  "/rovereto/inesistente": "pagina non trovata",
  "/inesistente/": "ente non trovato",
};

const kEmptyRoom = {
  "/rovereto/stanza": "stanza vuota",
  "/rovereto/pratiche/": "pratiche, nessuna",
  "/rovereto/allegati": "allegati, nessuno",
  "/rovereto/profilo": "profilo con i termini accettati",
  "/rovereto/accessi": "accessi",
  "/rovereto/conferma-email?chiave=altra": "conferma dell'indirizzo, link non valido",
};

async function entering(page, citta) {
  await page.goto(`${citta.url}/rovereto/servizi/estratto-nascita/pratica`);
  await look(page, citta, "accesso");
  await page.getByText("Entra con SPID", { exact: true }).click();
  await look(page, citta, "accesso, gestori");
  await page.reload();
  await enter(page, "Accesso annullato");
  await look(page, citta, "accesso non riuscito");
  await follow(page, "Torna all'accesso");
  await enter(page, "Luca Verdi");
  await look(page, citta, "termini");
  await press(page, "Salva");
  await look(page, citta, "termini con errori");
  await acceptTermini(page);
  await look(page, citta, "profilo da completare");
  await press(page, "Salva informazioni profilo");
  await look(page, citta, "profilo con errori");
  await fillProfilo(page);
}

async function confirmation(page, citta) {
  const mail = await until("arriva il link di conferma", async () =>
    (await citta.mails()).find((one) => one.testo.includes("/conferma-email?chiave=")),
  );
  await page.goto(/http\S+chiave=\S+/.exec(mail.testo)[0]);
  await look(page, citta, "conferma dell'indirizzo");
  await press(page, "Conferma l'indirizzo");
  await look(page, citta, "indirizzo confermato");
  await visit(page, citta, "/rovereto/profilo", "profilo con l'indirizzo confermato");
}

async function firstSteps(page, citta) {
  await look(page, citta, "passo istruzioni");
  await press(page, "Avanti");
  await look(page, citta, "passo istruzioni con errore");
  await page.getByLabel("Ok mi è chiaro").check();
  await press(page, "Avanti");
  await look(page, citta, "passo richiedente");
  await press(page, "Avanti");
  await look(page, citta, "passo delega");
  await page.getByLabel("A un'altra persona").check();
  await page.getByLabel("Sì, ho una delega scritta").check();
  await page.locator("textarea[name=nota]").fill("x".repeat(2001));
  await press(page, "Avanti");
  await look(page, citta, "passo delega con errori");
  const fields = {
    "Nome della persona (*)": "Mario",
    "Cognome della persona (*)": "Rossi",
    "Data di nascita della persona (*)": "25/06/1972",
    "Luogo di nascita della persona (*)": "Rovereto",
  };
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(value);
  await page.locator("textarea[name=nota]").fill("la mia nota");
  await press(page, "Avanti");
}

async function lastSteps(page, citta) {
  await look(page, citta, "passo specifica delega");
  await press(page, "Avanti");
  await look(page, citta, "passo specifica delega con errori");
  await page.getByLabel("La persona a cui si riferisce l'atto").check();
  const delega = page.getByRole("group", { name: "Delega firmata (*)" });
  await delega.getByLabel("Nuovo file").setInputFiles({
    name: "Delega di Mario Rossi con un nome piuttosto lungo_senza_spazi.pdf",
    mimeType: "application/pdf",
    buffer: makePdf("Delega"),
  });
  await Promise.all([page.waitForEvent("framenavigated"), delega.getByRole("button", { name: "Carica" }).click()]);
  await look(page, citta, "passo specifica delega con un file");
  await page
    .getByRole("group", { name: "Documento d'identità di chi delega (*)" })
    .getByLabel("Nuovo file")
    .setInputFiles({ name: "documento.pdf", mimeType: "application/pdf", buffer: makePdf("Documento") });
  await press(page, "Avanti");
  await look(page, citta, "passo tipologia");
  await page.getByLabel("Altro uso").check();
  await press(page, "Avanti");
  await look(page, citta, "passo tipologia con errori");
  await page.getByLabel("Estratto per riassunto", { exact: true }).check();
  await page.getByLabel("Specifica l'uso (*)").fill("Ricerca");
  await page.getByLabel("Motivo della richiesta (*)").fill("Prima riga\nseconda riga");
  await press(page, "Avanti");
  await look(page, citta, "riepilogo");
  await button(page, "Invia").click();
  await look(page, citta, "riepilogo con la domanda", { dialog: true });
  await page.keyboard.press("Escape");
}

async function drafts(page, citta) {
  const address = new URL(page.url()).pathname.replace(/\/passi\/.*/, "");
  await visit(page, citta, `${address}/invio`, "conferma dell'invio");
  await visit(page, citta, `${address}/elimina`, "conferma dell'eliminazione");
  await visit(page, citta, "/rovereto/pratiche/?elenco=bozza", "pratiche in bozza");
  await visit(page, citta, "/rovereto/servizi/estratto-nascita/pratica", "pratica in bozza");
  await link(page, "Elimina bozza").click();
  await look(page, citta, "pratica in bozza con la domanda", { dialog: true });
  await page.keyboard.press("Escape");
  await follow(page, "Riprendi compilazione");
}

async function outcome(page, citta) {
  await button(page, "Invia").click();
  await press(page, "Sì, sono sicuro");
  await look(page, citta, "dettaglio appena inviato");
  await waitForProtocollo(page);
  await look(page, citta, "dettaglio protocollato");
  const id = praticaIn(page);
  const operatore = await new OperatoreApi(citta).login("operatore");
  const { versione } = await operatore.takeWell(id);
  const bytes = readFileSync(await sign(citta.folder, "certificato.pdf", makePdf("Estratto")));
  const answer = await operatore.decide(id, versione, {
    esito: "approva",
    motivazione: "Va bene.\nSeconda riga",
    file: { name: "certificato.pdf.p7m", bytes },
  });
  assert.equal(answer.status, 200, answer.text);
  await waitForState(page, "Iter completato");
  await look(page, citta, "dettaglio accettato");
}

async function refusal(page, citta) {
  await page.goto(`${citta.url}/rovereto/servizi/iscrizione-registro-associazioni/pratica`);
  await passGenericSteps(page);
  await look(page, citta, "passo associazione");
  const fields = {
    "In qualità di (*)": "DIRETTORE",
    "Nome dell'associazione (*)": "Amici",
    "Natura giuridica (*)": "APS",
    "email (*)": "a@b.it",
    "Numero di iscritti (*)": "3",
    "Modalità di adesione (come si diventa soci) (*)": "x",
    "Attività (indicare in modo sintetico le attività principali) (*)": "y",
  };
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(value);
  await press(page, "Avanti");
  await look(page, citta, "passo allegati");
  for (const box of await page.getByLabel(/già in possesso/).all()) await box.check();
  await look(page, citta, "passo allegati con dichiarazioni", { dialog: true });
  await press(page, "Avanti");
  await button(page, "Invia").click();
  await press(page, "Sì, sono sicuro");
  await waitForProtocollo(page);
  const operatore = await new OperatoreApi(citta).login("operatore");
  const { id, versione } = await operatore.takeWell(idOf(new URL(page.url()).pathname));
  assert.equal(
    (await operatore.decide(id, versione, { esito: "rigetta", motivazione: "Manca lo statuto." })).status,
    200,
  );
  await waitForState(page, "Rifiutata");
  await look(page, citta, "dettaglio rifiutato");
}

async function fullRoom(page, citta) {
  for (const elenco of ["inviate", "elaborazione", "accettate", "rifiutate", "integrare", "conto"])
    await visit(page, citta, `/rovereto/pratiche/?elenco=${elenco}`, `pratiche ${elenco}`);
  await visit(page, citta, "/rovereto/stanza", "stanza con pratiche");
  await visit(page, citta, "/rovereto/allegati", "allegati");
  await page.goto(`${citta.url}/rovereto/servizi/certificato-nascita/pratica`);
  await visit(page, citta, "/rovereto/pratiche/00000000-0000-4000-8000-000000000000", "pratica altrui o inesistente");
  await page.goto(`${citta.url}/rovereto/stanza`);
  await page.evaluate(() => document.querySelectorAll("input[name=csrf]").forEach((field) => (field.value = "altra")));
  await press(page, "logout");
  await look(page, citta, "modulo non più valido");
  await page.goto(`${citta.url}/rovereto/stanza`);
  await press(page, "logout");
  await look(page, citta, "uscita");
}

await travel("accessibilita", "sqlite", async (citta, browser) => {
  const page = await openPage(browser);
  for (const [address, name] of Object.entries(kAnonymous)) await visit(page, citta, address, name);
  await entering(page, citta);
  const draft = page.url();
  for (const [address, name] of Object.entries(kEmptyRoom)) await visit(page, citta, address, name);
  await confirmation(page, citta);
  await page.goto(draft);
  await firstSteps(page, citta);
  await lastSteps(page, citta);
  await drafts(page, citta);
  await outcome(page, citta);
  await refusal(page, citta);
  await fullRoom(page, citta);
  console.log(`   (${looked()} pagine guardate)`);
});

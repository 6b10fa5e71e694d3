// The whole way of a citizen whose browser runs no script, on a narrow screen.
import { openPage } from "./browser.mjs";
import { makePdf } from "./documenti.mjs";
import {
  acceptTermini,
  count,
  enter,
  fillProfilo,
  follow,
  go,
  link,
  passGenericSteps,
  praticaIn,
  press,
  see,
  seeHeading,
  stepper,
  tick,
  waitForProtocollo,
} from "./portale.mjs";
import { assert, check } from "./prove.mjs";
import { travel } from "./viaggio.mjs";

const kServizio = "Estratto per riassunto dell'Atto di nascita";
const upload = (page, label) => page.getByRole("group", { name: label });
const pdf = (name) => ({ name, mimeType: "application/pdf", buffer: makePdf(name) });

async function reach(page, citta) {
  await check("dalla pagina iniziale si arriva all'accesso, e il menu si vede tutto", async () => {
    await page.goto(citta.url);
    await follow(page, "Comune di Rovereto");
    for (const entry of ["La mia stanza", "Tutti i servizi", "Le mie pratiche", "Il mio profilo", "I miei allegati"])
      assert.ok(
        await page.getByRole("navigation", { name: "Principale" }).getByRole("link", { name: entry }).isVisible(),
        entry,
      );
    await follow(page, `Vai al servizio ${kServizio}`);
    await follow(page, `Accedi al servizio ${kServizio}`);
  });
  await check("si entra, si accettano i termini, si completa il profilo", async () => {
    await enter(page, "Luca Verdi");
    await acceptTermini(page);
    await fillProfilo(page);
    await seeHeading(page, "Passo 1 di 6 - Istruzioni sulla procedura");
    await passGenericSteps(page);
  });
}

async function fillDelega(page) {
  await check("i campi che dipendono da altri si vedono tutti; quelli non dovuti non contano", async () => {
    await tick(page, page.getByLabel("A me"));
    assert.ok(await page.getByLabel("Cognome della persona (*)").isVisible());
    await press(page, "Avanti");
    await seeHeading(page, "Passo 5 di 6 - Tipologia ed uso");
    await press(page, "Indietro");
  });
  await check("gli errori si leggono e portano ai campi", async () => {
    await tick(page, page.getByLabel("A un'altra persona"));
    await press(page, "Avanti");
    assert.equal(page.lastStatus, 422);
    await seeHeading(page, "Ci sono 5 errori da correggere");
    const target = await page.getByRole("alert").getByRole("link").first().getAttribute("href");
    assert.equal(await page.locator(target).count(), 1);
  });
  await check('con la delega si passa da "Specifica delega"', async () => {
    const fields = {
      "Nome della persona (*)": "Mario",
      "Cognome della persona (*)": "Rossi",
      "Data di nascita della persona (*)": "25/06/1972",
      "Luogo di nascita della persona (*)": "Rovereto",
    };
    for (const [label, value] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(value);
    await tick(page, page.getByLabel("Sì, ho una delega scritta"));
    await press(page, "Avanti");
    await seeHeading(page, "Passo 4 di 6 - Specifica delega");
  });
}

async function attach(page) {
  await check('un file si carica con "Carica", si rimuove, e va anche con il solo "Avanti"', async () => {
    await tick(page, page.getByLabel("La persona a cui si riferisce l'atto"));
    await upload(page, "Delega firmata (*)").getByLabel("Nuovo file").setInputFiles(pdf("delega.pdf"));
    await go(page, upload(page, "Delega firmata (*)").getByRole("button", { name: "Carica" }));
    await see(page, "delega.pdf");
    assert.ok(await page.getByLabel("La persona a cui si riferisce l'atto").isChecked());
    await go(page, page.getByRole("button", { name: "Rimuovi delega.pdf" }));
    assert.equal(await upload(page, "Delega firmata (*)").getByRole("listitem").count(), 0);
    await upload(page, "Delega firmata (*)").getByLabel("Nuovo file").setInputFiles(pdf("delega giusta.pdf"));
    await press(page, "Avanti");
    await seeHeading(page, "C'è un errore da correggere");
    await see(page, "delega giusta.pdf", 'Carica il file "Documento d\'identità di chi delega".');
  });
  await check("un file già caricato si può scegliere di nuovo", async () => {
    const documento = upload(page, "Documento d'identità di chi delega");
    await documento.getByText("Scegli tra i miei allegati").press("Enter");
    // By its name: of two files of one second either may come first.
    const known = documento.getByLabel("File già caricati");
    await known.selectOption(await known.locator("option", { hasText: "delega giusta.pdf" }).getAttribute("value"));
    await go(page, documento.getByRole("button", { name: "Usa questo file" }));
    assert.equal(await upload(page, "Documento d'identità di chi delega").getByRole("listitem").count(), 1);
    await press(page, "Avanti");
    await seeHeading(page, "Passo 5 di 6 - Tipologia ed uso");
  });
}

async function finish(page) {
  await check("uso, motivo e nota si scrivono; il riepilogo li mostra", async () => {
    await tick(page, page.getByLabel("Estratto per riassunto", { exact: true }));
    await tick(page, page.getByLabel("Altro uso"));
    await page.getByLabel("Specifica l'uso (*)").fill("Ricerca di famiglia");
    await page.getByLabel("Motivo della richiesta (*)").fill("Prima riga\nseconda riga");
    await page.locator("textarea[name=nota]").fill("senza script");
    await press(page, "Avanti");
    await seeHeading(page, "Passo 6 di 6 - Controllo e conferma");
    assert.deepEqual((await stepper(page)).slice(3), [
      "Specifica delega: fatto",
      "Tipologia ed uso: fatto",
      "Controllo e conferma: corrente",
    ]);
    await see(page, "Ricerca di famiglia", "delega giusta.pdf", "Sì, ho una delega scritta");
  });
  await check('"Invia" porta a una pagina di conferma; "No" torna indietro, "Sì, sono sicuro" invia', async () => {
    await press(page, "Invia");
    await see(page, "Sei sicuro di aver compilato il modulo correttamente e di voler inviare la pratica?");
    await go(page, page.getByRole("link", { name: "No", exact: true }));
    await seeHeading(page, "Passo 6 di 6 - Controllo e conferma");
    await press(page, "Invia");
    await press(page, "Sì, sono sicuro");
    await see(page, "La richiesta è stata inviata.");
  });
}

async function afterwards(page, citta) {
  const id = praticaIn(page);
  await check("la pratica è protocollata e non si può inviare di nuovo", async () => {
    const protocollo = await waitForProtocollo(page);
    await page.goto(`${citta.url}/rovereto/pratiche/${id}/invio`);
    await see(page, "Questa richiesta era già stata inviata: non ne è stata creata un'altra.", protocollo);
  });
  await check("una bozza si elimina dalla sua pagina", async () => {
    await page.goto(`${citta.url}/rovereto/servizi/certificato-nascita/pratica`);
    await page.goto(`${citta.url}/rovereto/pratiche/?elenco=bozza`);
    await follow(page, "Vedi dettaglio");
    await follow(page, "Elimina bozza");
    await seeHeading(page, "Elimina bozza");
    await press(page, "Sì, elimina la bozza");
    assert.equal(await count(page, "In bozza"), 0);
  });
  await check('un file tolto dalla bozza si elimina da "I miei allegati"', async () => {
    await page.goto(`${citta.url}/rovereto/allegati`);
    await follow(page, "Elimina delega.pdf");
    await press(page, "Sì, elimina il file");
    await see(page, "L'allegato è stato eliminato.", "delega giusta.pdf");
    assert.equal(await page.locator("main li", { hasText: "Nome del file" }).count(), 1);
  });
  await check('"logout" chiude la sessione', async () => {
    await press(page, "logout");
    await follow(page, "Prosegui");
    await see(page, "Sei uscito dall'area personale.");
  });
}

await travel("senza_javascript", "sqlite", async (citta, browser) => {
  const page = await openPage(browser, { width: 320, javaScriptEnabled: false });
  await reach(page, citta);
  await fillDelega(page);
  await attach(page);
  await finish(page);
  await afterwards(page, citta);
  assert.deepEqual(page.complaints, []);
});

// The second journey: attachments, a draft left and taken up again, a refusal with its reason.
import { openPage } from "./browser.mjs";
import { checkPdf, download, makeJpeg, makePdf } from "./documenti.mjs";
import { OperatoreApi } from "./operatore.mjs";
import {
  button,
  count,
  enterFully,
  follow,
  go,
  link,
  passGenericSteps,
  praticaIn,
  press,
  see,
  seeHeading,
  waitForProtocollo,
  waitForState,
} from "./portale.mjs";
import { assert, assertExcludes, check, sleep } from "./prove.mjs";

const kServizio = "Iscrizione al Registro delle Associazioni";
const kAttivita = "Escursioni <i>guidate</i>\n\tmanutenzione dei sentieri\nserate & incontri";
const kMotivazione = "Lo statuto non indica l'assenza di fini di lucro.\nSi può ripresentare la domanda.";

const upload = (page, label) => page.getByRole("group", { name: label });

async function uploadFile(page, label, file) {
  await upload(page, label).getByLabel("Nuovo file").setInputFiles(file);
  await go(page, upload(page, label).getByRole("button", { name: "Carica" }));
}

async function begin(page, citta) {
  await check("un secondo cittadino, dal profilo già completo, passa dai soli termini", async () => {
    await page.goto(`${citta.url}/rovereto/servizi/iscrizione-registro-associazioni`);
    await follow(page, `Accedi al servizio ${kServizio}`);
    await enterFully(page, "Giulia Bianchi");
    await seeHeading(page, "Passo 1 di 5 - Istruzioni sulla procedura");
    await passGenericSteps(page);
  });
  await check("i dati dell'associazione si scrivono, anche su più righe", async () => {
    await seeHeading(page, "Passo 3 di 5 - Organizzazione richiedente");
    const fields = {
      "In qualità di (*)": "DIRETTORE",
      "Nome dell'associazione (*)": "Amici dei Sentieri",
      "Natura giuridica (*)": "APS",
      "email (*)": "info@sentieri.example",
      "Numero di iscritti (*)": "42",
      "Modalità di adesione (come si diventa soci) (*)": "Domanda scritta",
      "Attività (indicare in modo sintetico le attività principali) (*)": kAttivita,
    };
    for (const [label, value] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(value);
    await press(page, "Avanti");
    await seeHeading(page, "Passo 4 di 5 - Allegati");
  });
}

async function attach(page) {
  const pdf = { mimeType: "application/pdf", buffer: makePdf("Statuto") };
  await check("una pagina html di nome .pdf è rifiutata con un messaggio chiaro", async () => {
    await uploadFile(page, "Statuto (*)", {
      name: "statuto.pdf",
      mimeType: "application/pdf",
      buffer: Buffer.from("<!DOCTYPE html><html><body>ciao</body></html>"),
    });
    assert.equal(page.lastStatus, 422);
    await see(page, "statuto.pdf");
    assert.equal(await upload(page, "Statuto (*)").getByRole("listitem").count(), 0);
  });
  await check("dichiarare un documento già in possesso del comune basta al posto del file", async () => {
    await page.getByLabel("Elenco delle cariche sociali: già in possesso dell'Amministrazione comunale").check();
    assert.equal(await upload(page, "Elenco delle cariche sociali (*)").isVisible(), false);
    await uploadFile(page, "Statuto (*)", { ...pdf, name: "Statuto 2026 <bozza>.pdf" });
    await uploadFile(page, "Attribuzione codice fiscale (*)", { ...pdf, name: "codice fiscale.pdf" });
    assert.ok(
      await page.getByLabel("Elenco delle cariche sociali: già in possesso dell'Amministrazione comunale").isChecked(),
    );
  });
  await check("il logo dev'essere jpeg", async () => {
    await uploadFile(page, "Logo", { ...pdf, name: "logo.pdf" });
    assert.equal(page.lastStatus, 422);
    await uploadFile(page, "Logo", { name: "logo.jpg", mimeType: "image/jpeg", buffer: await makeJpeg(page) });
    await see(page, "logo.jpg");
  });
}

async function leaveAndResume(page, citta) {
  await check('lasciata a metà, si riprende dall\'ultimo passo raggiunto con "Riprendi compilazione"', async () => {
    await page.goto(`${citta.url}/rovereto/servizi/iscrizione-registro-associazioni`);
    await follow(page, `Accedi al servizio ${kServizio}`);
    await seeHeading(page, "Pratica in bozza");
    await see(page, kServizio, "Bozza", "Data di creazione:");
    await follow(page, "Riprendi compilazione");
    await seeHeading(page, "Passo 4 di 5 - Allegati");
    await see(page, "codice fiscale.pdf", "logo.jpg");
    await press(page, "Avanti");
  });
  await check("anche dopo un'interruzione improvvisa del server la bozza è intera", async () => {
    await citta.crash();
    await page.goto(`${citta.url}/rovereto/pratiche/?elenco=bozza`);
    await follow(page, "Vedi dettaglio");
    await follow(page, "Riprendi compilazione");
    await seeHeading(page, "Passo 5 di 5 - Controllo e conferma");
    await see(page, "Amici dei Sentieri", "manutenzione dei sentieri", "Statuto 2026", "logo.jpg");
  });
}

async function send(page) {
  return check("la richiesta con i suoi file è inviata e protocollata", async () => {
    await button(page, "Invia").click();
    await press(page, "Sì, sono sicuro");
    const id = praticaIn(page);
    const protocollo = await waitForProtocollo(page);
    await see(
      page,
      "File allegati",
      "Nome del file",
      "codice fiscale.pdf",
      "Attribuzione codice fiscale",
      "<i>guidate</i>",
    );
    return { id, protocollo };
  });
}

async function refuse(citta, pratica) {
  await check("un rigetto senza motivazione non è accettato, con motivazione sì", async () => {
    const operatore = await new OperatoreApi(citta).login("operatore-associazioni");
    const { versione } = await operatore.takeWell(pratica.id);
    const bare = await operatore.decide(pratica.id, versione, { esito: "rigetta" });
    assert.equal(bare.status, 422, bare.text);
    assert.equal((await operatore.get(`pratiche/${pratica.id}`)).json.stato, 4000);
    const chiave = "0b2f4a4e-7d6c-4a53-9d0b-6b1f5f6f7a01";
    for (let i = 0; i < 2; ++i) {
      const answer = await operatore.decide(pratica.id, versione, {
        esito: "rigetta",
        motivazione: kMotivazione,
        chiave,
      });
      assert.equal(answer.status, 200, answer.text);
    }
  });
}

async function seeTheRefusal(page, citta, pratica) {
  await check('il cittadino legge "La richiesta è stata rifiutata" e il perché', async () => {
    await page.goto(`${citta.url}/rovereto/pratiche/${pratica.id}`);
    await waitForState(page, "Rifiutata");
    await see(
      page,
      "La richiesta è stata rifiutata",
      "Lo statuto non indica l'assenza di fini di lucro.",
      "Protocollo risposta",
    );
    const risposta = await download(page, link(page, "Scarica il file di risposta"), citta.folder, "rifiuto.pdf");
    await checkPdf(risposta.path, [
      "SPETTABILE",
      "Giulia Bianchi",
      "La informiamo che la Sua richiesta è stata: rifiutata",
      "Lo statuto non indica",
      "Si può ripresentare",
      "Lì ",
    ]);
    const modulo = await download(page, link(page, "Scarica il modulo compilato"), citta.folder, "iscrizione.pdf");
    const words = [
      "Spett.le",
      "OGGETTO: ISCRIZIONE AL REGISTRO DELLE ASSOCIAZIONI",
      "Giulia Bianchi nato/a a Trento il 12/03/1985",
      "In qualità di DIRETTORE",
      "chiede",
      "Amici dei Sentieri",
      "STATUTO o ATTO COSTITUTIVO",
      "Organizzazione richiedente",
      "Escursioni <i>guidate</i>",
      "Allegati",
      "SHA-256: ",
    ];
    assertExcludes(await checkPdf(modulo.path, words), "Romano");
  });
}

async function readTheMails(citta, pratica) {
  await check("le mail dicono 2000, 3000, 4000 e 9000, una volta ciascuna", async () => {
    await citta.mailOf(pratica.id, 9000);
    await sleep(2000);
    assert.deepEqual(
      (await citta.toldStates(pratica.id)).sort((a, b) => a - b),
      [2000, 3000, 4000, 9000],
    );
    for (const mail of await citta.mailsAbout(pratica.id)) assertExcludes(JSON.stringify(mail), "Romano");
  });
}

async function seeMyFiles(page, citta, pratica) {
  await check('"I miei allegati" dice a quale pratica è andato ogni file, e non lo lascia eliminare', async () => {
    await page.goto(`${citta.url}/rovereto/allegati`);
    const cards = page.locator("main li", { hasText: "Nome del file" });
    assert.equal(await cards.count(), 3);
    for (const card of await cards.all()) {
      const text = (await card.innerText()).replace(/\s+/g, " ");
      assert.match(
        text,
        /Descrizione .*Allegato alle pratiche: Iscrizione al Registro delle Associazioni \(Rifiutata \d\d-\d\d-\d{4}\)/,
      );
      assert.equal(await card.getByRole("link", { name: "Elimina" }).count(), 0);
    }
    await follow(page, `${kServizio} (Rifiutata`);
    assert.equal(praticaIn(page), pratica.id);
  });
}

async function deleteADraft(page, citta) {
  await check("una bozza si elimina, dopo conferma", async () => {
    await page.goto(`${citta.url}/rovereto/servizi/certificato-nascita/pratica`);
    await passGenericSteps(page);
    await page.goto(`${citta.url}/rovereto/pratiche/?elenco=bozza`);
    assert.equal(await count(page, "In bozza"), 1);
    await follow(page, "Vedi dettaglio");
    await seeHeading(page, "Pratica in bozza");
    await link(page, "Elimina bozza").click();
    await press(page, "Sì, elimina la bozza");
    await see(page, "La bozza è stata eliminata.");
    assert.equal(await count(page, "In bozza"), 0);
    assert.equal(await count(page, "Rifiutate"), 1);
  });
}

export async function registerAssociazione(citta, browser) {
  const page = await openPage(browser);
  await begin(page, citta);
  await attach(page);
  await leaveAndResume(page, citta);
  const pratica = await send(page);
  await refuse(citta, pratica);
  await seeTheRefusal(page, citta, pratica);
  await readTheMails(citta, pratica);
  await seeMyFiles(page, citta, pratica);
  await deleteADraft(page, citta);
  assert.deepEqual(page.complaints, []);
}

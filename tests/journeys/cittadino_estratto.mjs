// The citizen's half of the main journey: from the comune's list to the sent request.
import { openTab } from "./browser.mjs";
import {
  acceptTermini,
  button,
  count,
  enter,
  fillProfilo,
  follow,
  link,
  mainText,
  passGenericSteps,
  praticaIn,
  press,
  see,
  seeHeading,
  stepper,
  waitForProtocollo,
} from "./portale.mjs";
import { assert, assertIncludes, check } from "./prove.mjs";

export const kServizio = "Estratto per riassunto dell'Atto di nascita";
export const kNota = "Per il notaio Zeni: <b>chiamare</b> prima di venerdì\n\tseconda riga";
const kNotaFound = kNota.split("\n")[0];

export async function reachTheService(page, citta) {
  await check("la pagina iniziale elenca i comuni e porta ai servizi di Rovereto", async () => {
    await page.goto(citta.url);
    await see(
      page,
      "Comune di Tre Ville",
      "Comune di Vallelaghi",
      "Entra nella stanza del cittadino del Comune di Rovereto",
    );
    await follow(page, "Comune di Rovereto");
    assert.equal(new URL(page.url()).pathname, "/rovereto/servizi/");
    await see(page, 'Attraverso "La Stanza del Cittadino" potrai accedere con pochi click', "Esplora i servizi");
    assert.match(await page.locator("header").innerText(), /Servizi on-line del Comune di Rovereto/);
  });
  await check('il servizio ha la sua pagina, e "Accedi al servizio" porta all\'accesso', async () => {
    await follow(page, `Vai al servizio ${kServizio}`);
    await see(page, "Il servizio consente di richiedere il proprio estratto di nascita o di altra persona.");
    await follow(page, `Accedi al servizio ${kServizio}`);
    assert.equal(new URL(page.url()).pathname, "/rovereto/accesso");
  });
}

export async function enterForTheFirstTime(page) {
  await check("chi annulla presso il gestore di identità non entra, e lo legge", async () => {
    await enter(page, "Accesso annullato");
    assert.equal(page.lastStatus, 403);
    await seeHeading(page, "Accesso non riuscito");
    await follow(page, "Torna all'accesso");
  });
  await check("al primo accesso i termini vanno accettati tutti", async () => {
    await enter(page, "Luca Verdi");
    await seeHeading(page, "Accettazione termini di utilizzo");
    await page.getByLabel("Dò il consenso").first().check();
    await press(page, "Salva");
    assert.equal(page.lastStatus, 422);
    await see(page, "Per proseguire è necessario dare il consenso.");
    assert.ok(await page.getByLabel("Dò il consenso").first().isChecked());
    await acceptTermini(page);
  });
  await check("al primo accesso il profilo va completato e quanto scritto resta", async () => {
    await seeHeading(page, "Profilo utente Luca Verdi");
    await see(
      page,
      "Verifica che l'email sia corretta, completa e conferma i dati del tuo profilo",
      "Il sistema utilizzerà questi recapiti per inviarti notifiche e segnalazioni",
    );
    await page.getByLabel("Numero di telefono cellulare (*)").fill("340 1112223");
    await page.getByLabel("Indirizzo email (*)").fill("non-una-email");
    await press(page, "Salva informazioni profilo");
    assert.equal(page.lastStatus, 422);
    assert.match(await page.title(), /^Errore: /);
    assert.equal(await page.getByLabel("Indirizzo email (*)").inputValue(), "non-una-email");
    await fillProfilo(page);
  });
}

async function instructionsAndApplicant(page) {
  await check('passo 1: senza "Ok mi è chiaro" non si prosegue, e c\'è il solo pulsante "Avanti"', async () => {
    await seeHeading(page, `Nuova pratica: ${kServizio}`);
    await seeHeading(page, "Passo 1 di 6 - Istruzioni sulla procedura");
    assert.equal(await button(page, "Indietro").count(), 0);
    assert.equal(await button(page, "Ricomincia").count(), 0);
    await press(page, "Avanti");
    assert.equal(page.lastStatus, 422);
    await see(page, "Per proseguire conferma di aver letto le istruzioni.");
  });
  await check("passo 2: i dati del richiedente si leggono soltanto", async () => {
    await page.getByLabel("Ok mi è chiaro").check();
    await press(page, "Avanti");
    await seeHeading(page, "Passo 2 di 6 - Dati del richiedente");
    const expected = {
      Nome: "Luca",
      Cognome: "Verdi",
      "Codice Fiscale": "VRDLCU90A01H612Q",
      "Luogo di nascita": "Rovereto",
      "Data di nascita": "01-01-1990",
      Email: "luca.verdi@esempio.it",
    };
    for (const [label, value] of Object.entries(expected)) {
      const field = page.getByLabel(label, { exact: true });
      assert.equal(await field.inputValue(), value);
      assert.equal(await field.isEditable(), false, label);
    }
    await see(
      page,
      "Guida alla compilazione",
      "I dati del richiedente sono modificabili dalla pagina dedicata al tuo profilo",
    );
    await press(page, "Avanti");
  });
}

async function otherPerson(page) {
  await check("passo 3: un codice fiscale sbagliato è rifiutato e tutto quanto scritto resta", async () => {
    await seeHeading(page, "Passo 3 di 6 - Delega");
    await page.getByLabel("A un'altra persona").check();
    await page.getByLabel("Nome della persona (*)", { exact: true }).fill("Mario");
    await page.getByLabel("Cognome della persona (*)").fill("Rossi");
    await page.getByLabel("Codice fiscale della persona").fill("RSSMRA72H25H612X");
    await page.getByLabel("Data di nascita della persona (*)").fill("25/06/1972");
    await page.getByLabel("Luogo di nascita della persona (*)").fill("Rovereto");
    await page.getByRole("radio", { name: "No", exact: true }).check();
    await page.getByLabel("Aggiungi una descrizione per poter riconoscere la pratica più agevolmente").fill(kNota);
    await see(page, "Questa descrizione può essere vista solo da te");
    await press(page, "Avanti");
    assert.equal(page.lastStatus, 422);
    assert.match(await page.title(), /^Errore: /);
    await seeHeading(page, "C'è un errore da correggere");
    assert.equal(await page.getByLabel("Codice fiscale della persona").getAttribute("aria-invalid"), "true");
    assert.equal(await page.getByLabel("Codice fiscale della persona").inputValue(), "RSSMRA72H25H612X");
    assert.equal(await page.getByLabel("Cognome della persona (*)").inputValue(), "Rossi");
    assert.equal(await page.getByLabel("Data di nascita della persona (*)").inputValue(), "25/06/1972");
    assert.ok(await page.getByLabel("A un'altra persona").isChecked());
    assert.equal(await page.locator("textarea[name=nota]").inputValue(), kNota);
  });
  await check("senza delega il passo 4 si salta ma è contato", async () => {
    await page.getByLabel("Codice fiscale della persona").fill("RSSMRA72H25H612H");
    await press(page, "Avanti");
    await seeHeading(page, "Passo 5 di 6 - Tipologia ed uso");
    assert.deepEqual(await stepper(page), [
      "Istruzioni: fatto",
      "Richiedente: fatto",
      "Delega: fatto",
      "Specifica delega: non richiesto",
      "Tipologia ed uso: corrente",
      "Controllo e conferma: da fare",
    ]);
  });
}

async function backAndForth(page) {
  await check('"Indietro" e "Ricomincia" non perdono nulla, nemmeno del passo non finito', async () => {
    await page.getByLabel("Estratto per riassunto con paternità e maternità").check();
    await page.getByLabel("Altre informazioni utili per l'ufficio").fill("Atto n. 12");
    await press(page, "Indietro");
    await seeHeading(page, "Passo 3 di 6 - Delega");
    assert.equal(await page.getByLabel("Cognome della persona (*)").inputValue(), "Rossi");
    await press(page, "Avanti");
    assert.equal(await page.getByLabel("Altre informazioni utili per l'ufficio").inputValue(), "Atto n. 12");
    await press(page, "Ricomincia");
    await seeHeading(page, "Passo 1 di 6 - Istruzioni sulla procedura");
    await passGenericSteps(page);
    assert.equal(await page.getByLabel("Luogo di nascita della persona (*)").inputValue(), "Rovereto");
    assert.equal(await page.locator("textarea[name=nota]").inputValue(), kNota);
    await press(page, "Avanti");
    assert.ok(await page.getByLabel("Estratto per riassunto con paternità e maternità").isChecked());
    assert.equal(await page.getByLabel("Altre informazioni utili per l'ufficio").inputValue(), "Atto n. 12");
  });
}

async function useAndSummary(page) {
  await check("passo 5: più errori sono contati e legati ai campi", async () => {
    await press(page, "Avanti");
    await seeHeading(page, "Ci sono 2 errori da correggere");
    await page.getByLabel("Atto notarile").check();
    await page.getByLabel("Motivo della richiesta (*)").fill("Devo chiudere una successione:\n\tsono l'erede.");
    await press(page, "Avanti");
  });
  await check("passo 6: il riepilogo mostra quanto scritto e chiede conferma dell'invio", async () => {
    await seeHeading(page, "Passo 6 di 6 - Controllo e conferma");
    await see(
      page,
      "Luca Verdi",
      "RSSMRA72H25H612H",
      "Estratto per riassunto con paternità e maternità",
      "Atto notarile",
      "sono l'erede.",
    );
    await button(page, "Invia").click();
    await see(page, "Sei sicuro di aver compilato il modulo correttamente e di voler inviare la pratica?");
    await button(page, "No").click();
    assert.ok(page.url().endsWith("/passi/riepilogo"));
  });
}

/** Sends; gives the id and the number of the pratica. */
export async function fillAndSend(page) {
  await instructionsAndApplicant(page);
  await otherPerson(page);
  await backAndForth(page);
  await useAndSummary(page);
  await check('"Sì, sono sicuro" invia la pratica, che aspetta il numero o l\'ha già', async () => {
    await button(page, "Invia").click();
    await press(page, "Sì, sono sicuro");
    assert.match(
      await mainText(page),
      /La richiesta è stata inviata\..*(In attesa di protocollazione|Protocollo \d{7}\/\d{4})/,
    );
  });
  const id = praticaIn(page);
  const protocollo = await check("la pratica è protocollata da sola", () => waitForProtocollo(page));
  await seeTheSentRequest(page, protocollo);
  return { id, protocollo };
}

async function seeTheSentRequest(page, protocollo) {
  await check("il dettaglio mostra stati, dati e modulo, e non la nota", async () => {
    assert.deepEqual(await page.locator("ol.iter li strong").allInnerTexts(), ["Bozza", "Inviata", "Protocollata"]);
    await see(
      page,
      "Documentazione inoltrata all'Ente",
      protocollo,
      `Modulo ${kServizio} compilato il`,
      "Informazioni presentate",
      "Stato corrente Protocollata",
      "Comune di Rovereto",
      "Via Garibaldi 7",
    );
    assert.equal(await link(page, "Scarica il modulo compilato").count(), 1);
    assert.ok(!(await page.content()).includes("notaio Zeni"));
  });
  await check('"Le mie pratiche" la elenca tra le inviate, con la mia nota', async () => {
    const tab = await openTab(page);
    await tab.goto(page.url().replace(/pratiche\/.*/, "pratiche/?elenco=inviate"));
    assert.equal(await count(tab, "Inviate"), 1);
    assert.equal(await count(tab, "In bozza"), 0);
    await seeHeading(tab, "Inviate");
    await see(tab, protocollo, "Vedi dettaglio", kNotaFound);
    await tab.goto(page.url().replace(/pratiche\/.*/, "stanza"));
    await see(tab, "Pratiche recenti", protocollo, "(vedi tutte)");
    assert.deepEqual(tab.complaints, []);
    await tab.close();
  });
}

export async function followTheMail(browserPage, mail) {
  const url = /https?:\/\/\S+/.exec(mail.testo)[0];
  assertIncludes(mail.html, `href="${url}"`, "la parte HTML della mail");
  await browserPage.goto(url);
  assert.equal(new URL(browserPage.url()).pathname, "/rovereto/accesso");
  await enter(browserPage, "Luca Verdi");
  assert.equal(browserPage.url(), url);
}

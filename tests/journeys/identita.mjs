// Who comes in, and who does not: SPID by both bindings, CIE, every error, other people's answers, logout.
import { readFileSync, writeFileSync } from "node:fs";

import { openPage, openTab } from "./browser.mjs";
import { choose, enter, follow, press, see, seeHeading, tick } from "./portale.mjs";
import { source } from "./programmi.mjs";
import { assert, check } from "./prove.mjs";
import { travel } from "./viaggio.mjs";
import { Visitatore, words } from "./visitatore.mjs";

const kMario = "RSSMRA72H25H612H";
// SPID's table of errors: the provider's button, and a word of what the citizen must read (spid-regole-tecniche).
const kErrori = {
  "Credenziali errate troppe volte": /credenziali/i,
  "Credenziali di livello insufficiente": /livello/i,
  "Tempo scaduto": /tempo/i,
  "Consenso negato": /consenso/i,
  "Identità sospesa o revocata": /sospesa|revocata/i,
  "Errore riservato": /non è riuscito/i,
  "Accesso annullato": /annullato/i,
  "Identità di tipo non ammesso": /tipo/i,
};

const inside = (page) => page.getByRole("button", { name: "logout" }).isVisible();
const login = (citta, ente, kind, query = "") =>
  `${citta.url}/${ente}/spid/login?idp=${encodeURIComponent(`${citta.idp}/${kind}/metadata`)}${query}`;

async function byBoth(citta, browser) {
  for (const [binding, ente] of [
    ["redirect", "rovereto"],
    ["post", "vallelaghi"],
  ]) {
    await check(`con SPID si entra (${binding}), dopo termini e profilo si è dove si voleva`, async () => {
      const page = await openPage(browser);
      await page.goto(login(citta, ente, "spid", `&binding=${binding}&ritorno=/${ente}/pratiche/%3Felenco%3Dinviate`));
      await page.waitForURL((url) => url.hostname === "localhost");
      await choose(page, "Mario Rossi");
      await seeHeading(page, "Accettazione termini di utilizzo");
      for (const box of await page.getByLabel("Dò il consenso").all()) await box.check();
      await press(page, "Salva");
      assert.equal(page.url(), `${citta.url}/${ente}/pratiche/?elenco=inviate`);
      assert.ok(await inside(page));
      await page.getByRole("button", { name: "logout" }).click();
      await page.waitForURL(`${citta.url}/${ente}/?avviso=uscita`);
      assert.ok(!(await inside(page)));
      assert.deepEqual(page.complaints, []);
    });
  }
}

async function byCard(citta, browser) {
  await check("con CIE si entra, e il luogo di nascita si sa dal codice fiscale", async () => {
    const page = await openPage(browser);
    await page.goto(`${citta.url}/tre-ville/accesso`);
    await follow(page, "Entra con CIE");
    await choose(page, "Francesca Neri");
    for (const box of await page.getByLabel("Dò il consenso").all()) await box.check();
    await press(page, "Salva");
    await seeHeading(page, "Profilo utente Francesca Neri");
    await see(page, "Bolzano", "10-12-1978", "NREFNC78T50A952T");
    assert.deepEqual(page.complaints, []);
  });
}

/** A service of the demonstration under another name, which asks for a login of level 3. */
async function addStrong(citta) {
  const definition = JSON.parse(readFileSync(source("resources/seed/servizi/certificato-nascita.json"), "utf8"));
  Object.assign(definition, { slug: "servizio-forte", nome: "Servizio forte", livello_accesso: 3 });
  const file = `${citta.folder}/servizio-forte.json`;
  writeFileSync(file, JSON.stringify(definition));
  await citta.command("servizio", "importa", "--ente", "rovereto", "--file", file);
}

async function byLevel(citta, browser) {
  await addStrong(citta);
  await check("un servizio che chiede il livello 3 fa accedere di nuovo, poi si apre, e nulla di scritto va perso", async () => {
    const page = await openPage(browser);
    await page.goto(login(citta, "rovereto", "spid", "&ritorno=/rovereto/servizi/servizio-forte"));
    await choose(page, "Mario Rossi");
    await see(page, "Per questo servizio serve un accesso di livello 3 (SPID livello 3, CIE o carta).");
    await follow(page, "Accedi al servizio Servizio forte");
    await see(page, "Questo servizio chiede un accesso di livello 3", "accedi di nuovo qui sotto");
    await enter(page, "Mario Rossi");
    await seeHeading(page, "Nuova pratica: Servizio forte");
    // In another window of the same browser one comes in more weakly; what is typed here then waits for the stronger.
    const other = await openTab(page);
    await other.goto(login(citta, "rovereto", "spid", "&livello=2&ritorno=/rovereto/stanza"));
    await choose(other, "Mario Rossi");
    const nota = page.getByLabel("Aggiungi una descrizione per poter riconoscere la pratica più agevolmente");
    await nota.fill("scritta prima");
    await tick(page, page.getByLabel("Ok mi è chiaro"));
    await press(page, "Avanti");
    await see(page, "Questo servizio chiede un accesso di livello 3");
    await enter(page, "Mario Rossi");
    await seeHeading(page, "Nuova pratica: Servizio forte");
    assert.equal(await nota.inputValue(), "scritta prima");
    assert.deepEqual(page.complaints, []);
  });
}

async function errors(citta, browser) {
  await check("ogni errore del gestore di identità ha la sua pagina, e si può riprovare", async () => {
    const page = await openPage(browser);
    await page.goto(`${citta.url}/rovereto/accesso`);
    for (const [name, word] of Object.entries(kErrori)) {
      await enter(page, name);
      assert.equal(page.lastStatus, 403, name);
      await seeHeading(page, "Accesso non riuscito");
      assert.match(await page.locator("main .alert").innerText(), word, name);
      await follow(page, "Torna all'accesso");
    }
    assert.deepEqual(page.complaints, []);
  });
}

async function sessionsOf(visitatori) {
  const answers = await Promise.all(visitatori.map((one) => one.get("/rovereto/profilo")));
  return answers.filter(({ status, location }) => status === 200 || location?.includes("/termini")).length;
}

async function once(citta) {
  await check("trentadue invii insieme della stessa risposta aprono una sola sessione", async () => {
    const visitatore = new Visitatore(citta);
    const fields = await visitatore.askIdp({ persona: kMario });
    const many = Array.from({ length: 32 }, () =>
      Object.assign(new Visitatore(citta), { cookies: new Map(visitatore.cookies) }),
    );
    const answers = await Promise.all(many.map((one) => one.bringBack(fields)));
    assert.equal(answers.filter(({ status }) => status === 303).length, 1);
    assert.equal(answers.filter(({ status }) => status === 403).length, 31);
    assert.equal(await sessionsOf(many), 1);
  });
  await check("la risposta data a un browser non vale in un altro, né dopo, né per un altro ente", async () => {
    const mario = new Visitatore(citta);
    const fields = await mario.askIdp({ persona: kMario });
    const stranger = new Visitatore(citta);
    const refused = await stranger.bringBack(fields);
    assert.equal(refused.status, 403);
    assert.match(words(refused.text), /non corrisponde a un accesso iniziato da questo browser/);
    const elsewhere = Object.assign(new Visitatore(citta, "tre-ville"), { cookies: new Map(mario.cookies) });
    assert.equal((await elsewhere.bringBack(fields)).status, 403);
    assert.equal((await mario.bringBack({ ...fields, RelayState: "altro" })).status, 403);
    assert.equal((await mario.bringBack(fields)).status, 303);
    assert.equal((await mario.bringBack(fields)).status, 403);
  });
}

async function nonsense(citta) {
  await check("messaggi senza senso sono rifiutati con un motivo, e non fermano nulla", async () => {
    const visitatore = new Visitatore(citta);
    for (const SAMLResponse of ["", "AAAA", "<xml/>", Buffer.from("<a/>").toString("base64"), "A".repeat(200_000)]) {
      const answer = await visitatore.bringBack({ SAMLResponse, RelayState: "x" });
      assert.equal(answer.status, 403);
      assert.match(words(answer.text), /Informazioni per l'assistenza \S+/);
    }
    assert.equal((await visitatore.bringBack({ SAMLResponse: "A".repeat(300_000) })).status, 422);
    assert.equal((await visitatore.postAsIs("/rovereto/spid/logout", [["SAMLRequest", "AAAA"]])).status, 403);
    assert.equal((await visitatore.get("/rovereto/spid/logout?SAMLResponse=AAAA")).status, 403);
    assert.equal((await visitatore.get("/rovereto/spid/login?idp=https://male.example")).status, 404);
  });
}

await travel("identita", process.argv[2] ?? "sqlite", async (citta, browser) => {
  await byBoth(citta, browser);
  await byCard(citta, browser);
  await byLevel(citta, browser);
  await errors(citta, browser);
  await once(citta);
  await nonsense(citta);
  await check('"stanza-server verifica" non trova nulla fuori posto', () => citta.command("verifica"));
});

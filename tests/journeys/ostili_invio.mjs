// Sending twice, and deciding what is not one's own.
import { readFileSync } from "node:fs";

import { openPage, openTab } from "./browser.mjs";
import { makePdf, sign } from "./documenti.mjs";
import { idOf, OperatoreApi } from "./operatore.mjs";
import { stateOf } from "./ostili_accessi.mjs";
import {
  button,
  count,
  enterFully,
  passGenericSteps,
  praticaIn,
  press,
  see,
  seeHeading,
  waitForProtocollo,
} from "./portale.mjs";
import { assert, assertIncludes, check, sleep } from "./prove.mjs";
import { iterOf, Visitatore, words } from "./visitatore.mjs";

export async function checkForgedSending(owner, operatore, sent, draft) {
  const before = await stateOf(owner, operatore, sent);
  await check("una pratica inviata non si invia, non si cambia e non si elimina più", async () => {
    for (const versione of ["0", "1", "7", "99", "x"]) {
      const answer = await owner.post(`${sent}/invio`, { versione, conferma: "si" });
      assert.equal(answer.status, 303);
      assert.equal(answer.location, `${sent}?avviso=gia-inviata`);
    }
    assert.equal((await owner.step(sent, "delega", { per_chi: "me", nota: "cambiata" })).status, 409);
    assert.equal((await owner.post(`${sent}/elimina`)).status, 409);
    assert.equal(await stateOf(owner, operatore, sent), before);
  });
  await check("una bozza incompleta non si invia: si torna al passo da completare", async () => {
    const answer = await owner.post(`${draft}/invio`, { versione: "1", conferma: "si" });
    assert.equal(answer.status, 303);
    assert.match(answer.location, /\/passi\/.*avviso=controlla-passo/);
    assertIncludes(
      words((await owner.get(answer.location)).text),
      "Prima di inviare la richiesta completa questo passo.",
    );
  });
}

export async function checkStaleSending(citta) {
  const visitatore = await new Visitatore(citta).enter("NREFNC78T50A952T", {
    email: "f.neri@esempio.it",
    cellulare: "333 000111",
    residenza_via: "Via Roma 1",
    residenza_cap: "38060",
    residenza_citta: "Isera",
  });
  const pratica = await visitatore.fillEstratto({ nota: "prima" });
  await check("quanto si è riletto è quanto si invia: una conferma vecchia è rifiutata", async () => {
    const old = await visitatore.confirmation(pratica);
    await visitatore.stepWell(pratica, "tipologia_uso", { tipologia: "plurilingue", uso: "estero", motivazione: "Successione" });
    const answer = await visitatore.post(`${pratica}/invio`, old);
    assert.equal(answer.status, 409);
    assertIncludes(words(answer.text), "I dati sono cambiati");
    const unconfirmed = await visitatore.post(`${pratica}/invio`, {
      ...(await visitatore.confirmation(pratica)),
      conferma: "",
    });
    assertIncludes(words(unconfirmed.text), "Sì, sono sicuro");
    assertIncludes(await visitatore.page("/rovereto/pratiche/?elenco=bozza"), idOf(pratica));
  });
  await check("otto invii insieme fanno una pratica, un numero e una mail per stato", async () => {
    const fields = await visitatore.confirmation(pratica);
    const answers = await Promise.all(Array.from({ length: 8 }, () => visitatore.post(`${pratica}/invio`, fields)));
    assert.deepEqual(
      [...new Set(answers.map((answer) => answer.status))].filter((status) => ![303, 409].includes(status)),
      [],
    );
    assert.ok(answers.some((answer) => answer.status === 303));
    await visitatore.protocollo(pratica);
    await citta.mailOf(idOf(pratica), 3000);
    await sleep(2000);
    assert.deepEqual((await citta.toldStates(idOf(pratica))).sort(), [2000, 3000]);
    assert.deepEqual(iterOf(await visitatore.page(pratica)), ["Bozza", "Inviata", "Protocollata"]);
  });
  return { visitatore, pratica };
}

/** Both ask twice at once; gives the one who has it and the other. */
async function race(one, two, id) {
  const asked = [one, two, one, two];
  const answers = await Promise.all(asked.map((operatore) => operatore.take(id)));
  const winner = asked[answers.findIndex((answer) => answer.status === 200)];
  assert.ok(winner, answers[0].text);
  answers
    .filter((_, i) => asked[i] !== winner)
    .forEach((answer) => {
      assert.equal(answer.status, 409, answer.text);
      assertIncludes(answer.json.detail, winner.nome);
    });
  return winner === one ? [one, two] : [two, one];
}

async function notTheHolder(owner, holder, other, sent) {
  const id = idOf(sent);
  const before = await stateOf(owner, holder, sent);
  const { versione } = (await holder.get(`pratiche/${id}`)).json;
  const answers = [
    await other.decide(id, versione, { esito: "rigetta", motivazione: "no" }),
    await other.sendJson("POST", `pratiche/${id}/rilascio`),
  ];
  for (const answer of answers) {
    assert.ok([403, 409].includes(answer.status), answer.text);
    assert.match(answer.json.detail, /[a-zàèìòù]+ [a-z]+/);
  }
  assert.equal(await stateOf(owner, holder, sent), before);
}

async function wrongPasswords(citta) {
  const wrong = { operatore: "sbagliata", nessuno: "demo-stanza", operatore2: "", "' OR 1=1 --": "x" };
  const tries = Object.entries(wrong).map(([username, password]) =>
    new OperatoreApi(citta).sendJson("POST", "accesso", { username, password }),
  );
  const answers = await Promise.all(tries);
  for (const answer of answers) assert.equal(answer.status, 401, answer.text);
  assert.equal(new Set(answers.map((answer) => answer.json.detail)).size, 1);
}

export async function checkOffice(citta, owner, sent) {
  const [one, two] = await Promise.all(["operatore", "operatore2"].map((name) => new OperatoreApi(citta).login(name)));
  const [holder, other] = await check(
    "due operatori insieme: uno solo la prende in carico, all'altro si dice chi ce l'ha",
    () => race(one, two, idOf(sent)),
  );
  await check("chi non l'ha in carico non decide e non rilascia", () => notTheHolder(owner, holder, other, sent));
  await check(
    "un esito senza senso, senza motivo o senza certificato firmato è rifiutato, e nulla cambia",
    async () => {
      const before = await stateOf(owner, holder, sent);
      await badOutcomes(citta, holder, idOf(sent));
      assert.equal(await stateOf(owner, holder, sent), before);
    },
  );
  await check("accessi sbagliati: 401, e nessun indizio su quale delle due parole", () => wrongPasswords(citta));
}

async function badOutcomes(citta, operatore, id) {
  const { versione } = (await operatore.get(`pratiche/${id}`)).json;
  const good = readFileSync(await sign(citta.folder, "atto.pdf", makePdf("Estratto")));
  const altered = Buffer.from(good);
  altered[altered.indexOf("Estratto")] ^= 1;
  const approva = (name, bytes) => ({ esito: "approva", ...(name && { file: { name, bytes } }) });
  const bad = {
    "esito inventato": { esito: "forse" },
    "rigetto senza motivazione": { esito: "rigetta", motivazione: " \n" },
    "senza file": approva(),
    "pdf non firmato": approva("atto.pdf", makePdf("Estratto")),
    "pdf di nome .p7m": approva("atto.pdf.p7m", makePdf("Estratto")),
    "firma di un contenuto cambiato": approva("atto.pdf.p7m", altered),
    "firma troncata": approva("atto.pdf.p7m", good.subarray(0, good.length - 60)),
    "firma e file vuoto": approva("atto.pdf.p7m", Buffer.alloc(0)),
    programma: approva("atto.exe", "MZ"),
  };
  for (const [what, decision] of Object.entries(bad)) {
    const answer = await operatore.decide(id, versione, decision);
    assert.equal(answer.status, 422, `${what}: ${answer.status} ${answer.text}`);
    assert.ok(answer.json.detail.length > 10, what);
  }
  const old = await operatore.decide(id, versione - 1, {
    esito: "rigetta",
    motivazione: "Letta prima di un cambiamento.",
  });
  assert.equal(old.status, 409, `versione vecchia: ${old.status}`);
}

async function fillToSummary(page, citta) {
  await page.goto(`${citta.url}/rovereto/servizi/certificato-nascita/pratica`);
  if (page.url().includes("/accesso")) await enterFully(page, "Luca Verdi");
  await passGenericSteps(page);
  await page.getByLabel("A me").check();
  await press(page, "Avanti");
  for (const group of await page.locator("main fieldset").all()) await group.getByRole("radio").first().check();
  await page.getByLabel("Motivo della richiesta (*)").fill("Successione");
  await press(page, "Avanti");
  await seeHeading(page, "Passo 6 di 6 - Controllo e conferma");
}

async function sentOnce(page, citta) {
  const id = praticaIn(page);
  await waitForProtocollo(page);
  await citta.mailOf(id, 3000);
  await sleep(2000);
  assert.deepEqual((await citta.toldStates(id)).sort(), [2000, 3000]);
}

export async function checkDoubleClick(citta, browser) {
  const page = await openPage(browser);
  await check('due clic veloci su "Sì, sono sicuro" inviano una volta', async () => {
    await fillToSummary(page, citta);
    await button(page, "Invia").click();
    await Promise.all([page.waitForURL(/\/pratiche\/[^/]+(\?|$)/), button(page, "Sì, sono sicuro").dblclick()]);
    await sentOnce(page, citta);
  });
  await check("la stessa conferma in due finestre: la seconda dice che era già inviata", async () => {
    await fillToSummary(page, citta);
    const tab = await openTab(page);
    await tab.goto(page.url());
    for (const one of [page, tab]) await button(one, "Invia").click();
    await press(page, "Sì, sono sicuro");
    await press(tab, "Sì, sono sicuro");
    await see(tab, "Questa richiesta era già stata inviata: non ne è stata creata un'altra.");
    assert.equal(praticaIn(tab), praticaIn(page));
    await sentOnce(page, citta);
    await page.goto(`${citta.url}/rovereto/pratiche/?elenco=inviate`);
    assert.equal(await count(page, "Inviate"), 2);
    assert.equal(await count(page, "In bozza"), 0);
    await tab.close();
  });
  assert.deepEqual(page.complaints, []);
}

// What nobody should send, sent: refused with a clear word, and everything stays as it was.
import { openPage } from "./browser.mjs";
import { OperatoreApi } from "./operatore.mjs";
import { checkAccess } from "./ostili_accessi.mjs";
import { checkData, checkDefinitions, checkShownLiterally } from "./ostili_dati.mjs";
import { checkDoubleClick, checkForgedSending, checkOffice, checkStaleSending } from "./ostili_invio.mjs";
import { enter } from "./portale.mjs";
import { assertIncludes, check } from "./prove.mjs";
import { travel } from "./viaggio.mjs";

async function finishDraft(owner, pratica) {
  await owner.stepWell(pratica, "specifica_delega", { delega_da: "intestatario" });
  await owner.stepWell(pratica, "tipologia_uso", {
    tipologia: "riassunto",
    uso: "notaio",
    numero_copie: "1",
    motivazione: "Successione",
  });
  await owner.submit(pratica);
}

await travel("ostili", "sqlite", async (citta, browser) => {
  const operatore = await new OperatoreApi(citta).login("operatore");
  const data = await checkData(citta);
  const page = await openPage(browser);
  await page.goto(`${citta.url}/rovereto/accesso`);
  await enter(page, "Mario Rossi");
  await checkShownLiterally(page, citta, operatore, data);
  const { visitatore: owner, bozza: sent } = data;
  await finishDraft(owner, sent);
  const draft = await owner.begin("estratto-nascita");
  for (const passo of ["istruzioni", "richiedente"]) await owner.stepWell(draft, passo, { chiaro: "si" });
  await checkAccess(citta, owner, sent, draft);
  await checkForgedSending(owner, operatore, sent, draft);
  await checkOffice(citta, owner, sent);
  await checkStaleSending(citta);
  await checkDefinitions(citta);
  await checkDoubleClick(citta, browser);
  await check('dopo tutto questo "stanza-server verifica" non trova nulla fuori posto', async () => {
    assertIncludes(await citta.command("verifica"), "nessuna anomalia");
  });
});

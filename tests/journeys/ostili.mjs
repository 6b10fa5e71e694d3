// What nobody should send, sent: refused with a clear word, and everything stays as it was.
import { openPage } from "./browser.mjs";
import { makePdf } from "./documenti.mjs";
import { OperatoreApi } from "./operatore.mjs";
import { checkAccess } from "./ostili_accessi.mjs";
import { checkData, checkDefinitions, checkShownLiterally } from "./ostili_dati.mjs";
import { checkDoubleClick, checkForgedSending, checkOffice, checkStaleSending } from "./ostili_invio.mjs";
import { enter } from "./portale.mjs";
import { assert, assertIncludes, check } from "./prove.mjs";
import { travel } from "./viaggio.mjs";

async function finishDraft(owner, pratica) {
  const documento = { field: "file.delegante_documento", name: "documento.pdf", bytes: makePdf("Documento") };
  const fields = { delega_da: "intestatario", azione: "avanti" };
  assert.equal((await owner.upload(`${pratica}/passi/specifica_delega`, fields, [documento])).status, 303);
  await owner.stepWell(pratica, "tipologia_uso", {
    tipologia: "riassunto",
    uso: "notaio",
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

// The session ends while somebody writes: what was typed comes back after login, to its owner alone.
import { openPage, openTab } from "./browser.mjs";
import { enter, enterFully, passGenericSteps, press, see, seeHeading } from "./portale.mjs";
import { run } from "./programmi.mjs";
import { assert, assertExcludes, assertIncludes, check, sleep } from "./prove.mjs";
import { look } from "./sguardo.mjs";
import { travel } from "./viaggio.mjs";
import { fieldValue, isChecked, Visitatore, words } from "./visitatore.mjs";

// The shortest that the server takes.
const kDuration = 60;
const kSecret = "Perlapurissima";
const kNota = `${kSecret} riga uno\n\triga due`;

/** A citizen's window, halfway through a step. */
async function write(browser, citta) {
  const page = await openPage(browser);
  // So short a session is soon about to end, and the page says so.
  const warning = page.getByRole("alertdialog", { name: /^La sessione (sta per scadere|è finita)$/ });
  await page.addLocatorHandler(warning, () => page.keyboard.press("Escape"));
  await page.goto(`${citta.url}/rovereto/servizi/estratto-nascita/pratica`);
  await enterFully(page, "Luca Verdi");
  await passGenericSteps(page);
  await seeHeading(page, "Passo 3 di 6 - Delega");
  await page.getByLabel("A un'altra persona").check();
  await page.getByLabel("Nome della persona (*)", { exact: true }).fill(kSecret);
  await page.getByLabel("Data di nascita della persona (*)").fill("non lo so");
  await page.locator("textarea[name=nota]").fill(kNota);
  return page;
}

/** A citizen with a draft at its third step. */
async function halfway(citta, identita, profilo) {
  const visitatore = await new Visitatore(citta).enter(identita, profilo);
  const pratica = await visitatore.begin("estratto-nascita");
  await visitatore.stepWell(pratica, "istruzioni", { chiaro: "si" });
  await visitatore.stepWell(pratica, "richiedente");
  return { visitatore, pratica };
}

/** A new browser of the same person; its session begins now. */
async function sameAgain(citta, { pratica }, identita) {
  return { visitatore: await new Visitatore(citta).enter(identita), pratica };
}

async function comesBack(page, citta) {
  await check('la sessione finisce mentre si scrive: "Avanti" porta all\'accesso, e poi si ritrova tutto', async () => {
    await press(page, "Avanti");
    assert.equal(new URL(page.url()).pathname, "/rovereto/accesso");
    assert.equal(
      (await run("grep", ["-rqa", kSecret, `${citta.folder}/dati`])).code,
      1,
      "fermo sul server, ma illeggibile",
    );
    await enter(page, "Luca Verdi");
    await seeHeading(page, "Passo 3 di 6 - Delega");
    await see(page, "La sessione era scaduta: qui sotto ritrovi quello che avevi scritto.");
    assert.equal(await page.getByLabel("Nome della persona (*)", { exact: true }).inputValue(), kSecret);
    assert.equal(await page.getByLabel("Data di nascita della persona (*)").inputValue(), "non lo so");
    assert.equal(await page.locator("textarea[name=nota]").inputValue(), kNota);
    assert.deepEqual(page.complaints, []);
  });
}

/** The warning, with two tabs open: "Continua" in one of them is enough for both. */
async function staysIn(browser, citta) {
  const page = await openPage(browser);
  await page.goto(`${citta.url}/rovereto/profilo`);
  await enterFully(page, "Giulia Bianchi");
  await page.goto(`${citta.url}/rovereto/profilo`);
  const tab = await openTab(page);
  await tab.goto(`${citta.url}/rovereto/allegati`);
  await page.bringToFront();
  const warning = (one) => one.getByRole("alertdialog", { name: "La sessione sta per scadere" });
  await check("prima della fine le pagine avvisano, con il tempo rimasto", async () => {
    await warning(page).waitFor({ timeout: kDuration * 1000 });
    await warning(tab).waitFor({ timeout: kDuration * 1000 });
    assert.match(await warning(page).getByRole("timer").innerText(), /^0:[0-3]\d$/);
    assert.ok(await page.getByRole("button", { name: "Continua" }).evaluate((e) => e === document.activeElement));
  });
  // Its clock goes on meanwhile: half a minute is left.
  await look(page, citta, "l'avviso che la sessione sta per scadere non ha difetti", { dialog: true });
  await check('"Continua" prolunga la sessione in tutte le schede', async () => {
    await page.getByLabel("Numero di telefono cellulare (*)").evaluate((e) => (e.value = "340 9998887"));
    await page.getByRole("button", { name: "Continua" }).click();
    await warning(page).waitFor({ state: "hidden" });
    await warning(tab).waitFor({ state: "hidden" });
    await sleep((kDuration / 2) * 1000 - 5000);
    assert.equal(await page.getByLabel("Numero di telefono cellulare (*)").inputValue(), "340 9998887");
    assert.deepEqual([...page.complaints, ...tab.complaints], []);
  });
  await check("alla fine la pagina lo dice", async () => {
    await page.getByRole("alertdialog", { name: "La sessione è finita" }).waitFor({ timeout: 2 * kDuration * 1000 });
  });
  await look(page, citta, "l'avviso che la sessione è finita non ha difetti", { dialog: true });
  await check("e quel che si è scritto nel profilo si ritrova", async () => {
    await page.keyboard.press("Escape");
    await press(page, "Salva informazioni profilo");
    await enter(page, "Giulia Bianchi");
    assert.equal(new URL(page.url()).pathname, "/rovereto/profilo");
    assert.equal(await page.getByLabel("Numero di telefono cellulare (*)").inputValue(), "340 9998887");
  });
}

async function onlyToItsOwner({ visitatore, pratica }, owner) {
  await check("a chi entra dopo nello stesso browser con un'altra identità non si mostra nulla", async () => {
    assert.equal((await visitatore.step(pratica, "delega", { per_chi: "me", nota: kNota })).status, 303);
    const { location } = await visitatore.login("NREFNC78T50A952T");
    assertExcludes(location, pratica);
    assertExcludes((await visitatore.get(location)).text, kSecret);
    await visitatore.enter("NREFNC78T50A952T", {
      email: "f.neri@esempio.it",
      cellulare: "333 000111",
      residenza_via: "Via Roma 1",
      residenza_cap: "38060",
      residenza_citta: "Isera",
    });
    assert.equal((await visitatore.get(`${pratica}/passi/delega`)).status, 404);
    assertExcludes(await owner.page(`${pratica}/passi/delega`), kSecret);
  });
}

async function notFromOutside({ visitatore, pratica }) {
  await check("da un altro sito, o senza la parola della pagina, non si ferma nulla", async () => {
    const fields = [
      ["per_chi", "altra_persona"],
      ["azione", "avanti"],
    ];
    const foreign = await visitatore.post(`${pratica}/passi/delega`, fields, { origin: "https://male.example" });
    const wordless = await visitatore.postAsIs(`${pratica}/passi/delega`, fields);
    assert.deepEqual([foreign.status, wordless.status], [403, 403]);
    assertIncludes(words(wordless.text), "quello che hai scritto non è stato conservato");
    const { location } = await visitatore.login("RSSMRA72H25H612H");
    assertExcludes(location, "dati-ripresi");
    assert.ok(!isChecked(await visitatore.page(`${pratica}/passi/delega`), "per_chi", "altra_persona"));
  });
}

async function withFiles({ visitatore, pratica }) {
  await check("anche un passo spedito come modulo con file ridà i testi", async () => {
    const typed = { per_chi: "altra_persona", intestatario_nome: "Zoe", nota: "a\nb", azione: "avanti" };
    const answer = await visitatore.upload(`${pratica}/passi/delega`, typed, []);
    assert.equal(answer.status, 303);
    const { location } = await visitatore.login("RSSMRA72H25H612H");
    const html = await visitatore.page(location);
    assert.equal(fieldValue(html, "intestatario_nome"), "Zoe");
    assert.equal(fieldValue(html, "nota"), "a\nb");
  });
}

await travel(
  "sessione_scaduta",
  "sqlite",
  async (citta, browser) => {
    const page = await write(browser, citta);
    const giulia = await halfway(citta, "BNCGLI85C52L378P");
    const mario = await halfway(citta, "RSSMRA72H25H612H");
    const marioElsewhere = await sameAgain(citta, mario, "RSSMRA72H25H612H");
    console.log(`   (aspetto ${kDuration} s che le sessioni finiscano)`);
    await sleep((kDuration + 2) * 1000);
    await check("una sessione non usata finisce", async () => {
      const answer = await giulia.visitatore.get("/rovereto/stanza");
      assert.equal(answer.status, 303);
      assert.match(answer.location, /^\/rovereto\/accesso\?ritorno=%2Frovereto%2Fstanza$/);
    });
    await comesBack(page, citta);
    await onlyToItsOwner(giulia, await new Visitatore(citta).enter("BNCGLI85C52L378P"));
    await notFromOutside(mario);
    await withFiles(marioElsewhere);
    await staysIn(browser, citta);
  },
  { durata_sessione: kDuration },
);

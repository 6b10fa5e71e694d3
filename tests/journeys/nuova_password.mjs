// An operator who forgot the password: asked on the page, mailed, set once; with scripts and without.
import { openPage } from "./browser.mjs";
import { OperatoreApi } from "./operatore.mjs";
import { follow, press, see, seeHeading } from "./portale.mjs";
import { assert, assertExcludes, assertIncludes, check, sleep, until } from "./prove.mjs";
import { look } from "./sguardo.mjs";
import { travel } from "./viaggio.mjs";

const kNames = { operatore: "anna.ferrari", operatore2: "paolo.esposito" };
const kOld = "demo-stanza";
const kNew = "tre lucertole al sole";
const kUsed = "Questo link non è più valido: è già stato usato, è scaduto o ne è stato chiesto un altro.";

const mailsTo = async (citta, username) =>
  (await citta.mails()).filter((mail) => mail.testo.includes(`nome utente ${username} `) || mail.testo.includes(`nome utente ${username}.`));

/** The one link in the mail, the same in its text and its HTML. */
async function linkIn(citta, username) {
  const mail = await until("arriva la mail con il link", async () =>
    (await mailsTo(citta, username)).find((one) => one.testo.includes("/nuova-password?codice=")),
  );
  assert.equal(mail.oggetto, "Nuova password per La Stanza del Cittadino");
  const [link, ...others] = mail.testo.match(/http\S+codice=\S+/g);
  assert.deepEqual(others, []);
  assertIncludes(mail.html, link);
  assertIncludes(mail.testo, "Se non l'hai chiesto tu, non serve fare nulla");
  return link;
}

const statusOf = async (citta, username, password) =>
  (await new OperatoreApi(citta).sendJson("POST", "accesso", { username, password })).status;

async function fill(page, password, again = password) {
  await page.getByLabel("Nuova password", { exact: true }).fill(password);
  await page.getByLabel("Ripeti la nuova password", { exact: true }).fill(again);
  await press(page, "Salva la nuova password");
}

async function ask(page, citta, username) {
  await check(`${username}: dalla pagina degli operatori si chiede il link, e un nome vuoto si corregge`, async () => {
    await page.goto(`${citta.url}/rovereto/accesso-operatori`);
    await follow(page, "Hai dimenticato la password?");
    await press(page, "Invia il link");
    assert.equal(page.lastStatus, 422);
    await see(page, "C'è un errore da correggere", "Scrivi il tuo nome utente.");
    await page.getByLabel("Nome utente").fill(username);
    await press(page, "Invia il link");
    await see(page, "Se il nome utente esiste, tra poco arriva un messaggio");
  });
  return linkIn(citta, username);
}

async function mistakes(page, username, link) {
  await check(`${username}: ogni password che non va ha il suo errore, e il link resta buono`, async () => {
    await page.goto(link);
    const faults = [
      ["corta", "corta", "La password deve avere almeno 10 caratteri."],
      ["password1234", "password1234", "Questa password è tra le più usate: scegline una più difficile da indovinare."],
      [kNames[username], kNames[username], "La password non può essere il nome, il nome utente"],
      [kNew, "tre lucertole all'ombra", "Le due password non sono uguali."],
    ];
    for (const [password, again, sentence] of faults) {
      await fill(page, password, again);
      assert.equal(page.lastStatus, 422, sentence);
      await seeHeading(page, "C'è un errore da correggere");
      await see(page, sentence);
      assert.equal(await page.getByLabel("Nome utente").inputValue(), username);
      assertExcludes(await page.content(), password === kNew ? kNew : `"${password}"`, "la password non torna nella pagina");
    }
  });
}

async function setOnce(page, citta, username, link) {
  await check(`${username}: la nuova password si salva`, async () => {
    await fill(page, kNew);
    assert.equal(new URL(page.url()).pathname, "/rovereto/accesso-operatori");
    await see(page, "La nuova password è stata salvata: ora puoi accedere dal programma per gli operatori.");
  });
  await check(`${username}: la seconda volta il link non vale, e se ne chiede un altro`, async () => {
    await page.goto(link);
    assert.equal(page.lastStatus, 410);
    await see(page, kUsed);
    await follow(page, "Chiedi un nuovo link");
    await seeHeading(page, "Password dimenticata");
  });
  await check(`${username}: vale la nuova, non la vecchia`, async () => {
    assert.equal(await statusOf(citta, username, kOld), 401);
    assert.equal(await statusOf(citta, username, kNew), 201);
  });
  await check(`${username}: chi usa l'accesso lo sa da una mail senza segreti`, async () => {
    const told = await until("arriva la mail", async () =>
      (await mailsTo(citta, username)).find((mail) => mail.oggetto === "La password è stata cambiata"),
    );
    for (const text of [told.testo, told.html]) {
      assertIncludes(text, "Se non sei stato tu, avvisa subito");
      assertExcludes(text, "codice=");
      assertExcludes(text, kNew);
    }
  });
}

async function withScripts(citta, browser) {
  const open = [await new OperatoreApi(citta).login("operatore"), await new OperatoreApi(citta).login("operatore")];
  const page = await openPage(browser);
  const link = await ask(page, citta, "operatore");
  await look(page, citta, "il link è stato inviato");
  await page.goto(`${citta.url}/rovereto/password-dimenticata`);
  await press(page, "Invia il link");
  await look(page, citta, "password dimenticata, con un errore");
  await page.goto(link);
  await look(page, citta, "nuova password");
  await mistakes(page, "operatore", link);
  await look(page, citta, "nuova password, con un errore");
  const late = await openPage(browser);
  await late.goto(link);
  await setOnce(page, citta, "operatore", link);
  await check("gli accessi che erano aperti sono chiusi", async () => {
    for (const one of open) assert.equal((await one.get("accesso")).status, 401);
  });
  await check("anche una pagina aperta prima non vale più", async () => {
    await fill(late, "un'altra ancora");
    assert.equal(late.lastStatus, 410);
    await see(late, kUsed);
    assert.equal(await statusOf(citta, "operatore", kNew), 201);
  });
  await look(late, citta, "link già usato");
  assert.deepEqual([...page.complaints, ...late.complaints], []);
}

async function nobody(page, citta) {
  await check("un nome che non esiste ha la stessa risposta, e nessuna mail", async () => {
    const before = (await citta.mails()).length;
    await page.goto(`${citta.url}/rovereto/password-dimenticata`);
    await page.getByLabel("Nome utente").fill("nessuno");
    await press(page, "Invia il link");
    await see(page, "Se il nome utente esiste, tra poco arriva un messaggio");
    await sleep(1500);
    assert.equal((await citta.mails()).length, before);
  });
}

await travel("nuova_password", "sqlite", async (citta, browser) => {
  await withScripts(citta, browser);
  const page = await openPage(browser, { width: 320, javaScriptEnabled: false });
  const link = await ask(page, citta, "operatore2");
  await mistakes(page, "operatore2", link);
  await setOnce(page, citta, "operatore2", link);
  await nobody(page, citta);
  assert.deepEqual(page.complaints, []);
  await check("nei file del server non ci sono né password né link", () => {
    for (const secret of [kNew, kOld, "codice="]) assertExcludes(citta.serverLog(), secret, "server.log");
  });
  await check('"stanza-server verifica" non trova nulla fuori posto', () => citta.command("verifica"));
});

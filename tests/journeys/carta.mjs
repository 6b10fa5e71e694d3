// A citizen's card in a true browser, without scripts: none in the reader, a good one, some that are not.
import { assert, assertIncludes, check } from "./prove.mjs";
import { travel } from "./viaggio.mjs";

/** A browser that has this card in its reader, or none. */
async function withCard({ browser, citta }, card, journey) {
  const origin = `https://127.0.0.1:${citta.cardPort}`;
  const pfxPath = `${citta.cards}/${card}.p12`;
  const context = await browser.newContext({
    ignoreHTTPSErrors: true,
    clientCertificates: card ? [{ origin, pfxPath, passphrase: "demo-stanza" }] : undefined,
    javaScriptEnabled: false,
    viewport: { width: 1280, height: 900 },
    locale: "it-IT",
  });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  page.complaints = [];
  page.on("console", (message) => message.type() === "error" && page.complaints.push(message.text()));
  try {
    return await journey(page);
  } finally {
    await context.close();
  }
}

async function heading(page) {
  return (await page.getByRole("heading", { level: 1 }).textContent()).trim();
}

/** The page in the look of the house: its styles came, too. */
async function look(page, citta, name) {
  await page.screenshot({ path: `${citta.folder}/${name}.png`, fullPage: true });
  const color = await page.locator(".it-header-center-wrapper").evaluate((node) => getComputedStyle(node).backgroundColor);
  assert.notEqual(color, "rgba(0, 0, 0, 0)");
}

async function journey(citta, browser) {
  const here = { browser, citta };
  const begin = `${citta.url}/rovereto/carta?ritorno=/rovereto/profilo`;
  await check("senza carta si legge che cosa fare, e si torna ai modi di accesso", () =>
    withCard(here, null, async (page) => {
      await page.goto(begin);
      assert.equal(await heading(page), "Inserisci la carta");
      await look(page, citta, "assente");
      assert.deepEqual(page.complaints, []);
      await page.getByRole("link", { name: "Riprova" }).click();
      assert.equal(await heading(page), "Inserisci la carta");
      await page.getByRole("link", { name: "Torna ai modi di accesso" }).click();
      assert.equal(page.url(), `${citta.url}/rovereto/accesso?ritorno=%2Frovereto%2Fprofilo`);
    }),
  );
  await check("con una carta valida si entra, e si arriva dove si voleva", () =>
    withCard(here, "luca-verdi", async (page) => {
      await page.goto(begin);
      assert.equal(page.url(), `${citta.url}/rovereto/profilo`);
      assertIncludes(await page.content(), "LUCA VERDI");
      await page.getByRole("button", { name: "logout" }).click();
      await page.goto(`${citta.url}/rovereto/profilo`);
      assertIncludes(page.url(), "/rovereto/accesso");
    }),
  );
  const refused = { "carta-revocata": "revocata", "carta-scaduta": "scaduta", "carta-di-altra-autorita": "riconosciuta" };
  for (const [card, word] of Object.entries(refused)) {
    await check(`la ${card} non fa entrare, e la pagina dice perché`, () =>
      withCard(here, card, async (page) => {
        await page.goto(begin);
        assert.equal(await heading(page), "Non è possibile entrare con questa carta");
        assertIncludes(await page.locator(".lead").textContent(), word);
        await look(page, citta, card);
        await page.goto(`${citta.url}/rovereto/profilo`);
        assertIncludes(page.url(), "/rovereto/accesso");
      }),
    );
  }
}

await travel("carta", "sqlite", journey, { carte: true });

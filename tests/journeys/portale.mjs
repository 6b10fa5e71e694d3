// What a citizen does on the pages, by the words that stand on them.
import { assert, assertIncludes, sleep, until } from "./prove.mjs";
import { numberIn } from "./visitatore.mjs";

export const button = (page, name) => page.getByRole("button", { name, exact: true });
export const link = (page, name) => page.getByRole("link", { name });

/** Uses a button or link and waits for the page that follows. */
export async function go(page, control) {
  const arrived = page.waitForEvent("framenavigated");
  await Promise.all([arrived, use(page, control, arrived)]);
  await page.waitForLoadState();
}

/**
 * On a loaded machine Chromium may lose a click or a key, which is then given again. Without scripts it may draw no
 * further frame, for which a click would wait: there a key does.
 */
async function use(page, control, arrived) {
  let there = false;
  arrived.then(() => (there = true)).catch(() => {});
  for (let tries = 0; tries < 3 && !there; ++tries) {
    const used = page.scripts ? control.click({ timeout: 10000 }) : control.press("Enter");
    await used.catch((error) => assert.ok(there || tries > 0, String(error)));
    await Promise.race([arrived, sleep(5000)]);
  }
}

export const press = (page, name) => go(page, button(page, name));
export const follow = (page, name) => go(page, link(page, name).first());
export const tick = (page, control) => control.check({ force: !page.scripts });

export async function mainText(page) {
  return (await page.locator("main").innerText()).replace(/\s+/g, " ");
}

export async function see(page, ...texts) {
  const text = await mainText(page);
  for (const part of texts) assertIncludes(text, part, page.url());
}

export async function seeHeading(page, text) {
  const headings = await page.locator("main").getByRole("heading").allInnerTexts();
  assert.ok(
    headings.some((heading) => heading.replace(/\s+/g, " ").trim() === text),
    `${page.url()}: manca il titolo "${text}" tra ${headings.join(" | ")}`,
  );
}

/** On the page of login: to the identity provider, and back as this person (or with this error). */
export async function enter(page, name) {
  const providers = page.getByText("Entra con SPID", { exact: true });
  await (page.scripts ? providers.click() : providers.press("Enter"));
  await follow(page, "IdP dimostrativo");
  await choose(page, name);
}

/** On the provider's page. */
export async function choose(page, name) {
  await go(page, page.getByRole("button", { name }));
  // Its last page goes on by itself.
  if (!page.scripts) await press(page, "Torna al servizio");
  await page.waitForURL((url) => url.hostname === "127.0.0.1");
  await page.waitForLoadState();
}

export async function acceptTermini(page) {
  for (const box of await page.getByLabel("Dò il consenso").all()) await tick(page, box);
  await press(page, "Salva");
}

/** On the page of login: in, through terms and profile where they are asked for. */
export async function enterFully(page, name) {
  await enter(page, name);
  if (page.url().includes("/termini")) await acceptTermini(page);
  if (page.url().includes("/profilo")) await fillProfilo(page);
}

export async function fillProfilo(page) {
  const residenza = page.getByRole("group", { name: "Residenza" });
  await page.getByLabel("Indirizzo email (*)").fill("luca.verdi@esempio.it");
  await page.getByLabel("Numero di telefono cellulare (*)").fill("340 1112223");
  await residenza.getByLabel("Indirizzo").fill("Via Garibaldi 7");
  await residenza.getByLabel("Cap").fill("38068");
  await residenza.getByLabel("Città").fill("Rovereto");
  await residenza.getByLabel("Provincia").fill("TN");
  await press(page, "Salva informazioni profilo");
}

/** The first two steps, the same for all services. */
export async function passGenericSteps(page) {
  await tick(page, page.getByLabel("Ok mi è chiaro"));
  await press(page, "Avanti");
  await press(page, "Avanti");
}

/** Which steps the stepper shows as done, current and to do. */
export async function stepper(page) {
  const steps = await page.locator("nav.stepper li").all();
  const states = { Confermato: "fatto", Attivo: "corrente", "Non richiesto": "non richiesto", "Da fare": "da fare" };
  return Promise.all(
    steps.map(async (step) => {
      const text = (await step.textContent()).replace(/\s+/g, " ").trim();
      const word = Object.keys(states).find((state) => text.endsWith(state));
      return `${text.slice(text.search(/\D/), text.length - (word?.length ?? 0)).trim()}: ${states[word]}`;
    }),
  );
}

/** Loads the detail again until the request has its number. */
export async function waitForProtocollo(page) {
  return until(
    "la pratica ha il numero di protocollo",
    async () => {
      await page.reload();
      return numberIn(await page.content());
    },
    { every: 400 },
  );
}

export async function waitForState(page, name) {
  const current = page.locator("dl.dati > div", { hasText: "Stato corrente" }).locator("dd");
  return until(
    `la pratica è nello stato "${name}"`,
    async () => {
      await page.reload();
      return (
        (await page.locator("ol.iter li strong").last().innerText()) === name && (await current.innerText()) === name
      );
    },
    { every: 400 },
  );
}

/** The count beside the name of a list in "Le mie pratiche". */
export async function count(page, elenco) {
  const entry = page.getByRole("navigation", { name: "Elenchi delle pratiche" }).getByRole("link", { name: elenco });
  return Number((await entry.locator(".badge").innerText()).trim());
}

export const praticaIn = (page) => new URL(page.url()).pathname.split("/")[3];

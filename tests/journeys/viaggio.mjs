// The frame of every journey: a city, a browser, and a word on what went wrong.
import { openBrowser, saveScreenshots } from "./browser.mjs";
import { Citta } from "./citta.mjs";

/** Fails when the journey takes too long or is told to end: everything that it started is stopped all the same. */
function interruption() {
  return new Promise((_, fail) => {
    const most = Number(process.env.SDC_JOURNEY_SECONDS ?? 280);
    setTimeout(() => fail(new Error(`non è finito in ${most} s`)), most * 1000).unref();
    for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => fail(new Error(`interrotto da ${signal}`)));
  });
}

/** Runs a journey; the process ends with 0 only if all of it went well. Settings are lines of the server's [accesso]. */
export async function travel(name, database, journey, settings = {}, { withBrowser = true } = {}) {
  const begun = Date.now();
  let citta, browser;
  try {
    citta = await Citta.start(name, database, settings);
    if (withBrowser) browser = await openBrowser();
    await Promise.race([journey(citta, browser), interruption()]);
    console.log(`viaggio ${name}: tutto bene in ${Math.round((Date.now() - begun) / 1000)} s`);
  } catch (error) {
    process.exitCode = 1;
    console.error(`NON RIUSCITO: ${error.sentence ?? name}\n${error.cause?.stack ?? error.stack}`);
    if (browser) console.error("schermate:\n" + (await saveScreenshots(browser, citta.folder)).join("\n"));
    if (citta)
      console.error(
        `ultime righe di ${citta.folder}/server.log:\n${citta.serverLog().split("\n").slice(-15).join("\n")}`,
      );
  } finally {
    await browser?.close();
    await citta?.stop();
  }
}

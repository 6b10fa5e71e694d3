// Debian's Chromium, driven as a citizen would use it.
import { createRequire } from "node:module";

import { setting } from "./programmi.mjs";

export const require = createRequire(`${setting("SDC_NODE_MODULES")}/`);
const { chromium } = require("playwright-core");

const kArguments = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function openBrowser() {
  return chromium.launch({ executablePath: process.env.SDC_CHROMIUM ?? "/usr/bin/chromium", args: kArguments });
}

/** A citizen's window with a session of its own; what the console complains of gathers in page.complaints. */
export async function openPage(browser, { width = 1280, javaScriptEnabled = true } = {}) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, javaScriptEnabled, locale: "it-IT" });
  context.setDefaultTimeout(20_000);
  return watch(await context.newPage(), javaScriptEnabled);
}

/** One more tab with the same session. */
export async function openTab(page) {
  return watch(await page.context().newPage(), page.scripts);
}

function watch(page, scripts) {
  page.scripts = scripts;
  page.complaints = [];
  page.on("console", (message) => {
    // That the document itself came with 404 or 422 is what the page says, not a fault of it.
    const ofDocument = message.text().startsWith("Failed to load resource") && message.location().url === page.lastUrl;
    if (message.type() === "error" && !ofDocument) page.complaints.push(`${page.url()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => page.complaints.push(`${page.url()}: ${error}`));
  page.on("dialog", (dialog) => {
    page.complaints.push(`${page.url()}: si è aperta una finestra "${dialog.message()}"`);
    dialog.dismiss().catch(() => {});
  });
  page.on("response", (response) => {
    if (!response.request().isNavigationRequest() || response.frame() !== page.mainFrame()) return;
    page.lastUrl = response.url();
    page.lastStatus = response.status();
    page.lastHtml = response.status() >= 300 && response.status() < 400 ? undefined : response.text().catch(() => "");
  });
  return page;
}

export async function saveScreenshots(browser, folder) {
  const pages = browser.contexts().flatMap((context) => context.pages());
  const names = pages.map((page, index) => [page, `${folder}/errore-${index + 1}.png`]);
  await Promise.all(
    names.map(([page, path]) => page.screenshot({ path, fullPage: true, timeout: 5000 }).catch(() => {})),
  );
  return names.map(([page, path]) => `${path} (${page.url()})`);
}

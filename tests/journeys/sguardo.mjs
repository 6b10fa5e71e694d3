// A look at an open page, wide and narrow: no fault that axe or html-validate know, nothing wider than the screen.
import { writeFileSync } from "node:fs";

import { require } from "./browser.mjs";
import { assert, check } from "./prove.mjs";

const { AxeBuilder } = require("@axe-core/playwright");
const { HtmlValidate } = require("html-validate");

const kTags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const validator = new HtmlValidate({
  extends: ["html-validate:recommended", "html-validate:a11y"],
  rules: {
    // One name for several boxes is how a choice of many is sent.
    "form-dup-name": ["error", { shared: ["radio", "checkbox", "button", "submit"] }],
    // Taste of source text, of search engines and of line breaking: not what makes a page right.
    "no-trailing-whitespace": "off",
    "long-title": "off",
    "tel-non-breaking": "off",
  },
});
let seen = 0;

async function axeFaults(page) {
  const { violations } = await new AxeBuilder({ page }).withTags(kTags).analyze();
  return violations.map(
    (v) =>
      `${v.id}: ${v.help}\n${v.nodes
        .slice(0, 4)
        .map((n) => `    ${n.target} ${n.html.slice(0, 160)}`)
        .join("\n")}`,
  );
}

async function htmlFaults(page, path) {
  const html = await page.lastHtml;
  writeFileSync(path, html);
  const report = await validator.validateString(html);
  return report.results
    .flatMap((r) => r.messages)
    .map((m) => `${path}:${m.line}:${m.column} ${m.ruleId}: ${m.message}`);
}

async function widthFault(page) {
  const [wide, most] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  if (wide <= most) return [];
  const which = await page.evaluate(() =>
    [...document.querySelectorAll("*")]
      .filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
      .slice(0, 4)
      .map((e) => `${e.tagName}.${e.className}`),
  );
  return [`la pagina è larga ${wide} px su ${most}: ${which.join(", ")}`];
}

/** Looks at the page that is open now; open says which dialog stands on it, if one does. */
export async function look(page, citta, name, { dialog = false } = {}) {
  await check(name, async () => {
    const path = `${citta.folder}/${String(++seen).padStart(2, "0")}-${name.replace(/[^\p{L}\d]+/gu, "_")}.html`;
    const faults = [...(await axeFaults(page)), ...(dialog ? [] : await htmlFaults(page, path))];
    await page.setViewportSize({ width: 320, height: 800 });
    faults.push(...(await widthFault(page)), ...(await axeFaults(page)).map((fault) => `a 320 px: ${fault}`));
    await page.setViewportSize({ width: 1280, height: 900 });
    faults.push(...page.complaints.splice(0));
    assert.deepEqual(faults, [], faults.join("\n"));
  });
}

/** How many pages were looked at. */
export const looked = () => seen;

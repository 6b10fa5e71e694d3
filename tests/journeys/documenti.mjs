// Files that the journeys send, and independent looks at those that they get.
import { readFileSync, writeFileSync } from "node:fs";

import { assert, assertInOrder } from "./prove.mjs";
import { runWell, source } from "./programmi.mjs";

/** A whole PDF of one page with one line. */
export function makePdf(line) {
  const stream = `BT /F1 12 Tf 60 760 Td (${line.replace(/[\\()]/g, "\\$&")}) Tj ET`;
  const objects = [
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
    `<</Length ${stream.length}>>stream\n${stream}\nendstream`,
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
  ];
  let text = "%PDF-1.4\n";
  const places = objects.map((object, index) => {
    const place = text.length;
    text += `${index + 1} 0 obj${object}endobj\n`;
    return place;
  });
  const table = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("");
  text += `xref\n0 6\n0000000000 65535 f \n${table}trailer<</Size 6/Root 1 0 R>>\nstartxref\n${text.length}\n%%EOF\n`;
  return Buffer.from(text, "latin1");
}

/** A real jpeg, drawn by the browser. */
export async function makeJpeg(page) {
  const address = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 64, height: 64 });
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#06c";
    pen.fillRect(0, 0, 64, 64);
    return canvas.toDataURL("image/jpeg");
  });
  return Buffer.from(address.split(",")[1], "base64");
}

/** The file signed with CAdES by an officer who exists only here; gives the path of the .p7m. */
export async function sign(folder, name, bytes) {
  const [key, certificate, plain, signed] = ["chiave.pem", "ufficiale.pem", name, `${name}.p7m`].map(
    (f) => `${folder}/${f}`,
  );
  writeFileSync(plain, bytes);
  const subject = "/C=IT/O=Comune di prova/CN=Ufficiale di Stato Civile";
  await runWell("openssl", [
    "req",
    "-x509",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-days",
    "2",
    "-subj",
    subject,
    "-keyout",
    key,
    "-out",
    certificate,
  ]);
  await runWell(
    "openssl",
    ["cms", "-sign", "-binary", "-nodetach", "-md", "sha256", "-cades", "-outform", "DER"].concat([
      "-in",
      plain,
      "-signer",
      certificate,
      "-inkey",
      key,
      "-out",
      signed,
    ]),
  );
  return signed;
}

export async function textOf(pdf) {
  return (await runWell("pdftotext", ["-enc", "UTF-8", pdf, "-"])).replace(/\s+/g, " ");
}

/** The words stand in this order, every font is embedded, the file is PDF/A; gives the text. */
export async function checkPdf(pdf, words) {
  const text = await textOf(pdf);
  assertInOrder(text, words, pdf);
  const fonts = (await runWell("pdffonts", [pdf])).trim().split("\n").slice(2);
  assert.ok(fonts.length > 0, `${pdf}: nessun carattere`);
  for (const font of fonts)
    assert.match(font, /\syes\s+(yes|no)\s+(yes|no)\s+\d+\s+\d+$/, `${pdf}: carattere non incorporato`);
  await runWell(source("tests/support/pdfa_check.sh"), [pdf]);
  return text;
}

/** Presses what downloads a file; saves it in the folder, gives its path and bytes. */
export async function download(page, control, folder, name) {
  const [file] = await Promise.all([page.waitForEvent("download"), control.click()]);
  const path = `${folder}/${name}`;
  await file.saveAs(path);
  return { path, name: file.suggestedFilename(), bytes: readFileSync(path) };
}

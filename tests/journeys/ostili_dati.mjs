// Bad data: each is refused in plain Italian, and nothing of the draft changes or is lost.
import { readFileSync, writeFileSync } from "node:fs";

import { makePdf, sign } from "./documenti.mjs";
import { assert, assertExcludes, assertIncludes, check } from "./prove.mjs";
import { fieldValue, isChecked, pour, Visitatore, words } from "./visitatore.mjs";

const kOther = {
  per_chi: "altra_persona",
  intestatario_nome: "Mario",
  intestatario_cognome: "Rossi",
  intestatario_codice_fiscale: "RSSMRA72H25H612X",
  intestatario_data_nascita: "25/06/1972",
  intestatario_luogo_nascita: "Rovereto",
  delega: "si",
};

async function fields(visitatore, pratica) {
  await check("un codice fiscale sbagliato: 422, e i valori restano dopo aver ricaricato", async () => {
    const answer = await visitatore.step(pratica, "delega", kOther);
    assert.equal(answer.status, 422);
    assertIncludes(words(answer.text), "C'è un errore da correggere");
    for (const html of [answer.text, await visitatore.page(`${pratica}/passi/delega`)]) {
      assert.equal(fieldValue(html, "intestatario_codice_fiscale"), "RSSMRA72H25H612X");
      assert.equal(fieldValue(html, "intestatario_cognome"), "Rossi");
      assert.ok(isChecked(html, "per_chi", "altra_persona"));
    }
  });
  await check("date, scelte e lunghezze impossibili: 422 al loro campo", async () => {
    const bad = {
      intestatario_data_nascita: ["31/02/1972", "25/06/2972", "oggi"],
      per_chi: ["tutti"],
      intestatario_nome: ["", "x".repeat(101)],
    };
    for (const [name, values] of Object.entries(bad)) {
      for (const value of values) {
        const answer = await visitatore.step(pratica, "delega", {
          ...kOther,
          intestatario_codice_fiscale: "",
          [name]: value,
        });
        assert.equal(answer.status, 422, `${name}=${value}`);
        assertIncludes(answer.text, `id="errore-${name}"`);
      }
    }
  });
  await check("un passo non ancora raggiunto non si apre", async () => {
    await visitatore.step(pratica, "delega", kOther);
    const answer = await visitatore.get(`${pratica}/passi/riepilogo`);
    assert.equal(answer.status, 303);
    assert.ok(answer.location.endsWith("/passi/delega"), answer.location);
    assert.match((await visitatore.get(`${pratica}/passi/inventato`)).location, /\/passi\/delega\?avviso=/);
  });
}

async function note(visitatore, pratica) {
  await check("la nota: 2.000 caratteri sì, anche emoji; 2.001 no, e quanto scritto resta nella pagina", async () => {
    const long = "à".repeat(2001);
    const answer = await visitatore.step(pratica, "richiedente", { nota: long }, "avanti");
    assert.equal(answer.status, 422);
    assertIncludes(words(answer.text), "La descrizione può avere al massimo 2.000 caratteri.");
    assert.equal(fieldValue(answer.text, "nota"), long);
    for (const most of ["😀".repeat(2000), "a\r\n".repeat(1000)]) {
      const accepted = await visitatore.step(pratica, "richiedente", { nota: most }, "avanti");
      assert.equal(accepted.status, 303, words(accepted.text).slice(0, 300));
      const kept = fieldValue(await visitatore.page(`${pratica}/passi/richiedente`), "nota");
      assert.equal(kept, most.replaceAll("\r\n", "\n"));
    }
  });
}

/** The field for the signed delegation, in the step where it is asked for. */
class CampoDelega {
  constructor(visitatore, pratica) {
    this.visitatore = visitatore;
    this.passo = `${pratica}/passi/specifica_delega`;
  }

  upload(name, bytes) {
    const fields = { azione: "carica:delega_file", delega_da: "intestatario" };
    return this.visitatore.upload(this.passo, fields, [{ field: "file.delega_file", name, bytes }]);
  }

  async count() {
    return [...(await this.visitatore.page(this.passo)).matchAll(/class="elenco-file/g)].length;
  }

  /** Is refused at the field, and all else stays; gives the words of the page. */
  async refuses(name, bytes) {
    const answer = await this.upload(name, bytes);
    assert.equal(answer.status, 422, `${name}: ${answer.status}`);
    assertIncludes(answer.text, 'id="errore-delega_file"', name);
    assert.ok(isChecked(answer.text, "delega_da", "intestatario"), "l'altro campo resta");
    assert.equal(await this.count(), 0, name);
    return words(answer.text);
  }
}

async function files(visitatore, pratica, citta) {
  const campo = new CampoDelega(visitatore, pratica);
  await visitatore.stepWell(pratica, "delega", { ...kOther, intestatario_codice_fiscale: "" });
  await check("file di altri tipi, con qualunque nome, sono rifiutati con il motivo", async () => {
    const html = "<!DOCTYPE html><html><script>alert(1)</script></html>";
    assertIncludes(await campo.refuses("delega.pdf", html), "non è di un tipo ammesso");
    await campo.refuses("delega.html", html);
    await campo.refuses("animazione.gif", "GIF89a\x01\x00\x01\x00");
    await campo.refuses("programma.js", "alert(1)");
    await campo.refuses("vuoto.pdf", "");
    assertIncludes(await campo.refuses("delega.jpg", makePdf("x")), "non corrisponde al suo contenuto");
  });
  await check("un file oltre il limite del campo: 422 con il limite", async () => {
    assertIncludes(
      await campo.refuses("grande.pdf", Buffer.concat([makePdf("x"), Buffer.alloc(11 * 1024 * 1024)])),
      "al massimo 10 MB",
    );
  });
  await check("un .p7m con la firma alterata o troncata è rifiutato, intatto è accettato", async () => {
    const good = readFileSync(await sign(citta.folder, "delega.pdf", makePdf("Delega")));
    const altered = Buffer.from(good);
    altered[altered.indexOf("Delega")] ^= 1;
    await campo.refuses("delega.pdf.p7m", altered);
    await campo.refuses("delega.pdf.p7m", good.subarray(0, good.length - 50));
    assert.equal((await campo.upload("delega.pdf.p7m", good)).status, 303);
    assert.equal(await campo.count(), 1);
  });
}

async function flood(visitatore, pratica, citta) {
  const cookie = [...visitatore.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const head = (length) =>
    `POST ${pratica}/passi/specifica_delega HTTP/1.1\r\nHost: 127.0.0.1:${citta.port}\r\nCookie: ${cookie}\r\nContent-Type: multipart/form-data; boundary=x\r\n${length}\r\n\r\n--x\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n${visitatore.csrf}\r\n--x\r\nContent-Disposition: form-data; name="file.delega_file"; filename="enorme.pdf"\r\n\r\n%PDF-1.4\n`;
  await check("300 MB mandati davvero: 413 con il perché, e la bozza è com'era", async () => {
    const before = words(await visitatore.page(`${pratica}/passi/specifica_delega`));
    const { text, sent } = await pour(citta, head(`Content-Length: ${300 * 1024 * 1024}`), 300 * 1024 * 1024);
    assert.match(text, /^HTTP\/1\.1 413 /);
    assertIncludes(words(text.slice(text.indexOf("\r\n\r\n"))), "Invio troppo grande");
    console.log(`   (${Math.round(sent / 1024 / 1024)} MB partiti prima che il server chiudesse)`);
    assert.equal(words(await visitatore.page(`${pratica}/passi/specifica_delega`)), before);
  });
  await check(
    "un invio che non dichiara la lunghezza: 411, e il suo corpo non diventa un'altra richiesta",
    async () => {
      const { text } = await pour(citta, head("Transfer-Encoding: chunked"), 1024 * 1024);
      assert.match(text, /^HTTP\/1\.1 411 /);
      const hidden = `GET /rovereto/privacy HTTP/1.1\r\nHost: 127.0.0.1:${citta.port}\r\n\r\n`;
      for (const path of [
        `${pratica}/passi/specifica_delega`,
        "/rovereto/inesistente",
        "/rovereto/privacy",
        "/static/js/site.js",
      ]) {
        for (const length of ["Transfer-Encoding: chunked", `Content-Length: ${hidden.length}`]) {
          const both = await pour(
            citta,
            `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${citta.port}\r\nCookie: ${cookie}\r\n${length}\r\n\r\n${hidden}`,
            0,
          );
          assert.equal(
            [...both.text.matchAll(/^HTTP\/1\.1 \d+/gm)].length,
            1,
            `${path} ${length}\n${both.text.slice(0, 200)}`,
          );
        }
      }
    },
  );
}

const kNasty = `<script>alert(1)</script>"'&amp;{{NOME}}`;
const kLines = `riga uno <b>\n\triga due "&lt;"\nriga tre </textarea><script>alert(2)</script>`;
const kTexts = {
  in_qualita_di: kNasty,
  nome_associazione: kNasty,
  natura_giuridica: kNasty,
  sito: kNasty,
  pagina_social: kNasty,
  modalita_adesione: kLines,
  attivita: kLines,
};

async function literal(visitatore) {
  const pratica = await visitatore.begin("iscrizione-registro-associazioni");
  await check("<script> in ogni campo e tre righe con una tabulazione restano esattamente come scritti", async () => {
    await visitatore.stepWell(pratica, "istruzioni", { chiaro: "si" });
    await visitatore.stepWell(pratica, "richiedente");
    await visitatore.stepWell(pratica, "organizzazione_richiedente", {
      ...kTexts,
      email_associazione: "a@b.it",
      numero_iscritti: "3",
      nota: kLines,
    });
    const html = await visitatore.page(`${pratica}/passi/organizzazione_richiedente`);
    for (const [name, value] of Object.entries({ ...kTexts, nota: kLines }))
      assert.equal(fieldValue(html, name), value, name);
    assertExcludes(html, "<script>alert");
  });
  await check("anche nel nome e nella descrizione di un file", async () => {
    const fields = { azione: "carica:statuto", "descrizione.statuto": kNasty };
    const answer = await visitatore.upload(`${pratica}/passi/allegati`, fields, [
      { field: "file.statuto", name: "a&b 'img' onerror=alert(3).pdf", bytes: makePdf("Statuto") },
    ]);
    assert.equal(answer.status, 303, words(answer.text).slice(0, 300));
    await visitatore.stepWell(pratica, "allegati", {
      elenco_cariche_in_possesso: "si",
      attribuzione_cf_in_possesso: "si",
      nota: kLines,
    });
  });
  return pratica;
}

export async function checkData(citta) {
  const visitatore = await new Visitatore(citta).enter("RSSMRA72H25H612H");
  const pratica = await visitatore.begin("estratto-nascita");
  await visitatore.stepWell(pratica, "istruzioni", { chiaro: "si" });
  await visitatore.stepWell(pratica, "richiedente");
  await fields(visitatore, pratica);
  await note(visitatore, pratica);
  await files(visitatore, pratica, citta);
  await flood(visitatore, pratica, citta);
  return { visitatore, bozza: pratica, pratica: await literal(visitatore) };
}

/** Everything that shows them shows them as written: summary, detail, lists, the operator's data. */
export async function checkShownLiterally(browserPage, citta, operatore, { visitatore, pratica }) {
  await check("riepilogo, dettaglio ed elenchi mostrano il testo com'è, senza eseguirlo", async () => {
    const addresses = [
      `${pratica}/passi/riepilogo`,
      `${pratica}/passi/organizzazione_richiedente`,
      "/rovereto/pratiche/?elenco=bozza",
      "/rovereto/allegati",
    ];
    const show = async (path) => {
      await browserPage.goto(citta.url + path);
      assertExcludes(await browserPage.lastHtml, "<script>alert", path);
    };
    for (const path of addresses) await show(path);
    await visitatore.submit(pratica);
    await show(pratica);
    assert.ok((await browserPage.locator("dd.a-capo").allTextContents()).includes(kLines));
    assertIncludes(await browserPage.locator("main").innerText(), kNasty);
    assertIncludes(await browserPage.locator("main").innerText(), "a&b 'img' onerror=alert(3).pdf");
    assert.deepEqual(browserPage.complaints, []);
  });
  await check("l'operatore riceve gli stessi caratteri", async () => {
    const { json } = await operatore.get(`pratiche/${pratica.split("/").at(-1)}`);
    const values = json.dati.flatMap((group) => group.voci.map((voce) => voce.valore));
    assert.equal(values.filter((value) => value === kNasty).length, 5);
    assert.equal(values.filter((value) => value === kLines).length, 2);
    assert.deepEqual(
      json.allegati.map((file) => [file.nome, file.descrizione]),
      [["a&b 'img' onerror=alert(3).pdf", `${kNasty} (Statuto)`]],
    );
  });
}

export async function checkDefinitions(citta) {
  const good = await citta.command("servizio", "esporta", "--ente", "rovereto", "--servizio", "estratto-nascita");
  const broken = {
    "virgola mancante": [good.replace(/"nome": "Estratto[^\n]*",/, (line) => line.slice(0, -1)), /riga \d+/i],
    "tipo di campo inventato": [
      good.replace('"tipo": "codice_fiscale"', '"tipo": "codice_segreto"'),
      /riga \d+.*codice_segreto/is,
    ],
    "condizione su un campo che non c'è": [good.replace('"campo": "per_chi"', '"campo": "per_nessuno"'), /per_nessuno/],
    "chiave sconosciuta": [good.replace('"certificato"', '"certificatto"'), /certificatto/],
    "non è JSON": ["<servizio/>", /riga 1:/i],
  };
  for (const [what, [text, reason]] of Object.entries(broken)) {
    await check(
      `definizione di servizio sbagliata (${what}): rifiutata con riga e motivo, resta la vecchia`,
      async () => {
        assert.notEqual(text, good);
        const file = `${citta.folder}/servizio.json`;
        writeFileSync(file, text);
        const result = await citta.tryCommand("servizio", "importa", "--ente", "rovereto", "--file", file);
        assert.equal(result.code, 1, result.out + result.err);
        assert.match(result.err, reason);
        assert.match(result.err, /riga \d+/i);
        assert.equal(
          await citta.command("servizio", "esporta", "--ente", "rovereto", "--servizio", "estratto-nascita"),
          good,
        );
      },
    );
  }
}

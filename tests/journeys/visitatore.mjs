// A client without manners: plain HTTP with a cookie jar, for what no browser would send.
import http from "node:http";
import net from "node:net";
import { once } from "node:events";

import { ask } from "./programmi.mjs";
import { assert, until } from "./prove.mjs";

const kEntities = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };

export function decode(html) {
  return html.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (all, decimal, hex, name) => {
    if (decimal) return String.fromCodePoint(Number(decimal));
    return hex ? String.fromCodePoint(parseInt(hex, 16)) : (kEntities[name] ?? all);
  });
}

/** What a person reads in the page's main part, white space folded. */
export function words(html) {
  const main = /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? html;
  return decode(main.replace(/<[^>]+>/g, " ")).replace(/\s+/g, " ");
}

/** What stands in the field of this name: an input's value or a textarea's content. */
export function fieldValue(html, name) {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const area = new RegExp(`<textarea[^>]* name="${escaped}"[^>]*>\n?([\\s\\S]*?)</textarea>`).exec(html);
  if (area) return decode(area[1]);
  const input = [...html.matchAll(/<input[^>]*>/g)].map((m) => m[0]).find((tag) => tag.includes(` name="${name}"`));
  return input && decode(/ value="([^"]*)"/.exec(input)?.[1] ?? "");
}

export function isChecked(html, name, value) {
  const tag = [...html.matchAll(/<input[^>]*>/g)]
    .map((m) => m[0])
    .find((t) => t.includes(` name="${name}"`) && t.includes(` value="${value}"`));
  return Boolean(tag?.includes(" checked"));
}

const form = (fields) => new URLSearchParams(Array.isArray(fields) ? fields : Object.entries(fields)).toString();

/** The step "Delega" of one who asks for somebody else. */
export const kPerSofia = {
  per_chi: "altra_persona",
  intestatario_nome: "Sofia",
  intestatario_cognome: "Rossi",
  intestatario_data_nascita: "01/02/1990",
  intestatario_luogo_nascita: "Rovereto",
  delega: "si",
};

export class Visitatore {
  constructor(citta, ente = "rovereto") {
    this.citta = citta;
    this.origin = citta.url;
    this.ente = ente;
    this.cookies = new Map();
    /** A line of its own for each request, unless an agent keeps one open. */
    this.agent = false;
  }

  /** One request, answered as it is: no redirect is followed. */
  async send(method, path, { headers = {}, body = "" } = {}) {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const all = { ...(cookie && { cookie }), ...(body && { "content-length": Buffer.byteLength(body) }), ...headers };
    const request = http.request(this.origin + path, { method, headers: all, agent: this.agent });
    request.end(body);
    const [answer] = await once(request, "response");
    const chunks = [];
    for await (const chunk of answer) chunks.push(chunk);
    this.keep(answer.headers["set-cookie"] ?? []);
    const bytes = Buffer.concat(chunks);
    return {
      status: answer.statusCode,
      headers: answer.headers,
      location: answer.headers.location,
      bytes,
      text: bytes.toString(),
    };
  }

  keep(lines) {
    for (const line of lines) {
      const [, name, value, attributes] = /^([^=]+)=([^;]*)(.*)/.exec(line);
      // Within a token these are letters like any others.
      if (value && !/max-age=0|1970/i.test(attributes)) this.cookies.set(name, value);
      else this.cookies.delete(name);
    }
  }

  get(path, headers) {
    return this.send("GET", path, { headers });
  }

  async page(path) {
    const answer = await this.get(path);
    assert.equal(
      answer.status,
      200,
      `GET ${path}: ${answer.status} ${answer.location ?? words(answer.text).slice(0, 400)}`,
    );
    return answer.text;
  }

  /** Posts a form with the session's word in it. */
  post(path, fields = {}, headers = {}) {
    const list = [["csrf", this.csrf ?? ""], ...(Array.isArray(fields) ? fields : Object.entries(fields))];
    return this.postAsIs(path, list, headers);
  }

  postAsIs(path, fields, headers = {}) {
    return this.send("POST", path, {
      headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
      body: form(fields),
    });
  }

  /** Posts a form with files: {field, name, bytes}. */
  upload(path, fields, files) {
    const boundary = "----stanza" + Math.random().toString(36).slice(2);
    const parts = Object.entries({ csrf: this.csrf ?? "", ...fields }).map(
      ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    );
    const body = [Buffer.from(parts.join(""))];
    for (const { field, name, bytes } of files) {
      body.push(
        Buffer.from(
          `--${boundary}\r\nContent-Disposition: form-data; name="${field}"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n`,
        ),
      );
      body.push(Buffer.from(bytes), Buffer.from("\r\n"));
    }
    body.push(Buffer.from(`--${boundary}--\r\n`));
    return this.send("POST", path, {
      headers: { "content-type": `multipart/form-data; boundary=${boundary}` },
      body: Buffer.concat(body),
    });
  }

  /** To the identity provider and back with what it answers: the fields that its page posts. */
  async askIdp(choice, { ritorno = "", kind = "spid", query = "" } = {}) {
    const idp = encodeURIComponent(`${this.citta.idp}/${kind}/metadata`);
    const sent = await this.get(
      `/${this.ente}/spid/login?idp=${idp}&ritorno=${encodeURIComponent(ritorno)}${query}`,
    );
    assert.equal(sent.status, 303, words(sent.text).slice(0, 400));
    const page = await (await ask(sent.location.replace("//localhost:", "//127.0.0.1:"))).text();
    const chosen = await ask(`http://127.0.0.1:${this.citta.idpPort}/risposta`, {
      method: "POST",
      body: new URLSearchParams({ accesso: fieldValue(page, "accesso"), ...choice }),
    });
    const answer = await chosen.text();
    assert.equal(chosen.status, 200, answer.slice(0, 400));
    return { SAMLResponse: fieldValue(answer, "SAMLResponse"), RelayState: fieldValue(answer, "RelayState") };
  }

  /** Posts what the provider answered, as its page does. */
  bringBack(fields) {
    return this.postAsIs(`/${this.ente}/spid/acs`, Object.entries(fields), { origin: this.citta.idp });
  }

  /** A whole login; the answer that opened the session. */
  async passIdp(identita, ritorno) {
    return this.bringBack(await this.askIdp({ persona: identita }, { ritorno }));
  }

  /** In, and from the login page where one wanted to go; `entered` is the answer that opened the session. */
  async login(identita, ritorno = "") {
    const entered = await this.passIdp(identita, ritorno);
    assert.equal(entered.status, 303, words(entered.text).slice(0, 400));
    const answer = await this.get(entered.location);
    assert.equal(answer.status, 303, words(answer.text).slice(0, 400));
    this.csrf = fieldValue((await this.get(`/${this.ente}/profilo`)).text, "csrf");
    return { ...answer, entered };
  }

  /** In, with the terms accepted and the profile complete. */
  async enter(identita, profilo = {}) {
    await this.login(identita);
    const termini = (await this.get(`/${this.ente}/termini`)).text;
    const ids = [...termini.matchAll(/name="consenso"[^>]* value="([^"]+)"/g)].map((m) => m[1]);
    if (ids.length)
      await this.post(
        `/${this.ente}/termini`,
        ids.map((id) => ["consenso", id]),
      );
    if (Object.keys(profilo).length) assert.equal((await this.post(`/${this.ente}/profilo`, profilo)).status, 303);
    await this.page(`/${this.ente}/stanza`);
    return this;
  }

  /** A draft of its own: the address of the pratica. */
  async begin(servizio) {
    const answer = await this.get(`/${this.ente}/servizi/${servizio}/pratica`);
    assert.equal(answer.status, 303, `bozza già aperta? ${words(answer.text).slice(0, 300)}`);
    return answer.location.replace(/\/passi\/.*/, "");
  }

  async step(pratica, passo, fields = {}, azione = "avanti") {
    return this.post(`${pratica}/passi/${passo}`, [...Object.entries(fields), ["azione", azione]]);
  }

  async stepWell(pratica, passo, fields) {
    const answer = await this.step(pratica, passo, fields);
    assert.equal(answer.status, 303, `passo ${passo}: ${words(answer.text).slice(0, 800)}`);
    return answer;
  }

  /** A draft of "Estratto di nascita" whose next step takes two files. */
  async draftForSofia() {
    const pratica = await this.begin("estratto-nascita");
    await this.stepWell(pratica, "istruzioni", { chiaro: "si" });
    await this.stepWell(pratica, "richiedente");
    await this.stepWell(pratica, "delega", kPerSofia);
    return pratica;
  }

  /** Fills "Estratto di nascita", or another service with its form, for oneself, up to the summary. */
  async fillEstratto(fields = {}, servizio = "estratto-nascita") {
    const pratica = await this.begin(servizio);
    await this.stepWell(pratica, "istruzioni", { chiaro: "si" });
    await this.stepWell(pratica, "richiedente");
    await this.stepWell(pratica, "delega", { per_chi: "me" });
    await this.stepWell(pratica, "tipologia_uso", {
      tipologia: "riassunto",
      uso: "notaio",
      motivazione: "Successione",
      ...fields,
    });
    return pratica;
  }

  /** The fields that "Sì, sono sicuro" sends. */
  async confirmation(pratica) {
    const html = await this.page(`${pratica}/invio`);
    return { versione: fieldValue(html, "versione"), conferma: "si" };
  }

  async submit(pratica) {
    const answer = await this.post(`${pratica}/invio`, await this.confirmation(pratica));
    assert.equal(answer.status, 303, words(answer.text).slice(0, 400));
    return this.protocollo(pratica);
  }

  /** The number of a sent pratica, as soon as it has one. */
  protocollo(pratica) {
    return until("la pratica ha il numero", async () => numberIn(await this.page(pratica)));
  }
}

export function numberIn(html) {
  return /<dt>Protocollo<\/dt><dd>(\d{7}\/\d{4})<\/dd>/.exec(html)?.[1];
}

/** The states that the detail page tells, in order. */
export function iterOf(html) {
  const list = /<ol class="iter[\s\S]*?<\/ol>/.exec(html)?.[0] ?? "";
  return [...list.matchAll(/<strong>([^<]*)<\/strong>/g)].map((m) => decode(m[1]));
}

/** Sends headers and then really the bytes, until all went or the server answered and closed. */
export async function pour(citta, head, size) {
  // Half open: as a plain client it goes on sending after the server said its last word.
  const socket = net.connect({ port: citta.port, host: "127.0.0.1", allowHalfOpen: true });
  const answer = [];
  let sent = 0;
  socket.on("data", (data) => answer.push(data));
  const closed = new Promise((done) => socket.once("close", done).on("error", () => {}));
  socket.write(head);
  const chunk = Buffer.alloc(1024 * 1024, "x");
  while (sent < size && !socket.destroyed && socket.writable) {
    sent += chunk.length;
    if (!socket.write(chunk)) await Promise.race([new Promise((done) => socket.once("drain", done)), closed]);
  }
  socket.end();
  await closed;
  return { sent, text: Buffer.concat(answer).toString() };
}

/** Sends these very bytes and reads what comes until the server closes. */
export async function raw(citta, text) {
  const socket = net.connect(citta.port, "127.0.0.1");
  const answer = [];
  socket.on("data", (data) => answer.push(data));
  socket.write(text);
  await once(socket, "close");
  return Buffer.concat(answer).toString();
}

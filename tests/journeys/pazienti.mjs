// Clients that repeat each request, the same bytes, until it is answered: what a person does while a server falls and
// rises again.
import { makePdf } from "./documenti.mjs";
import { OperatoreApi } from "./operatore.mjs";
import { assert, sleep, until } from "./prove.mjs";
import { decode, fieldValue, kPerSofia, numberIn, Visitatore, words } from "./visitatore.mjs";

const kWait = 25;
const kLongest = 120_000;

/** Whether the server had a fault, or two met at the same row: to be sent again as it was. */
const unanswered = (answer) => answer.status >= 500 || (answer.status === 409 && /: riprova\./.test(answer.text));

/** Sends until there is an answer; says with `repeated` whether an earlier sending may have been executed. */
async function insist(send) {
  const end = Date.now() + kLongest;
  for (let repeated = false; ; repeated = true) {
    let last;
    try {
      const answer = await send();
      if (!unanswered(answer)) return Object.assign(answer, { repeated });
      last = new Error(`${answer.status} ${words(answer.text).slice(0, 200)}`);
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw last;
    await sleep(kWait);
  }
}

const kProfilo = {
  email: "prova@esempio.it",
  cellulare: "333 000111",
  residenza_via: "Via Roma 1",
  residenza_cap: "38060",
  residenza_citta: "Isera",
};

export class Paziente extends Visitatore {
  send(method, path, options) {
    return insist(() => super.send(method, path, options));
  }

  /** A login that a fall cut short is begun anew: its request is used up. */
  passIdp(identita, ritorno) {
    return insist(async () => {
      const entered = await super.passIdp(identita, ritorno);
      assert.equal(entered.status, 303, words(entered.text).slice(0, 400));
      return entered;
    });
  }

  /** The whole way up to the summary, with two files; gives {pratica, motivazione, files}. */
  async prepare(identita, complete, name) {
    this.cookies.clear();
    await this.enter(identita, complete ? {} : kProfilo);
    const pratica = await this.draft();
    await this.stepWell(pratica, "istruzioni", { chiaro: "si" });
    await this.stepWell(pratica, "richiedente");
    await this.stepWell(pratica, "delega", kPerSofia);
    const files = [`delega ${name}.pdf`, `documento ${name}.pdf`];
    await this.attach(pratica, files);
    const one = { pratica, files };
    await this.write(one, `Motivo ${name}`);
    if (Math.random() < 0.3) await this.write(one, `Motivo ${name}, riscritto`);
    return one;
  }

  /** The draft that was begun, also where its answer was lost. */
  async draft() {
    const path = `/${this.ente}/servizi/estratto-nascita/pratica`;
    const answer = await this.get(path);
    if (answer.status === 303) return answer.location.replace(/\/passi\/.*/, "");
    assert.equal(answer.status, 200, words(answer.text).slice(0, 300));
    assert.ok(answer.repeated, "una bozza che nessuno ha iniziato");
    const drafts = [...answer.text.matchAll(/href="([^"]*\/pratiche\/[^"/]+)\/passi\//g)].map((found) => found[1]);
    assert.equal(drafts.length, 1, "una bozza sola");
    return drafts[0];
  }

  async attach(pratica, names) {
    const passo = `${pratica}/passi/specifica_delega`;
    const fields = ["delega_file", "delegante_documento"];
    const parts = names.map((name, i) => ({ field: `file.${fields[i]}`, name, bytes: makePdf(name) }));
    const answer = await this.upload(passo, { delega_da: "intestatario", azione: "avanti" }, parts);
    if (answer.status === 303 && !answer.repeated) return;
    // As a person would: look at what arrived, and send only what is missing.
    for (const [i, part] of parts.entries()) {
      if (!decode(await this.page(passo)).includes(names[i]))
        await this.upload(passo, { delega_da: "intestatario", azione: `carica:${fields[i]}` }, [part]);
    }
    await this.stepWell(pratica, "specifica_delega", { delega_da: "intestatario" });
  }

  async write(one, motivazione) {
    await this.stepWell(one.pratica, "tipologia_uso", { tipologia: "riassunto", uso: "notaio", motivazione });
    one.motivazione = motivazione;
  }

  /** What was answered as saved is there. */
  async checkDraft(one) {
    assert.equal(fieldValue(await this.page(`${one.pratica}/passi/tipologia_uso`), "motivazione"), one.motivazione);
    const attached = decode(await this.page(`${one.pratica}/passi/specifica_delega`));
    for (const name of one.files) assert.ok(attached.includes(name), `${one.pratica}: manca ${name}`);
  }

  async sendIn(one) {
    const answer = await this.post(`${one.pratica}/invio`, await this.confirmation(one.pratica));
    assert.equal(answer.status, 303, words(answer.text).slice(0, 400));
    assert.match(answer.location, /avviso=(pratica-inviata|gia-inviata)$/);
  }

  async number(one) {
    return numberIn(await this.page(one.pratica));
  }
}

export class OperatorePaziente extends OperatoreApi {
  send(method, path, options) {
    return insist(() => super.send(method, path, options));
  }

  /** Takes the pratica in charge once it has its number, and decides it; gives the key of the decision. */
  async workOn(id, decision) {
    await until("la pratica ha il numero", async () => (await this.get(`pratiche/${id}`)).json?.protocollo, {
      most: kLongest,
    });
    const taken = await this.take(id);
    assert.ok(taken.status === 200 || (taken.repeated && /già in carico a te/.test(taken.text)), taken.text);
    const { versione } = (await this.get(`pratiche/${id}`)).json;
    const answer = await this.decide(id, versione, decision);
    assert.equal(answer.status, 200, answer.text);
  }
}

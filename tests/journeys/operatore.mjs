// An operator by the API alone, as any program could be one.
import { randomUUID } from "node:crypto";

import { ask } from "./programmi.mjs";
import { assert } from "./prove.mjs";

export class OperatoreApi {
  constructor(citta, ente = "rovereto") {
    this.base = `${citta.url}/${ente}/api/operatori/v1`;
  }

  async send(method, path, { body, headers = {} } = {}) {
    const answer = await ask(`${this.base}/${path}`, {
      method,
      body,
      headers: { ...(this.token && { authorization: `Bearer ${this.token}` }), ...headers },
    });
    const text = await answer.text();
    const isJson = /json/.test(answer.headers.get("content-type") ?? "");
    return { status: answer.status, text, json: isJson && text ? JSON.parse(text) : undefined };
  }

  sendJson(method, path, value = {}) {
    return this.send(method, path, { body: JSON.stringify(value), headers: { "content-type": "application/json" } });
  }

  async login(username, password = "demo-stanza") {
    const answer = await this.sendJson("POST", "accesso", { username, password });
    assert.equal(answer.status, 201, answer.text);
    this.token = answer.json.token;
    this.nome = `${answer.json.operatore.nome} ${answer.json.operatore.cognome}`;
    return this;
  }

  get(path) {
    return this.send("GET", path);
  }

  take(id) {
    return this.sendJson("POST", `pratiche/${id}/presa-in-carico`);
  }

  async takeWell(id) {
    const answer = await this.take(id);
    assert.equal(answer.status, 200, answer.text);
    return answer.json;
  }

  /** esito "approva" or "rigetta"; file {name, bytes}. */
  decide(id, versione, { esito, motivazione = "", file, chiave = randomUUID() }) {
    const body = new FormData();
    for (const [name, value] of Object.entries({ chiave, versione, esito, motivazione }))
      body.append(name, String(value));
    if (file) body.append("file", new Blob([file.bytes]), file.name);
    return this.send("POST", `pratiche/${id}/esito`, { body });
  }
}

export const idOf = (pratica) => pratica.split("/").at(-1);

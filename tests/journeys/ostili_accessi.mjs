// Other people's things: for whom they are not, they do not exist.
import { makePdf } from "./documenti.mjs";
import { idOf, OperatoreApi } from "./operatore.mjs";
import { assert, assertExcludes, check } from "./prove.mjs";
import { iterOf, raw, Visitatore, words } from "./visitatore.mjs";

/** What the owner and the office see of a pratica, to compare before and after. */
export async function stateOf(owner, operatore, pratica) {
  return JSON.stringify([words(await owner.page(pratica)), (await operatore.get(`pratiche/${idOf(pratica)}`)).json]);
}

async function otherCitizen(other, sent, draft, allegato) {
  await check("la pratica di un altro cittadino non esiste, da nessun indirizzo", async () => {
    const reads = [
      sent,
      `${sent}/modulo`,
      `${sent}/risposta`,
      `${sent}/esito`,
      `${sent}/invio`,
      `${sent}/elimina`,
      `${sent}/passi/delega`,
      draft,
      `${draft}/passi/delega`,
      `${draft}/invio`,
      `${draft}/elimina`,
      `/rovereto/allegati/${allegato}`,
      `/rovereto/allegati/${allegato}/elimina`,
    ];
    for (const path of reads) assert.equal((await other.get(path)).status, 404, path);
    const writes = [
      `${sent}/invio`,
      `${draft}/invio`,
      `${draft}/elimina`,
      `${draft}/passi/delega`,
      `/rovereto/allegati/${allegato}/elimina`,
    ];
    for (const path of writes)
      assert.equal(
        (await other.post(path, { versione: "1", conferma: "si", azione: "avanti", per_chi: "me" })).status,
        404,
        path,
      );
    const files = await other.upload(`${draft}/passi/specifica_delega`, { azione: "carica:delega_file" }, [
      { field: "file.delega_file", name: "x.pdf", bytes: makePdf("x") },
    ]);
    assert.equal(files.status, 404);
  });
}

async function otherFile(other, allegato) {
  await check("un allegato altrui non si può usare in una bozza propria", async () => {
    const mine = await other.begin("estratto-nascita");
    await other.step(mine, "istruzioni", { chiaro: "si" });
    const answer = await other.step(mine, "specifica_delega", { "scegli.delega_file": allegato }, "usa:delega_file");
    assert.ok([404, 422].includes(answer.status), String(answer.status));
    assertExcludes((await other.get(`${mine}/passi/specifica_delega`)).text, allegato);
  });
}

async function otherEnte(citta, owner, sent) {
  await check("da un altro comune la stessa pratica non esiste", async () => {
    const there = await new Visitatore(citta, "tre-ville").enter("RSSMRA72H25H612H");
    for (const path of ["", "/modulo", "/passi/delega"])
      assert.equal((await there.get(sent.replace("/rovereto/", "/tre-ville/") + path)).status, 404);
    assertExcludes(await there.page("/tre-ville/pratiche/?elenco=inviate"), idOf(sent));
  });
  await check("la sessione di un comune non vale in un altro, nemmeno cambiandole nome", async () => {
    const [token] = owner.cookies.values();
    for (const name of ["__Host-stanza-rovereto", "__Host-stanza-tre-ville", "__Host-stanza-vallelaghi"]) {
      const thief = new Visitatore(citta, "tre-ville");
      thief.cookies.set(name, token);
      const answer = await thief.get("/tre-ville/stanza");
      assert.equal(answer.status, 303);
      assert.match(answer.location, /^\/tre-ville\/accesso/);
    }
  });
  await check("il token di un operatore vale solo nel suo comune", async () => {
    const operatore = await new OperatoreApi(citta, "vallelaghi").login("operatore");
    const here = new OperatoreApi(citta);
    here.token = operatore.token;
    for (const path of ["accesso", "pratiche", `pratiche/${idOf(sent)}`, "protocollo", "metriche"])
      assert.equal((await here.get(path)).status, 401, path);
    assert.equal((await here.take(idOf(sent))).status, 401);
    assert.equal((await operatore.get(`pratiche/${idOf(sent)}`)).status, 404);
    assert.equal((await new OperatoreApi(citta).get("pratiche")).status, 401);
  });
}

async function forms(owner, draft) {
  const fields = [
    ["per_chi", "me"],
    ["azione", "avanti"],
  ];
  await check("senza la parola della sessione, o con una sbagliata: 403", async () => {
    for (const csrf of [[], [["csrf", ""]], [["csrf", "A".repeat(43)]]]) {
      for (const path of [
        `${draft}/passi/delega`,
        `${draft}/invio`,
        `${draft}/elimina`,
        "/rovereto/profilo",
        "/rovereto/uscita",
      ])
        assert.equal((await owner.postAsIs(path, [...csrf, ...fields])).status, 403, path);
    }
    await owner.page("/rovereto/stanza");
  });
}

async function otherSites(owner, sent, draft) {
  const fields = [
    ["per_chi", "me"],
    ["azione", "avanti"],
  ];
  await check("un modulo spedito da un altro sito: 403, anche con la parola giusta", async () => {
    for (const origin of [
      "https://male.example",
      "null",
      `${owner.origin}.male.example`,
      owner.origin.replace(/:\d+$/, ":1"),
    ]) {
      const answer = await owner.post(`${draft}/passi/delega`, fields, { origin });
      assert.equal(answer.status, 403, origin);
    }
    assert.equal(
      (
        await owner.post(
          `${draft}/passi/delega`,
          [
            ["per_chi", "altra_persona"],
            ["azione", "resta"],
          ],
          { origin: owner.origin },
        )
      ).status,
      303,
    );
  });
  await check("altri verbi: 405", async () => {
    for (const method of ["PUT", "DELETE", "PATCH"]) assert.equal((await owner.send(method, sent)).status, 405, method);
  });
}

async function redirects(citta) {
  await check('"ritorno" non porta mai fuori dal comune', async () => {
    const wishes = [
      "https://male.example/",
      "//male.example",
      "/\\male.example",
      "\\\\male.example",
      "/rovereto//male.example",
      "/rovereto/../../male",
      "/rovereto/..%2f..%2fmale",
      "javascript:alert(1)",
      "/tre-ville/stanza",
      "/rovereto.male.example",
      "/rovereto/\r\nSet-Cookie: a=b",
      "/rovereto/\t//male.example",
    ];
    for (const wish of wishes) {
      const visitatore = new Visitatore(citta);
      const { location, entered } = await visitatore.login("NREFNC78T50A952T", wish);
      const target = new URL(location, `${citta.url}/rovereto/accesso`);
      assert.equal(target.origin, citta.url, wish);
      assert.ok(target.pathname.startsWith("/rovereto/"), `${wish} -> ${location}`);
      assert.equal([entered.headers["set-cookie"]].flat().length, 1, wish);
      const again = await visitatore.get(`/rovereto/accesso?ritorno=${encodeURIComponent(wish)}`);
      assert.ok(new URL(again.location, citta.url).href.startsWith(`${citta.url}/rovereto/`), again.location);
    }
  });
}

async function lineBreaks(citta) {
  await check("un a capo nell'indirizzo non diventa un'intestazione", async () => {
    for (const path of [
      "/rovereto?x=%0d%0aX-Iniettata:1",
      "/rovereto%0d%0aX-Iniettata:1",
      "/rovereto/servizi?a=%0d%0aX-Iniettata:%201",
      "/rovereto/stanza?%0d%0aX-Iniettata:1",
      "/rovereto/accesso?ritorno=%0d%0aX-Iniettata:1",
    ]) {
      const text = await raw(
        citta,
        `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${citta.port}\r\nConnection: close\r\n\r\n`,
      );
      assert.match(text, /^HTTP\/1\.1 [234]/);
      assert.doesNotMatch(text.split("\r\n\r\n")[0], /^X-Iniettata/m, path);
    }
  });
}

async function fileNames(owner) {
  await check("il nome di un file non rompe le intestazioni di chi lo scarica", async () => {
    const pratica = await owner.begin("iscrizione-registro-associazioni");
    await owner.stepWell(pratica, "istruzioni", { chiaro: "si" });
    for (const name of [
      "a%0d%0aX-Iniettata: 1.pdf",
      "../../etc/passwd.pdf",
      "C:\\\\temp\\\\x.pdf",
      "perché “sì”.pdf",
      "a;b=c.pdf",
    ]) {
      const answer = await owner.upload(`${pratica}/passi/allegati`, { azione: "carica:statuto" }, [
        { field: "file.statuto", name, bytes: makePdf("x") },
      ]);
      assert.equal(answer.status, 303, `${name}: ${words(answer.text).slice(0, 300)}`);
    }
    const ids = [...(await owner.page("/rovereto/allegati")).matchAll(/href="\/rovereto\/allegati\/([^"/]+)"/g)].map(
      (m) => m[1],
    );
    for (const id of ids) {
      const { headers } = await owner.get(`/rovereto/allegati/${id}`);
      assert.match(headers["content-disposition"], /^attachment; filename="[^"\\\r\n]*"; filename\*=UTF-8''[\w.%~-]+$/);
      assert.equal(headers["x-iniettata"], undefined);
      assert.equal(headers["x-content-type-options"], "nosniff");
    }
    assert.equal((await owner.post(`${pratica}/elimina`)).status, 303);
  });
}

async function offices(citta, sent, draft, owner) {
  const associazioni = await new OperatoreApi(citta).login("operatore-associazioni");
  const operatore = await new OperatoreApi(citta).login("operatore");
  await check("un operatore non vede bozze né pratiche di servizi non suoi", async () => {
    for (const [who, pratica] of [
      [operatore, draft],
      [associazioni, sent],
      [operatore, "inventata"],
    ]) {
      const id = idOf(pratica);
      assert.equal((await who.get(`pratiche/${id}`)).status, 404);
      assert.equal((await who.take(id)).status, 404);
      assert.equal((await who.sendJson("POST", `pratiche/${id}/rilascio`)).status, 404);
      assert.equal((await who.decide(id, 1, { esito: "rigetta", motivazione: "no" })).status, 404);
      for (const elenco of ["gestire", "assegnare", "concluse", "tutte"])
        assertExcludes((await who.get(`pratiche?elenco=${elenco}`)).text, id);
    }
    const modulo = (await operatore.get(`pratiche/${idOf(sent)}`)).json.moduloCompilato.id;
    assert.equal((await associazioni.get(`pratiche/${idOf(sent)}/documenti/${modulo}`)).status, 404);
  });
  await check("dopo tutto questo la pratica inviata e la bozza sono com'erano", async () => {
    assert.deepEqual(iterOf(await owner.page(sent)), ["Bozza", "Inviata", "Protocollata"]);
    assert.equal((await owner.get(`${draft}/passi/delega`)).status, 200);
  });
}

/** owner has a sent pratica, a draft, and a file. */
export async function checkAccess(citta, owner, sent, draft) {
  const allegato = /href="\/rovereto\/allegati\/([^"/]+)"/.exec(await owner.page("/rovereto/allegati"))[1];
  const other = await new Visitatore(citta).enter("BNCGLI85C52L378P");
  await otherCitizen(other, sent, draft, allegato);
  await otherFile(other, allegato);
  await otherEnte(citta, owner, sent);
  await forms(owner, draft);
  await otherSites(owner, sent, draft);
  await redirects(citta);
  await lineBreaks(citta);
  await fileNames(other);
  await offices(citta, sent, draft, owner);
}

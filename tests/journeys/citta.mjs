// A small province on this machine: the server with its demo data, and the outside world of stanza-prova.
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";

import { until } from "./prove.mjs";
import { ask, Demone, freePorts, program, run, runWell, setting, source } from "./programmi.mjs";

const kMailSentences = {
  2000: "è stata ricevuta",
  3000: "è stata protocollata con il numero",
  4000: "è stata presa in carico da un nostro operatore",
  6000: "il documento di esito è in preparazione",
  7000: "è stata accettata",
  9000: "è stata rifiutata",
};

export class Citta {
  /** Starts everything in a fresh folder below the build tree; database is "sqlite" or "postgresql". */
  static async start(name, database = "sqlite", settings = {}) {
    const citta = new Citta(name, database, settings);
    try {
      await citta.prepare();
      await citta.open();
      return citta;
    } catch (error) {
      await citta.stop();
      throw error;
    }
  }

  constructor(name, database = "sqlite", settings = {}) {
    const { carte = false, ...others } = settings;
    /** Whether there is a door for cards. */
    this.carte = carte;
    this.settings = { accessi_al_minuto: 600, ...others };
    this.folder = `${setting("SDC_JOURNEY_DIR")}/${name}`;
    this.data = `${this.folder}/dati`;
    this.database = database;
    /** What the server finds in its environment beside ours. */
    this.env = {};
    rmSync(this.folder, { recursive: true, force: true });
    mkdirSync(this.data, { recursive: true });
  }

  async prepare() {
    [this.port, this.webPort, this.smtpPort, this.idpPort, this.cardPort] = await freePorts(5);
    this.idp = `http://localhost:${this.idpPort}`;
    this.url = `http://127.0.0.1:${this.port}`;
    this.config = `${this.folder}/stanza.ini`;
    this.connection = this.database === "postgresql" ? await this.openPostgresql() : "";
    writeFileSync(this.config, this.configText(this.connection));
    await this.openIdp();
    await this.populate();
  }

  /** The identity provider is a process of its own: people log in also while the mail is away. */
  async openIdp() {
    const [webPort, smtpPort] = await freePorts(2);
    this.provider = new Demone(
      program("stanza-prova"),
      [
        ...["--porta-web", webPort, "--porta-smtp", smtpPort, "--porta-idp", this.idpPort, "--dati", `${this.folder}/idp`],
        // It makes the certificate of the server's door for cards, too.
        ...(this.carte ? ["--carte", this.cards] : []),
      ].map(String),
      `${this.folder}/idp.log`,
    );
    const metadata = (kind) => `http://127.0.0.1:${this.idpPort}/${kind}/metadata`;
    await until("il gestore di identità risponde", () => this.answers(this.provider, metadata("spid")));
    mkdirSync(`${this.folder}/idp/spid`, { recursive: true });
    writeFileSync(`${this.folder}/idp/spid/prova.xml`, await (await ask(metadata("spid"))).text());
    writeFileSync(`${this.folder}/idp/cie.xml`, await (await ask(metadata("cie"))).text());
  }

  populate() {
    return this.command("demo");
  }

  /** The folder of the demonstration's authority for cards. */
  get cards() {
    return `${this.folder}/carte`;
  }

  cardText() {
    if (!this.carte) return "";
    return `[carta]
porta = ${this.cardPort}
certificato_file = ${this.cards}/server.pem
chiave_file = ${this.cards}/server.key
fiducia = ${this.cards}/autorita.pem
crl = http://127.0.0.1:${this.idpPort}/carte/revoche.crl
`;
  }

  configText(connection) {
    const database = connection ? `[database]\ntipo = postgresql\npostgresql = ${connection}\n` : "";
    return `[server]
indirizzo = 127.0.0.1
porta = ${this.port}
cartella = ${this.data}
[posta]
host = 127.0.0.1
porta = ${this.smtpPort}
mittente = noreply@stanza.example
[spid]
idp_aggiuntivi = ${this.folder}/idp/spid
cie_metadata = ${this.folder}/idp/cie.xml
[limiti]
invii_all_ora = 1000000
file_all_ora = 1000000
[accesso]
${Object.entries(this.settings)
  .map((line) => line.join(" = "))
  .join("\n")}
${this.cardText()}${database}`;
  }

  /** A database of its own on the given server, or a server of its own. */
  async openPostgresql() {
    const given = process.env.SDC_TEST_POSTGRESQL;
    if (!given) {
      this.cluster = mkdtempSync(`${tmpdir()}/stanza-postgresql-`);
      chmodSync(this.cluster, 0o755);
      const said = await runWell(source("tests/support/postgresql.sh"), ["start", this.cluster]);
      return said.trim().split("\n").at(-1);
    }
    const name = `stanza_viaggio_${process.pid}`;
    await runWell("psql", [given, "-qc", `CREATE DATABASE ${name}`]);
    this.dropDatabase = () => runWell("psql", [given, "-qc", `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`]);
    return given.includes("://")
      ? Object.assign(new URL(given), { pathname: `/${name}` }).href
      : `${given} dbname=${name}`;
  }

  async open() {
    await this.openServer();
    await this.openProva();
  }

  async openProva() {
    this.prova = new Demone(
      program("stanza-prova"),
      ["--porta-web", this.webPort, "--porta-smtp", this.smtpPort, "--dati", `${this.folder}/prova`].map(String),
      `${this.folder}/prova.log`,
    );
    await until("stanza-prova risponde", () => this.answers(this.prova, `http://127.0.0.1:${this.webPort}/api/mail`));
  }

  async openServer() {
    this.server = new Demone(program("stanza-server"), ["--config", this.config, "avvia"], `${this.folder}/server.log`, this.env);
    await until("stanza-server risponde", () => this.answers(this.server, `${this.url}/stato`));
  }

  async answers(demone, url) {
    if (!demone.running)
      throw new Error(`non si è avviato; vedi i file .log in ${this.folder}\n${this.serverLog().slice(-2000)}`);
    return ask(url).then(
      (answer) => answer.ok,
      () => false,
    );
  }

  /** The server dies as in a power cut and starts again. */
  async crash() {
    await this.server.stop("SIGKILL");
    await this.openServer();
  }

  async stop() {
    await this.server?.stop();
    await this.prova?.stop();
    await this.provider?.stop();
    await this.dropDatabase?.();
    if (!this.cluster) return;
    await run(source("tests/support/postgresql.sh"), ["stop", this.cluster]);
    rmSync(this.cluster, { recursive: true, force: true });
  }

  tryCommand(...words) {
    return run(program("stanza-server"), ["--config", this.config, ...words]);
  }

  command(...words) {
    return runWell(program("stanza-server"), ["--config", this.config, ...words]);
  }

  serverLog() {
    try {
      return readFileSync(`${this.folder}/server.log`, "utf8");
    } catch {
      return "";
    }
  }

  async mails() {
    return (await ask(`http://127.0.0.1:${this.webPort}/api/mail`)).json();
  }

  async mailsAbout(pratica) {
    return (await this.mails()).filter((mail) => mail.testo.includes(pratica));
  }

  /** The states that the mails about a pratica tell, in the order of arrival; 0 for a mail that tells none. */
  async toldStates(pratica) {
    const stateOf = (mail) =>
      Object.keys(kMailSentences).find((stato) => mail.testo.includes(kMailSentences[stato])) ?? 0;
    return (await this.mailsAbout(pratica)).map(stateOf).map(Number);
  }

  async mailOf(pratica, stato) {
    return until(`arriva la mail dello stato ${stato}`, async () =>
      (await this.mailsAbout(pratica)).find((mail) => mail.testo.includes(kMailSentences[stato])),
    );
  }
}

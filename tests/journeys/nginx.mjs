// The nginx site that is shipped, with this machine's ports and a certificate of its own, before a city.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";

import { ask, Demone, freePorts, runWell, source } from "./programmi.mjs";
import { assert, until } from "./prove.mjs";

export class Nginx {
  static async start(citta) {
    const nginx = new Nginx();
    await nginx.open(citta);
    return nginx;
  }

  async open(citta) {
    const folder = `${citta.folder}/nginx`;
    mkdirSync(folder, { recursive: true });
    const [plain, port] = await freePorts(2);
    this.port = port;
    this.plain = plain;
    this.log = `${folder}/accessi.log`;
    this.url = `https://127.0.0.1:${port}`;
    await runWell("openssl", [
      ..."req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=127.0.0.1".split(" "),
      ...["-keyout", `${folder}/chiave.pem`, "-out", `${folder}/certificato.pem`],
    ]);
    const changes = [
      ["127.0.0.1:8080", `127.0.0.1:${citta.port}`],
      ["listen 80;", `listen 127.0.0.1:${plain};`],
      ["listen [::]:80;", ""],
      ["listen 443 ssl", `listen 127.0.0.1:${port} ssl`],
      ["listen [::]:443 ssl http2;", ""],
      ["/var/log/nginx/stanza.log", this.log],
      ["/etc/ssl/stanza/certificato.pem", `${folder}/certificato.pem`],
      ["/etc/ssl/stanza/chiave.pem", `${folder}/chiave.pem`],
    ];
    let site = readFileSync(source("packaging/nginx/stanza.conf"), "utf8");
    for (const [from, to] of changes) {
      assert.ok(site.includes(from), `nel sito manca "${from}"`);
      site = site.replaceAll(from, to);
    }
    writeFileSync(`${folder}/stanza.conf`, site);
    const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
      (name) => `${name}_temp_path ${folder}/${name};`,
    );
    writeFileSync(
      `${folder}/nginx.conf`,
      `${process.getuid() === 0 ? "user root;\n" : ""}worker_processes 2;
pid ${folder}/pid;
error_log ${folder}/errori.log;
worker_rlimit_nofile 8192;
events { worker_connections 4096; }
http {
${paths.join("\n")}
access_log off;
include ${folder}/stanza.conf;
}
`,
    );
    // It has no other way to stay in the foreground, and so to end with this process.
    const options = ["-p", folder, "-c", `${folder}/nginx.conf`, "-g", "daemon off;"];
    this.demone = new Demone("nginx", options, `${folder}/nginx.log`);
    await until("nginx risponde", async () => {
      assert.ok(this.demone.running, `nginx non si è avviato: ${readFileSync(`${folder}/nginx.log`, "utf8")}`);
      const answer = await ask(`http://127.0.0.1:${plain}/`, { redirect: "manual" }).catch(() => undefined);
      return answer?.status === 301;
    });
  }

  stop() {
    return this.demone.stop();
  }
}

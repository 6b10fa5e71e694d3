// Programs started and stopped by a journey: each by its own process, never by name.
import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { createServer } from "node:net";

export function setting(name) {
  const value = process.env[name];
  if (!value) throw new Error(`manca la variabile d'ambiente ${name}`);
  return value;
}

export const program = (name) => `${setting("SDC_BIN_DIR")}/${name}`;
export const source = (path) => `${setting("SDC_SOURCE_DIR")}/${path}`;

/** Ports that are free now, all different. */
export async function freePorts(count) {
  const servers = await Promise.all(Array.from({ length: count }, () => listen()));
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}

function listen() {
  return new Promise((done, fail) => {
    const server = createServer().once("error", fail);
    server.listen(0, "127.0.0.1", () => done(server));
  });
}

/** Runs a program to its end. */
export function run(command, args = [], { input = "", env = {}, show = false } = {}) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { env: { ...process.env, ...env } });
    const out = [];
    const err = [];
    child.stdout.on("data", (data) => (show ? process.stdout.write(data) : 0, out.push(data)));
    child.stderr.on("data", (data) => (show ? process.stderr.write(data) : 0, err.push(data)));
    child.stdin.on("error", () => {});
    child.stdin.end(input);
    child.once("error", fail);
    child.once("close", (code) =>
      done({ code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() }),
    );
  });
}

export async function runWell(command, args = [], options = {}) {
  const result = await run(command, args, options);
  if (result.code !== 0)
    throw new Error(
      `${command} ${args.join(" ")}: esce con ${result.code}\n${result.out.slice(-4000)}${result.err.slice(-4000)}`,
    );
  return result.out;
}

/** A program that goes on; it ends with this process even when that is killed. */
export class Demone {
  constructor(command, args, log, env = {}) {
    const file = openSync(log, "a");
    this.child = spawn("setpriv", ["--pdeathsig", "TERM", command, ...args], {
      stdio: ["ignore", file, file],
      env: { ...process.env, ...env },
    });
    closeSync(file);
    this.ended = new Promise((done) => this.child.once("close", done));
    this.child.once("error", (error) => (this.error = error));
  }

  get running() {
    return !this.error && this.child.exitCode === null && this.child.signalCode === null;
  }

  async stop(signal = "SIGTERM") {
    if (!this.running) return;
    this.child.kill(signal);
    const forced = setTimeout(() => this.child.kill("SIGKILL"), 15_000);
    await this.ended;
    clearTimeout(forced);
  }
}

/** fetch on a line of its own: one kept open may be closed by the server just as it is used again. */
export function ask(url, options = {}) {
  return fetch(url, { ...options, headers: { ...options.headers, connection: "close" } });
}

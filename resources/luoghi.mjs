// The places of birth by their cadastral code, as the codice fiscale and SPID name them: comuni of today and of once
// (ANPR's archive) and foreign states (ISTAT, Agenzia delle Entrate). One a line: code, tab, name.
//
// node luoghi.mjs --modules DIR --out FILE
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import { parseArgs } from "node:util";

const { values: args } = parseArgs({ options: { modules: { type: "string" }, out: { type: "string" } } });
const require = createRequire(resolve(args.modules, "luoghi.cjs"));
const connector = require("@marketto/belfiore-connector-embedded");

const places = await (connector.default ?? connector).toArray();
const lines = places.map(({ belfioreCode, name }) => `${belfioreCode}\t${name}\n`).sort();
if (lines.length < 10000) throw new Error(`solo ${lines.length} luoghi di nascita`);
mkdirSync(dirname(args.out), { recursive: true });
writeFileSync(args.out, lines.join(""));

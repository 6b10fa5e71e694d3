// Lays out what the server reads at run time: templates, static files, demonstration data, API descriptions, words.
// Static files are named in templates and style sheets as /static/PATH; here they get ?v=HASH, so that browsers may keep
// them for ever, and static/manifest.json says the hash of each.
//
// node lay_out.mjs --resources DIR --translations DIR --modules DIR --out DIR
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { parseArgs } from "node:util";

const { values: args } = parseArgs({
  options: {
    resources: { type: "string" },
    translations: { type: "string" },
    modules: { type: "string" },
    out: { type: "string" },
  },
});

const FONTS = {
  Titillium_Web: {
    licence: "OFL.txt",
    files: ["300", "300italic", "regular", "italic", "600", "700"].map((w) => `titillium-web-v10-latin-ext_latin-${w}.woff2`),
  },
  Lora: { licence: "OFL.txt", files: ["regular", "700"].map((w) => `lora-v20-latin-ext_latin-${w}.woff2`) },
  Roboto_Mono: {
    licence: "LICENSE.txt",
    files: ["regular", "700"].map((w) => `roboto-mono-v13-latin-ext_latin-${w}.woff2`),
  },
};

const bootstrapItalia = join(args.modules, "bootstrap-italia");

function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

function read(folder) {
  return new Map(filesBelow(folder).map((path) => [relative(folder, path), readFileSync(path)]));
}

const hashOf = (bytes) => createHash("sha256").update(bytes).digest("hex").slice(0, 12);

// Only the symbols that some page shows: the whole sheet weighs 94 kB.
function sprites(texts) {
  const wanted = new Set(texts.flatMap((text) => [...text.matchAll(/sprites\.svg#(it-[a-z-]+)/g)].map((m) => m[1])));
  const sheet = readFileSync(join(bootstrapItalia, "dist/svg/sprites.svg"), "utf8");
  const symbols = [...wanted].sort().map((id) => {
    const symbol = sheet.match(new RegExp(`<symbol[^>]*id="${id}".*?</symbol>`, "s"));
    if (!symbol) throw new Error(`nessun simbolo ${id} in sprites.svg`);
    return symbol[0];
  });
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);
}

function fromNpm() {
  const files = new Map();
  const take = (to, from) => files.set(to, readFileSync(join(bootstrapItalia, from)));
  // Without the last line, which names a source map that is not served.
  const css = readFileSync(join(bootstrapItalia, "dist/css/bootstrap-italia.min.css"), "utf8");
  files.set("css/bootstrap-italia.min.css", Buffer.from(css.replace(/\/\*# sourceMappingURL=.*?\*\//, "")));
  take("css/bootstrap-italia.LICENSE.txt", "LICENSE");
  for (const [family, { licence, files: names }] of Object.entries(FONTS)) {
    take(`fonts/${family}/${licence}`, `dist/fonts/${family}/${licence}`);
    for (const name of names) take(`fonts/${family}/${name}`, `dist/fonts/${family}/${name}`);
  }
  return files;
}

function stamp(text, manifest, where) {
  return text.replace(/(["'(])\/static\/([\w./-]+)/g, (all, quote, path) => {
    // An address that goes on with a variable is completed by the server, from the manifest.
    if (path.endsWith("/")) return all;
    if (!manifest[path]) throw new Error(`${where}: non esiste il file statico ${path}`);
    return `${quote}/static/${path}?v=${manifest[path]}`;
  });
}

function staticFiles(templates) {
  const files = new Map([...fromNpm(), ...read(join(args.resources, "static"))]);
  files.set("svg/sprites.svg", sprites([...templates.values()].map(String)));
  const manifest = {};
  const isCss = (path) => path.endsWith(".css");
  // Style sheets name other files, so their hashes come last.
  for (const path of [...files.keys()].sort((a, b) => isCss(a) - isCss(b) || (a < b ? -1 : 1))) {
    if (isCss(path)) files.set(path, Buffer.from(stamp(files.get(path).toString(), manifest, path)));
    manifest[path] = hashOf(files.get(path));
  }
  files.set("manifest.json", Buffer.from(JSON.stringify(manifest, Object.keys(manifest).sort(), 2) + "\n"));
  return { files, manifest };
}

// A file that did not change keeps its time; one that is no longer there goes.
function write(folder, files) {
  for (const path of filesBelow(folder)) if (!files.has(relative(folder, path))) rmSync(path);
  for (const [path, bytes] of files) {
    const to = join(folder, path);
    if (existsSync(to) && statSync(to).size === bytes.length && readFileSync(to).equals(bytes)) continue;
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, bytes);
  }
}

const templates = read(join(args.resources, "templates"));
const { files, manifest } = staticFiles(templates);
for (const [path, text] of templates) templates.set(path, Buffer.from(stamp(text.toString(), manifest, path)));
write(join(args.out, "templates"), templates);
write(join(args.out, "static"), files);
for (const folder of ["seed", "schema", "openapi"]) write(join(args.out, folder), read(join(args.resources, folder)));
const words = [...read(args.translations)].filter(([path]) => path.endsWith(".json"));
write(join(args.out, "translations"), new Map(words));

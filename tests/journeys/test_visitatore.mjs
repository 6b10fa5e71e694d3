// The cookie jar of the client without manners.
import { assert, check } from "./prove.mjs";
import { Visitatore } from "./visitatore.mjs";

const kRest = "; Path=/; Secure; HttpOnly; SameSite=Lax";

function keptOf(...lines) {
  const visitatore = new Visitatore({ url: "http://127.0.0.1" });
  visitatore.keep(["a=prima" + kRest]);
  visitatore.keep(lines);
  return visitatore.cookies.get("a");
}

await check("un cookie resta qualunque sia il suo valore", () => {
  for (const token of ["Xq1970_fW-3hJm0c9Zk2sVtB7yLrN4uPeAo5dGiTbQa", "max-age-0", "1970"])
    assert.equal(keptOf(`a=${token}${kRest}`), token);
});

await check("un cookie finito se ne va", () => {
  for (const line of [`a=${kRest}`, `a=x${kRest}; Max-Age=0`, `a=x${kRest}; Expires=Thu, 01 Jan 1970 00:00:00 GMT`])
    assert.equal(keptOf(line), undefined, line);
});

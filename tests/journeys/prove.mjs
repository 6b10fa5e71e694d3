// Says each check as it passes and stops at the first that does not.
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

export { assert, sleep };

export class Fault extends Error {
  constructor(sentence, cause) {
    super(`${sentence}: ${cause.message}`, { cause });
    this.sentence = sentence;
  }
}

/** Runs one check and gives what it gives. */
export async function check(sentence, act) {
  try {
    const value = await act();
    console.log(`ok ${sentence}`);
    return value;
  } catch (error) {
    throw error instanceof Fault ? error : new Fault(sentence, error);
  }
}

/** Asks again until the answer is neither false nor empty. */
export async function until(what, ask, { most = 30_000, every = 100 } = {}) {
  const end = Date.now() + most;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) assert.fail(`dopo ${most / 1000} s ancora non è così: ${what}`);
    await sleep(every);
  }
}

export function assertIncludes(text, part, where = "testo") {
  assert.ok(text.includes(part), `${where}: manca "${part}" in:\n${text.slice(0, 3000)}`);
}

export function assertExcludes(text, part, where = "testo") {
  const place = text.indexOf(part);
  assert.ok(
    place < 0,
    `${where}: non doveva esserci "${part}": ...${text.slice(Math.max(0, place - 200), place + 200)}...`,
  );
}

/** The parts stand in the text, in this order. */
export function assertInOrder(text, parts, where = "testo") {
  let place = 0;
  for (const part of parts) {
    const found = text.indexOf(part, place);
    assert.ok(found >= 0, `${where}: manca "${part}" (in quest'ordine) in:\n${text}`);
    place = found + part.length;
  }
}

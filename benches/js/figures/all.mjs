// The benchmark itself: the same code in Node and in a browser.

import { asking, loading } from "./city.mjs";
import { questions } from "./question.mjs";

/**
 * @param {{ kezek: typeof import("kezek"), read: (name: string) => Promise<string>, quick: boolean, tell: (text: string) => void }} given
 */
export async function allFigures({ kezek, read, quick, tell }) {
  await kezek.init();
  const { Register, Card } = kezek;
  const pace = quick ? { rounds: 3, least: 5 } : { rounds: 9, least: 40 };
  tell("loading the city");
  const { register, table } = await loading({ Register, read, rounds: quick ? 1 : 3 });
  tell("asking the city");
  const asked = await asking({ register, Card, pace });
  tell("asking the peers");
  return [table, ...asked, ...(await questions({ register, Card, pace }))];
}

/** How long a program waits for `init()`: once in a process or page, in milliseconds. */
export async function initTime(library) {
  const start = performance.now();
  await library.init();
  return performance.now() - start;
}

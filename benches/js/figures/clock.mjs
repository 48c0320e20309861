// Taking times: rounds in turn, so that what disturbs the machine disturbs every subject alike. Runs in Node and in
// a browser, whose clock is coarse: a round repeats the work until it takes long enough.

/**
 * @typedef {object} Subject
 * @property {string} name
 * @property {(n: number) => unknown} work one operation, the `n`-th
 * @property {string} [remark] what it does less, or more
 *
 * @typedef {{ name: string, remark: string, batch: number, times: number[] }} Row microseconds an operation, a round each
 * @typedef {{ title: string, unit: string, checked: string, notes: string[], rows: Row[] }} Table
 * @typedef {{ rounds: number, least: number }} Pace rounds of each subject, and how many milliseconds one takes at least
 */

/** @param {Subject} subject @param {number} batch @param {number} from */
async function timed({ work }, batch, from) {
  const start = performance.now();
  for (let n = from; n < from + batch; n += 1) {
    const gave = work(n);
    if (gave instanceof Promise) await gave;
  }
  return performance.now() - start;
}

/** How often a subject is repeated in a round. It warms the engine's compilers too. */
async function batchOf(subject, least) {
  for (let batch = 1; ; batch *= 2) {
    const took = await timed(subject, batch, 0);
    if (took >= least) return Math.max(1, Math.ceil((batch * least) / took));
  }
}

/**
 * `rounds` of every subject in turn, each time another one first.
 *
 * @param {{ title: string, unit?: string, checked: string, notes?: string[], subjects: Subject[] }} table
 * @param {Pace} pace
 * @returns {Promise<Table>}
 */
export async function measured({ title, unit = "call", checked, notes = [], subjects }, { rounds, least }) {
  const rows = [];
  for (const subject of subjects) {
    rows.push({ name: subject.name, remark: subject.remark ?? "", batch: await batchOf(subject, least), times: [] });
  }
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < subjects.length; turn += 1) {
      const at = (round + turn) % subjects.length;
      const { batch, times } = rows[at];
      times.push(((await timed(subjects[at], batch, round * batch)) * 1000) / batch);
    }
  }
  return { title, unit, checked, notes, rows };
}

/** What is too slow to be repeated: so many times, nothing thrown away. `work` is timed, `after` is not. */
export async function timesOf(name, rounds, work, { remark = "", after = () => {} } = {}) {
  const times = [];
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    const gave = await work();
    times.push((performance.now() - start) * 1000);
    after(gave, round === rounds - 1);
  }
  return { name, remark, batch: 1, times };
}

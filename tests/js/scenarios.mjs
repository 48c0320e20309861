/**
 * The runner of scenarios (wire.md 7) for JavaScript: what `tests/scenarios.rs` checks. It is handed the package and the
 * scenarios as objects, so that it runs wherever JavaScript does.
 */

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** What differed, in words. */
export class Differs extends Error {}

const show = (value) => JSON.stringify(value) ?? String(value);
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

function equal(what, one, other) {
  if (show(one) !== show(other)) throw new Differs(`${what} differs: ${show(one)} and ${show(other)}`);
}

/** An object, none of its keys unknown: an unread key is an error. */
function known(value, what, keys) {
  if (!isObject(value)) throw new Differs(`${what}: expected an object, found ${show(value)}`);
  const unread = Object.keys(value).filter((key) => !keys.includes(key));
  if (unread.length > 0) throw new Differs(`${what}: unread keys ${unread}`);
  return value;
}

/** Runs a scenario; the digest at its end, or how its policy was refused. */
export function runScenario(kezek, scenario) {
  known(scenario, "scenario", ["title", "rules", "policy", "prefix", "steps", "expect", "note"]);
  for (const needed of ["title", "rules", "policy"]) {
    if (!(needed in scenario)) throw new Differs(`scenario: no ${needed}`);
  }
  if (!("steps" in scenario)) return refused(kezek, scenario);
  const register = run(kezek, scenario, null);
  for (const pace of [86_400, 3_600]) {
    const other = run(kezek, scenario, pace);
    equal(`the events every ${pace} s`, settled(register), settled(other));
    equal(`the digest every ${pace} s`, register.digest(), other.digest());
    other.free();
  }
  const events = register.events();
  const journals = { objects: events, lines: events.map((event) => JSON.stringify(event)).join("\n"), "a list": JSON.stringify(events) };
  for (const [form, journal] of Object.entries(journals)) {
    const replayed = kezek.Register.replay(journal);
    equal(`the digest after replay of ${form}`, register.digest(), replayed.digest());
    equal(`the events after replay of ${form}`, events, replayed.events());
    replayed.free();
  }
  const snapshot = register.snapshot();
  for (const stored of [snapshot, JSON.parse(snapshot)]) {
    const restored = kezek.Register.restore(stored);
    equal("the digest after restore", register.digest(), restored.digest());
    restored.free();
  }
  const unpacked = kezek.Register.unpack(register.pack());
  equal("the digest after unpack", register.digest(), unpacked.digest());
  equal("the events after unpack", events, unpacked.events());
  unpacked.free();
  const digest = register.digest();
  register.free();
  return digest;
}

/** The journal without what only says how often the clock was looked at. */
function settled(register) {
  return register.events().map(({ settled: _, ...event }) => event);
}

function refused(kezek, scenario) {
  const expect = known(scenario.expect, "expect", ["error", "fields"]);
  let register;
  try {
    register = open(kezek, scenario);
  } catch (error) {
    if (!(error instanceof kezek.KezekError)) throw error;
    equal("the error", expect.error, error.code);
    if ("fields" in expect) equal("the faulty fields", [...expect.fields].sort(), [...error.fields].sort());
    return `refused: ${error.code}`;
  }
  register.free();
  throw new Differs("the policy was taken");
}

function open(kezek, scenario) {
  return kezek.Register.open({ policy: scenario.policy, prefix: scenario.prefix });
}

/** Runs the steps; with a pace (seconds) the clock is looked at so often between them. */
function run(kezek, scenario, pace) {
  const register = open(kezek, scenario);
  for (const [index, step] of scenario.steps.entries()) {
    known(step, "step", ["at", "do", "check", "ask", "advance", "expect", "note"]);
    if (["do", "check", "ask", "advance"].filter((key) => key in step).length !== 1) {
      throw new Differs(`step ${index + 1}: expected exactly one of do, check, ask, advance`);
    }
    const before = register.revision;
    if (pace !== null) walk(kezek, register, step, pace);
    const walked = register.events(before);
    let found;
    try {
      found = one(register, step, walked);
    } catch (error) {
      if (!(error instanceof kezek.KezekError)) throw error;
      found = error;
    }
    try {
      compare(kezek, step, step.expect ?? {}, found);
    } catch (differs) {
      throw new Differs(`step ${index + 1} at ${step.at}: ${differs.message}`, { cause: differs });
    }
  }
  return register;
}

/** Looks at the clock in steps until just before a step's instant. */
function walk(kezek, register, step, pace) {
  const command = step.do ?? step.check;
  const keyed = isObject(command) && ("key" in command || "expected_revision" in command);
  const error = isObject(step.expect) && "error" in step.expect;
  if (register.now === null || keyed || error) return;
  const end = Date.parse(step.at) / 1000;
  let at = Date.parse(register.now) / 1000;
  for (;;) {
    at = (Math.floor(at / pace) + 1) * pace;
    if (at >= end) return;
    try {
      register.advance(new Date(at * 1000));
    } catch (error) {
      if (error instanceof kezek.KezekError) return;
      throw error;
    }
  }
}

/** What a step answers; what fell due on the walk belongs to it as well. */
function one(register, step, walked) {
  if ("check" in step || "ask" in step) {
    register.advance(step.at);
    return "check" in step ? { denials: register.check(step.check, step.at) } : register.ask(step.ask, step.at);
  }
  const outcome = "do" in step ? register.apply(step.do, step.at) : register.advance(step.at);
  return { ...outcome, events: [...walked, ...outcome.events] };
}

function compare(kezek, step, expect, found) {
  const wanted = isObject(expect) ? expect.error : undefined;
  if (found instanceof kezek.KezekError) {
    if (wanted === undefined) throw new Differs(`expected no error, found ${found}`);
    equal("the error", wanted, found.code);
    return;
  }
  if (wanted !== undefined) throw new Differs(`expected the error ${wanted}, found ${show(found)}`);
  if ("ask" in step) return matches(expect, found);
  known(expect, "expect", ["events", "denials", "error"]);
  equal("denials", expect.denials ?? [], (found.denials ?? []).map((denial) => denial.code));
  if (!("events" in expect)) return;
  equal("the types of the events", expect.events.map(({ type }) => type), found.events.map(({ type }) => type));
  for (const [index, event] of expect.events.entries()) matches(event, found.events[index]);
}

/**
 * An object matches when it contains the given fields, a list when the given items occur in it in this order, instants
 * when they are the same instant. A denial may be given by its code alone.
 */
function matches(wanted, found, where = "") {
  if (isObject(wanted) && isObject(found)) {
    for (const [key, value] of Object.entries(wanted)) {
      if (!(key in found)) throw new Differs(`${where}${key}: expected ${show(value)}, found nothing`);
      matches(value, found[key], `${where}${key}: `);
    }
  } else if (Array.isArray(wanted) && Array.isArray(found)) {
    if (wanted.length === 0 && found.length > 0) throw new Differs(`${where}expected an empty list, found ${found.length}`);
    const rest = found.values();
    for (const item of wanted) {
      if (!anyOf(rest, item)) throw new Differs(`${where}expected ${show(item)} here or later in ${show(found)}`);
    }
  } else if (typeof wanted === "string" && isObject(found) && "code" in found) {
    equal(`${where}the code`, wanted, found.code);
  } else if (typeof wanted === "string" && typeof found === "string" && INSTANT.test(wanted) && INSTANT.test(found)) {
    // A fraction of a second is cut off.
    const second = (text) => Math.floor(Date.parse(text) / 1000);
    if (second(wanted) !== second(found)) equal(`${where}the instant`, wanted, found);
  } else {
    equal(`${where}the value`, wanted, found);
  }
}

/** Whether an item occurs in the rest of a list; the rest goes on after it. */
function anyOf(rest, wanted) {
  for (let next = rest.next(); !next.done; next = rest.next()) {
    try {
      matches(wanted, next.value);
      return true;
    } catch (differs) {
      if (!(differs instanceof Differs)) throw differs;
    }
  }
  return false;
}

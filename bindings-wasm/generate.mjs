// Makes the TypeScript types of the wire, js/types.ts, from the JSON Schema.
//
//     node bindings-wasm/generate.mjs           writes them
//     node bindings-wasm/generate.mjs --check   fails when they are stale

import { readFileSync, writeFileSync } from "node:fs";
import { compile } from "json-schema-to-typescript";

const schema = JSON.parse(readFileSync(new URL("../schema/kezek.json", import.meta.url), "utf8"));
const made = new URL("js/types.ts", import.meta.url);

/** Names that are a class of the package, or one of JavaScript's own. */
const RENAMED = new Map([
  ["Calendar", "CalendarValues"],
  ["Error", "WireError"],
  ["Event", "KezekEvent"],
  ["Form", "FormValues"],
  ["Policy", "PolicyValues"],
]);
const HEAD = `// Made by bindings-wasm/generate.mjs from the JSON Schema; not edited by hand.

`;

/** What the package reads and writes; the rest is what these are made of. */
const ROOTS = [
  "Answers", "Calendar", "CardRow", "CheckedForm", "Command", "Denial", "Effect", "Error", "ErrorCode", "Event", "Form",
  "GivenPolicy", "Label", "LinePlaces", "Offer", "Outcome", "Policy", "PolicyDifference", "Question", "Role", "Snapshot",
].filter((name) => name in schema.$defs);

/** What a program gives: lists in it may be `readonly`, and so they are in what it shares with answers. */
const GIVEN = ["Calendar", "Command", "Form", "GivenPolicy", "Question"].filter((name) => name in schema.$defs);

/** What the schema says too widely: an action that a form makes is always the `submit`. */
function narrow() {
  const { command } = schema.$defs.CheckedForm.properties;
  command.anyOf = command.anyOf.map((one) => (one.$ref === "#/$defs/Action" ? { $ref: "#/$defs/SubmitCommand" } : one));
}

const named = (name) => RENAMED.get(name) ?? name;
const target = ($ref) => $ref.slice($ref.lastIndexOf("/") + 1);

/** Adds every definition below one to `seen`. */
function reach(value, seen) {
  if (value === null || typeof value !== "object") return;
  const name = typeof value.$ref === "string" ? target(value.$ref) : undefined;
  if (name !== undefined && !seen.has(name)) {
    seen.add(name);
    reach(schema.$defs[name], seen);
  }
  for (const inside of Object.values(value)) reach(inside, seen);
}

/**
 * A schema as the generator should see it. Each link is the name of a type: the generator would copy what a link with a
 * description names. One of several fields, each needed in its turn, is a union of closed objects. What depends on the
 * value of another field is beyond TypeScript.
 */
function shaped(value, given) {
  if (Array.isArray(value)) return value.map((inside) => shaped(inside, given));
  if (value === null || typeof value !== "object") return value;
  const item = given && value.type === "array" ? itemOf(value) : undefined;
  if (item !== undefined) return { description: value.description, tsType: `readonly ${item}[]` };
  const { $ref, allOf, ...rest } = value;
  if (typeof $ref === "string") return { ...rest, tsType: named(target($ref)) };
  const { oneOf, properties, ...frame } = rest;
  if (oneOf === undefined || properties === undefined) {
    return Object.fromEntries(Object.entries(rest).map(([key, inside]) => [key, shaped(inside, given)]));
  }
  const keys = oneOf.flatMap((one) => one.required);
  const { description, ...plain } = frame;
  const closed = oneOf.map((one) => {
    const shared = Object.entries(properties).filter(([name]) => !keys.includes(name));
    const own = one.required.map((name) => [name, properties[name]?.anyOf?.[0] ?? properties[name] ?? one.properties[name]]);
    const needed = [...(frame.required ?? []), ...one.required, ...(one.properties?.type ? ["type"] : [])];
    const inside = { ...one.properties, ...Object.fromEntries([...shared, ...own]) };
    return { ...plain, properties: inside, required: [...new Set(needed)] };
  });
  return { description, oneOf: shaped(closed, given) };
}

/** The type of a list's items, where it is one name. */
function itemOf({ items, prefixItems }) {
  if (prefixItems !== undefined || items === undefined) return undefined;
  return typeof items.$ref === "string" ? named(target(items.$ref)) : { string: "string", integer: "number" }[items.type];
}

async function types() {
  narrow();
  const [names, given] = [new Set(ROOTS), new Set(GIVEN)];
  for (const root of ROOTS) reach(schema.$defs[root], names);
  for (const root of GIVEN) reach(schema.$defs[root], given);
  const shape = (name) => ({ title: named(name), ...shaped(schema.$defs[name], given.has(name)) });
  const defs = [...names].sort().map((name) => [named(name), shape(name)]);
  const text = await compile({ title: "Wire", type: "object", $defs: Object.fromEntries(defs) }, "Wire", {
    additionalProperties: false,
    bannerComment: HEAD.trimEnd(),
    unreachableDefinitions: true,
    style: { printWidth: 110 },
  });
  const note = "This interface was referenced by `Wire`'s JSON-Schema\n \\* via the `definition` \"\\w+\"\\.";
  return text
    // What the generator says of itself, and its frame.
    .replace(new RegExp(`\n \\*\n \\* ${note}`, "g"), "")
    .replace(new RegExp(`/\\*\\*\n \\* ${note}\n \\*/\n`, "g"), "")
    .replace(/ *\/\*\*\n *\* This interface was referenced by `undefined`.s JSON-Schema definition\n.*\n *\*\/\n/g, "")
    .replace(/export interface Wire \{\}\n/, "");
}

const text = await types();
if (process.argv.includes("--check")) {
  if (readFileSync(made, "utf8") !== text) {
    console.error("js/types.ts is stale: node bindings-wasm/generate.mjs");
    process.exit(1);
  }
} else {
  writeFileSync(made, text);
}

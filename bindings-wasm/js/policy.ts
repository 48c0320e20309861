import type { Policy as RawPolicy } from "./glue/kezek.js";
import { Handle } from "./handle.js";
import { json, text } from "./given.js";
import { instance } from "./instance.js";
import type { Instance } from "./instance.js";
import type { GivenPolicy, PolicyDifference, PolicyValues } from "./types.js";

/** A policy in each form that is taken: made before, the name of a shipped one, or values. */
export type PolicyLike = Policy | GivenPolicy;

/** A policy that the module has made. */
export let policyOf: (raw: RawPolicy, home: Instance) => Policy;

/** What `work` does with a policy in a module; one that was made for it is freed after. */
export let lendPolicy: <T>(given: PolicyLike, home: Instance, work: (policy: RawPolicy) => T) => T;

/**
 * The rules of one portal (правила портала / портал ережелері) as data, checked when it is made. Immutable.
 *
 * `Policy.named("akmola-2018")` is a shipped one; `Policy.of({ base: "akmola-2018", choice_window: { working_days: 2 } })`
 * says what differs from one.
 */
export class Policy extends Handle<RawPolicy> {
  #values: string | undefined;

  private constructor(raw: RawPolicy, home?: Instance) {
    super(raw, home);
  }

  static {
    policyOf = (raw, home) => new Policy(raw, home);
    lendPolicy = (given, home, work) => {
      if (given instanceof Policy && given.instance === home) return work(given.raw);
      const values = given instanceof Policy ? given.text() : json(given, "policy");
      const policy = home.run((glue) => glue.Policy.read(values));
      try {
        return work(policy);
      } finally {
        if (home.alive) policy.free();
      }
    };
  }

  /**
   * A shipped policy by its name.
   *
   * @throws {@link KezekError} `unknown_policy`.
   */
  static named(name: string): Policy {
    const given = text(name, "name");
    return new Policy(instance().run((glue) => glue.Policy.named(given)));
  }

  /**
   * A policy of its values: a name, what differs from a shipped one, or every value.
   *
   * @throws {@link KezekError} `unknown_policy`, or `invalid_policy` whose `fields` list the path of every fault.
   */
  static of(values: PolicyLike): Policy {
    const given = values instanceof Policy ? values.text() : json(values, "policy");
    return new Policy(instance().run((glue) => glue.Policy.read(given)));
  }

  /** The names of the shipped policies. */
  static names(): string[] {
    return instance().run((glue) => glue.Policy.names());
  }

  /**
   * Of a shipped policy: the rule or fact that each value comes from.
   *
   * @throws {@link KezekError} `unknown_policy`.
   */
  static sources(name: string): Record<string, unknown> {
    const given = text(name, "name");
    return JSON.parse(instance().run((glue) => glue.Policy.sources(given))) as Record<string, unknown>;
  }

  /** Its name; every denial carries it. */
  get name(): string {
    return this.run((raw) => raw.name());
  }

  /** The zone in which days begin and end, such as `"Asia/Almaty"`. */
  get zone(): string {
    return this.run((raw) => raw.zone());
  }

  /** The id of the calendar that counts its working days. */
  get calendar(): string {
    return this.run((raw) => raw.calendar());
  }

  /** What is different in another policy: the field's path, and both values. */
  compare(other: PolicyLike): PolicyDifference[] {
    const differences = lendPolicy(other, this.instance, (policy) => this.run((raw) => raw.compare(policy)));
    return JSON.parse(differences) as PolicyDifference[];
  }

  private text(): string {
    return (this.#values ??= this.run((raw) => raw.json()));
  }

  /** Every value, as on the wire. */
  toJSON(): PolicyValues {
    return JSON.parse(this.text()) as PolicyValues;
  }
}

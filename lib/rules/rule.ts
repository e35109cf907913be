import type { Path } from '../json/json';
import type { Cluster, KubernetesObject } from './cluster';
import type { Severity } from './severity';

/** Something that a rule has found. */
export interface RuleProblem {
  /** The object at fault. */
  readonly object: KubernetesObject;
  /** The field at fault: `['spec', 'replicas']`. Of one that is missing, what would hold it is shown. @default - the object's name */
  readonly path?: Path;
  /** What is wrong, with the names and values of this case: a clause without a full stop. What is secret in the tree is masked. */
  readonly message: string;
  /** @default - the rule's */
  readonly remedy?: string;
  /** @default - the rule's */
  readonly severity?: Severity;
  /** The steps that lead to it: `Deployment/shop`, "Secret/db key `host`". */
  readonly chain?: readonly string[];
  /** Why nobody can tell for sure: a clause. Then it is no finding, but counted as not judged. */
  readonly unless?: string;
}

/** What a rule may be told in the configuration, with the values that count where it says nothing. */
export type RuleOptions = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** A rule of one's own. It is told, suppressed and explained as those of Espalier are. */
export interface Rule<Options extends RuleOptions = RuleOptions> {
  /** As in `acme/owner-label`: whose rule it is and, in few words, the fault. */
  readonly id: string;
  /** @default error */
  readonly severity?: Severity;
  /** The fault in a few words: "Workload without an owner". */
  readonly title: string;
  /** What goes wrong at run time, in whole sentences or a clause. */
  readonly atRunTime: string;
  /** How to fix it. */
  readonly remedy: string;
  /** Where it is from: an address, or a page of one's own. @default - the configuration */
  readonly source?: string;
  /** Its options with their defaults. What the configuration gives must be of the same types. @default none */
  readonly options?: Options;
  /** Yields, or returns, what is wrong in a cluster. */
  check(cluster: Cluster, options: Options): Iterable<RuleProblem>;
}

/**
 * Makes a rule of one's own, for `ownRules` of the configuration.
 *
 * @example
 * export const ownerLabel = defineRule({
 *   id: 'acme/owner-label',
 *   title: 'Workload without an owner',
 *   atRunTime: 'whoever is on call does not know whom to ask',
 *   remedy: 'set the label acme.com/owner to a team',
 *   *check(cluster) {
 *     for (const { object } of cluster.pods) {
 *       if (object.labels['acme.com/owner']) continue;
 *       yield { object, path: ['metadata', 'labels'], message: `${object.kind} ${object.name} has no label acme.com/owner` };
 *     }
 *   },
 * });
 *
 * @throws TypeError for an id of another form, or a text that is missing
 */
export function defineRule<const Options extends RuleOptions = Record<never, never>>(
  rule: Rule<Widened<Options>> & { readonly options?: Options },
): Rule<Widened<Options>> {
  const fault = ruleFault(rule);
  if (fault !== undefined) throw new TypeError(`defineRule: ${fault}`);
  const made = { ...rule, check: rule.check };
  // Whoever runs the rule may have loaded this module another time, as tsx does: what is kept here, it would not see.
  return Object.freeze(Object.defineProperty(made, definition, { value: new Error('defined here') }));
}

/** Where a rule is defined: what is wrong with one that its own code does not show is told there. */
const definition = Symbol.for('cdk8s-espalier/definition');

/** The stack of the call that defined a rule; undefined for a copy of one, or what is no rule of defineRule. */
export function definitionOf(rule: Rule): string | undefined {
  const made = (rule as { readonly [definition]?: unknown })[definition];
  return made instanceof Error ? made.stack : undefined;
}

/** A default `5` stands for any number. */
export type Widened<Options> = {
  readonly [name in keyof Options]: Options[name] extends string
    ? string
    : Options[name] extends number
      ? number
      : Options[name] extends boolean
        ? boolean
        : readonly string[];
};

/** What is wrong with a rule; undefined for one that is right. */
export function ruleFault(rule: unknown): string | undefined {
  if (typeof rule !== 'object' || rule === null) return 'a rule is an object that defineRule makes';
  const given = rule as Record<string, unknown>;
  const { id, severity, check, options = {} } = given;
  if (typeof id !== 'string' || !/^[a-z][a-z\d]*(?:-[a-z\d]+)*\/[a-z][a-z\d]*(?:-[a-z\d]+)*$/.test(id)) {
    return `id is ${JSON.stringify(id)}, and must be of the form team/fault, in lower case, such as "acme/owner-label"`;
  }
  for (const field of ['title', 'atRunTime', 'remedy']) {
    if (typeof given[field] !== 'string' || given[field] === '') return `${id}: ${field} must be a text`;
  }
  if (given.source !== undefined && typeof given.source !== 'string') return `${id}: source must be a text`;
  if (severity !== undefined && severity !== 'error' && severity !== 'warning' && severity !== 'info') {
    return `${id}: severity is ${JSON.stringify(severity)}, and must be "error", "warning" or "info"`;
  }
  if (typeof check !== 'function') return `${id}: check must be a function`;
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    return `${id}: options must be an object of defaults, such as { longest: 10 }`;
  }
  return undefined;
}

import { dirname, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Cluster } from '../graph/cluster';
import type { Graph } from '../graph/graph';
import { definitionOf, type Rule, type RuleProblem } from '../rules/rule';
import { resourceOf } from '../rules/view/objects';
import { viewOf } from '../rules/view/view';
import { memoize } from '../text/memoize';
import type { Check, ClusterCheck, Problem, TreeCheck } from './check';
import { Endless, endsWithin } from './ends-within';
import type { RuleDescription } from './finding';

/** A rule that has thrown, yields what is no problem, or does not come to an end. */
interface Failure {
  readonly rule: Rule;
  readonly error: unknown;
}

export const ruleFails: RuleDescription = {
  id: 'espalier/rule-fails',
  severity: 'error',
  title: "Rule of one's own that fails",
  atRunTime: 'what the rule looks for is not found from there on',
  remedy: 'mend the rule: it has to cope with any object, be it incomplete; `--trace` is for faults of Espalier',
  source: 'docs/own-rules.md',
};

/**
 * Rules of one's own as checks, and the one that tells of those that fail, after all of them.
 *
 * @param limit how many milliseconds a rule may take for a cluster
 */
export function ownChecks(rules: readonly Rule[], limit = longest): readonly Check[] {
  if (rules.length === 0) return [];
  const failures = memoize((_: Graph): Failure[] => []);
  const telling: TreeCheck = {
    ...ruleFails,
    *checkTree(graph) {
      for (const failure of failures(graph)) yield failed(failure);
    },
  };
  return [
    ...rules.map((rule) => ownCheck(rule, limit, (graph, error) => failures(graph).push({ rule, error }))),
    telling,
  ];
}

/** What a rule of one's own says of itself. */
export function describeOwn(rule: Rule): RuleDescription {
  const { id, severity = 'error', title, atRunTime, remedy, source = 'the configuration', options } = rule;
  return { id, severity, title, atRunTime, remedy, source, ...(options !== undefined && { options }) };
}

function ownCheck(rule: Rule, limit: number, fail: (graph: Graph, error: unknown) => void): ClusterCheck {
  return {
    ...describeOwn(rule),
    check(cluster, graph, given) {
      const problems: Problem[] = [];
      if (endless.has(rule)) return problems;
      try {
        endsWithin(limit, () => {
          for (const problem of iterable(rule.check(viewOf(cluster, graph), given))) {
            if (problems.length >= mostProblems) throw new TypeError(`it yields more than ${mostProblems} problems`);
            problems.push(problemOf(problem, cluster));
          }
        });
      } catch (error) {
        if (error instanceof Endless) endless.add(rule);
        fail(graph, error);
      }
      return problems;
    },
  };
}

/** Rules that did not come to an end: in another cluster, or another tree, they would not either. */
const endless = new WeakSet<Rule>();

/** @throws TypeError for what nobody can go through: rules in JavaScript have no types */
function iterable(found: Iterable<RuleProblem> | undefined | null): Iterable<RuleProblem> {
  if (typeof found?.[Symbol.iterator] === 'function') return found;
  if (found instanceof Promise) found.catch(() => {});
  const isAsync =
    found instanceof Promise || (typeof found === 'object' && found !== null && Symbol.asyncIterator in found);
  throw new TypeError(
    isAsync
      ? 'its check is asynchronous; leave async out: all that it may ask is there at once'
      : `its check returns ${found === undefined ? 'nothing' : JSON.stringify(found)}; write *check and yield problems, or return a list of them`,
  );
}

/** In one cluster: who takes longer, or yields more, does not come to an end. Rules take milliseconds. */
const longest = 30_000;
const mostProblems = 100_000;

/** @throws TypeError for what is no problem of the cluster: rules in JavaScript have no types */
function problemOf(problem: RuleProblem, { resources }: Cluster): Problem {
  if (typeof problem !== 'object' || problem === null) throw new TypeError('it yields what is no problem');
  const { object, path = ['metadata', 'name'], message, remedy, severity, chain, unless } = problem;
  const resource = object && resourceOf(object);
  if (resource === undefined || !resourceSet(resources).has(resource)) {
    throw new TypeError('it yields a problem whose object is none of the cluster');
  }
  if (typeof message !== 'string' || message === '') throw new TypeError('it yields a problem without a message');
  for (const [field, isRight, form] of [
    ['path', isListOf(path, 'string', 'number'), 'a list of names and indices'],
    ['remedy', remedy === undefined || typeof remedy === 'string', 'a text'],
    ['severity', severity === undefined || severities.includes(severity), severities.join(', ')],
    ['chain', chain === undefined || isListOf(chain, 'string'), 'a list of texts'],
    ['unless', unless === undefined || typeof unless === 'string', 'a text'],
  ] as const) {
    if (!isRight) throw new TypeError(`it yields a problem whose ${field} is not ${form}`);
  }
  const { kind, namespace, name, document } = resource;
  const by = { why: unless ?? '', document, path: resource.path };
  return {
    ...{ at: { resource, path }, message, remedy, severity, chain },
    ...(unless !== undefined && { unless: { kind, namespace, name, by } }),
  };
}

const severities: readonly unknown[] = ['error', 'warning', 'info'];

function isListOf(value: unknown, ...types: readonly string[]): boolean {
  return Array.isArray(value) && value.every((item) => types.includes(typeof item));
}

const resourceSet = memoize((resources: Cluster['resources']) => new Set(resources));

function failed({ rule, error }: Failure): Problem {
  const { file, line, column } = placeIn(textOf(error, 'stack')) ??
    placeIn(definitionOf(rule) ?? '') ?? { file: 'espalier.config.ts', line: 1, column: 1 };
  const name = error instanceof Endless ? '' : textOf(error, 'name');
  const said =
    textOf(error, 'message') || `it throws ${error === null ? 'null' : `what is no error (${typeof error})`}`;
  return {
    at: { file, line, column, isShown: true },
    message: `rule ${rule.id} fails: ${name === '' || name === 'Error' ? '' : `${name}: `}${said.split('\n', 1)[0]}`,
  };
}

/** A text of an error: anything may be thrown, also what throws when it is read. */
function textOf(error: unknown, field: 'name' | 'message' | 'stack'): string {
  try {
    const text = error instanceof Error ? error[field] : field === 'message' ? error : '';
    return typeof text === 'string' ? text : '';
  } catch {
    return '';
  }
}

const library = dirname(__dirname) + sep;

/** Where a stack leaves the user's own code. */
function placeIn(stack: string): { file: string; line: number; column: number } | undefined {
  for (const [, at = '', line, column] of stack.matchAll(
    /^ +at (?:.*\()?((?:file:\/\/|\/|[A-Za-z]:\\).*?):(\d+):(\d+)\)?$/gm,
  )) {
    const path = at.startsWith('file:') ? fileURLToPath(at.replace(/\?.*$/, '')) : at;
    if (path.startsWith(library) || path.includes(`${sep}node_modules${sep}`)) continue;
    return { file: relative(process.cwd(), path).replaceAll(sep, '/'), line: Number(line), column: Number(column) };
  }
  return undefined;
}

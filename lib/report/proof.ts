import { createHash } from 'node:crypto';
import type { CheckSettings } from '../checks/check-synthesized';
import { pathFault } from '../tree/paths';
import type { Tree } from '../tree/tree';
import type { Consequences } from './output';

/** All that the consequences of a tree depend on. */
export interface Premises {
  readonly tree: Tree;
  /** The tree's files as they would be written. Of a document nothing else counts: it is what Flux would read. */
  readonly own: ReadonlyMap<string, string>;
  /** Where it is to be written, as findings name it. */
  readonly seen: { readonly prefix: string; readonly inside: string };
  readonly check: CheckSettings | false;
  /** The rules that the configuration names, which are refused where there are none such. */
  readonly rules: CheckSettings['rules'];
  /** Espalier's code, its schemas, the packages that it reads with, and Node: anything that differs when one of them does. */
  readonly program: string;
}

/** The same for two runs of which one has nothing to find out that the other has not: a SHA-256 in hexadecimal. */
export function keyOf({ tree, own, seen, check, rules, program }: Premises): string {
  const { external = [], policies = [], files } = tree;
  const hash = createHash('sha256');
  const settings = [check, rules, external, policies];
  hash.update(JSON.stringify([form, program, seen.prefix, seen.inside, settings, files.length]));
  for (const { path, madeBy, cluster } of files) {
    const text = own.get(path) ?? '';
    // With its length, so that no text can be taken for the beginning of the next file.
    hash.update(JSON.stringify([path, madeBy, cluster, text.length]));
    hash.update(text);
  }
  return hash.digest('hex');
}

/** Counts up when what is kept, or what its key is made of, takes another form. */
const form = 1;

/** The consequences of a tree, to be kept under its key. Nothing in them is secret: they are what a run prints and writes. */
export function printProof(key: string, { result, policies }: Consequences): string {
  // Nothing more than that: a result may know its rules, too.
  const found = result && { findings: result.findings, unknowns: result.unknowns, counts: result.counts };
  const body = JSON.stringify({ result: found, policies });
  return `${digest(key, body)}\n${body}`;
}

/** What is kept under a key; undefined for what is no longer as it was printed, or was never printed by this. */
export function parseProof(key: string, text: string): Consequences | undefined {
  const end = text.indexOf('\n');
  const body = text.slice(end + 1);
  if (end < 0 || text.slice(0, end) !== digest(key, body)) return undefined;
  try {
    const value: unknown = JSON.parse(body);
    return isConsequences(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function digest(key: string, body: string): string {
  return createHash('sha256').update(`${key}\n${body}`).digest('hex');
}

type Test = (value: unknown) => boolean;

const isText: Test = (value) => typeof value === 'string';
const isNumber: Test = (value) => typeof value === 'number';
const isOneOf =
  (...texts: readonly string[]): Test =>
  (value) =>
    texts.includes(value as string);
const isOptional =
  (test: Test): Test =>
  (value) =>
    value === undefined || test(value);
const isListOf =
  (test: Test): Test =>
  (value) =>
    Array.isArray(value) && value.every(test);
const isRecordOf =
  (fields: Readonly<Record<string, Test>>): Test =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(fields).every(([name, test]) => test((value as Record<string, unknown>)[name]));

const isFinding = isRecordOf({
  rule: isText,
  severity: isOneOf('error', 'warning'),
  message: isText,
  remedy: isText,
  file: isText,
  line: isNumber,
  column: isNumber,
  object: isOptional(isText),
  chain: isListOf(isText),
  frame: isListOf(isRecordOf({ number: isNumber, text: isText })),
  clusters: isListOf(isText),
});

const isFound = isRecordOf({
  findings: isListOf(isFinding),
  unknowns: isListOf(isRecordOf({ message: isText, file: isOptional(isText), line: isOptional(isNumber) })),
  counts: isRecordOf({
    files: isNumber,
    documents: isNumber,
    resources: isNumber,
    kustomizations: isNumber,
    clusters: isNumber,
    suppressed: isNumber,
  }),
});

// It is written where it says.
const isPath: Test = (value) => typeof value === 'string' && pathFault(value) === undefined;
const isPolicy = isRecordOf({ path: isPath, madeBy: isText, cluster: isOptional(isText), text: isText });

const hasShape = isRecordOf({ result: isOptional(isFound), policies: isListOf(isPolicy) });

function isConsequences(value: unknown): value is Consequences {
  return hasShape(value);
}

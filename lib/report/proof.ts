import { createHash } from 'node:crypto';
import type { CheckSettings } from '../checks/check-synthesized';
import { mindsTags, withoutTags } from '../tree/image-tags';
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

/** Under what a proof is kept: SHA-256, in hexadecimal. */
export interface ProofKey {
  /** The same for two runs of which one has nothing to find out that the other has not, but for the tags of images. */
  readonly premises: string;
  /** Of these tags. Another image alone, the change that trees see most, leaves what was proven as it is. */
  readonly tags: string;
}

export function keyOf({ tree, own, seen, check, rules, program }: Premises): ProofKey {
  const { external = [], policies = [], files } = tree;
  const hash = createHash('sha256');
  const tags = createHash('sha256');
  // Many small texts at once: each call takes longer than what it hashes.
  let pending = '';
  const add = (text: string): void => {
    pending += text;
    if (pending.length < 100_000) return;
    hash.update(pending);
    pending = '';
  };
  const settings = [check, rules, external, policies];
  add(JSON.stringify([form, program, seen.prefix, seen.inside, settings, files.length]));
  const minds = mindsTags(tree);
  for (const file of files) {
    const { path, madeBy, cluster } = file;
    const text = own.get(path) ?? '';
    const untagged = minds ? undefined : withoutTags(file);
    if (untagged !== undefined) tags.update(JSON.stringify([path, untagged.tags]));
    // With its comments, which depend on settings of their own.
    const said = untagged && commentsOf(text) + JSON.stringify(untagged.documents);
    const body = said ?? text;
    // With its length, so that no text can be taken for the beginning of the next file.
    add(JSON.stringify([path, madeBy, cluster, said !== undefined, body.length]));
    add(body);
  }
  hash.update(pending);
  return { premises: hash.digest('hex'), tags: tags.digest('hex') };
}

/** What stands above the first document of a file. */
function commentsOf(text: string): string {
  return /^(?:---\n|#.*\n)*/.exec(text)?.[0] ?? '';
}

/** Counts up when what is kept, or what its key is made of, takes another form. */
const form = 2;

/** The consequences of a tree, to be kept under its key. Nothing in them is secret: they are what a run prints and writes. */
export function printProof({ premises, tags }: ProofKey, { result, policies }: Consequences): string {
  // Nothing more than that: a result may know its rules, too.
  const found = result && { findings: result.findings, unknowns: result.unknowns, counts: result.counts };
  // A finding shows the lines around it, which may be those of an image.
  const showsTags = result !== undefined && result.findings.length > 0;
  const body = JSON.stringify({ tags: showsTags ? tags : undefined, result: found, policies });
  return `${digest(premises, body)}\n${body}`;
}

/** What is kept under a key; undefined for what is no longer as it was printed, or was never printed by this. */
export function parseProof({ premises, tags }: ProofKey, text: string): Consequences | undefined {
  const end = text.indexOf('\n');
  const body = text.slice(end + 1);
  if (end < 0 || text.slice(0, end) !== digest(premises, body)) return undefined;
  try {
    const value: unknown = JSON.parse(body);
    if (!isProof(value) || (value.tags !== undefined && value.tags !== tags)) return undefined;
    return { result: value.result, policies: value.policies };
  } catch {
    return undefined;
  }
}

function digest(premises: string, body: string): string {
  return createHash('sha256').update(`${premises}\n${body}`).digest('hex');
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
  places: isOptional(isListOf(isText)),
  frame: isListOf(isRecordOf({ number: isNumber, text: isText })),
  clusters: isListOf(isText),
  kustomizations: isOptional(isListOf(isText)),
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

const hasShape = isRecordOf({ tags: isOptional(isText), result: isOptional(isFound), policies: isListOf(isPolicy) });

function isProof(value: unknown): value is Consequences & { readonly tags?: string } {
  return hasShape(value);
}

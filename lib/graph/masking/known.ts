import { isJsonObject, type Json } from '../../json/json';
import { push } from '../../text/group-by';
import { memoize } from '../../text/memoize';
import type { SourceDocument, SourceFile } from '../../tree/source/source';
import type { Graph } from '../graph';
import { display, evaluate, isKnown } from '../substitution';
import { isSecretValue } from './credentials';
import { isNameLike, saysName } from './names';
import { forEachHidden } from './object';
import { below, isSecretObject, type MaskContext, topOf, within } from './place';
import { hidden, isReference } from './reference';

/** Hides what is secret in a text that is to be shown. */
export type Hide = (text: string) => string;

/** Texts so short that many a word has them in it are not looked for. */
const shortest = 4;
/** Shorter ones must stand alone, and be no word. */
const long = 10;

/**
 * Hides the credentials that lie in trees in plain text, wherever they are: variables, or whoever wrote it, may have brought them into
 * any other object, and messages quote values. Values that are names of objects, too, are no secrets: they are shown.
 */
export function hider(graphs: readonly Graph[]): Hide {
  const secrets = new Set<string>();
  const names = new Set<string>();
  const documents = new Set<SourceDocument>();
  for (const { tree, clusters } of graphs) {
    for (const file of tree.files.values()) for (const document of file.documents) documents.add(document);
    for (const resource of clusters.flatMap(({ resources }) => resources)) {
      names.add(resource.name).add(resource.namespace).add(resource.kind);
      documents.add(resource.document);
      // What a generator reads of files is in no document, nor the Secrets that charts put together.
      const isMade = resource.generated || (resource.chart !== undefined && resource.kind === 'Secret');
      if (isMade) for (const text of secretsOf(resource)) secrets.add(text);
    }
  }
  for (const document of documents) for (const text of inDocument(document)) secrets.add(text);
  for (const text of [...changedBy(graphs, secrets)]) secrets.add(text);
  const known = [...secrets].filter((text) => !names.has(text) && isDistinct(text));
  if (known.length === 0) return (text) => text;
  const byStart = new Map<string, string[]>();
  // The longest first: one may be the beginning of another.
  for (const text of known.sort((a, b) => b.length - a.length)) push(byStart, text.slice(0, shortest), text);
  return (text) => replaced(text, byStart);
}

/** Whether a text is not by chance part of another. */
function isDistinct(text: string): boolean {
  return (
    text.length >= shortest && !/^(?:true|false|null|\d{1,5})$/.test(text) && (text.length >= long || !isNameLike(text))
  );
}

/** What operators make of variables that are credentials: `${PASSWORD^^}`, `${TOKEN:0:8}`. */
function* changedBy(graphs: readonly Graph[], secrets: ReadonlySet<string>): Generator<string> {
  const all = graphs.flatMap(({ clusters }) => clusters.flatMap(({ kustomizations }) => kustomizations));
  for (const { contents, variables } of all) {
    if (contents.type !== 'built' || variables === undefined || variables.substitutes === 'never') continue;
    for (const file of new Set(contents.built.objects.map(({ document }) => document.file))) {
      for (const [expression, name] of expressionsIn(file)) {
        const variable = variables.of(name);
        if (variable.state !== 'known' || !(saysName(name) === 'credential' || secrets.has(variable.value))) continue;
        const { text } = evaluate(expression, variables);
        if (isKnown(text)) yield text;
      }
    }
  }
}

const expressionsIn = memoize(({ text }: SourceFile): readonly (readonly [expression: string, name: string])[] =>
  Array.from(text.matchAll(/\$\{#?(\w+)[^\w{}][^{}\n]*\}/g), ([all, name = '']) => [all, name]),
);

const inDocument = memoize((document: SourceDocument): readonly string[] => [
  ...secretsOf({ value: document.value, document }),
]);

/** The credentials in an object, as they are written and as they are; many are shown line by line. */
function* secretsOf({ value, document }: { value: Json; document: SourceDocument }): Generator<string> {
  // Ciphertext is nobody's secret.
  if (document.encrypted) return;
  const found: (readonly [path: readonly (string | number)[], text: string])[] = [];
  forEachHidden(value, topOf({ document }), (path, text, shown) => {
    for (const piece of hiddenIn(text, shown)) if (!isReference(piece)) found.push([path, piece]);
  });
  const isSecret = isSecretObject(value);
  for (const [path, text] of found) yield* formsOf(text, isSecret ? path : []);
}

/** The parts of a text of which `(hidden)` stands in what is shown of it. */
export function* hiddenIn(text: string, shown: string): Generator<string> {
  if (shown === hidden) {
    yield text;
    return;
  }
  const [old, now] = [text.split('\n'), shown.split('\n')];
  if (old.length !== now.length) return;
  for (const [i, line] of old.entries()) {
    const open = now[i] ?? '';
    if (open === line) continue;
    const pattern = open
      .split(hidden)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('(.*?)');
    for (const piece of new RegExp(`^${pattern}$`, 's').exec(line)?.slice(1) ?? []) yield piece;
  }
}

/** What is hidden of a value in an object, and of those in it: texts that a message about it may quote. */
export function hiddenAt(object: Json, root: MaskContext, path: readonly (string | number)[]): readonly string[] {
  let value: Json | undefined = object;
  let place = root;
  for (const key of path) {
    if (Array.isArray(value)) {
      place = within(place, value, Number(key));
      value = value[Number(key)];
    } else if (isJsonObject(value)) {
      place = below(place, value)(String(key));
      value = Object.hasOwn(value, key) ? value[key] : undefined;
    } else return [];
  }
  if (value === undefined) return [];
  const found: string[] = [];
  forEachHidden(value, place, (_, text, shown) => found.push(...hiddenIn(text, shown)));
  return found.filter((text) => text.length > 1 && !isReference(text)).sort((a, b) => b.length - a.length);
}

/** A text without these, where they are no parts of words; also as JSON and YAML write them. */
export function replaceAll(text: string, secrets: readonly string[]): string {
  let shown = text;
  for (const secret of secrets) {
    for (const written of new Set([secret, JSON.stringify(secret).slice(1, -1), secret.trim()])) {
      for (let at = shown.indexOf(written); at >= 0; at = shown.indexOf(written, at + 1)) {
        if (/\w/.test(shown[at - 1] ?? '') || /\w/.test(shown[at + written.length] ?? '')) continue;
        shown = shown.slice(0, at) + hidden + shown.slice(at + written.length);
        at += hidden.length - 1;
      }
    }
  }
  return shown;
}

/** @param path of a value of a Secret, else empty */
function* formsOf(given: string, [field, key]: readonly (string | number)[]): Generator<string> {
  if (!isKnown(given)) {
    yield display(given);
    return;
  }
  const plain = field === 'data' ? Buffer.from(given, 'base64').toString() : given;
  if (typeof key === 'string' && /^(?:data|stringData)$/.test(String(field)) && !isSecretValue(key, plain)) return;
  yield given;
  for (const part of new Set([plain, ...plain.split('\n')])) {
    const text = part.trim();
    yield text;
    // As YAML and JSON write it.
    const quoted = JSON.stringify(text).slice(1, -1);
    if (quoted !== text) yield quoted;
    if (field !== 'data') yield Buffer.from(part).toString('base64');
  }
}

function replaced(text: string, byStart: ReadonlyMap<string, readonly string[]>): string {
  let shown = '';
  let from = 0;
  for (let i = 0; i + shortest <= text.length; ) {
    const found = byStart
      .get(text.slice(i, i + shortest))
      ?.find((secret) => text.startsWith(secret, i) && standsAlone(text, i, secret));
    if (found === undefined) i += 1;
    else {
      shown += text.slice(from, i) + hidden;
      i += found.length;
      from = i;
    }
  }
  return from === 0 ? text : shown + text.slice(from);
}

/** Whether a short text, or a word, is not the part of another word. */
function standsAlone(text: string, at: number, secret: string): boolean {
  if (secret.length >= long && !isNameLike(secret)) return true;
  return !/\w/.test(text[at - 1] ?? '') && !/\w/.test(text[at + secret.length] ?? '');
}

import { isJsonObject, type JsonObject } from '../../json/json';
import { parseFile } from '../../tree/source/parse';

/** A document, or why there is none, in words that show nothing of it. */
export type Read = { readonly value: JsonObject } | { readonly error: string };

/**
 * Reads YAML as Flux does after substitution: the first document, as sigs.k8s.io/yaml 1.6 (YAMLToJSON) makes it JSON, which is how
 * kustomize reads its own file. Of equal keys the last one counts.
 */
export function readDocument(text: string): Read {
  const source = firstDocument(text);
  const read = readLeniently(source);
  return 'error' in read || !isRefused(source) ? read : { error: 'the document is no YAML' };
}

/** The same, but that it takes some of what Go refuses: keys of several lines, and text behind a bracket, as js-yaml does. */
export function readLeniently(text: string): Read {
  const { documents, faults } = parseFile('kustomization.yaml', text);
  const fault = faults.find(({ kind }) => kind !== 'duplicate-key');
  if (fault !== undefined) return { error: fault.message };
  const value = documents[0]?.value;
  return value !== undefined && isJsonObject(value) ? { value } : { error: 'the document is not a mapping' };
}

/** Go reads no further. */
function firstDocument(text: string): string {
  const next = text.search(/\n(?:---|\.\.\.)(?=\s|$)/);
  return next < 0 ? text : text.slice(0, next + 1);
}

/** Whether `yaml` refuses a text, but for a comment right behind a quote, which Go takes. */
function isRefused(text: string): boolean {
  // Loaded when it is needed: that takes as long as most trees to be checked.
  const { parseDocument } = require('yaml') as typeof import('yaml');
  const isFaulty = (source: string): boolean => {
    const { errors } = parseDocument(source, {
      version: '1.1',
      schema: 'failsafe',
      uniqueKeys: false,
      logLevel: 'silent',
    });
    return errors.some(({ message }) => !/^Comments must/.test(message));
  };
  const isEnd = /\r(?!\n)|[\u0085\u2028\u2029]/g;
  if (!isFaulty(text.replace(isEnd, '\n'))) return false;
  // Within quotes Go lets a line begin anywhere.
  return !isEnd.test(text) || isFaulty(text.replace(isEnd, `\n${' '.repeat(100)}`));
}

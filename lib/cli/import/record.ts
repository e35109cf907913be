import { existsSync, readFileSync } from 'node:fs';
import { EspalierError } from '../../errors';
import { listAt } from '../../json/read';
import { messageOf } from '../../tree/read';

/** The file whose `imports` says what imports/ is made from, for cdk8s and here. */
export const recordFile = 'cdk8s.yaml';

export interface ImportRecord {
  readonly text: string;
  /** What this command makes; cdk8s alone makes k8s, helm:… and github:…, and what has a name of its own (name:=…). */
  readonly entries: readonly string[];
  readonly others: readonly string[];
}

/** @throws EspalierError for what is no YAML, or no list */
export function readRecord(): ImportRecord {
  const text = existsSync(recordFile) ? readFileSync(recordFile, 'utf8') : '';
  const imports = listAt(documentOf(text).toJS() ?? {}, 'imports');
  const wrong = imports.find((entry) => typeof entry !== 'string' || entry === '');
  if (wrong !== undefined)
    throw new EspalierError(`${recordFile}: imports has ${JSON.stringify(wrong)}, which is no source.`);
  const isOther = (entry: string) => /^(?:k8s(?:@.*)?$|helm:|github:)|:=/.test(entry);
  const texts = imports as readonly string[];
  return { text, entries: texts.filter((entry) => !isOther(entry)), others: texts.filter(isOther) };
}

function documentOf(text: string) {
  const { parseDocument } = require('yaml') as typeof import('yaml');
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined) throw new EspalierError(`${recordFile} cannot be read: ${messageOf(error)}`);
  return document;
}

/** The record's text with entries added, in the place of those that are removed or at its end; comments stay. */
export function withEntries(text: string, added: readonly string[], removed: readonly string[]): string {
  const { isSeq, isScalar } = require('yaml') as typeof import('yaml');
  const document = documentOf(text === '' ? 'language: typescript\n' : text);
  const list = document.get('imports');
  if (isSeq(list)) {
    const left = [...added];
    for (const item of list.items) {
      if (isScalar(item) && removed.includes(String(item.value))) item.value = left.shift();
    }
    list.items = list.items.filter((item) => !isScalar(item) || item.value !== undefined);
    for (const entry of left) list.add(document.createNode(entry));
  } else document.set('imports', document.createNode(added));
  return document.toString({ lineWidth: 0, indentSeq: !/^imports:[^\n]*\n-/m.test(text) });
}

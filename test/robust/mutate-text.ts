import type { Texts } from '../tree/kustomize/memory';
import { hostileTexts, type Mutation, pick } from './mutation';

export const textChanges = [
  'flip',
  'cut',
  'remove',
  'insert',
  'hostile',
  'repeat',
  'lose file',
  'copy file',
  'swap files',
  'extra file',
] as const;

export type TextMutation = Mutation<(typeof textChanges)[number]>;

/** What YAML takes for its own. */
const pieces = [
  '\t',
  '\n',
  '\r\n',
  ' ',
  '    ',
  '---\n',
  '\n---\n',
  '\n...\n',
  '&a ',
  '*a',
  '&a {b: *a}',
  '\nx: &x {a: 1}\ny:\n  <<: *x\n',
  '<<: *a\n',
  '<<: [*a, *b]\n',
  '!!binary ',
  '!!int ',
  '!!set ',
  '!x ',
  '!!float ',
  '? ',
  ': ',
  '- ',
  '[',
  ']',
  '{',
  '}',
  '"',
  "'",
  '|\n',
  '>-\n',
  '#',
  '%YAML 1.2\n',
  '\0',
  '\ufeff',
  '\ufffe',
  '\u0085',
  '\xa0',
  '\\',
  '[['.repeat(300),
  '{a: '.repeat(300),
  '- '.repeat(600),
];

const names = [
  'kustomization.yaml',
  'kustomization.yml',
  'Kustomization',
  '.sourceignore',
  'x.yaml',
  'a/b/c/d.yaml',
  'Chart.yaml',
  '__proto__/constructor.yaml',
  'toString.yaml',
];

/** Changes the text of a tree's files, and which files there are. */
export function mutateText(texts: Texts, mutations: readonly TextMutation[]): Texts {
  const files = new Map<string, Uint8Array>(Object.entries(texts).map(([path, text]) => [path, Buffer.from(text)]));
  for (const { change, where, what } of mutations) {
    const path = pick([...files.keys()], where);
    const bytes = path === undefined ? undefined : files.get(path);
    if (path === undefined || bytes === undefined) break;
    const at = Math.floor(where / 7) % (bytes.length + 1);
    const put = (text: string, removed = 0) =>
      files.set(path, Buffer.concat([bytes.subarray(0, at), Buffer.from(text), bytes.subarray(at + removed)]));
    switch (change) {
      case 'flip': {
        const flipped = Buffer.from(bytes);
        if (at < flipped.length) flipped[at] = (flipped[at] ?? 0) ^ (1 << (what % 8));
        files.set(path, flipped);
        break;
      }
      case 'cut':
        files.set(path, bytes.subarray(0, at));
        break;
      case 'remove':
        put('', what % 100);
        break;
      case 'insert':
        put(pick(pieces, what) as string);
        break;
      case 'hostile':
        put(pick(hostileTexts, what) as string, what % 12);
        break;
      case 'repeat':
        put(
          Buffer.from(bytes)
            .toString('utf8', at, at + (what % 400))
            .repeat(1 + (what % 20)),
        );
        break;
      case 'lose file':
        files.delete(path);
        break;
      case 'copy file':
        files.set(`${path.slice(0, path.lastIndexOf('/') + 1)}copy-${what % 10}.yaml`, bytes);
        break;
      case 'swap files': {
        const other = pick([...files.keys()], what) as string;
        files.set(path, files.get(other) as Uint8Array).set(other, bytes);
        break;
      }
      case 'extra file':
        files.set(path.slice(0, path.lastIndexOf('/') + 1) + pick(names, what), bytes.subarray(0, at));
        break;
    }
  }
  return Object.fromEntries([...files].map(([path, bytes]) => [path, Buffer.from(bytes)]));
}

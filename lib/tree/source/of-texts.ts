import { parseFile } from './parse';
import type { SourceFile, SourceTree } from './source';
import { sourceTree } from './storage';

/** Files by path, as somebody would write them. */
export interface Texts {
  readonly [path: string]: string | Buffer;
}

/** A tree that is nowhere but in memory. */
export function sourceOfTexts(texts: Texts): SourceTree {
  const files = new Map<string, SourceFile>();
  const storage = {
    paths: Object.keys(texts),
    unreadable: new Map<string, string>(),
    read: (path: string) => (texts[path] === undefined ? undefined : Buffer.from(texts[path])),
    file: (path: string) => {
      const known = files.get(path) ?? (texts[path] === undefined ? undefined : parseFile(path, texts[path]));
      if (known !== undefined) files.set(path, known);
      return known;
    },
    exists: () => true,
  };
  return sourceTree(storage, { prefix: '', location: '', below: '' });
}

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isJsonObject, type Json, type JsonObject } from '../tree';
import type { Yield } from './findings';
import type { Kustomization } from './kustomization';
import { isRemote, resolveEntry } from './place';
import type { Reading } from './reading';

/** A copy on disk of the files that one build reads. */
export interface Copy {
  readonly root: string;
  /** The folder to build. */
  readonly folder: string;
}

/**
 * Copies what a build reads to a temporary folder: the tree may be a Git revision, or in memory. The kustomization that is built
 * is written as Flux writes it; what would be fetched is left out of all.
 */
export function makeCopy(reading: Reading, kustomization: Kustomization, { files, kustomizations }: Yield): Copy {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'espalier-kustomize-')));
  try {
    const rewritten = new Map<string, string>();
    for (const { file, value } of kustomizations) {
      const folder = dirname(file.path) === '.' ? '' : dirname(file.path);
      const kept = isJsonObject(value) ? withoutRemote(reading, folder, value) : value;
      if (kept !== value) rewritten.set(file.path, JSON.stringify(kept));
    }
    const own = withoutRemote(reading, kustomization.folder, kustomization.value);
    // Flux sees to it that this kustomization never counts as empty.
    rewritten.set(kustomization.document.file.path, JSON.stringify({ resources: [], ...own }));
    for (const path of new Set([...files, ...rewritten.keys()])) {
      const content = rewritten.get(path) ?? reading.bytes(path);
      if (content === undefined || !isBelow(path)) continue;
      mkdirSync(join(root, dirname(path)), { recursive: true });
      writeFileSync(join(root, path), content);
    }
    return { root, folder: join(root, kustomization.folder) };
  } catch (error) {
    removeCopy(root);
    throw error;
  }
}

export function removeCopy(root: string): void {
  rmSync(root, { recursive: true, force: true, maxRetries: 3 });
}

function isBelow(path: string): boolean {
  return !path.startsWith('/') && !/(?:^|[\\/])\.\.(?:[\\/]|$)|\\|\0|^[A-Za-z]:/.test(path);
}

/** The fields that name files and folders, or addresses. */
const listed = [
  'resources',
  'bases',
  'components',
  'crds',
  'configurations',
  'generators',
  'transformers',
  'validators',
];
const withPath = ['patches', 'patchesJson6902', 'replacements'];

function withoutRemote(reading: Reading, folder: string, value: JsonObject): JsonObject {
  const isFetched = (entry: Json | undefined): boolean => {
    if (typeof entry !== 'string' || entry.includes('\n') || !isRemote(entry)) return false;
    const path = resolveEntry(folder, entry);
    return path === undefined || (reading.bytes(path) === undefined && !reading.source.isFolder(path));
  };
  let kept = value;
  for (const [field, entries] of Object.entries(value)) {
    if (!Array.isArray(entries)) continue;
    const isOut = (entry: Json): boolean => {
      if (listed.includes(field)) return isFetched(entry);
      return withPath.includes(field) && isJsonObject(entry) && isFetched(entry.path);
    };
    const rest = entries.filter((entry) => !isOut(entry));
    if (rest.length < entries.length) kept = { ...kept, [field]: rest };
  }
  return kept;
}

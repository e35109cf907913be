import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readSchemas } from '../graph/schema/read-schemas';
import { madeKinds } from '../report/kinds/typescript';
import { hasConflict } from '../tree/ownership';
import { mergedAdditions } from '../tree/source/merge-additions';
import { readConfig } from './config';
import { kindsFile } from './import/made';
import { findApp } from './load-app';

/**
 * Merges what Git could not merge of the code that `espalier adopt` adds to: the app's file, where both sides have only added lines, and
 * `imports/kinds.ts`, which has the kinds of both. Other conflicts stay.
 *
 * @returns the files that were merged
 */
export async function resolveCode(app: string | undefined): Promise<readonly string[]> {
  const merged: string[] = [];
  const take = (path: string, text: string | undefined) => {
    if (text === undefined) return;
    writeFileSync(path, text);
    merged.push(path);
  };
  const { name, path } = findApp(app);
  if (isConflicted(path)) take(name, mergedAdditions(path));
  const kinds = 'imports/kinds.ts';
  if (isConflicted(kinds) && readFileSync(kinds, 'utf8').startsWith(madeKinds)) {
    const { config, folder } = await readConfig(undefined, process.cwd(), undefined);
    const schemas = (config.schemas ?? []).map((each) => resolve(folder, each));
    take(kinds, kindsFile('imports', [], readSchemas({ folders: schemas, tree: '.' }))?.text);
  }
  return merged;
}

function isConflicted(path: string): boolean {
  try {
    return hasConflict(readFileSync(path, 'utf8'));
  } catch {
    return false;
  }
}

import type { SourceFile } from '../source/source';
import type { Yield } from './findings';
import type { Kustomization, Placed } from './kustomization';
import { resolveEntry } from './place';
import { absence, comesFrom, type Reading } from './reading';

/** A file that an entry names; undefined, with what is wrong told, when there is none that can be read. */
export function namedFile(
  reading: Reading,
  { folder }: Pick<Kustomization, 'folder'>,
  { value: entry, document, path }: Placed<string>,
  into: Yield,
): SourceFile | undefined {
  const where = resolveEntry(folder, entry);
  const file = where === undefined ? undefined : reading.yaml(where);
  const fault = (kind: 'outside' | 'missing', message: string): undefined => {
    into.faults.add({ kind, document, path, message, fails: true });
  };
  const open = (what: string): undefined => {
    into.open.add({ document, path, what, hidesObjects: false });
  };
  if (file !== undefined) {
    into.files.add(file.path);
    return file.faults.length === 0 ? file : open(`${file.path} cannot be read`);
  }
  const origin = comesFrom(reading, entry, where);
  if (origin !== undefined) return open(origin);
  if (where === undefined) return fault('outside', `${entry} lies outside the source; move it into the source`);
  const { kind, message } = absence(reading, where, 'add it, or correct the entry');
  return fault(kind, message);
}

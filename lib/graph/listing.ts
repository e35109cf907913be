import type { Json } from '../json/json';
import { listAt, textAt } from '../json/read';
import { isKustomizationFile } from '../systems/flux/kustomization-names';
import { push } from '../text/group-by';
import { resolveEntry } from '../tree/kustomize/place';
import { folderOf } from '../tree/paths';
import type { SourceTree } from '../tree/source/source';

/** What the kustomization.yaml files of a tree list, read without building them. */
export class Listing {
  /** The folders whose kustomization lists a file, or a folder. */
  private readonly listedBy = new Map<string, string[]>();
  private readonly patches = new Set<string>();

  constructor(tree: SourceTree) {
    for (const { path, documents } of tree.files.values()) {
      const value = isKustomizationFile(path) ? documents[0]?.value : undefined;
      if (value === undefined) continue;
      const folder = folderOf(path);
      for (const entry of listed(value)) this.add(folder, entry, (found) => push(this.listedBy, found, folder));
      for (const entry of patched(value)) this.add(folder, entry, (found) => this.patches.add(found));
    }
  }

  private add(folder: string, entry: Json | undefined, take: (found: string) => void): void {
    const found = typeof entry === 'string' && !entry.includes('\n') ? resolveEntry(folder, entry) : undefined;
    if (found !== undefined) take(found);
  }

  /** Whether a file is a patch, and nothing besides. */
  isPatch(path: string): boolean {
    return this.patches.has(path) && !this.listedBy.has(path);
  }

  /** The folders that bring a file in, by whatever way, and that no other folder lists: whoever applies the file applies one of them. */
  topsOf(path: string): readonly string[] {
    const seen = new Set<string>(this.listedBy.get(path));
    const tops: string[] = [];
    for (const folder of seen) {
      const above = this.listedBy.get(folder) ?? [];
      if (above.length === 0) tops.push(folder);
      for (const each of above) seen.add(each);
    }
    return tops;
  }
}

function* listed(value: Json): Generator<Json> {
  for (const field of ['resources', 'bases', 'components']) yield* listAt(value, field);
}

function* patched(value: Json): Generator<Json | undefined> {
  yield* listAt(value, 'patchesStrategicMerge');
  for (const field of ['patches', 'patchesJson6902']) {
    for (const patch of listAt(value, field)) yield textAt(patch, 'path');
  }
}

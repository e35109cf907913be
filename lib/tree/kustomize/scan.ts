import type { Json } from '../../json/json';
import { newYield, type Yield } from './findings';
import { emptyDocument, type Kustomization, type Placed } from './kustomization';
import { kustomizationFiles, type Reading } from './reading';
import { addFile, readFolder } from './target';

/**
 * Reads a folder without a kustomization.yaml: Flux makes one of every YAML file below it; subfolders that have one are taken by
 * it (fluxcd/pkg kustomize, scanManifests).
 */
export function scanFolder(
  reading: Reading,
  folder: string,
): { readonly kustomization: Kustomization; readonly yielded: Yield } {
  const yielded = newYield(reading.work);
  const resources: Json[] = [];
  yielded.folders.add(folder);
  scan(folder);
  // Nothing that it could be told of is written anywhere: what is wrong is told of the files.
  const path = folder === '' ? 'kustomization.yaml' : `${folder}/kustomization.yaml`;
  const document = emptyDocument({ path, text: '', documents: [], faults: [] });
  return { kustomization: { document, folder, isComponent: false, value: { resources }, places: new Map() }, yielded };

  function scan(at: string): void {
    for (const { name, type } of reading.source.list(at) ?? []) {
      const below = at === '' ? name : `${at}/${name}`;
      const [own] = type === 'folder' ? kustomizationFiles(reading, below) : [];
      const file = type === 'file' && /\.ya?ml$/.test(name) ? reading.yaml(below) : undefined;
      if (own !== undefined) {
        const place: Placed<undefined> = {
          value: undefined,
          document: own.documents[0] ?? emptyDocument(own),
          path: [],
        };
        readFolder(reading, below, place, [folder], yielded);
      } else if (file !== undefined) addFile(file, undefined, yielded);
      else if (type === 'folder') scan(below);
      if (own !== undefined || file !== undefined)
        resources.push(folder === '' ? below : below.slice(folder.length + 1));
    }
  }
}

import { newYield, type Yield } from './findings';
import { emptyDocument, generatedKustomization, type Kustomization, type Placed } from './kustomization';
import { kustomizationFiles, type Reading } from './reading';
import { addFile, readFolder } from './target';

/**
 * Reads a folder without a kustomization.yaml: Flux makes one of every YAML file below it; subfolders that have one are taken by
 * it (fluxcd/pkg kustomize, scanManifests).
 */
export function scanFolder(reading: Reading, folder: string): { kustomization: Kustomization; yielded: Yield } {
  const yielded = newYield();
  // Nothing that it could be told of is written anywhere: what is wrong is told of the files.
  const file = {
    path: folder === '' ? 'kustomization.yaml' : `${folder}/kustomization.yaml`,
    text: '',
    documents: [],
    faults: [],
  };
  const document = emptyDocument(file);
  yielded.folders.add(folder);
  scan(folder);
  return { kustomization: generatedKustomization(document, folder), yielded };

  function scan(at: string): void {
    for (const { name, type } of reading.source.list(at) ?? []) {
      const path = at === '' ? name : `${at}/${name}`;
      if (type === 'folder') {
        const [own] = kustomizationFiles(reading, path);
        if (own === undefined) scan(path);
        else readFolder(reading, path, placeOf(own.documents[0] ?? emptyDocument(own)), [folder], yielded);
      } else if (/\.ya?ml$/.test(name)) {
        const found = reading.source.file(path);
        if (found !== undefined) addFile(reading, found, undefined, yielded);
      }
    }
  }

  function placeOf(document: Placed<undefined>['document']): Placed<undefined> {
    return { value: undefined, document, path: [] };
  }
}

import { asksForTransformers } from './build-metadata';
import type { BuildFault, FluxOverlay } from './built';
import { copyOf, newYield, nextWork, type Yield } from './findings';
import { finish } from './finish';
import { entriesOf, type Kustomization } from './kustomization';
import { overlaid } from './overlay';
import { kustomizationFiles, type Reading } from './reading';
import { scanFolder } from './scan';
import { gather, loadKustomization, transform } from './target';

/** No build that a person wrote reads so many kustomizations. */
const maxKustomizations = 20_000;

/** Reads the folder that a Flux Kustomization's path leads to. */
export function readRoot(reading: Reading, folder: string, overlay?: FluxOverlay): Yield {
  reading.budget = maxKustomizations;
  nextWork(reading.work);
  const { kustomization: own, yielded: start } = startOf(reading, folder);
  if (own === undefined) return start;
  const added = { faults: new Set<BuildFault>(), kustomizations: start.kustomizations };
  const kustomization = overlaid(reading, own, overlay ?? { document: own.document, spec: {} }, added);
  reading.notesTransformers = asksForTransformers(kustomization);
  const yielded = copyOf(gathered(reading, kustomization, start));
  for (const fault of added.faults) yielded.faults.add(fault);
  transform(reading, kustomization, [folder], yielded);
  finish(kustomization, yielded);
  return yielded;
}

/** What a folder brings together: found once for all that is built of it, as most that Flux adds acts on that. */
function gathered(reading: Reading, kustomization: Kustomization, start: Yield): Yield {
  const { folder } = kustomization;
  const components = entriesOf(kustomization, 'components').map(({ value, document, path }) => {
    return [value, document.file.path, document.index, path];
  });
  const key = JSON.stringify([folder, reading.notesTransformers, components]);
  const known = reading.gathered.get(key);
  if (known !== undefined) return known;
  gather(reading, kustomization, [folder], start);
  reading.gathered.set(key, start);
  return start;
}

function startOf(
  reading: Reading,
  folder: string,
): { readonly kustomization?: Kustomization; readonly yielded: Yield } {
  const files = kustomizationFiles(reading, folder);
  if (files.length === 0) return scanFolder(reading, folder);
  const yielded = newYield(reading.work);
  return { kustomization: loadKustomization(files, true, yielded), yielded };
}

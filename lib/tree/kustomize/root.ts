import { asksForTransformers } from './build-metadata';
import type { FluxOverlay } from './built';
import { newYield, nextWork, type Yield } from './findings';
import { finish } from './finish';
import type { Kustomization } from './kustomization';
import { overlaid } from './overlay';
import { kustomizationFiles, type Reading } from './reading';
import { scanFolder } from './scan';
import { loadKustomization, readTarget } from './target';

/** No build that a person wrote reads so many kustomizations. */
const maxKustomizations = 20_000;

/** Reads the folder that a Flux Kustomization's path leads to. */
export function readRoot(reading: Reading, folder: string, overlay?: FluxOverlay): Yield {
  reading.budget = maxKustomizations;
  nextWork(reading.work);
  const { kustomization: own, yielded } = startOf(reading, folder);
  if (own === undefined) return yielded;
  const kustomization = overlaid(reading, own, overlay ?? { document: own.document, spec: {} }, yielded);
  reading.notesTransformers = asksForTransformers(kustomization);
  readTarget(reading, kustomization, [folder], yielded);
  finish(kustomization, yielded);
  return yielded;
}

function startOf(
  reading: Reading,
  folder: string,
): { readonly kustomization?: Kustomization; readonly yielded: Yield } {
  const files = kustomizationFiles(reading, folder);
  if (files.length === 0) return scanFolder(reading, folder);
  const yielded = newYield(reading.work);
  return { kustomization: loadKustomization(files, folder, true, yielded), yielded };
}

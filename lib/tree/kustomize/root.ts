import type { FluxOverlay } from './built';
import { newYield, type Yield } from './findings';
import { finish } from './finish';
import type { Kustomization } from './kustomization';
import { overlaid } from './overlay';
import { kustomizationFiles, type Reading } from './reading';
import { scanFolder } from './scan';
import { loadKustomization, readTarget } from './target';

/** What the built-in reading makes of a folder, and the kustomization that Flux builds it by, if one can be read. */
export interface Root {
  readonly kustomization?: Kustomization;
  readonly yielded: Yield;
}

/** No build that a person wrote reads so many kustomizations. */
const maxKustomizations = 20_000;

/** Reads the folder that a Flux Kustomization's path leads to. */
export function readRoot(reading: Reading, folder: string, overlay?: FluxOverlay): Root {
  reading.budget = maxKustomizations;
  const { kustomization: own, yielded } = startOf(reading, folder);
  if (own === undefined) return { yielded };
  const kustomization = overlay === undefined ? own : overlaid(reading, own, overlay, yielded);
  readTarget(reading, kustomization, [folder], yielded);
  finish(yielded);
  return { kustomization, yielded };
}

/** Whether the build needs kustomize itself: a folder that cannot be built anyway does not. */
export function needsProcess({ kustomization, yielded }: Root): boolean {
  if (kustomization === undefined || [...yielded.faults].some(({ fails }) => fails)) return false;
  return [...yielded.open].some(({ byKustomize }) => byKustomize);
}

function startOf(reading: Reading, folder: string): Root {
  const files = kustomizationFiles(reading, folder);
  if (files.length === 0) return scanFolder(reading, folder);
  const yielded = newYield();
  return { kustomization: loadKustomization(files, folder, true, yielded), yielded };
}

import type { SourceTree } from '../source/source';
import type { Builder, Built, BuiltObject, FluxOverlay } from './built';
import { newYield, type Yield } from './findings';
import { finish } from './finish';
import type { Kustomization } from './kustomization';
import { overlaid, overlayKey } from './overlay';
import { folderPath } from './place';
import { kustomizationFiles, newReading, type Reading } from './reading';
import { scanFolder } from './scan';
import { loadKustomization, readTarget } from './target';

/** How folders are built. */
export interface BuildOptions {
  /**
   * Whether kustomize or kubectl, if one is on the PATH, does what the built-in reading cannot.
   *
   * @default true
   */
  readonly kustomize?: boolean;
}

/** No build of a person's reads that many kustomizations. */
const maxKustomizations = 20_000;

/** Builds the folders of a tree as Flux does: each once, however often it is asked for. */
export function makeBuild(source: SourceTree, _options: BuildOptions = {}): Builder {
  const reading = newReading(source);
  const built = new Map<string, Built>();

  const build = (at: string, overlay?: FluxOverlay): Built => {
    const folder = folderPath(at);
    const key = `${folder}\n${overlay === undefined ? '' : overlayKey(overlay)}`;
    const known = built.get(key);
    if (known !== undefined) return known;
    const made = builtOf(folder, readRoot(reading, folder, overlay).yielded);
    built.set(key, made);
    return made;
  };
  return Object.assign(build, { prefetch: async () => {} });
}

/** What is built of a folder, and the kustomization that Flux builds it by. */
export interface Root {
  readonly kustomization?: Kustomization;
  readonly yielded: Yield;
}

/** Reads the folder that a Flux Kustomization's path leads to. */
export function readRoot(reading: Reading, folder: string, overlay?: FluxOverlay): Root {
  reading.budget = maxKustomizations;
  const files = kustomizationFiles(reading, folder);
  if (files.length === 0) {
    const { kustomization, yielded } = scanFolder(reading, folder);
    const withOverlay = overlay === undefined ? kustomization : overlaid(reading, kustomization, overlay, yielded);
    readTarget(reading, withOverlay, [folder], yielded);
    finish(yielded, overlay);
    return { kustomization: withOverlay, yielded };
  }
  const yielded = newYield();
  const own = loadKustomization(files, folder, true, yielded);
  if (own === undefined) return { yielded };
  const kustomization = overlay === undefined ? own : overlaid(reading, own, overlay, yielded);
  readTarget(reading, kustomization, [folder], yielded);
  finish(yielded, overlay);
  return { kustomization, yielded };
}

function builtOf(folder: string, { items, faults, open, files, kustomizations }: Yield): Built {
  return {
    folder,
    objects: items.map(({ value, document, path, generated, uncertain }): BuiltObject => {
      return { value, document, ...(path.length > 0 && { path }), generated, uncertain };
    }),
    faults: [...faults],
    unresolved: [...open].map(({ byKustomize: _, ...unresolved }) => unresolved),
    files,
    kustomizations: [...kustomizations],
  };
}

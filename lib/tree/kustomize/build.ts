import { availableParallelism } from 'node:os';
import { once } from '../../once';
import { messageOf } from '../read';
import type { SourceTree } from '../source/source';
import { isJsonObject } from '../tree';
import type { Builder, Built, BuiltObject, FluxOverlay } from './built';
import { type Copy, makeCopy, removeCopy } from './copy';
import { setCommonMetadata } from './finish';
import { overlayKey } from './overlay';
import { folderPath } from './place';
import { findProgram, type Program, type Run, run, runBeside } from './process';
import { newReading } from './reading';
import { needsProcess, type Root, readRoot } from './root';
import { settle } from './settle';

/** How folders are built. */
export interface BuildOptions {
  /**
   * Whether kustomize or kubectl, if one is on the PATH, does what the built-in reading cannot.
   *
   * @default true
   */
  readonly kustomize?: boolean;
}

/** A build that goes on. */
interface Started {
  readonly key: string;
  readonly folder: string;
  readonly overlay: FluxOverlay | undefined;
  readonly root: Root;
  /** What a process of kustomize is to build, if one is needed. */
  readonly copy: Copy | undefined;
}

/** Builds the folders of a tree as Flux does: each once, however often it is asked for. */
export function makeBuild(source: SourceTree, { kustomize = true }: BuildOptions = {}): Builder {
  const reading = newReading(source);
  const built = new Map<string, Built>();
  const program = once(() => (kustomize ? findProgram() : undefined));

  const start = (folder: string, key: string, overlay?: FluxOverlay): Started => {
    const root = readRoot(reading, folder, overlay);
    let copy: Copy | undefined;
    if (root.kustomization !== undefined && needsProcess(root) && program() !== undefined) {
      try {
        copy = makeCopy(reading, root.kustomization, root.yielded);
      } catch (error) {
        settle(root, '', { prevented: messageOf(error) });
      }
    }
    return { key, folder, overlay, root, copy };
  };
  const end = ({ key, folder, overlay, root, copy }: Started, result?: Run): Built => {
    if (copy !== undefined && result !== undefined) settle(root, copy.root, result);
    const made = builtOf(folder, root, overlay);
    built.set(key, made);
    return made;
  };

  const build = (at: string, overlay?: FluxOverlay): Built => {
    const folder = folderPath(at);
    const key = keyOf(folder, overlay);
    const known = built.get(key);
    if (known !== undefined) return known;
    const started = start(folder, key, overlay);
    if (started.copy === undefined) return end(started);
    try {
      return end(started, run(program() as Program, started.copy.folder));
    } finally {
      removeCopy(started.copy.root);
    }
  };

  const prefetch: Builder['prefetch'] = async (builds) => {
    const waiting = [...builds].map(([at, overlay]) => [folderPath(at), overlay] as const);
    const next = async (): Promise<void> => {
      for (let each = waiting.shift(); each !== undefined; each = waiting.shift()) {
        const [folder, overlay] = each;
        const key = keyOf(folder, overlay);
        if (built.has(key)) continue;
        const started = start(folder, key, overlay);
        try {
          const { copy } = started;
          end(started, copy && (await runBeside(program() as Program, copy.folder)));
        } finally {
          if (started.copy !== undefined) removeCopy(started.copy.root);
        }
      }
    };
    await Promise.all(Array.from({ length: availableParallelism() }, next));
  };
  return Object.assign(build, { prefetch });
}

/** Of most builds the folder itself: no overlay's key is put together. No path has a NUL. */
function keyOf(folder: string, overlay: FluxOverlay | undefined): string {
  const key = overlay === undefined ? '' : overlayKey(overlay);
  return key === '' ? folder : `${folder}\0${key}`;
}

function builtOf(folder: string, { yielded }: Root, overlay: FluxOverlay | undefined): Built {
  const common = overlay?.spec.commonMetadata;
  if (isJsonObject(common)) setCommonMetadata(yielded, common);
  const { items, faults, open, files, kustomizations } = yielded;
  const fails = [...faults].some((fault) => fault.fails);
  return {
    folder,
    objects: items.map(({ value, document, path, generated, uncertain }): BuiltObject => {
      return path.length > 0
        ? { value, document, path, generated, uncertain }
        : { value, document, generated, uncertain };
    }),
    faults: [...faults],
    unresolved: [...open].map(({ byKustomize, ...unresolved }) => {
      const isMoot = byKustomize && fails;
      return isMoot
        ? { ...unresolved, what: `${unresolved.path.at(-1)}: not followed, since the build fails` }
        : unresolved;
    }),
    files,
    kustomizations: [...kustomizations],
  };
}

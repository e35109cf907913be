import { isJsonObject } from '../../json/json';
import type { SourceTree } from '../source/source';
import type { Build, Built, BuiltObject, FluxOverlay } from './built';
import type { Yield } from './findings';
import { setCommonMetadata } from './finish';
import { overlayKey } from './overlay';
import { folderPath } from './place';
import { newReading } from './reading';
import { readRoot } from './root';

/** Builds the folders of a tree as Flux does: each once, however often it is asked for. Nothing outside the tree is read. */
export function makeBuild(source: SourceTree): Build {
  const reading = newReading(source);
  const built = new Map<string, Built>();
  return (at, overlay) => {
    const folder = folderPath(at);
    const key = keyOf(folder, overlay);
    const known = built.get(key);
    if (known !== undefined) return known;
    const made = builtOf(folder, readRoot(reading, folder, overlay), overlay);
    built.set(key, made);
    return made;
  };
}

/** Of most builds the folder itself: no overlay's key is put together. No path has a NUL. */
function keyOf(folder: string, overlay: FluxOverlay | undefined): string {
  const key = overlay === undefined ? '' : overlayKey(overlay);
  return key === '' ? folder : `${folder}\0${key}`;
}

function builtOf(folder: string, yielded: Yield, overlay: FluxOverlay | undefined): Built {
  const common = overlay?.spec.commonMetadata;
  if (overlay !== undefined && isJsonObject(common)) {
    const { document, path = ['spec'] } = overlay;
    setCommonMetadata(yielded, common, { document, path: [...path, 'commonMetadata'] });
  }
  const { items, faults, open, files, inputs, kustomizations, tooMany } = yielded;
  return {
    folder,
    objects: items.map(({ value, document, path, generated, uncertain }): BuiltObject => {
      return path.length > 0
        ? { value, document, path, generated, uncertain }
        : { value, document, generated, uncertain };
    }),
    faults: tooMany === undefined ? [...faults] : [...faults, tooMany],
    unresolved: [...open],
    files,
    inputs,
    kustomizations: [...kustomizations],
  };
}

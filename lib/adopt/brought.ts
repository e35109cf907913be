import { push } from '../text/group-by';
import { folderOf } from '../tree/paths';
import type { SourceFile } from '../tree/source/source';
import type { Draft } from './draft';
import { isWritten } from './kustomization-file';
import { camel } from './names';
import { below, type Places } from './places';
import type { KustomizedFolder, WrittenObject } from './survey';

/** A module while it is laid out. */
interface LaidOut {
  readonly constructions: Draft[];
}

/**
 * What handles lead to besides objects: the folders whose kustomization.yaml generates something, and files that stay as they are, of
 * which a YamlFile is added where objects read a Secret or ConfigMap that they bring.
 */
export function addBrought(
  modules: readonly LaidOut[],
  objects: Iterable<WrittenObject>,
  places: Places,
): Map<KustomizedFolder | SourceFile, Draft> {
  const { survey, demotions } = places;
  const found = new Map<KustomizedFolder | SourceFile, Draft>();
  const home = new Map<Draft, LaidOut>();
  for (const module of modules) {
    for (const draft of module.constructions) {
      home.set(draft, module);
      if (draft.folder && isWritten(draft.folder, demotions)) found.set(draft.folder, draft);
    }
  }
  const added = new Map<LaidOut, Draft[]>();
  for (const object of objects) {
    for (const reference of survey.references(object)) {
      const { by } = survey.lookup(reference) ?? {};
      if (by === undefined || 'value' in by || found.has(by) || demotions.has(by)) continue;
      const place = places.at(folderOf(by.path));
      const module = place && home.get(('className' in place.scope ? place.scope : place.scope.of) as Draft);
      const id = place && below(place.path, by.path);
      if (place === undefined || module === undefined || !id || !places.isFree(place.scope, id)) continue;
      const draft: Draft = {
        className: 'YamlFile',
        scope: place.scope,
        id: places.free(place.scope, [id]),
        props: places.lists(by.path) ? undefined : { listed: false },
        variable: camel(id.replace(/\.ya?ml$/, '')),
        of: by,
        at: by.path,
      };
      found.set(by, draft);
      push(added, module, draft);
    }
  }
  for (const [module, drafts] of added) module.constructions.push(...drafts);
  return found;
}

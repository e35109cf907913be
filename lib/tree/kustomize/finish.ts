import { isJsonObject, type JsonObject } from '../tree';
import type { Yield } from './findings';
import { hashOf } from './generators';
import { type Item, nameOf, withValue } from './item';
import { withCommonMetadata } from './labels';
import { renamed } from './names';
import { mendReferences } from './references';
import { Unfit } from './specs';

/** What is done last, when all objects are together: hashes, references to them, local objects left out. */
export function finish(yielded: Yield): void {
  // Most folders have nothing to do here: their items stay in the list that they are in.
  if (yielded.items.some(({ hashed }) => hashed)) {
    yielded.items = yielded.items.map((item) =>
      item.hashed ? renamed(item, `${item.id.name}-${hashOf(item.value)}`) : item,
    );
  }
  if (yielded.items.some(({ previous }) => previous.length > 0)) yielded.items = mended(yielded.items, yielded);
  if (yielded.items.some(({ value }) => isLocal(value))) {
    yielded.items = yielded.items.filter(({ value }) => !isLocal(value));
  }
}

/** Adds a Flux Kustomization's commonMetadata to what was built, as Flux does when it applies it. */
export function setCommonMetadata(yielded: Yield, common: JsonObject): void {
  yielded.items = yielded.items.map((item) => withCommon(item, common, yielded));
}

function mended(items: Item[], yielded: Yield): Item[] {
  try {
    const { items: done, ambiguous } = mendReferences(items);
    for (const { document, path, id } of ambiguous) {
      const message = `${nameOf(id)} refers to a name that several objects here have; write the namespace beside the name`;
      yielded.faults.add({ kind: 'failed', document, path, message, fails: true });
    }
    return done;
  } catch (error) {
    if (!(error instanceof Unfit)) throw error;
    return items;
  }
}

function withCommon(item: Item, common: JsonObject, yielded: Yield): Item {
  try {
    return withValue(item, withCommonMetadata(item.value, common));
  } catch (error) {
    if (!(error instanceof Unfit)) throw error;
    const { document, path } = item;
    yielded.faults.add({ kind: 'invalid', document, path, message: error.message, fails: true });
    return item;
  }
}

/** Objects for tools alone, which kustomize leaves out (api/resource/factory.go, DropLocalNodes). */
function isLocal({ metadata }: JsonObject): boolean {
  const annotations = isJsonObject(metadata) ? metadata.annotations : undefined;
  const local = isJsonObject(annotations) ? annotations['config.kubernetes.io/local-config'] : undefined;
  return local !== undefined && local !== 'false' && local !== false;
}

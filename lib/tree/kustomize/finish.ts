import { isJsonObject, type JsonObject } from '../../json/json';
import { addBuildMetadata } from './build-metadata';
import { addItems, type Yield } from './findings';
import { withHash } from './hash';
import { nameOf, withValue } from './item';
import type { Kustomization } from './kustomization';
import { withCommonMetadata } from './labels';
import type { Place } from './origin';
import { fixReferences } from './references';
import { sort } from './sort';
import { Unfit } from './specs';
import { textAnnotations } from './strategic-object';
import { resolveVars } from './vars';

/**
 * What is done last, when all objects are together (kusttarget.go, makeCustomizedResMap): hashes, references to what has another
 * name now, vars, and local objects left out.
 */
export function finish(kustomization: Kustomization, yielded: Yield): void {
  // Most folders have nothing to do here: their items stay in the list that they are in.
  if (yielded.items.some(({ hashed }) => hashed)) {
    yielded.items = yielded.items.map((item) => (item.hashed ? withHash(item) : item));
  }
  const { items, ambiguous, unfit } = fixReferences(yielded.items, yielded.config.nameReference);
  yielded.items = items;
  for (const { document, path, id } of ambiguous) {
    const message = `${nameOf(id)} refers to a name that several objects here have; write the namespace next to the name`;
    yielded.faults.add({ kind: 'failed', document, path, message, fails: true });
  }
  for (const [{ document, path }, message] of unfit) {
    yielded.faults.add({ kind: 'invalid', document, path, message, fails: true });
  }
  if (yielded.vars.length > 0) resolveVars(yielded);
  yielded.items = yielded.items.map((item) =>
    withValue(item, textAnnotations(item.value, { document: item.document, path: item.path })),
  );
  if (yielded.items.some(({ value }) => isLocal(value))) {
    yielded.items = yielded.items.filter(({ value }) => !isLocal(value));
  }
  // Two that got one name are one too many when kustomize puts them together again (kusttarget.go, IgnoreLocal).
  const fails = [...yielded.faults].some((fault) => fault.fails);
  if (!fails && yielded.items.some(({ previous }) => previous.length > 0)) {
    const { items } = yielded;
    yielded.items = [];
    addItems(yielded, items, undefined);
  }
  sort(kustomization, yielded);
  addBuildMetadata(kustomization, yielded);
}

/** Adds a Flux Kustomization's commonMetadata to what was built, as Flux does when it applies it. */
export function setCommonMetadata(yielded: Yield, common: JsonObject, at: Place): void {
  yielded.items = yielded.items.map((item) => {
    try {
      return withCommonMetadata(item, common, at);
    } catch (error) {
      if (!(error instanceof Unfit)) throw error;
      const { document, path } = item;
      yielded.faults.add({ kind: 'invalid', document, path, message: error.message, fails: true });
      return item;
    }
  });
}

/** Objects for tools alone, which kustomize leaves out (api/resource/factory.go, DropLocalNodes). */
function isLocal({ metadata }: JsonObject): boolean {
  const annotations = isJsonObject(metadata) ? metadata.annotations : undefined;
  const local = isJsonObject(annotations) ? annotations['config.kubernetes.io/local-config'] : undefined;
  return local !== undefined && local !== 'false' && local !== false;
}

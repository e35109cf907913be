import { isJsonObject, type JsonObject, type Path } from '../../json/json';
import { textAt } from '../../json/read';
import type { GroupKind } from '../../systems/api-version';
import type { FluxController } from '../../systems/flux/controllers';
import { visitObject } from './walk';

/** A field by which an object of Flux refers to another namespace. */
export interface Crossing {
  readonly path: Path;
  readonly namespace: string;
  /** The controller that refuses it where it runs with `--no-cross-namespace-refs`. */
  readonly by: FluxController;
}

export function crossingsOf(
  object: GroupKind & { readonly namespace: string; readonly value: JsonObject },
): readonly Crossing[] {
  const found: Crossing[] = [];
  visitObject(object, ({ refusedBy: by }, value, path) => {
    const namespace = isJsonObject(value) ? textAt(value, 'namespace') || object.namespace : object.namespace;
    if (by !== undefined && namespace !== object.namespace) found.push({ path: [...path, 'namespace'], namespace, by });
  });
  return found;
}

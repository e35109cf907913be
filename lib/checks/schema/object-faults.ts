import { apiVersionOf } from '../../graph/identity';
import type { Resource } from '../../graph/resource';
import type { SchemaFault } from '../../graph/schema/schema';
import type { SchemaStore } from '../../graph/schema/store';
import { validate } from '../../graph/schema/validate';
import { isKnown } from '../../graph/substitution';
import type { JsonObject } from '../../json/json';
import { groupVersion } from '../../systems/api-version';
import { isKubernetesGroup } from '../../systems/kinds/groups';

/** What is wrong with an object, and of when the catalog is that its schema is from. */
export interface Faults {
  readonly faults: readonly SchemaFault[];
  readonly catalog: string | undefined;
}

export const noFaults: Faults = { faults: [], catalog: undefined };

/** What its schema finds wrong with an object. */
export function faultsOf({ value, document, kind, chart }: Resource, schemas: SchemaStore): Faults {
  const found = schemas.lookup(apiVersionOf(value), kind);
  if (found.state !== 'found') return noFaults;
  const { schema, catalog } = found;
  // Kubernetes' own kinds take null for nothing; of a catalog's schemas nobody knows which fields allow it.
  const { group } = groupVersion(schema.apiVersion);
  // Helm does not apply on the server's side what it has once applied otherwise, and there null is removed.
  const nulls =
    catalog === undefined &&
    chart === undefined &&
    (!isKubernetesGroup(group) || group === 'gateway.networking.k8s.io');
  const faults = validate(document.encrypted ? decrypted(value) : value, schema, { known, nulls });
  if (catalog === undefined) return { faults, catalog };
  // A newer release, or a fork, has fields that the catalog does not: only what looks like a known one is a slip.
  return { faults: faults.filter(({ kind, remedy }) => kind !== 'unknown-field' || remedy !== undefined), catalog };
}

/** Flux takes the `sops` field away when it decrypts. */
function decrypted({ sops: _, ...value }: JsonObject): JsonObject {
  return value;
}

function known(text: string): boolean {
  return isKnown(text) && !text.startsWith('ENC[');
}

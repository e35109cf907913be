import type { VaultAccess } from '../../graph/vault/vault-access';
import { textAt } from '../../json/read';
import type { MayHaveFix } from '../meant';

/** A key without what it begins with, wherever an object has it; of a key that is put together of several fields, none is sure. */
export function shortened(
  all: readonly VaultAccess[],
  { resource }: VaultAccess,
  key: string,
  start: string,
): MayHaveFix {
  const rest = key.slice(start.length);
  const own = all.filter((access) => access.resource === resource && access.key === key);
  const paths = new Map(own.map(({ path }) => [JSON.stringify(path), path]));
  if (![...paths.values()].every((path) => textAt(resource.value, ...path) === key) || rest === '') return {};
  return {
    fix: { title: `write ${rest} for ${key}`, changes: [...paths.values()].map((path) => ({ path, set: rest })) },
  };
}

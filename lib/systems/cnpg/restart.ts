import { deepEqual } from '../../json/deep-equal';
import type { Json } from '../../json/json';
import { at, objectAt } from '../../json/read';
import { extensionsOf, readAtStart } from './parameters';

/** Whether PostgreSQL restarts for a change of a Cluster's configuration: for what it reads at its start, or a library that it loads. */
export function restartsPostgresql(before: Json | undefined, after: Json | undefined): boolean {
  const [was, is] = [before, after].map((side) => at(side, 'spec', 'postgresql'));
  const changes = (field: string) => !deepEqual(at(was, field), at(is, field));
  if (changes('shared_preload_libraries') || changes('extensions')) return true;
  const [old, now] = [objectAt(was, 'parameters') ?? {}, objectAt(is, 'parameters') ?? {}];
  const names = Object.keys({ ...old, ...now });
  return (
    names.some((name) => readAtStart.has(name) && !deepEqual(at(old, name), at(now, name))) ||
    !deepEqual([...extensionsOf(old)], [...extensionsOf(now)])
  );
}

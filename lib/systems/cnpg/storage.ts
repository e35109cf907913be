import type { Json } from '../../json/json';
import { at, textAt } from '../../json/read';

/** The size of a volume: its own, or what its claim's template requests. (api/v1/cluster_funcs.go: GetSizeOrNil) */
export function sizeOf(storage: Json | undefined): string | undefined {
  const size = textAt(storage, 'size');
  if (size !== undefined && size !== '') return size;
  const requested = at(storage, 'pvcTemplate', 'resources', 'requests', 'storage');
  return typeof requested === 'string' || typeof requested === 'number' ? String(requested) : undefined;
}

import { mayHoldHcl } from '../graph/vault/policies';
import { loadHcl } from '../tree/hcl';
import { makeBuild } from '../tree/kustomize';
import { readFolder } from '../tree/source';
import type { CheckSettings } from './check-synthesized';
import { checkTree } from './check-tree';
import type { Result } from './finding';

/**
 * Checks what another program has written to a folder.
 *
 * @throws EspalierError when it cannot be read
 */
export async function checkFolder(folder: string, { rules = {}, external }: CheckSettings): Promise<Result> {
  // Where the output will lie in its repository is not known.
  const source = { ...readFolder(folder), location: '' };
  const severities = new Map(Object.entries(rules));
  const hcl = mayHoldHcl(source) ? await loadHcl() : undefined;
  return checkTree(source, makeBuild(source), { severities, external, hcl });
}

import { followTree, lacksFiles } from '../graph/follow-tree';
import { readSchemas } from '../graph/schema/read-schemas';
import { mayHoldHcl } from '../graph/vault/policies';
import type { CheckSettings } from '../rules/settings';
import { loadHcl } from '../tree/hcl';
import { readAround, readFolder } from '../tree/source';
import { checkSynthesized } from './check-synthesized';
import type { Result } from './finding';

/**
 * Checks what another program has written to a folder.
 *
 * @throws EspalierError when it cannot be read
 */
export async function checkFolder(folder: string, settings: CheckSettings): Promise<Result> {
  const source = readFolder(folder);
  const hcl = mayHoldHcl(source) ? await loadHcl() : undefined;
  const options = {
    external: settings.external,
    schemas: readSchemas({ folders: settings.schemas, kubernetes: settings.kubernetes, tree: folder }),
    hcl,
  };
  // Where the output will lie in its repository is not known.
  const own = followTree({ ...source, location: '' }, options);
  const around = lacksFiles(own) ? readAround(source, folder, own.above) : source;
  return checkSynthesized(around === source ? own : followTree(around, options), settings);
}

import { templatesIn } from '../../checks/eso/templates';
import type { Cluster } from '../../graph/cluster';
import { TemplateError } from '../../graph/go-template';
import { dataPath } from '../../graph/vault/api-path';

/** The keys that must be in each secret of Vault that ExternalSecrets read, by the path of its values; as far as the tree tells. */
export function expectedIn(cluster: Cluster): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const templates = templatesIn(cluster);
  for (const access of cluster.vault) {
    if (access.verb !== 'read') continue;
    const path = dataPath(access);
    const keys = found.get(path) ?? new Set<string>();
    found.set(path, keys);
    if (access.path[1] === 'data') {
      if (access.property !== undefined) keys.add(access.property);
      continue;
    }
    for (const { asked, reads, given } of templates) {
      if (asked.resource !== access.resource || reads instanceof TemplateError) continue;
      for (const { key, how } of reads.keys) if (how === 'field' && !given.keys.includes(key)) keys.add(key);
    }
  }
  return found;
}

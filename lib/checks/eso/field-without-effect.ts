import { providerMisuses } from '../../graph/external-secrets/provider-misuses';
import type { ClusterCheck } from '../check';

export const fieldWithoutEffect: ClusterCheck = {
  id: 'eso/field-without-effect',
  severity: 'warning',
  title: 'Field of a reference without effect',
  atRunTime:
    'the provider of the store takes no notice of the field, so that another value is read or written than is meant, or refuses it',
  remedy:
    'leave the field out; to take a part of a value, use a template; docs/constructs/providers.md has what each provider takes',
  source: 'docs/constructs/providers.md',
  *check(cluster) {
    for (const { remote, path, misuse } of providerMisuses(cluster)) {
      if (!misuse?.isIgnored) continue;
      const says = misuse.allowed.replace(/^left out: /, '');
      yield {
        at: { resource: remote.resource, path, on: 'key' },
        message: `${misuse.field} has no effect: ${says}`,
        remedy: `leave ${misuse.field} out`,
      };
    }
  },
};

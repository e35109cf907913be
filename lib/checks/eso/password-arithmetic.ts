import { passwordsIn } from '../../graph/external-secrets/generators';
import { allAsked } from '../../graph/external-secrets/specs';
import { generatorRefs } from '../../systems/external-secrets/generators';
import { passwordFaults } from '../../systems/external-secrets/password';
import type { ClusterCheck } from '../check';

export const passwordArithmetic: ClusterCheck = {
  id: 'eso/password-arithmetic',
  severity: 'error',
  title: 'Password that cannot be generated',
  atRunTime:
    'no Secret is made: "number of … exceeds available … and repeats are not allowed", or "number of digits and symbols must be less than total length"',
  remedy: 'set allowRepeat: true, or ask for fewer characters of that kind',
  source: 'https://github.com/sethvargo/go-password/blob/main/password/generate.go',
  *check(cluster) {
    const asked = allAsked(cluster).flatMap(({ spec }) => generatorRefs(spec));
    for (const { resource, spec, path } of passwordsIn(cluster)) {
      // Nobody looks at one that nothing asks.
      const isAsked = asked.some(({ kind, name }) => kind === resource.kind && name === resource.name);
      for (const fault of passwordFaults(spec)) {
        const on = fault.path.length > 0 ? 'value' : 'key';
        yield {
          at: { resource, path: [...path, ...fault.path], on },
          message: fault.message,
          ...(isAsked ? {} : { severity: 'warning' as const }),
        };
      }
    }
  },
};

import { passwordsIn } from '../../graph/external-secrets/generators';
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
    for (const { resource, spec, path } of passwordsIn(cluster)) {
      for (const fault of passwordFaults(spec)) {
        const on = fault.path.length > 0 ? 'value' : 'key';
        yield { at: { resource, path: [...path, ...fault.path], on }, message: fault.message };
      }
    }
  },
};

import type { BuildFault } from '../../tree/kustomize/built';
import type { TreeCheck } from '../check';

/** A rule that reports some kinds of what makes kustomize fail, or what it passes over in silence. */
export function buildCheck(kinds: readonly BuildFault['kind'][], rule: Omit<TreeCheck, 'checkTree'>): TreeCheck {
  return {
    ...rule,
    *checkTree({ builds }) {
      for (const { faults } of builds) {
        for (const { kind, document, path, message, fails } of faults) {
          if (!kinds.includes(kind)) continue;
          yield { at: { document, path }, message, severity: fails ? 'error' : 'warning' };
        }
      }
    },
  };
}

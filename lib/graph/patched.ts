import { at } from './json';
import type { Resource } from './resource';
import type { KustomizationVariables } from './substitution';

/** The fields of a Kustomization that say which objects it applies, and what they are like. */
const decisive =
  /path|sourceRef|targetNamespace|namePrefix|nameSuffix|components|images|patches|commonMetadata|kubeConfig|postBuild\/substitute/i;

/**
 * Whether a patch that could not be followed may make a Kustomization apply other objects. Most patches of a whole cluster add
 * variables, decryption or retries to each; those that give something else, or lie in a file, may.
 */
export function mayApplyOthers({ uncertain, appliedBy }: Resource): boolean {
  if (!uncertain) return false;
  if (appliedBy?.contents.type !== 'built') return true;
  const { unresolved, faults } = appliedBy.contents.built;
  if (unresolved.length === 0 || faults.some(({ fails }) => fails)) return true;
  return unresolved.some(({ document, path }) => decisive.test(JSON.stringify(at(document.value, ...path) ?? 'path')));
}

/** The variables of a Kustomization to which a patch may add some. */
export function withOthers(variables: KustomizationVariables): KustomizationVariables {
  return {
    of: (name) => {
      const variable = variables.of(name);
      return variable.state === 'absent' ? { state: 'perhaps' } : variable;
    },
    substitutes: variables.substitutes === 'always' ? 'always' : 'perhaps',
    faults: variables.faults,
  };
}

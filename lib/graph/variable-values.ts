import { at, keysAt, textAt } from '../json/read';
import type { Cluster } from './cluster';
import { isKnown, type KustomizationVariables, type VariableSource } from './substitution';

/** The values of a ConfigMap or Secret, by its namespace and name. */
export type ValuesOf = (kind: 'ConfigMap' | 'Secret', namespace: string, name: string) => VariableSource;

/** Nothing is known of any. */
export const noValues: ValuesOf = () => ({ state: 'unknown' });

/** The values that Flux fills in from a cluster's ConfigMaps and Secrets; a Secret's stay unknown, so that none is ever shown. */
export function valuesIn(cluster: Cluster): ValuesOf {
  return (kind, namespace, name) => {
    const [plain] = kind === 'ConfigMap' ? cluster.find({ group: '', kind, namespace, name }) : [];
    if (plain !== undefined && !plain.uncertain) {
      const data = keysAt(plain.value, 'data').map(
        (key) => [key, knownText(textAt(plain.value, 'data', key))] as const,
      );
      return { state: 'found', data: new Map(data), complete: at(plain.value, 'binaryData') === undefined };
    }
    const found = cluster.secrets.lookup(kind, namespace, name);
    if (found.state !== 'found') return { state: found.state };
    return { state: 'found', data: new Map([...found.keys].map((key) => [key, undefined])), complete: !found.open };
  };
}

/** A value that is encrypted, or itself filled in with something unknown, is not known. */
function knownText(text: string | undefined): string | undefined {
  return text === undefined || text.startsWith('ENC[') || !isKnown(text) ? undefined : text;
}

/** The variables of a Kustomization to which something may add others as it is applied. */
export function withOthers(variables: KustomizationVariables): KustomizationVariables {
  return {
    of: (name) => {
      const variable = variables.of(name);
      return variable.state === 'absent' ? { state: 'perhaps' } : variable;
    },
    substitutes: variables.substitutes === 'always' ? 'always' : 'perhaps',
    names: variables.names,
    faults: variables.faults,
  };
}

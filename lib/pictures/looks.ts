import type { Resource } from '../graph/resource';
import { display } from '../graph/substitution';
import { group as cnpgGroup } from '../systems/cnpg/names';
import { externalSecretsGroup, generatorGroup } from '../systems/external-secrets/spec';
import { podTemplatePath } from '../systems/kinds/kinds';
import type { NodeKind } from './picture';

export const esoGroup = 'eso';
export const kubernetesGroup = 'kubernetes';

/** How an object that makes or reads a Secret is shown. */
export function lookOf({ group, kind, name }: Pick<Resource, 'group' | 'kind' | 'name'>): {
  readonly kind: NodeKind;
  readonly label: string;
  readonly group: string;
} {
  const label = `${display(kind)} ${display(name)}`;
  if (group === generatorGroup) {
    const generator = kind.endsWith('Generator') ? label : `${display(kind)} generator ${display(name)}`;
    return { kind: 'generator', label: generator, group: esoGroup };
  }
  if (group === externalSecretsGroup) return { kind: esoKinds.get(kind) ?? 'object', label, group: esoGroup };
  if (group === cnpgGroup) return { kind: 'database', label: `CNPG ${label}`, group: kubernetesGroup };
  if (podTemplatePath({ group, kind }) !== undefined) return { kind: 'workload', label, group: kubernetesGroup };
  return { kind: group === '' && kind === 'Secret' ? 'secret' : 'object', label, group: kubernetesGroup };
}

const esoKinds: ReadonlyMap<string, NodeKind> = new Map([
  ['ExternalSecret', 'external-secret'],
  ['ClusterExternalSecret', 'external-secret'],
  ['PushSecret', 'push-secret'],
  ['ClusterPushSecret', 'push-secret'],
  ['SecretStore', 'store'],
  ['ClusterSecretStore', 'store'],
]);

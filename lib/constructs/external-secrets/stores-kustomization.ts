import type { Construct } from 'constructs';
import { ownDescription } from '../description';
import { FluxKustomization } from '../flux/flux-kustomization';
import { clusterOf } from '../scopes';
import type { ExternalSecrets } from './external-secrets';

/** The Kustomization of an operator's stores: one for all of them, beside the operator. */
export function storesOf(operator: ExternalSecrets): FluxKustomization {
  const { namespaceFolder } = operator;
  const name = 'external-secrets-stores';
  const existing: Construct | undefined = namespaceFolder.node.tryFindChild(name) as Construct | undefined;
  if (existing instanceof FluxKustomization) return existing;
  return new FluxKustomization(namespaceFolder, name, {
    directory: 'stores',
    description: ownDescription(
      clusterOf(operator),
      undefined,
      'The stores that ExternalSecrets read and PushSecrets write',
    ),
  });
}

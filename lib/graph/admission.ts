import { isJsonObject } from '../json/json';
import { at, listAt, textAt } from '../json/read';
import { groupVersion } from '../systems/api-version';
import { memoize } from '../text/memoize';
import type { SourceDocument } from '../tree/source/source';
import { kustomizeGroup } from './flux/objects';
import { isObject } from './identity';

/**
 * Whether what the tree installs changes Flux Kustomizations as they are applied: people have variables added to all of them so.
 * What it adds is not followed. Looked for once: a tree may have thousands of clusters, each of a few documents.
 */
export const changesKustomizations = memoize((documents: readonly SourceDocument[]): boolean =>
  documents.some(changes),
);

const kinds = new Set([
  'MutatingAdmissionPolicy',
  'MutatingWebhookConfiguration',
  'ClusterPolicy',
  'Policy',
  'HelmRelease',
]);

function changes({ value }: SourceDocument): boolean {
  // Its kind first: it is asked of every document, and most are something else.
  if (!isJsonObject(value) || !kinds.has(value.kind as string) || !isObject(value)) return false;
  const { group } = groupVersion(value.apiVersion);
  switch (`${group}/${value.kind}`) {
    case 'admissionregistration.k8s.io/MutatingAdmissionPolicy':
      return listAt(value, 'spec', 'matchConstraints', 'resourceRules').some(isOfKustomizations);
    case 'admissionregistration.k8s.io/MutatingWebhookConfiguration':
      return listAt(value, 'webhooks').some((webhook) => listAt(webhook, 'rules').some(isOfKustomizations));
    case 'kyverno.io/ClusterPolicy':
    case 'kyverno.io/Policy':
      return listAt(value, 'spec', 'rules').some(
        (rule) => at(rule, 'mutate') !== undefined && JSON.stringify(at(rule, 'match') ?? '').includes('Kustomization'),
      );
    // https://github.com/xunholy/fluxcd-kustomize-mutating-webhook
    case 'helm.toolkit.fluxcd.io/HelmRelease':
      return [
        textAt(value, 'spec', 'chart', 'spec', 'chart'),
        textAt(value, 'spec', 'chartRef', 'name'),
        value.metadata.name,
      ].some((name) => name?.endsWith('kustomize-mutating-webhook'));
    default:
      return false;
  }
}

function isOfKustomizations(rule: Parameters<typeof listAt>[0]): boolean {
  const has = (field: string, name: string) =>
    listAt(rule, field).some((each) => each === '*' || each === '*/*' || each === name);
  return has('apiGroups', kustomizeGroup) && has('resources', 'kustomizations');
}

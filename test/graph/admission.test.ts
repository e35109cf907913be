import { changesKustomizations } from '../../lib/graph/admission';
import { memory } from '../tree/kustomize/memory';
import { object } from './graph';

function changes(text: string): boolean {
  return changesKustomizations(memory({ 'a.yaml': text }).files.get('a.yaml')?.documents ?? []);
}

const rule = (group: string, resource: string) =>
  `{ apiGroups: [${group}], apiVersions: [v1], operations: [CREATE], resources: [${resource}] }`;
const policy = (group: string, resource: string) =>
  object(
    'admissionregistration.k8s.io/v1',
    'MutatingAdmissionPolicy',
    'variables',
    `spec: { matchConstraints: { resourceRules: [${rule(group, resource)}] } }`,
    '',
  );
const webhook = (group: string, resource: string) =>
  object(
    'admissionregistration.k8s.io/v1',
    'MutatingWebhookConfiguration',
    'variables',
    `webhooks: [{ name: a.example.com, rules: [${rule(group, resource)}] }]`,
    '',
  );
const kyverno = (verb: string, kind: string) =>
  object(
    'kyverno.io/v1',
    'ClusterPolicy',
    'variables',
    `spec: { rules: [{ name: a, match: { any: [{ resources: { kinds: [${kind}] } }] }, ${verb}: {} }] }`,
    '',
  );
const release = (chart: string) =>
  object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'webhook', `spec: { chart: { spec: { chart: ${chart} } } }`);

describe('what changes Kustomizations as they are applied', () => {
  it.each([
    ['a policy', policy('kustomize.toolkit.fluxcd.io', 'kustomizations')],
    ['a policy for everything', policy('"*"', '"*/*"')],
    ['a webhook', webhook('kustomize.toolkit.fluxcd.io', 'kustomizations')],
    ['a rule of Kyverno', kyverno('mutate', 'kustomize.toolkit.fluxcd.io/*/Kustomization')],
    ['the chart of the webhook', release('fluxcd-kustomize-mutating-webhook')],
  ])('is %s', (_, text) => {
    expect(changes(text)).toBe(true);
  });

  it.each([
    ['a policy of another kind', policy('apps', 'deployments')],
    ['a webhook of another kind', webhook('""', 'pods')],
    ['a rule that only looks', kyverno('validate', 'Kustomization')],
    ['a rule of another kind', kyverno('mutate', 'Pod')],
    ['another chart', release('shop')],
  ])('is not %s', (_, text) => {
    expect(changes(text)).toBe(false);
  });
});

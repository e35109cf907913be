import { rightsToApply } from '../../../lib/systems/flux/applier-rights';

const kinds = (...texts: string[]) =>
  texts.map((text) => {
    const [group = '', kind = ''] = text.split('/');
    return { group, kind };
  });
const all = ['create', 'delete', 'get', 'list', 'patch', 'watch'];
const read = ['get', 'list', 'watch'];

test('a rule for each group, with what the API calls the kinds', () => {
  const given = kinds(
    'networking.k8s.io/NetworkPolicy',
    '/Service',
    'networking.k8s.io/Ingress',
    '/Endpoints',
    '/Service',
  );
  expect(rightsToApply(given)).toEqual([
    { apiGroups: [''], resources: ['endpoints', 'services'], verbs: all },
    { apiGroups: ['networking.k8s.io'], resources: ['ingresses', 'networkpolicies'], verbs: all },
  ]);
});

test('what tells whether an object is ready is read, unless it is applied itself', () => {
  expect(rightsToApply(kinds('apps/StatefulSet', 'apps/Deployment', 'apps/ReplicaSet'))).toEqual([
    { apiGroups: ['apps'], resources: ['deployments', 'replicasets', 'statefulsets'], verbs: all },
    { apiGroups: [''], resources: ['pods'], verbs: read },
  ]);
});

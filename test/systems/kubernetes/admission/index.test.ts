import { faultsOf } from '../../../../lib/systems/kubernetes/admission';

test('requests are held against limits wherever the pods of a kind are made', () => {
  const containers = [
    { name: 'a', image: 'a', resources: { requests: { memory: '2Gi', cpu: 1 }, limits: { memory: '1Gi', cpu: '1' } } },
  ];
  const job = {
    spec: {
      template: {
        spec: { restartPolicy: 'Never', initContainers: containers, containers: [{ name: 'b', image: 'b' }] },
      },
    },
  };
  expect([...faultsOf({ apiVersion: 'batch/v1', kind: 'CronJob', spec: { jobTemplate: job } })]).toEqual([
    {
      path: [...'spec.jobTemplate.spec.template.spec.initContainers'.split('.'), 0, 'resources', 'requests', 'memory'],
      allowed: 'at most its limit, 1Gi',
    },
  ]);
  expect([...faultsOf({ apiVersion: 'acme.org/v1', kind: 'CronJob', spec: { jobTemplate: job } })]).toEqual([]);
});

test('a key of a Secret is told, and its value is not shown', () => {
  const secret = { apiVersion: 'v1', kind: 'Secret', stringData: { 'a b': 'x', ok: 'y' } };
  expect([...faultsOf(secret)]).toEqual([
    {
      path: ['stringData', 'a b'],
      value: null,
      allowed: 'a key of letters, digits, "-", "_" and ".", not beginning with "..", at most 253 characters',
      example: '"API_TOKEN"',
    },
  ]);
});

import { object } from '../../graph/graph';
import { deployment, shopEffects } from '../review-of';

const reader = deployment(
  'envFrom: [{ configMapRef: { name: settings } }, { secretRef: { name: keys, optional: true } }]',
);
const settings = (data: string) => object('v1', 'ConfigMap', 'settings', `data: { ${data} }`);
const keys = object('v1', 'Secret', 'keys', 'stringData: { A: b }');
const variables = (before: string, after: string) =>
  shopEffects(reader + before, reader + after).filter((effect) => effect.includes('variable'));

test('variables go with the keys of what is read whole', () => {
  expect(variables(settings('LOG: a, PORT: b') + keys, settings('PORT: b') + keys)).toEqual([
    'other medium: Deployment shop/shop no longer gets the variable `LOG`\n  because of ConfigMap/settings\n  1. Before the merge, check that its program no longer needs `LOG`.',
  ]);
  expect(variables(settings('LOG: a, PORT: b') + keys, settings('LOG_LEVEL: a, PORT: b') + keys)).toEqual([
    'other medium: Deployment shop/shop no longer gets the variable `LOG`, but gets `LOG_LEVEL` instead\n  because of ConfigMap/settings\n  1. Before the merge, check that its program no longer needs `LOG`.',
  ]);
});

test('variables that stay, come, or move to another object are no loss', () => {
  expect(variables(settings('LOG: a') + keys, settings('LOG: b') + keys)).toEqual([]);
  expect(variables(settings('LOG: a') + keys, settings('LOG: a, PORT: b') + keys)).toEqual([]);
  expect(
    variables(settings('LOG: a, PORT: b') + keys, settings('PORT: b') + keys.replace('A: b', 'A: b, LOG: a')),
  ).toEqual([]);
});

test('nobody knows the variables of a Secret whose keys nobody knows', () => {
  expect(variables(settings('LOG: a, PORT: b'), settings('PORT: b'))).toEqual([]);
});

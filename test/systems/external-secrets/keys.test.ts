import { secretKeys } from '../../../lib/systems/external-secrets/keys';

const none = () => undefined;
const data = [{ secretKey: 'a' }];

test('without a template that makes data, the Secret has the keys that were read', () => {
  expect(secretKeys({ data }, none)).toEqual({ keys: ['a'], open: false });
  expect(secretKeys({ data, target: { template: { type: 'Opaque' } } }, none)).toEqual({ keys: ['a'], open: false });
});

test('a template that renders labels alone leaves the Secret empty: External Secrets counts its templateFrom, whatever the target', () => {
  const template = { templateFrom: [{ target: 'Labels', literal: 'a: b' }] };
  expect(secretKeys({ data, target: { template } }, none)).toEqual({ keys: [], open: false });
  expect(secretKeys({ data, target: { template: { ...template, mergePolicy: 'Merge' } } }, none).keys).toEqual(['a']);
});

test('a template of data makes keys that nobody knows', () => {
  const template = { templateFrom: [{ target: 'data', literal: 'a: b' }], data: { b: '' } };
  expect(secretKeys({ data, target: { template } }, none)).toEqual({ keys: ['b'], open: true });
});

import { readSchemas } from '../../../lib/graph/schema/read-schemas';
import { messagesOf } from './schema';

const pod = (spec: string) =>
  `{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: a}], ${spec}}}`;
const of = (kubernetes?: string) => readSchemas({ kubernetes });

describe('a field of Kubernetes’ own kinds', () => {
  test('is unknown in a release that does not have it yet', () => {
    const text = pod('hostnameOverride: a');
    expect(messagesOf(text, of('1.33'))).toEqual([
      'unknown field `hostnameOverride` in `spec`: Kubernetes has had it since 1.34',
    ]);
    expect(messagesOf(text, of('1.34'))).toEqual([]);
    expect(messagesOf(text, of())).toEqual([]);
  });

  test('is unknown in a release that has it no more', () => {
    const text = pod('resourceClaims: [{name: a, source: {resourceClaimName: a}}]');
    expect(messagesOf(text, of('v1.30.4'))).toEqual([]);
    expect(messagesOf(text, of('1.31'))).toEqual([
      'unknown field `source` in `spec.resourceClaims[0]`: Kubernetes 1.31 has removed it',
    ]);
  });
});

describe('a version of Kubernetes’ own kinds', () => {
  const state = (apiVersion: string, kind: string, kubernetes?: string) => {
    const { state, served, since, until } = {
      served: [],
      since: undefined,
      until: undefined,
      ...of(kubernetes).lookup(apiVersion, kind),
    };
    return [state, served.join(), since, until];
  };

  test.each([
    [
      'resource.k8s.io/v1',
      'ResourceClaim',
      '1.33',
      ['not-served', 'resource.k8s.io/v1alpha3,resource.k8s.io/v1beta1,resource.k8s.io/v1beta2', 34, undefined],
    ],
    [
      'resource.k8s.io/v1',
      'ResourceClaim',
      '1.34',
      ['found', 'resource.k8s.io/v1beta1,resource.k8s.io/v1beta2,resource.k8s.io/v1', undefined, undefined],
    ],
    [
      'flowcontrol.apiserver.k8s.io/v1beta3',
      'FlowSchema',
      '1.31',
      ['found', 'flowcontrol.apiserver.k8s.io/v1beta3,flowcontrol.apiserver.k8s.io/v1', undefined, 32],
    ],
    [
      'flowcontrol.apiserver.k8s.io/v1beta3',
      'FlowSchema',
      '1.32',
      ['not-served', 'flowcontrol.apiserver.k8s.io/v1', undefined, 32],
    ],
    [
      'flowcontrol.apiserver.k8s.io/v1beta3',
      'FlowSchema',
      undefined,
      ['not-served', 'flowcontrol.apiserver.k8s.io/v1', undefined, 32],
    ],
  ] as const)('%s %s in %s', (apiVersion, kind, kubernetes, expected) => {
    expect(state(apiVersion, kind, kubernetes)).toEqual(expected);
  });
});

test.each(['1.28', '1.38', '2.30', 'latest', '1.', ''])('%j is no release that is known', (kubernetes) => {
  expect(() => of(kubernetes)).toThrow(
    `--kubernetes ${JSON.stringify(kubernetes)}: it must be a release whose kinds are known: 1.29 to 1.37, such as 1.36.`,
  );
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { followTree } from '../../../lib/graph/follow-tree';
import { policyVerdicts } from '../../../lib/graph/policies';
import { schemaStore } from '../../../lib/graph/schema/store';
import { memory } from '../../tree/kustomize/memory';

type Object = {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly [field: string]: unknown;
};

/**
 * Policies, objects, and what kube-apiserver 1.36.3 said when each object was applied as a dry run while each policy was bound with the
 * action Warn: the messages, by object.
 */
const lines = readFileSync(join(__dirname, 'verdicts.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map(
    (line) =>
      JSON.parse(line) as { object: Object } | { policy: Object; refused: Readonly<Record<string, readonly string[]>> },
  );
const objects = lines.flatMap((line) => ('object' in line ? [line.object] : []));
const policies = lines.flatMap((line) => ('policy' in line ? [line] : []));

const namespace = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'shop', labels: { env: 'production', team: 'x' } },
};
const bindings = policies.map(({ policy: { apiVersion, metadata } }) => ({
  apiVersion,
  kind: 'ValidatingAdmissionPolicyBinding',
  metadata,
  spec: { policyName: metadata.name, validationActions: ['Warn'] },
}));
const all = [namespace, ...policies.map(({ policy }) => policy), ...bindings, ...objects];
const graph = followTree(memory({ 'all.yaml': all.map((each) => stringify(each)).join('---\n') }), {
  schemas: schemaStore(),
});
const found = graph.clusters
  .flatMap((cluster) => policyVerdicts(graph)(cluster))
  .filter(({ ofPods }) => !ofPods)
  .map(({ policy, resource, verdict }) => ({ policy: policy.name, object: resource.name, verdict }));

test('there are policies and objects', () => {
  expect([policies.length, objects.length]).toEqual([56, 48]);
});

test.each(policies)(
  '$policy.spec.validations.0.expression: refuses what the API server refuses, for the same reason',
  ({ policy, refused }) => {
    const own = found.filter((one) => one.policy === policy.metadata.name);
    const open = new Set(own.flatMap(({ object, verdict }) => (verdict.state === 'open' ? [object] : [])));
    for (const { metadata } of objects) {
      if (open.has(metadata.name)) continue;
      const said = own.flatMap(({ object, verdict }) =>
        object === metadata.name && verdict.state === 'refused' ? [verdict.message] : [],
      );
      expect({ object: metadata.name, said }).toEqual({ object: metadata.name, said: refused[metadata.name] ?? [] });
    }
  },
);

test('what it cannot tell, and why', () => {
  const expressionOf = new Map(
    policies.map(({ policy }) => [
      policy.metadata.name,
      (policy.spec as { validations: readonly [{ expression: string }] }).validations[0].expression,
    ]),
  );
  const told = found.flatMap(({ policy, verdict }) =>
    verdict.state === 'open' ? [`${expressionOf.get(policy)}: ${verdict.why}`] : [],
  );
  expect([...new Set(told)]).toEqual([
    "request.userInfo.username == 'judge': the expression reads who applies it",
    "authorizer.group('').resource('pods').namespace('x').check('list').allowed(): the expression asks what its user may do",
    // The policy names another version of the kind, to which the API server would convert the object.
    'false: nobody knows whether it is about it: that depends on labels, or a conversion, that the tree does not show',
  ]);
});

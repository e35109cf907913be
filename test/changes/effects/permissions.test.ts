import { object } from '../../graph/graph';
import { shopEffects } from '../review-of';

const group = 'rbac.authorization.k8s.io/v1';
const role = (...rules: string[]) => object(group, 'Role', 'shop', `rules: [${rules.join(', ')}]`);
const rule = (groups: string, resources: string, verbs: string) =>
  `{ apiGroups: [${groups}], resources: [${resources}], verbs: [${verbs}] }`;
const read = rule("''", 'configmaps', 'get, list');
const binding = (name: string, ...subjects: string[]) =>
  object(
    group,
    'ClusterRoleBinding',
    'shop',
    `roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ${name} }\nsubjects: [${subjects.map((subject) => `{ kind: ServiceAccount, name: ${subject}, namespace: shop }`).join(', ')}]`,
    '',
  );

test('a role allows more, or less', () => {
  expect(shopEffects(role(read), role(read, rule('apps', 'deployments', 'get')))).toEqual([
    'other medium: Role shop/shop now allows `get deployments.apps`',
  ]);
  expect(shopEffects(role(read), role(rule("''", 'configmaps', 'get')))).toEqual([
    'other medium: Role shop/shop no longer allows `list configmaps`',
  ]);
});

test('some rights lead to all others', () => {
  expect(shopEffects(role(read), role(rule("'*'", "'*'", "'*'")))).toEqual([
    'other high: Role shop/shop now allows everything (`* *`)',
  ]);
  expect(shopEffects(role(read), role(read, rule("''", 'secrets', 'get, list')))).toEqual([
    'other high: Role shop/shop now allows `get secrets`, `list secrets`, which leads to further rights',
  ]);
  expect(shopEffects('', role(rule("''", 'pods/exec', 'create')))).toEqual([
    'other high: Role shop/shop now allows `create pods/exec`, which leads to further rights',
  ]);
});

test('the same rights in other words, and a new role that allows little, are no news', () => {
  expect(shopEffects(role(read), role(rule("''", 'configmaps', 'get'), rule("''", 'configmaps', 'list')))).toEqual([]);
  expect(shopEffects('', role(read))).toEqual([]);
  expect(
    shopEffects(
      role(rule("''", 'secrets', 'get').replace(' }', ', resourceNames: [a] }')),
      role(rule("''", 'secrets', 'get').replace(' }', ', resourceNames: [a] }')),
    ),
  ).toEqual([]);
});

test('a role is given to others, and taken from them', () => {
  expect(shopEffects(binding('view', 'one'), binding('view', 'two'))).toEqual([
    'other medium: ClusterRoleBinding shop gives ClusterRole `view` to `ServiceAccount shop/two`',
    'other medium: ClusterRoleBinding shop takes ClusterRole `view` from `ServiceAccount shop/one`',
  ]);
  expect(shopEffects('', binding('cluster-admin', 'one'))).toEqual([
    'other high: ClusterRoleBinding shop gives ClusterRole `cluster-admin` to `ServiceAccount shop/one`',
  ]);
  expect(shopEffects('', binding('view', 'one'))).toEqual([]);
});

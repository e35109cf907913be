import { differences, pathText } from '../../lib/changes/difference';
import { object } from '../graph/graph';
import { deployment, fieldsOf, shop } from './review-of';

const compared = (before: object, after: object) =>
  differences(before as never, after as never, undefined).map(
    ({ path, before: old, after: now }) => `${pathText(path)}: ${JSON.stringify(old)} → ${JSON.stringify(now)}`,
  );
const fields = (before: string, after: string) => fieldsOf(shop(before), shop(after));

describe('what differs', () => {
  test('is said of the innermost field', () => {
    expect(compared({ a: { b: { c: 1, d: 2 } } }, { a: { b: { c: 1, d: 3 } } })).toEqual(['a.b.d: 2 → 3']);
    expect(compared({ a: { b: 1 } }, { a: 'text' })).toEqual(['a: {"b":1} → "text"']);
    expect(compared({}, { a: { b: 1 } })).toEqual(['a: undefined → {"b":1}']);
  });

  test('is not the order of fields, nor whether one is null or not given', () => {
    expect(compared({ a: 1, b: { c: 1, d: 2 } }, { b: { d: 2, c: 1 }, a: 1 })).toEqual([]);
    expect(compared({ a: null }, {})).toEqual([]);
    expect(compared({ a: null }, { a: null })).toEqual([]);
    expect(compared({ a: null }, { a: 0 })).toEqual(['a: null → 0']);
  });

  test('is whether a value is a text or a number', () => {
    expect(compared({ a: '1', b: 'true' }, { a: 1, b: true })).toEqual(['a: "1" → 1', 'b: "true" → true']);
  });

  test('has a path as people write it', () => {
    expect(compared({ 'a.b/c': 1, 'd-e': 1 }, {})).toEqual(['["a.b/c"]: 1 → undefined', 'd-e: 1 → undefined']);
    expect(compared(JSON.parse('{"__proto__": 1}'), {})).toEqual(['__proto__: 1 → undefined']);
  });
});

describe('lists', () => {
  test('of objects are matched by what tells them apart, whatever their order', () => {
    const one = [
      { name: 'a', value: 1 },
      { name: 'b', value: 2 },
    ];
    expect(compared({ list: one }, { list: [...one].reverse() })).toEqual([]);
    expect(
      compared(
        { list: one },
        {
          list: [
            { name: 'b', value: 2 },
            { name: 'a', value: 3 },
          ],
        },
      ),
    ).toEqual(['list[a].value: 1 → 3']);
    expect(compared({ list: one }, { list: [...one, { name: 'c' }] })).toEqual(['list[c]: undefined → {"name":"c"}']);
    expect(compared({ list: one }, { list: [{ name: 'z', value: 1 }, one[1]] })).toEqual([
      'list[a]: {"name":"a","value":1} → undefined',
      'list[z]: undefined → {"name":"z","value":1}',
    ]);
  });

  test('of ports are matched by number and protocol', () => {
    const ports = [
      { containerPort: 53, protocol: 'UDP' },
      { containerPort: 53, protocol: 'TCP' },
    ];
    expect(compared({ ports }, { ports: [{ containerPort: 53 }, { containerPort: 53, protocol: 'UDP' }] })).toEqual([
      'ports[53/TCP].protocol: "TCP" → undefined',
    ]);
    expect(compared({ ports: [{ port: 80 }] }, { ports: [{ port: 80, targetPort: 8080 }] })).toEqual([
      'ports[80/TCP].targetPort: undefined → 8080',
    ]);
  });

  test('of objects that nothing tells apart, and of texts, are compared in their order', () => {
    expect(compared({ args: ['a', 'b', 'c'] }, { args: ['a', 'c'] })).toEqual(['args[1]: "b" → undefined']);
    expect(compared({ args: ['a', 'b'] }, { args: ['a', 'x', 'b'] })).toEqual(['args[1]: undefined → "x"']);
    expect(compared({ args: ['a', 'b'] }, { args: ['b', 'a'] })).toEqual([
      'args[0]: "a" → undefined',
      'args[1]: undefined → "a"',
    ]);
    expect(compared({ list: [{ x: 1 }, { x: 2 }] }, { list: [{ x: 1 }, { x: 3 }] })).toEqual(['list[1].x: 2 → 3']);
    expect(compared({ list: [{ name: 'a' }, { name: 'a' }] }, { list: [{ name: 'a' }, { name: 'b' }] })).toEqual([
      'list[1].name: "a" → "b"',
    ]);
    expect(compared({ list: [[1], [2]] }, { list: [[1], [3]] })).toEqual(['list[1][0]: 2 → 3']);
    expect(compared({ list: [{ name: { a: 1 } }] }, { list: [] })).toEqual(['list[0]: {"name":{"a":1}} → undefined']);
    expect(compared({ list: [] }, { list: [] })).toEqual([]);
  });

  test('of init containers are in the order in which they run', () => {
    const init = (...names: string[]) => ({ initContainers: names.map((name) => ({ name })) });
    expect(compared(init('a', 'b'), init('b', 'a'))).toEqual(['initContainers: "a, b" → "b, a"']);
    expect(compared(init('a', 'b'), init('c', 'a', 'b'))).toEqual(['initContainers[c]: undefined → {"name":"c"}']);
  });

  test('of thousands of items take no longer than lists', () => {
    const items = (from: number) => ({ list: Array.from({ length: 20_000 }, (_, i) => `item ${from + i}`) });
    expect(compared(items(0), items(1)).length).toBeGreaterThan(0);
    expect(compared(items(0), items(50_000))).toHaveLength(20_000);
  });
});

describe('what schemas know', () => {
  test('sets have no order, and values that Kubernetes fills in are no change', () => {
    const route = (spec: string) => object('gateway.networking.k8s.io/v1', 'HTTPRoute', 'shop', `spec: { ${spec} }`);
    const rule = (match: string) =>
      `rules: [{ backendRefs: [{ name: shop, port: 80 }], matches: [{ path: ${match} }] }]`;
    expect(fields(route(rule("{ type: PathPrefix, value: '/' }")), route(rule("{ value: '/' }")))).toEqual([]);
    expect(fields(route(rule("{ value: '/' }")), route(rule("{ value: '/shop' }")))).toEqual([
      'HTTPRoute shop/shop spec.rules[0].matches[0].path.value: / → /shop',
    ]);
  });

  test('fields of Kubernetes have their defaults, and quantities many forms', () => {
    expect(
      fields(deployment('resources: { requests: { cpu: 0.5 } }'), deployment('resources: { requests: { cpu: 500m } }')),
    ).toEqual([]);
    expect(
      fields(deployment(), deployment('', '  revisionHistoryLimit: 10\n  strategy: { type: RollingUpdate }')),
    ).toEqual([]);
    expect(fields(deployment(), deployment('', '  revisionHistoryLimit: 9'))).toEqual([
      'Deployment shop/shop spec.revisionHistoryLimit: - → 9',
    ]);
    expect(fields(deployment(), deployment('imagePullPolicy: IfNotPresent'))).toEqual([]);
    expect(fields(deployment('imagePullPolicy: Always'), deployment())).toEqual([
      'Deployment shop/shop spec.template.spec.containers[shop].imagePullPolicy: Always → -',
    ]);
    const probe = (more: string) => deployment(`livenessProbe: { httpGet: { path: /, port: 80 }${more} }`);
    expect(fields(probe(''), probe(', periodSeconds: 10, timeoutSeconds: 1'))).toEqual([]);
  });
});

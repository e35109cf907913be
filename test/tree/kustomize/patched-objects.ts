import fc from 'fast-check';
import type { Json, JsonObject } from '../../../lib/json/json';

/** An object and a patch for it, of which each has something of what the other has. */
export interface PatchedObject {
  readonly object: JsonObject;
  readonly patch: Json;
}

type Values = fc.Arbitrary<Json>;

const word = fc.constantFrom('a', 'b', 'c', 'd');
const text: Values = fc.constantFrom('x', 'y', '1', '');
const number: Values = fc.constantFrom(1, 80, 8080);

/** A map with some of the fields; with directives and nulls where it is (part of) a patch. */
function map(isPatch: boolean, fields: { readonly [key: string]: Values }, needed: readonly string[] = []): Values {
  const all = Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      key,
      isPatch && !needed.includes(key)
        ? fc.oneof({ weight: 9, arbitrary: value }, { weight: 1, arbitrary: nothing })
        : value,
    ]),
  );
  const record = fc.record(all, { requiredKeys: [...needed] }) as fc.Arbitrary<JsonObject>;
  if (!isPatch) return record;
  return fc.oneof({ weight: 12, arbitrary: record }, { weight: 1, arbitrary: directed(record) });
}

const nothing: Values = fc.constant(null);

function directed(record: fc.Arbitrary<JsonObject>): Values {
  return fc
    .tuple(record, fc.constantFrom('delete', 'replace', 'merge'))
    .map(([value, directive]) => ({ ...value, $patch: directive }));
}

function list(isPatch: boolean, item: Values): Values {
  const items = fc.array(item, { maxLength: 4 });
  if (!isPatch) return items;
  const directive = fc.constantFrom({ $patch: 'replace' }, { $patch: 'delete' }, { $patch: 'merge' });
  return fc.oneof(
    { weight: 14, arbitrary: items },
    { weight: 1, arbitrary: fc.tuple(directive, items).map(([first, rest]) => [first, ...rest]) },
  );
}

/** Items that mostly have their key. */
function keyed(isPatch: boolean, key: string, value: Values, fields: { readonly [key: string]: Values }): Values {
  const whole = map(isPatch, { ...fields, [key]: value }, [key]);
  return list(isPatch, fc.oneof({ weight: 20, arbitrary: whole }, { weight: 1, arbitrary: map(isPatch, fields) }));
}

function podSpec(p: boolean): Values {
  const named = (key: string, fields: { readonly [key: string]: Values } = {}) =>
    keyed(p, key, word, { value: text, ...fields });
  const protocol = fc.constantFrom('TCP', 'UDP');
  const container = {
    image: text,
    args: list(p, text),
    env: named('name', { valueFrom: map(p, { fieldRef: map(p, { fieldPath: text }) }) }),
    ports: list(p, map(p, { containerPort: number, protocol, name: word })),
    volumeMounts: named('mountPath'),
    resources: map(p, { limits: map(p, { cpu: text, memory: text }) }),
    securityContext: map(p, { capabilities: map(p, { drop: list(p, text) }) }),
  };
  return map(p, {
    containers: keyed(p, 'name', word, container),
    initContainers: keyed(p, 'name', word, container),
    volumes: named('name', {
      emptyDir: map(p, {}),
      configMap: map(p, { name: text, items: list(p, map(p, { key: text })) }),
    }),
    imagePullSecrets: named('name'),
    tolerations: list(p, map(p, { key: text, operator: text })),
    topologySpreadConstraints: list(p, map(p, { topologyKey: word, whenUnsatisfiable: word, maxSkew: number })),
    nodeSelector: map(p, { a: text, b: text }),
    replicas: number,
  });
}

function metadata(p: boolean): Values {
  const labels = map(p, { a: text, b: text, c: text });
  return map(p, { labels, annotations: labels, finalizers: list(p, word) });
}

function specOf(kind: string, p: boolean): JsonObject | { readonly [key: string]: Values } {
  const template = map(p, { metadata: metadata(p), spec: podSpec(p) });
  switch (kind) {
    case 'Deployment':
      return { metadata: metadata(p), spec: map(p, { replicas: number, template, paused: fc.boolean() }) };
    case 'CronJob':
      return { spec: map(p, { jobTemplate: map(p, { spec: map(p, { template }) }) }) };
    case 'Service': {
      const ports = list(
        p,
        map(p, { port: number, protocol: fc.constantFrom('TCP', 'UDP'), name: word, targetPort: number }),
      );
      return { metadata: metadata(p), spec: map(p, { ports, selector: map(p, { a: text }) }) };
    }
    case 'ConfigMap':
      return { metadata: metadata(p), data: map(p, { a: text, b: text }) };
    default: {
      const pod = map(p, { apiVersion: fc.constant('v1'), kind: fc.constant('Pod'), spec: podSpec(p) });
      return {
        metadata: metadata(p),
        spec: map(p, { list: list(p, map(p, { name: word, value: text })), pod, template }),
      };
    }
  }
}

const apiVersions: { readonly [kind: string]: string } = {
  Deployment: 'apps/v1',
  CronJob: 'batch/v1',
  Service: 'v1',
  ConfigMap: 'v1',
  Thing: 'example.org/v1',
};

const kinds = fc.constantFrom(...Object.keys(apiVersions));

function objectOf(kind: string, isPatch: boolean): fc.Arbitrary<JsonObject> {
  const fields = specOf(kind, isPatch) as { readonly [key: string]: Values };
  return (fc.record(fields, { requiredKeys: [] }) as fc.Arbitrary<JsonObject>).map((value) => {
    const { metadata: of, ...rest } = value;
    const known = typeof of === 'object' && of !== null ? of : {};
    return { apiVersion: apiVersions[kind] as string, kind, metadata: { ...known, name: 'NAME' }, ...rest };
  });
}

/** An object, and a strategic-merge patch for it. */
export const strategic: fc.Arbitrary<PatchedObject> = kinds.chain((kind) =>
  fc.record({ object: objectOf(kind, false), patch: objectOf(kind, true) }),
);

const pointer = fc
  .array(fc.constantFrom('labels', 'a', 'b', 'spec', 'data', 'list', '0', '1', '-', '-1', 'a~1b'), {
    minLength: 1,
    maxLength: 4,
  })
  .map((steps) => `/${steps.join('/')}`);

/** A pointer to something in the object, or perhaps to nothing. */
function pointerIn(object: JsonObject): fc.Arbitrary<string> {
  const found: string[] = [];
  const visit = (value: Json, path: string): void => {
    // Without its annotations kustomize forgets what an object was called, and copies what it notes there.
    if (path !== '' && !/^\/(?:apiVersion|kind|metadata(?:\/name|\/annotations)?)$/.test(path)) found.push(path);
    if (typeof value !== 'object' || value === null) return;
    for (const [key, each] of Object.entries(value)) visit(each as Json, `${path}/${key.replaceAll('/', '~1')}`);
    found.push(`${path}/new`);
    if (Array.isArray(value)) found.push(`${path}/-`, `${path}/-1`, `${path}/${value.length}`);
  };
  visit(object, '');
  return fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...found) }, { weight: 1, arbitrary: pointer });
}

const anyValue: Values = fc.oneof(
  text,
  number,
  nothing,
  fc.constant({ a: 'x' }),
  fc.constant([1, 'y']),
  fc.constant([]),
);

/** An object, and a JSON patch for it. */
export const operations: fc.Arbitrary<PatchedObject> = kinds.chain((kind) =>
  objectOf(kind, false).chain((object) => {
    const path = pointerIn(object);
    const operation = fc.oneof(
      fc.record({ op: fc.constantFrom('add', 'replace'), path, value: anyValue }),
      fc.record({ op: fc.constant('remove'), path }),
      fc.record({ op: fc.constantFrom('move', 'copy'), from: path, path }),
      fc.record({ op: fc.constant('test'), path, value: anyValue }),
    ) as fc.Arbitrary<JsonObject>;
    return fc
      .array(operation, { minLength: 1, maxLength: 3 })
      .map((patch) => ({ object: { ...object, list: [1, 2] }, patch }));
  }),
);

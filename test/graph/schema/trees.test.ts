import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { type SchemaFault, validate } from '../../../lib/graph/schema';
import type { Json, JsonObject } from '../../../lib/json/json';
import { repository } from '../../repository';
import { generate, random } from './generate';
import { builtins } from './schema';

/** The objects of a committed tree. */
function objectsOf(folder: string): JsonObject[] {
  const files = readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' });
  return files
    .filter((path) => /\.ya?ml$/.test(path))
    .flatMap((path) => parseAllDocuments(readFileSync(join(repository, folder, path), 'utf8')))
    .map((document) => document.toJS() as JsonObject)
    .filter((object) => typeof object?.kind === 'string');
}

function faultsOf(object: JsonObject): SchemaFault[] {
  const found = builtins.lookup(String(object.apiVersion), String(object.kind));
  return found.state === 'found' ? validate(object, found.schema) : [];
}

const trees = ['dist', 'examples/fleet/dist'];

test.each(trees)('%s: every object is of a known kind, and none has a fault', (folder) => {
  const objects = objectsOf(folder);
  expect(objects.length).toBeGreaterThan(20);
  const unknown = objects.filter(
    ({ apiVersion, kind }) => builtins.lookup(String(apiVersion), String(kind)).state !== 'found',
  );
  // kustomize's own files are no objects of a cluster.
  expect([...new Set(unknown.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`))]).toEqual([
    'kustomize.config.k8s.io/v1beta1 Kustomization',
  ]);
  expect(objects.flatMap(faultsOf)).toEqual([]);
});

/** A value with one of its parts replaced. */
function replaced(value: Json, path: readonly (string | number)[], part: Json): Json {
  const [step, ...rest] = path;
  if (step === undefined) return part;
  if (Array.isArray(value)) {
    return value.map((item, i) => (i === step ? replaced(item, rest, part) : item)) as Json;
  }
  return { ...(value as JsonObject), [step]: replaced((value as JsonObject)[step] as Json, rest, part) };
}

function pathsOf(value: Json, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return [
    path,
    ...Object.entries(value).flatMap(([key, item]) =>
      pathsOf(item, [...path, Array.isArray(value) ? Number(key) : key]),
    ),
  ];
}

function isThere(object: Json, path: SchemaFault['path']): boolean {
  let value: Json | undefined = object;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return false;
    value = (value as JsonObject)[step];
  }
  return true;
}

const objects = trees.flatMap(objectsOf);
const part = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>;

test('whatever is put in whatever place of an object: faults are told, nothing is thrown, and each names a place that is there', () => {
  fc.assert(
    fc.property(fc.nat(objects.length - 1), fc.nat(), part, (index, place, value) => {
      const object = objects[index] as JsonObject;
      const paths = pathsOf(object);
      const path = paths[place % paths.length] ?? [];
      if (path.length === 0 || path[0] === 'kind' || path[0] === 'apiVersion') return;
      const changed = replaced(object, path, value) as JsonObject;
      for (const fault of faultsOf(changed)) {
        expect(fault.message).not.toBe('');
        // What is lacking is named where it should be.
        expect(isThere(changed, fault.kind === 'required' ? fault.path.slice(0, -1) : fault.path)).toBe(true);
      }
    }),
    { numRuns: 1500, seed: 1 },
  );
});

test('a field that is nobody’s is found wherever an object has a name', () => {
  const missed = new Set<string>();
  for (const object of objects.filter(({ apiVersion }) => !String(apiVersion).startsWith('kustomize.config'))) {
    for (const path of pathsOf(object).filter((steps) => isThere(object, [...steps, 'name']))) {
      const at = [...path, 'nmae'];
      const faults = faultsOf(replaced(object, at, 'x') as JsonObject);
      const isFound = faults.some((fault) => fault.kind === 'unknown-field' && fault.path.join() === at.join());
      if (!isFound) missed.add(`${object.kind}: ${path.join('.')}`);
    }
  }
  // A chart's values are its own.
  expect([...missed]).toEqual(['HelmRelease: spec.values.serviceAccount']);
});

test('what the schemas of the built-in kinds describe is of the right form', () => {
  const chance = random(7);
  for (const [apiVersion, kind] of [
    ['v1', 'Pod'],
    ['apps/v1', 'StatefulSet'],
    ['external-secrets.io/v1', 'SecretStore'],
    ['gateway.networking.k8s.io/v1', 'HTTPRoute'],
    ['postgresql.cnpg.io/v1', 'Cluster'],
  ] as const) {
    const found = builtins.lookup(apiVersion, kind);
    if (found.state !== 'found') throw new Error(kind);
    const faults = Array.from({ length: 50 }, () =>
      generate(found.schema.node, chance, ['a', 'b', '1', '/a', 'a.b/c', '1h', '']),
    )
      .flatMap((object) => validate(object as JsonObject, found.schema))
      // What binds fields to each other, and forms that no word of these has, is left to chance.
      .filter(({ kind }) => kind === 'unknown-field' || kind === 'type' || kind === 'enum');
    expect(faults).toEqual([]);
  }
});

import { kindTypes } from '../../../lib/graph/schema/kind-types';
import { misfit } from '../../../lib/graph/schema/misfit';
import { packedSchemas } from '../../../lib/graph/schema/read-schemas';
import type { KindSchema } from '../../../lib/graph/schema/validate';
import type { JsonObject, Path } from '../../../lib/json/json';
import { random } from './generate';
import { sample } from './sample';
import { builtins, thingStore } from './schema';

const allKinds: readonly KindSchema[] = packedSchemas()
  .kinds()
  .flatMap(([group, name, { kind = name, versions }]) =>
    Object.keys(versions).flatMap((version) => {
      const found = builtins.lookup(group === '' ? version : `${group}/${version}`, kind);
      return found.state === 'found' ? [found.schema] : [];
    }),
  );

test('what the schema takes fits the type, and what it refuses by a name, a type or a choice does not: all kinds', () => {
  const types = kindTypes(allKinds);
  const chance = random(1);
  const different: [object: string, misfit: Path | undefined, faults: readonly string[]][] = [];
  const counts = { right: 0, wrong: 0 };
  for (const schema of [...allKinds, ...allKinds]) {
    const { object, faults, lacks } = sample(schema, chance);
    if (lacks && faults.length === 0) continue;
    const found = misfit(object, types.get(`${schema.apiVersion}/${schema.kind}`));
    counts[faults.length === 0 ? 'right' : 'wrong'] += 1;
    if ((found === undefined) !== (faults.length === 0)) different.push([JSON.stringify(object), found, faults]);
  }
  expect(different).toEqual([]);
  expect(counts.right).toBeGreaterThan(1000);
  expect(counts.wrong).toBeGreaterThan(100);
});

/** The type of the kind `example.com/v1 Thing` whose spec has this schema, and how it is read. */
function thing(spec: object) {
  const found = thingStore(spec).lookup('example.com/v1', 'Thing');
  if (found.state !== 'found') throw new Error(found.state);
  const type = kindTypes([found.schema]).get('example.com/v1/Thing');
  const object = { apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: 'a' } };
  return { type, misfit: (value: unknown) => misfit({ ...object, spec: value } as JsonObject, type, isVariable) };
}

const isVariable = (text: string) => text === '${PORT}';

const port = { type: 'integer' };
const entry = (field: object) => ({ type: 'object', required: ['port'], properties: { port: field } });

test.each<[string, object, unknown, Path | undefined]>([
  ['a number', port, 1, undefined],
  ['a number in quotes', port, '1', ['spec']],
  ['a number that is a variable', port, '${PORT}', undefined],
  ['a number that is a variable with a text', port, '${PORT}0', ['spec']],
  ['a number or text', { 'x-kubernetes-int-or-string': true }, '50%', undefined],
  ['a choice', { enum: ['a', 'b'], type: 'string' }, 'c', ['spec']],
  ['a choice that is a variable', { enum: ['a', 'b'], type: 'string' }, '${PORT}', undefined],
  ['a further field', { type: 'object', properties: { port } }, { prot: 1 }, ['spec', 'prot']],
  [
    'a further field of an open object',
    { properties: { port }, type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    { prot: 1 },
    undefined,
  ],
  [
    'a field within an open object',
    { properties: { port }, type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    { port: '1' },
    ['spec', 'port'],
  ],
  [
    'an embedded object',
    { type: 'object', 'x-kubernetes-embedded-resource': true, properties: {} },
    { kind: 'X' },
    undefined,
  ],
  ['a map', { type: 'object', additionalProperties: port }, { a: 1, b: '1' }, ['spec', 'b']],
  ['a list', { type: 'array', items: port }, [1, '1'], ['spec', 1]],
  ['a field that lacks, which a patch may give', entry(port), {}, undefined],
  ['a field that an item lacks', { type: 'array', items: entry(port) }, [{ port: 1 }, {}], ['spec', 1]],
  ['a field that an entry lacks', { type: 'object', additionalProperties: entry(port) }, { a: {} }, ['spec', 'a']],
  [
    'a field that an item lacks and is filled in',
    { type: 'array', items: entry({ ...port, default: 1 }) },
    [{}],
    undefined,
  ],
  ['null', { type: 'object', properties: { port } }, { port: null }, undefined],
  ['null in place of what is required', { type: 'array', items: entry(port) }, [{ port: null }], ['spec', 0, 'port']],
  ['null that is a value', { type: 'array', items: { ...port, nullable: true } }, [null], undefined],
])('%s', (_, schema, value, expected) => {
  expect(thing(schema).misfit(value)).toEqual(expected);
});

test('metadata, and kinds whose fields are open', () => {
  const object = (metadata: object): JsonObject =>
    ({ apiVersion: 'a/v1', kind: 'B', metadata, any: [{}] }) as JsonObject;
  expect(
    misfit(object({ name: 'a', labels: { a: 'b' }, annotations: { a: 1 }, creationTimestamp: null }), undefined),
  ).toBeUndefined();
  expect(misfit(object({ name: 'a', labels: { a: 1 } }), undefined)).toEqual(['metadata', 'labels', 'a']);
  expect(misfit(object({ name: 'a', annotatons: {} }), undefined)).toEqual(['metadata', 'annotatons']);
  expect(misfit({ apiVersion: 'v1', kind: 'List', items: [] }, undefined)).toBeUndefined();
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { ownKinds } from '../../lib/graph/schema/openapi';
import { readPack } from '../../lib/graph/schema/pack';
import { inside } from '../../lib/graph/schema/parts';
import type { Schema } from '../../lib/graph/schema/schema';
import { readConfig } from '../../scripts/import/config';
import { differences, pack, whole } from '../../scripts/import/pack';
import { leanSchema } from '../../scripts/import/reduce';
import { type Kind, kindsOf } from '../../scripts/import/schemas';
import { downloadOpenApis, readSchemaSources } from '../../scripts/import/sources';
import { repository } from '../repository';

const crds = join(repository, 'imports', 'crds');
const config = readConfig(join(repository, 'cdk8s.yaml'));
const bytes = readFileSync(join(repository, 'imports', 'schemas.br'));
const committed = readPack(bytes);
const { ESPALIER_CRDS: releasedCrds, ESPALIER_SCHEMAS: catalog } = process.env;

function schemaOf(group: string, kind: string, version: string): Schema {
  const ref = committed.find(group, kind.toLowerCase())?.versions[version]?.schema ?? '';
  return whole(committed.schema(ref) ?? {}, committed.schema);
}

/** What says only how two appliers share a value is not in the pack. */
function withoutMerging(schema: Schema): Schema {
  const { 'x-kubernetes-map-type': _, ...rest } = inside(schema, withoutMerging) as Schema & Record<string, unknown>;
  const { 'x-kubernetes-list-type': type, ...left } = rest;
  return type === 'atomic' ? left : rest;
}

describe('what the checker knows is', () => {
  // Of Gateway API it knows the experimental channel, the constructs the standard one.
  const ofOneChannel = ({ group }: { group: string }) => group !== 'gateway.networking.k8s.io';
  const both = releasedCrds && catalog;
  const why = both ? '' : ' (skipped: ESPALIER_CRDS and ESPALIER_SCHEMAS do not name folders of them)';

  (both ? test : test.skip)(`what the released definitions say, and every kind of the catalog${why}`, () => {
    const sources = readSchemaSources([resolve(repository, releasedCrds ?? ''), resolve(repository, catalog ?? '')]);
    const { kinds } = kindsOf({ ...sources, openApis: [] });
    expect(kinds.length).toBeGreaterThan(50);
    for (const { group, kind, catalog: isOfCatalog, versions } of kinds.filter(ofOneChannel)) {
      const known = committed.find(group, kind.toLowerCase());
      expect([group, kind, known]).toEqual([group, kind, expect.anything()]);
      // Kubernetes' own kinds are from its OpenAPI.
      if (isOfCatalog && known?.catalog !== true) continue;
      for (const [version, { schema }] of versions) {
        expect([group, kind, version, schemaOf(group, kind, version)]).toEqual([group, kind, version, schema]);
      }
    }
  });

  test('what imports/*.ts are made from, and more', () => {
    for (const { name, file } of config.kinds.filter(ofOneChannel)) {
      const { spec } = parse(readFileSync(join(crds, file), 'utf8'));
      const names = spec.versions.map((version: { name: string }) => version.name);
      const known = committed.find(spec.group, spec.names.kind.toLowerCase());
      expect(Object.keys(known?.versions ?? {}).sort()).toEqual(names.sort());
      for (const version of spec.versions) {
        const { apiVersion, kind, metadata, status, ...fields } = version.schema.openAPIV3Schema.properties;
        const all = leanSchema(name, schemaOf(spec.group, spec.names.kind, version.name) as never);
        expect(all).toEqual(withoutMerging({ ...version.schema.openAPIV3Schema, properties: fields }));
      }
    }
  });

  test('830 kinds and versions of a catalog, or newer definitions of them, and Kubernetes 1.29 to 1.37, in less than 300 KB', () => {
    const kinds = committed.kinds();
    const versions = kinds.flatMap(([, , kind]) => Object.keys(kind.versions));
    expect({
      kinds: kinds.length,
      versions: versions.length,
      groups: new Set(kinds.map(([group]) => group)).size,
    }).toEqual({ kinds: 591, versions: 828, groups: 112 });
    expect(committed.releases).toEqual([29, 37]);
    expect(bytes.length).toBeLessThan(300_000);
  });

  test('facts: no text of the releases', () => {
    const prose = ['description', 'title', 'example', 'externalDocs', '$comment'];
    const found = new Set<string>();
    const seen = new Set<string>();
    const visit = (schema: Schema): Schema => {
      if (schema.$ref !== undefined && !seen.has(schema.$ref)) {
        seen.add(schema.$ref);
        visit(committed.schema(schema.$ref) ?? {});
      }
      for (const keyword of Object.keys(schema)) if (prose.includes(keyword)) found.add(keyword);
      for (const rule of schema['x-kubernetes-validations'] ?? []) if (rule.message !== undefined) found.add('message');
      return inside(schema, visit);
    };
    for (const [, , { versions }] of committed.kinds()) {
      for (const { schema } of Object.values(versions)) visit({ $ref: schema });
    }
    expect([...found]).toEqual([]);
  });
});

const long = { type: 'object', properties: { name: { type: 'string' }, namespace: { type: 'string', maxLength: 63 } } };
const kind = (group: string, name: string, schema: object): Kind => ({
  group,
  kind: name,
  scope: 'Namespaced',
  versions: new Map([['v1', { schema: { type: 'object', ...schema } as Schema }]]),
});

describe('a pack', () => {
  const kinds = [
    kind('a.org', 'Apple', { properties: { ref: long, other: { type: 'array', items: long } } }),
    kind('a.org', 'Ant', { properties: { small: { type: 'string' } } }),
    kind('b.org', 'Bear', { properties: { nested: { properties: { ref: long } } } }),
  ];
  const packed = pack(kinds, long as Schema, { releases: [1, 2], catalog: 'May' });
  const read = readPack(packed);

  test('yields what was packed, whatever is written once', () => {
    for (const { group, kind, versions } of kinds) {
      const found = read.find(group, kind.toLowerCase());
      expect(found).toMatchObject({ kind, scope: 'Namespaced' });
      expect(whole({ $ref: found?.versions.v1?.schema ?? '' }, read.schema)).toEqual(versions.get('v1')?.schema);
    }
    expect(read.metadata()).toEqual(long);
    expect(read.find('a.org', 'constructor')).toBeUndefined();
    expect(read.schema('0:99')).toBeUndefined();
  });

  test('has a chunk for each group, and one for what several of them share', () => {
    expect(read.find('b.org', 'bear')?.versions.v1?.schema).toBe('2:1');
    expect(read.schema('2:1')?.properties?.nested?.properties).toEqual({ ref: { $ref: '0:1' } });
  });

  test('tells which kinds differ from those of another', () => {
    const other = pack([...kinds.slice(1), kind('c.org', 'Cat', {}), kind('a.org', 'Apple', {})], long as Schema, {
      releases: [1, 2],
      catalog: 'May',
    });
    expect(differences(packed, other)).toEqual(['a.org/v1 Apple', 'c.org/v1 Cat (new)']);
    expect(differences(other, packed)).toEqual(['a.org/v1 Apple', 'c.org/v1 Cat (gone)']);
    expect(differences(packed, packed)).toEqual([]);
  });
});

test('of a kind the first definition counts, then OpenAPI, then a catalog', () => {
  const definition = (description: string) => ({
    origin: 'x',
    manifest: {
      spec: {
        group: 'a.org',
        scope: 'Cluster',
        names: { kind: 'Apple' },
        versions: [
          {
            name: 'v1',
            served: true,
            storage: true,
            deprecated: true,
            schema: { openAPIV3Schema: { description, minProperties: description.length } },
          },
          { name: 'v1alpha1', served: false, storage: false },
        ],
      },
    },
  });
  const { kinds } = kindsOf({
    definitions: [definition('1'), definition('22')],
    openApis: [],
    catalog: [
      { group: 'a.org', kind: 'apple', version: 'v1alpha1', schema: {} },
      { group: 'b.org', kind: 'bear', version: 'v2', schema: { type: 'object', title: 'Bear' } },
      { group: 'b.org', kind: 'bear', version: 'v1beta1', schema: { type: 'object' } },
    ],
  });
  expect(kinds.map(({ versions, ...kind }) => ({ ...kind, versions: [...versions] }))).toEqual([
    {
      ...{ group: 'a.org', kind: 'Apple', scope: 'Cluster' },
      versions: [['v1', { deprecated: true, schema: { minProperties: 1, properties: {} } }]],
    },
    {
      ...{ group: 'b.org', kind: 'bear', catalog: true },
      versions: ['v1beta1', 'v2'].map((version) => [
        version,
        { schema: { type: 'object', properties: {}, 'x-kubernetes-preserve-unknown-fields': true } },
      ]),
    },
  ]);
});

describe('Kubernetes’ own kinds', () => {
  const meta = { $ref: '#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta' };
  const release = (minor: number, properties: object, version = 'v1') => ({
    minor,
    definitions: {
      'io.k8s.Thing': {
        properties: { metadata: meta, ...properties },
        'x-kubernetes-group-version-kind': [{ group: 'things', kind: 'Thing', version }],
      },
      'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta': { properties: {} },
    } as never,
  });

  test('say with which release a field, a version and a kind came and went', () => {
    const kinds = ownKinds([
      release(31, { new: {}, b: {} }),
      release(30, { old: {}, b: {} }),
      release(32, { new: {}, b: {} }, 'v2'),
    ]);
    expect(kinds).toMatchObject([{ group: 'things', kind: 'Thing', version: 'v2' }]);
    expect(kinds[0]?.schema).toMatchObject({
      definitions: { 'io.k8s.Thing': { properties: { new: { 'x-since': 31 }, old: { 'x-until': 31 }, b: {} } } },
    });
  });

  test('take quantities as numbers, too; ports are TCP, labels are labels; a status and what every object has are left out', () => {
    expect(schemaOf('', 'ResourceQuota', 'v1').properties?.spec?.properties?.hard).toEqual({
      type: 'object',
      additionalProperties: { type: ['string', 'number'], pattern: expect.stringMatching(/KMGTPE/) },
    });
    const service = schemaOf('', 'Service', 'v1').properties ?? {};
    expect(Object.keys(service)).toEqual(['spec']);
    const { ports, selector } = service.spec?.properties ?? {};
    expect(ports?.items?.properties).toMatchObject({
      protocol: { type: 'string', default: 'TCP' },
      targetPort: { type: ['string', 'integer'] },
    });
    expect(selector).toEqual({
      type: 'object',
      additionalProperties: { type: 'string', format: 'label-value' },
      'x-keys': 'label',
    });
  });
});

describe('mistakes are told in a sentence', () => {
  let temporary: string;
  beforeEach(() => {
    temporary = mkdtempSync(join(tmpdir(), 'espalier-test-'));
  });
  afterEach(() => rmSync(temporary, { recursive: true, force: true }));

  test('no folder, a file that is not JSON, a release that is not downloaded', async () => {
    expect(() => readSchemaSources([join(temporary, 'none')])).toThrow(/^--schemas .*none: no such folder/);
    writeFileSync(join(temporary, 'core_secret_v1.json'), '{');
    expect(() => readSchemaSources([temporary])).toThrow(/core_secret_v1\.json: not JSON: /);
    await expect(downloadOpenApis(['http://127.0.0.1:1/v1.36.3/swagger.json'])).rejects.toThrow(
      /^http:\/\/127\.0\.0\.1:1\/v1\.36\.3\/swagger\.json: not downloaded/,
    );
  });

  test('cdk8s.yaml: what is no list of URLs', () => {
    const file = join(temporary, 'cdk8s.yaml');
    const kinds = { secret: 'passwords.generators.external-secrets.io' };
    for (const name of ['checked', 'kubernetes']) {
      writeFileSync(file, JSON.stringify({ kinds, upstream: [], [name]: ['Secret'] }));
      expect(() => readConfig(file)).toThrow(`${file}: ${name} must be a list of URLs of release files`);
    }
  });
});

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import type { Schema } from '../../lib/graph/schema/schema';
import { readConfig } from '../../scripts/import/config';
import { generateSchemas, schemaFiles } from '../../scripts/import/generate';
import { leanSchema } from '../../scripts/import/reduce';
import { builtinFiles } from '../../scripts/import/schemas';
import { inside, share } from '../../scripts/import/share';
import { downloadBuiltins, readBuiltins, readSources } from '../../scripts/import/sources';
import { repository } from '../repository';

const folder = join(repository, 'imports', 'schemas');
const crds = join(repository, 'imports', 'crds');
const config = readConfig(join(repository, 'cdk8s.yaml'));
const committed = new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
const { ESPALIER_CRDS: releasedCrds, ESPALIER_SCHEMAS: catalog } = process.env;

type File = {
  group: string;
  kind: string;
  scope: string;
  versions: Record<string, Schema>;
  $defs: Record<string, Schema>;
};
const files = [...committed]
  .filter(([name]) => name !== 'definitions.json')
  .map(([, text]) => JSON.parse(text) as File);

/** A schema with the shared parts put back. */
function expanded(schema: Schema, definitions: Readonly<Record<string, Schema>>): Schema {
  const name = schema.$ref?.split('/').at(-1);
  const found = name === undefined ? schema : (definitions[name] as Schema);
  return inside(found, (part) => expanded(part, definitions));
}

describe('regenerating changes nothing', () => {
  const both = releasedCrds && catalog;
  const why = both ? '' : ' (skipped: ESPALIER_CRDS and ESPALIER_SCHEMAS do not name folders of them)';
  (both ? test : test.skip)(`of imports/schemas/, from the released definitions and the catalog${why}`, () => {
    const builtins = readBuiltins(resolve(repository, catalog ?? ''), config.builtins);
    const made = schemaFiles(config, readSources(resolve(repository, releasedCrds ?? '')), builtins);
    expect([...made.keys()].sort()).toEqual([...committed.keys()].sort());
    for (const [name, text] of made) expect([name, text]).toEqual([name, committed.get(name)]);
  });

  test('the checker knows what imports/*.ts are made from, and more', () => {
    for (const { name, file } of config.kinds) {
      const { spec } = parse(readFileSync(join(crds, file), 'utf8'));
      const known = files.find(({ group, kind }) => group === spec.group && kind === spec.names.kind);
      expect(Object.keys(known?.versions ?? {})).toEqual(
        spec.versions.map((version: { name: string }) => version.name).sort(),
      );
      for (const version of spec.versions) {
        const { apiVersion, kind, metadata, status, ...fields } = version.schema.openAPIV3Schema.properties;
        const all = expanded(known?.versions[version.name] ?? {}, known?.$defs ?? {});
        expect(leanSchema(name, all as never)).toEqual({ ...version.schema.openAPIV3Schema, properties: fields });
      }
    }
  });
});

test('every kind is there, in its versions', () => {
  const table = files.map(
    ({ group, kind, scope, versions }) => `${group || 'core'} ${kind} ${Object.keys(versions).join()} ${scope}`,
  );
  expect(table).toEqual([
    'apiextensions.k8s.io CustomResourceDefinition v1 Cluster',
    'apps DaemonSet v1 Namespaced',
    'apps Deployment v1 Namespaced',
    'apps StatefulSet v1 Namespaced',
    'autoscaling HorizontalPodAutoscaler v2 Namespaced',
    'barmancloud.cnpg.io ObjectStore v1 Namespaced',
    'batch CronJob v1 Namespaced',
    'batch Job v1 Namespaced',
    'core ConfigMap v1 Namespaced',
    'core LimitRange v1 Namespaced',
    'core Namespace v1 Cluster',
    'core PersistentVolumeClaim v1 Namespaced',
    'core Pod v1 Namespaced',
    'core ResourceQuota v1 Namespaced',
    'core Secret v1 Namespaced',
    'core Service v1 Namespaced',
    'core ServiceAccount v1 Namespaced',
    'external-secrets.io ClusterExternalSecret v1 Cluster',
    'external-secrets.io ClusterPushSecret v1alpha1 Cluster',
    'external-secrets.io ClusterSecretStore v1 Cluster',
    'external-secrets.io ExternalSecret v1 Namespaced',
    'external-secrets.io PushSecret v1alpha1 Namespaced',
    'external-secrets.io SecretStore v1 Namespaced',
    'gateway.networking.k8s.io Gateway v1,v1beta1 Namespaced',
    'gateway.networking.k8s.io HTTPRoute v1,v1beta1 Namespaced',
    'generators.external-secrets.io ClusterGenerator v1alpha1 Cluster',
    'generators.external-secrets.io Password v1alpha1 Namespaced',
    'generators.external-secrets.io SSHKey v1alpha1 Namespaced',
    'generators.external-secrets.io UUID v1alpha1 Namespaced',
    'helm.toolkit.fluxcd.io HelmRelease v2 Namespaced',
    'kustomize.toolkit.fluxcd.io Kustomization v1 Namespaced',
    'networking.k8s.io Ingress v1 Namespaced',
    'networking.k8s.io NetworkPolicy v1 Namespaced',
    'policy PodDisruptionBudget v1 Namespaced',
    'postgresql.cnpg.io Backup v1 Namespaced',
    'postgresql.cnpg.io Cluster v1 Namespaced',
    'postgresql.cnpg.io ClusterImageCatalog v1 Cluster',
    'postgresql.cnpg.io Database v1 Namespaced',
    'postgresql.cnpg.io ImageCatalog v1 Namespaced',
    'postgresql.cnpg.io Pooler v1 Namespaced',
    'postgresql.cnpg.io Publication v1 Namespaced',
    'postgresql.cnpg.io ScheduledBackup v1 Namespaced',
    'postgresql.cnpg.io Subscription v1 Namespaced',
    'rbac.authorization.k8s.io ClusterRole v1 Cluster',
    'rbac.authorization.k8s.io ClusterRoleBinding v1 Cluster',
    'rbac.authorization.k8s.io Role v1 Namespaced',
    'rbac.authorization.k8s.io RoleBinding v1 Namespaced',
    'source.toolkit.fluxcd.io Bucket v1 Namespaced',
    'source.toolkit.fluxcd.io ExternalArtifact v1 Namespaced',
    'source.toolkit.fluxcd.io GitRepository v1 Namespaced',
    'source.toolkit.fluxcd.io HelmChart v1 Namespaced',
    'source.toolkit.fluxcd.io HelmRepository v1 Namespaced',
    'source.toolkit.fluxcd.io OCIRepository v1 Namespaced',
    'storage.k8s.io StorageClass v1 Cluster',
  ]);
});

test('they are facts: no text of the releases', () => {
  const prose = ['description', 'title', 'example', 'externalDocs', 'message', '$comment'];
  const found: string[] = [];
  const visit = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, child] of Object.entries(value)) {
      // A property or a shared part may be named description.
      if (prose.includes(key) && !/\.(properties|\$defs)$/.test(path)) found.push(`${path}.${key}`);
      visit(child, `${path}.${key}`);
    }
  };
  for (const [name, text] of committed) visit(JSON.parse(text), name);
  expect(found).toEqual([]);
});

describe('sharing', () => {
  const long = {
    type: 'object',
    properties: { name: { type: 'string' }, namespace: { type: 'string', pattern: '^[a-z]+$', maxLength: 63 } },
  } as const;

  test('a part that is there twice is written once, named after the field that holds it', () => {
    const { schemas, definitions } = share(
      new Map<string, Schema>([
        ['a', { type: 'object', properties: { ref: long, other: { type: 'array', items: long } } }],
        ['b', { type: 'object', properties: { small: { type: 'string' } } }],
      ]),
      (name) => `#/$defs/${name}`,
    );
    const ref = { $ref: '#/$defs/ref' };
    expect([...schemas.values()]).toEqual([
      { type: 'object', properties: { ref, other: { type: 'array', items: ref } } },
      { type: 'object', properties: { small: { type: 'string' } } },
    ]);
    expect([...definitions]).toEqual([['ref', long]]);
  });

  test('parts of different forms get different names, whatever order their keys have', () => {
    const { definitions } = share(
      new Map<string, Schema>([
        ['a', { properties: { ref: long, x: { properties: { ref: { ...long, nullable: true } } } } }],
        [
          'b',
          {
            properties: {
              ref: { properties: long.properties, type: 'object' },
              x: { properties: { ref: { ...long, nullable: true } }, nullable: true },
            },
          },
        ],
      ]),
      (name) => name,
    );
    expect([...definitions.keys()]).toEqual(['ref', 'ref2']);
  });
});

describe('Kubernetes’ own kinds', () => {
  const secret = (schema: object) =>
    JSON.parse(
      builtinFiles([
        {
          group: '',
          kind: 'Secret',
          version: 'v1',
          schema: { type: 'object', additionalProperties: false, ...schema } as never,
        },
      ]).get('core_secret.json') ?? '',
    );

  test('quantities may be numbers, ports are TCP, labels are labels; a status and what every object has are left out', () => {
    const nullable = { type: ['string', 'null'] };
    const { scope, versions } = secret({
      properties: {
        apiVersion: { type: 'string' },
        status: { type: 'object' },
        spec: {
          type: ['object', 'null'],
          additionalProperties: false,
          'x-kubernetes-map-type': 'atomic',
          properties: {
            limits: { type: 'object', additionalProperties: { type: 'string' } },
            protocol: nullable,
            selector: { type: 'object', additionalProperties: { type: 'string' } },
            port: { oneOf: [{ type: 'string' }, { type: 'integer' }, { type: 'null' }] },
          },
        },
      },
    });
    expect(scope).toBe('Namespaced');
    expect(versions.v1).toEqual({
      type: 'object',
      properties: {
        spec: {
          type: 'object',
          properties: {
            limits: {
              type: 'object',
              additionalProperties: { type: ['string', 'number'], pattern: expect.stringMatching(/KMGTPE/) },
            },
            protocol: { type: 'string', default: 'TCP' },
            selector: {
              type: 'object',
              additionalProperties: { type: 'string', format: 'label-value' },
              'x-keys': 'label',
            },
            port: { type: ['string', 'integer'] },
          },
        },
      },
    });
  });
});

describe('mistakes are told in a sentence', () => {
  let temporary: string;
  beforeEach(() => {
    temporary = mkdtempSync(join(tmpdir(), 'espalier-test-'));
  });
  afterEach(() => rmSync(temporary, { recursive: true, force: true }));
  const secrets = [{ group: '', kind: 'Secret', version: 'v1' }];

  test('a folder that lacks a kind, a file that is not JSON, a catalog that does not answer', async () => {
    expect(() => readBuiltins(temporary, secrets)).toThrow(`--schemas ${temporary}: it has no core_secret_v1.json`);
    writeFileSync(join(temporary, 'core_secret_v1.json'), '{');
    expect(() => readBuiltins(temporary, secrets)).toThrow(/core_secret_v1\.json: not JSON: /);
    await expect(downloadBuiltins('http://127.0.0.1:1/{group}/{kind}_{version}.json', secrets)).rejects.toThrow(
      /^http:\/\/127\.0\.0\.1:1\/core\/secret_v1\.json: not downloaded/,
    );
  });

  test('cdk8s.yaml: what is no list, and what is no kind', () => {
    const file = join(temporary, 'cdk8s.yaml');
    const write = (more: object) =>
      writeFileSync(
        file,
        JSON.stringify({ kinds: { secret: 'passwords.generators.external-secrets.io' }, upstream: [], ...more }),
      );
    write({ builtins: {} });
    expect(() => readConfig(file)).toThrow(`${file}: checked and builtins must be lists, and catalog a URL`);
    write({ builtins: ['Secret'] });
    expect(() => readConfig(file)).toThrow(
      `${file}: builtins: "Secret" is not apiVersion and kind, e.g. apps/v1 Deployment`,
    );
    write({ checked: ['Secret'] });
    expect(() => readConfig(file)).toThrow(
      `${file}: kinds: checked: "Secret" is not plural.group, e.g. pushsecrets.external-secrets.io`,
    );
  });

  test('kinds of Kubernetes’ own stay as they are when only definitions are given; others that are not listed go', () => {
    const root = {
      ...config,
      root: temporary,
      kinds: config.kinds.filter(({ alias }) => alias === 'password'),
      checked: [],
    };
    const sources = readSources(crds);
    const builtins = [{ group: '', kind: 'Secret', version: 'v1', schema: { type: 'object' } }];
    expect(generateSchemas(root, sources, builtins)).toEqual({
      written: [
        'schemas/core_secret.json',
        'schemas/definitions.json',
        'schemas/generators.external-secrets.io_password.json',
      ],
      removed: [],
    });
    writeFileSync(join(temporary, 'imports/schemas/example.com_thing.json'), '{}');
    expect(generateSchemas(root, sources, undefined)).toEqual({
      written: [],
      removed: ['schemas/example.com_thing.json'],
    });
  });
});

import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { commands } from '../../lib/cli/commands';
import { formats } from '../../lib/report';
import { reviewFormats } from '../../lib/report/diff';
import { anyReview } from '../changes/any-review';
import { anyResult, plain } from '../report/results';
import { espalier, repository, temporaryFolder } from '../repository';
import { losses } from './grown';
import { faults, schemaOf, validators } from './validate';

const scratch = temporaryFolder();
const temporary = () => mkdtempSync(join(scratch, 'reports-'));
const fleet = 'examples/fleet/dist';
const both = ['diff', './dist', `./${fleet}`, '--path', 'dist'];
const flagged = readdirSync(join(repository, 'test/checks/rules'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.name === 'flagged' && entry.isDirectory())
  .map(({ parentPath }) => join(parentPath, 'flagged'));

describe('what commands print for programs is what its schema says', () => {
  it.each([
    ['check.v1.json', ['check', 'dist']],
    ['check.v1.json', ['check', fleet]],
    // With a fix, edits and all.
    ['check.v1.json', ['check', 'test/checks/rules/flux/no-retry-interval/flagged']],
    ['clusters.v1.json', ['clusters', fleet]],
    ['diff.v1.json', ['diff', fleet, 'dist', '--path', 'dist']],
    ['diff.v1.json', ['diff', 'staging', 'production', '--between', '--path', fleet]],
    ['explain.v1.json', ['explain']],
    ['explain.v1.json', ['explain', 'eso/two-owners']],
    ['graph.v1.json', ['graph', 'dist']],
    ['graph.v1.json', ['graph', fleet, '--cluster', 'staging', '--of', 'order']],
    ['impact.v1.json', ['impact', 'vault:kv/webgrip/prod/clusters/soyo/apps/backstage/app', 'dist']],
    ['impact.v1.json', ['impact', 'Cluster/backstage-db', fleet]],
    ['order.v1.json', ['order', fleet]],
    ['rename.v1.json', ['rename', 'Kustomization/backstage/backstage', 'portal', 'dist']],
    ['rename.v1.json', ['rename', 'ks/flux-system/shop', 'shop-2', 'test/schemas/shop']],
    ['policy.v1.json', ['policy', fleet]],
    ['policy-comparison.v1.json', ['policy', 'dist', '--against', 'dist/vault/external-secrets.hcl']],
    ['policy-comparison.v1.json', ['policy', 'dist', '--against', 'test/schemas/narrow.hcl']],
  ])('%s of espalier %j', async (file, args) => {
    const { code, stdout, stderr } = await espalier([...args, '--format', 'json']);
    expect({ code: code === 2, stderr }).toEqual({ code: false, stderr: '' });
    expect(faults(file, stdout)).toEqual([]);
  });

  // Of all trees with something to find: some, so that it takes seconds.
  it.each(flagged.filter((_, i) => i % 40 === 0).map((tree) => tree.slice(repository.length + 1)))(
    'of %s',
    async (tree) => {
      const told = async (...args: string[]) => (await espalier([...args, '--format', 'json'])).stdout;
      expect(faults('check.v1.json', await told('check', tree))).toEqual([]);
      expect(faults('order.v1.json', await told('order', tree))).toEqual([]);
      expect(faults('diff.v1.json', await told('diff', tree, './dist', '--path', tree))).toEqual([]);
    },
  );

  it.each([
    ['check.v1.json', ['check', fleet, '--cluster', 'staging'], ['check', fleet, '--cluster', 'production']],
    ['diff.v1.json', [...both, '--cluster', 'staging'], [...both, '--cluster', 'production']],
  ])('%s of espalier report merge', async (file, ...runs) => {
    const reports = temporary();
    for (const [i, args] of runs.entries()) {
      writeFileSync(join(reports, `${i}.json`), (await espalier([...args, '--format', 'json'])).stdout);
    }
    const merge = ['report', 'merge', join(reports, '0.json'), join(reports, '1.json')];
    const { stdout, stderr } = await espalier([...merge, '--format', 'json']);
    expect({ stderr, faults: faults(file, stdout) }).toEqual({ stderr: '', faults: [] });
  });

  it('of any findings and any review', () => {
    fc.assert(
      fc.property(anyResult, (result) => {
        expect(faults('check.v1.json', formats.json.render(result, plain))).toEqual([]);
      }),
      { numRuns: 30 },
    );
    fc.assert(
      fc.property(anyReview, (review) => {
        expect(faults('diff.v1.json', reviewFormats.json.render(review, plain))).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it('and nothing else: a field that no schema names is a fault', () => {
    expect(faults('clusters.v1.json', '{ "version": 1, "clusters": [], "more": 1 }')).not.toEqual([]);
    expect(faults('clusters.v1.json', '{ "version": 2, "clusters": [] }')).not.toEqual([]);
    expect(faults('clusters.v1.json', '{ "version": 1 }')).not.toEqual([]);
  });
});

describe('outputs only grow', () => {
  const released = join(__dirname, 'released');
  const versions = readdirSync(released);
  it.each(versions.flatMap((version) => readdirSync(join(released, version)).map((file) => [version, file] as const)))(
    'since %s: %s',
    (version, file) => {
      expect(losses(schemaOf(file, join(released, version)), schemaOf(file))).toEqual([]);
    },
  );

  const before = {
    type: 'object',
    properties: {
      a: { type: 'string' },
      b: { enum: ['x', 'y'] },
      c: { type: 'array', items: { $ref: '#/$defs/C' } },
    },
    required: ['a', 'b'],
    $defs: { C: { type: 'object', properties: { d: { type: 'integer' }, c: { $ref: '#/$defs/C' } }, required: ['d'] } },
  };
  const changed = (more: object) => losses(before, { ...before, ...more });
  it('by fields and by words', () => {
    expect(
      changed({ properties: { ...before.properties, b: { enum: ['x', 'y', 'z'] }, more: { type: 'string' } } }),
    ).toEqual([]);
  });
  it.each([
    [{ properties: { ...before.properties, a: undefined } }, ['a is gone']],
    [{ properties: { ...before.properties, a: { type: 'integer' } } }, ['a was a string and is an integer']],
    [{ properties: { ...before.properties, b: { enum: ['x'] } } }, ['b is never "y" any more']],
    [{ required: ['a'] }, ['b may be left out now']],
    [{ $defs: { C: { type: 'object', properties: { c: { $ref: '#/$defs/C' } }, required: [] } } }, ['c[].d is gone']],
    [{ $defs: { C: { ...before.$defs.C, required: [] } } }, ['c[].d may be left out now']],
  ])('and %j is told', (more, told) => {
    expect(changed(more)).toEqual(told);
  });
});

const page = readFileSync(join(repository, 'docs', 'json.md'), 'utf8');

test.each(Object.keys(commands))('docs/json.md says where the JSON of espalier %s is, or why it has none', (name) => {
  const others = /^The others have none: .*$/m.exec(page)?.[0] ?? '';
  const isTold = new RegExp(`^\\| .*\\bespalier ${name}\\b.*\\| \`schemas/`, 'm').test(page);
  expect([isTold, others.includes(`\`${name}\``)].filter(Boolean)).toHaveLength(1);
  expect('format' in (commands[name]?.load().options ?? {})).toBe(isTold);
});

test('docs/json.md names every schema', () => {
  expect([...new Set([...page.matchAll(/schemas\/([\w.-]+\.json)/g)].map(([, file]) => file))].sort()).toEqual(
    [...validators.keys()].sort(),
  );
});

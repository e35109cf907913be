import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import * as testing from 'cdk8s-espalier/rules/testing';
import { checks, ruleSets } from '../../lib/checks';
import type { BuiltInOptions } from '../../lib/rules';
import * as rules from '../../lib/rules';
import { repository, run } from '../repository';

const tsc = join(dirname(createRequire(__filename).resolve('typescript/package.json')), 'bin', 'tsc');

let types: string;
beforeAll(() => {
  const cache = join(repository, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  types = mkdtempSync(join(cache, 'espalier-api-'));
  const entries = ['lib/rules/index.ts', 'lib/checks/testing.ts', 'lib/config.ts'];
  const options = ['--ignoreConfig', '--declaration', '--emitDeclarationOnly', '--noCheck', '--rootDir', repository];
  const target = ['--module', 'node16', '--target', 'es2022', '--strict', '--types', 'node'];
  const { code, stdout } = run(process.execPath, [tsc, ...options, ...target, '--outDir', types, ...entries]);
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
});
afterAll(() => rmSync(types, { recursive: true, force: true }));

/** The declarations that some need, themselves included. */
function reached(...files: readonly string[]): string[] {
  const all = new Set(files.map((file) => join(types, file)));
  for (const file of all) {
    for (const [, from = ''] of readFileSync(file, 'utf8').matchAll(/(?:from|import\()\s*'(\.[^']*)'/g))
      all.add(`${resolve(dirname(file), from)}.d.ts`);
  }
  return [...all].map((file) => relative(types, file)).sort();
}

/** What a declaration file exports, types marked. */
function exported(file: string): string[] {
  const text = readFileSync(join(types, file), 'utf8');
  const lists = [...text.matchAll(/^export (type )?\{([^}]*)\}/gm)].flatMap(([, all, names = '']) =>
    names.split(',').flatMap((name) => (name.trim() === '' ? [] : `${all ?? ''}${name.trim()}`)),
  );
  const own = [...text.matchAll(/^export (?:declare )?(interface|type|function|const) (\w+)/gm)].map(
    ([, form, name]) => (form === 'interface' || form === 'type' ? `type ${name}` : `${name}`),
  );
  return [...lists, ...own].sort();
}

describe('cdk8s-espalier/rules', () => {
  it('exports what is promised, and nothing else', () => {
    expect(Object.keys(rules).sort()).toEqual(['defineRule', 'isKnown']);
    expect(exported('lib/rules/index.d.ts')).toEqual([
      'defineRule',
      'isKnown',
      'type BuiltInOptions',
      'type Chart',
      'type CheckSettings',
      'type Cluster',
      'type Container',
      'type Json',
      'type JsonObject',
      'type KubernetesObject',
      'type Kustomization',
      'type ObjectName',
      'type Path',
      'type Pod',
      'type Reference',
      'type Rule',
      'type RuleOptions',
      'type RuleProblem',
      'type RuleSet',
      'type RuleSetting',
      'type RuleSettings',
      'type Secret',
      'type Severity',
      'type Target',
      'type VaultAccess',
      'type Widened',
    ]);
  });

  it('promises the fields of the graph that are promised', () => {
    const text = readFileSync(join(types, 'lib/rules/cluster.d.ts'), 'utf8').replace(/\/\*\*.*?\*\//gs, '');
    const fields = [...text.matchAll(/export interface (\w+) \{(.*?)^\}/gms)].map(
      ([, name, body = '']) =>
        `${name}: ${[...body.matchAll(/^ {4}(?:readonly )?(\w+\??)/gm)].map(([, field]) => field).join(' ')}`,
    );
    expect(fields).toEqual([
      'Cluster: name objects kustomizations pods secrets vault ofKind find secret configMap',
      'ObjectName: group? kind namespace? name',
      'Target: state objects why',
      'KubernetesObject: apiVersion group kind namespace name value labels annotations file line certain kustomization chart pod references referredBy get lineOf',
      'Chart: name version template release',
      'Reference: from path to key optional target',
      'Secret: kind namespace name state keys open makers readers',
      'VaultAccess: verb mount key property store object path',
      'Pod: object path spec labels annotations containers',
      'Container: pod name image type path value',
      'Kustomization: namespace name object folder suspended prune objects dependsOn comesAfter',
    ]);
  });

  it('has types of its own, which lead to none of the graph', () => {
    expect(reached('lib/rules/index.d.ts', 'lib/checks/testing.d.ts', 'lib/config.d.ts')).toEqual([
      'lib/checks/testing.d.ts',
      'lib/config.d.ts',
      'lib/json/json.d.ts',
      'lib/rules/cluster.d.ts',
      'lib/rules/index.d.ts',
      'lib/rules/rule.d.ts',
      'lib/rules/settings.d.ts',
      'lib/rules/severity.d.ts',
      'lib/text/symbolic.d.ts',
    ]);
  });

  it('has types that compile without those of Node or of any package', () => {
    writeFileSync(
      join(types, 'own.ts'),
      `import { defineRule, type Rule } from './lib/rules/index';
export const rule = defineRule({
  id: 'acme/limit', title: 'x', atRunTime: 'x', remedy: 'x', options: { most: 5, names: ['a'] },
  check: (cluster, { most, names }) =>
    cluster.objects.length > most + names.length ? [{ object: cluster.objects[0]!, message: cluster.name }] : [],
});
export const rules: readonly Rule[] = [rule];
// @ts-expect-error what a rule sees cannot be changed
rule.id = 'acme/other';
`,
    );
    const options = [
      '--ignoreConfig',
      '--noEmit',
      '--strict',
      '--types',
      '',
      '--module',
      'node16',
      '--target',
      'es2022',
    ];
    expect(run(process.execPath, [tsc, ...options, join(types, 'own.ts')])).toMatchObject({ code: 0, stdout: '' });
  });
});

test('cdk8s-espalier/rules/testing exports what is promised', () => {
  expect(Object.keys(testing).sort()).toEqual(['checkFixtures', 'findingsOf', 'lineOf']);
});

test('the options of built-in rules that the configuration has types for are those that the rules have', () => {
  const typed: { readonly [id in keyof BuiltInOptions]-?: readonly (keyof BuiltInOptions[id])[] } = {
    'flux/no-retry-interval': ['interval'],
    'security/literal-credential': ['allow'],
    'pod-security/level': ['level'],
    'pod-security/latest-tag': ['tags'],
    'tree/unreached': ['ignore'],
  };
  const own = [...checks, ...Object.values(ruleSets).flat()].flatMap(({ id, options }) =>
    options === undefined ? [] : [[id, Object.keys(options)]],
  );
  expect(Object.fromEntries(own)).toEqual(typed);
});

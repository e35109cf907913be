import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse } from 'yaml';
import type { Json } from '../../../lib/json/json';
import { unreadable } from '../../../lib/tree/yaml/characters';
import { emitYaml } from '../../../lib/tree/yaml/emit';
import { canonical, json } from './arbitrary';

/** What Flux does: kustomize builds and prints, then Kubernetes' own reader (sigs.k8s.io/yaml) takes the objects in. */
const kubectl = spawnSync('kubectl', ['version', '--client']).status === 0;
const values = Number(process.env.FAST_CHECK_RUNS ?? 1500);
(kubectl ? describe : describe.skip)('through kubectl (skipped where there is none)', () => {
  const dir = mkdtempSync(join(tmpdir(), 'espalier-kubectl-'));
  afterAll(() => rmSync(dir, { recursive: true }));

  function kustomize(spec: string): string {
    writeFileSync(join(dir, 'kustomization.yaml'), 'resources:\n  - thing.yaml\n');
    writeFileSync(join(dir, 'thing.yaml'), spec);
    return execFileSync('kubectl', ['kustomize', dir], { encoding: 'utf8', maxBuffer: 2 ** 28, stdio: 'pipe' });
  }
  const thing = (spec: Json): Json => ({
    apiVersion: 'test.espalier.dev/v1',
    kind: 'Thing',
    metadata: { name: 'thing' },
    spec,
  });
  const kubernetes = (input: string): { spec: unknown } =>
    JSON.parse(
      execFileSync('kubectl', ['annotate', '--local', '-f', '-', '-o', 'json', 'a=b'], {
        input,
        encoding: 'utf8',
        maxBuffer: 2 ** 28,
        stdio: 'pipe',
      }),
    );

  function expectEach(actual: unknown, expected: readonly Json[]): void {
    expect(actual).toHaveLength(expected.length);
    // One by one, so that a failure shows the value and not all of them.
    for (const [i, value] of expected.entries()) expect(canonical((actual as unknown[])[i])).toBe(canonical(value));
  }

  test('whatever JSON value goes in comes back equal from kubectl kustomize, and from what Kubernetes reads of that', () => {
    // One build for all values: a process for each would take minutes.
    const spec: Json[] = fc.sample(json, values);
    const built = kustomize(emitYaml(thing(spec)));
    expectEach(kubernetes(built).spec, spec);
    expectEach(kubernetes(emitYaml(thing(spec))).spec, spec);
    // Other readers take two things otherwise that kustomize prints, not we: line separators that it leaves raw, and numbers
    // beyond the range of a double, which are strings to Go and so lose their quotes.
    const plain = spec.filter((value) => !/[\u2028\u2029]|\d\.?e\+?\d{3,}/i.test(JSON.stringify(value)));
    expectEach(parse(kustomize(emitYaml(thing(plain)))).spec, plain);
  });

  test('every other character of the basic plane comes back, within a line, at its start and on a line of its own', () => {
    const spec: string[] = [];
    for (let first = 0; first <= 0xffff; first += 32) {
      const codes = Array.from({ length: 32 }, (_, i) => String.fromCharCode(first + i)).filter(
        (c) => !unreadable.test(c),
      );
      spec.push(codes.map((c) => `a${c}b ${c} c`).join(''), codes.join('\n'), ...codes.slice(0, 2));
    }
    expect(kubernetes(kustomize(emitYaml(thing(spec)))).spec).toEqual(spec);
  });

  test.each(['\x7f', '\x80', '\u0085', '\x9f', '\ufffe', '\uffff', '\ud800'])(
    '%j does not come back, even escaped, and so is refused',
    (character) => {
      const escaped = `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
      const build = () => kubernetes(kustomize(emitYaml(thing('@')).replace('"@"', `"a${escaped}b"`))).spec;
      let result: unknown = 'refused';
      try {
        result = build();
      } catch {}
      expect(result).not.toBe(`a${character}b`);
      expect(() => emitYaml(thing(`a${character}b`))).toThrow('cannot be written');
    },
  );

  test('kustomize drops the key << however it is quoted, and so it is refused', () => {
    expect(kubernetes(kustomize(emitYaml(thing({ '<< ': 1, a: 1 })).replace('"<< "', '"<<"'))).spec).toEqual({ a: 1 });
    expect(() => emitYaml(thing({ '<<': 1 }))).toThrow('cannot be written');
  });
});

import { transformSync } from '@swc/core';
import fc from 'fast-check';
import { leaveOutAtOnce } from '../../scripts/import/undefined-fields';

const generated = `
function toJson_Sample(obj: any): Record<string, any> | undefined {
  if (obj === undefined) { return undefined; }
  const result = {
    'b': obj.b, 'a': obj.a, 'list': obj.list?.map(y => y), 'c': obj.c,
    'labels': ((obj.labels) === undefined) ? undefined : (Object.entries(obj.labels).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {})),
    'limits': ((obj.limits) === undefined) ? undefined : (Object.entries(obj.limits).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1]?.value }), {})),
    'samples': ((obj.samples) === undefined) ? undefined : (Object.entries(obj.samples).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: toJson_Sample(i[1]) }), {})),
  };
  // filter undefined values
  return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
`;

function compiled(code: string): (given: unknown) => unknown {
  const { code: script } = transformSync(code, { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } });
  return new Function(`${script}; return toJson_Sample;`)();
}

/** With keys that mean something to JavaScript. */
function map<T>(value: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T | undefined>> {
  const key = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString', '1', '0'));
  return fc.array(fc.tuple(key, fc.option(value, { nil: undefined }))).map((entries) => Object.fromEntries(entries));
}

/** With the order of keys, and where something is undefined. */
function shown(value: unknown): string {
  return JSON.stringify(value, (_, each) => (each === undefined ? 'undefined' : each));
}

test('generated code yields the same, in the same order, without copying', () => {
  const faster = leaveOutAtOnce(generated);
  expect(faster).not.toContain('reduce');
  const [before, after] = [compiled(generated), compiled(faster)];
  const value = fc.oneof(fc.constantFrom(undefined, null, 0, '', false), fc.jsonValue());
  fc.assert(
    fc.property(
      fc.record(
        {
          ...{ a: value, b: value, c: value, d: value, list: fc.array(value) },
          labels: map(value),
          limits: map(fc.record({ value })),
          samples: map(fc.record({ a: value, labels: map(value) }, { requiredKeys: [] })),
        },
        { requiredKeys: [] },
      ),
      (given) => {
        expect(shown(after(given))).toBe(shown(before(given)));
      },
    ),
  );
  expect(after(undefined)).toBeUndefined();
});

test('code of another form stays as it is', () => {
  expect(leaveOutAtOnce('const a = 1;\n')).toBe('const a = 1;\n');
});

test('a field a line, as `cdk8s import` writes them, with commas, maps and conversions in the values', () => {
  const written = `
function toJson_Sample(obj: any): Record<string, any> | undefined {
  if (obj === undefined) { return undefined; }
  const result = {
    'b': obj.b,
    'isWAL': ((obj.map) === undefined) ? undefined : (Object.entries(obj.map).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {})),
    'a.b/c': obj.a?.map(y => String(y)),
    'nothing': obj.nothing,
  };
  // filter undefined values
  return Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {});
}
`;
  const given = { a: [1, 2], b: null, map: { y: 1, x: undefined, z: 'z' } };
  const faster = leaveOutAtOnce(written);
  expect(faster).toContain(`  if ((value = obj.nothing) !== undefined) result['nothing'] = value;\n  return result;\n`);
  expect(JSON.stringify(compiled(faster)(given))).toBe('{"b":null,"isWAL":{"y":1,"z":"z"},"a.b/c":["1","2"]}');
  expect(compiled(faster)(given)).toStrictEqual(compiled(written)(given));
});

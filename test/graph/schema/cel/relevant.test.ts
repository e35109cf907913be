import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { fieldsReadBy, relevantText } from '../../../../lib/graph/schema/cel/relevant';
import { ruleValue } from '../../../../lib/graph/schema/defaults';
import { nodeMaker } from '../../../../lib/graph/schema/node';
import type { Schema } from '../../../../lib/graph/schema/schema';
import type { Json, JsonObject } from '../../../../lib/json/json';
import { compileRule } from '../../../../lib/systems/cel/compile';

const names = (rule: string) => {
  const read = fieldsReadBy(rule);
  return read && [...read].sort().join(' ');
};

describe('what a rule looks at', () => {
  it.each([
    ["has(self.a) && self.b == 'x'", 'a b has self x'],
    ["self.all(e, e.kind in ['A', 'B'])", 'A B all e in kind self'],
    ['self[0].matches.size() <= 8', 'matches self size'],
    ['self.a.all(x, x.b.exists(y, has(y.c)))', 'a all b c exists has self x y'],
  ])('is told of %s', (rule, read) => expect(names(rule)).toBe(read));

  it.each([
    ['objects are compared as wholes', 'self.a == self.b'],
    ['objects are compared with those of a list', 'self.all(x, self.exists_one(y, x == y))'],
    ['a key is looked for', "'a' in self"],
    ['a field is named by a value', 'self.map[self.key] == 1'],
    ['a name is put together', "self['a' + 'b'] == 1"],
    ['a function is not known', 'sets.contains(self.a, self.b)'],
    ['a field may be absent', "self.?a.orValue('') == ''"],
    ['an object is made', '{"a": self.a}.size() == 1'],
    ['a variable ends like a number', 'self.a1 == self.b'],
    ['it has loops within loops within loops within loops', 'self.all(a, self.all(b, self.all(c, self.all(d, true))))'],
  ])('may be all of the value where %s', (_, rule) => expect(fieldsReadBy(rule)).toBeUndefined());
});

const make = nodeMaker(() => undefined);
const text = { type: 'string' } as const;
const item: Schema = {
  type: 'object',
  properties: { name: text, type: text, b: { type: 'object', properties: { c: text } } },
};
const node = make({
  type: 'object',
  properties: {
    a: text,
    name: { type: 'string', default: 'x' },
    namespace: text,
    list: { type: 'array', items: item },
    labels: { type: 'object', additionalProperties: text },
    open: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  },
});

describe('a value, as far as rules look at it', () => {
  const relevant = (value: Json, ...read: string[]) => relevantText(node, value, new Set(read));

  it('has no other fields of its kind', () => {
    expect(relevant({ a: '1', name: 'x', list: [{ name: 'y', type: 't' }] }, 'a', 'list', 'type')).toBe(
      relevant({ a: '1', name: 'z', list: [{ name: 'w', type: 't' }] }, 'a', 'list', 'type'),
    );
  });

  it('has every item of a list, and every key of a map', () => {
    expect(relevant({ list: [{ name: 'y' }] }, 'list')).not.toBe(relevant({ list: [{}, {}] }, 'list'));
    expect(relevant({ labels: { a: '1' } }, 'labels')).not.toBe(relevant({ labels: {} }, 'labels'));
  });

  it('has what no schema knows', () => {
    expect(relevant({ open: { x: 1 } }, 'open')).not.toBe(relevant({ open: {} }, 'open'));
  });

  it('tells null from what is not given', () => {
    expect(relevant({ a: null }, 'a')).not.toBe(relevant({}, 'a'));
  });

  it('knows fields by the names that rules have for them', () => {
    expect(relevant({ namespace: 'x' }, '__namespace__')).not.toBe(relevant({}, '__namespace__'));
  });
});

const word = fc.constantFrom('', 'x', 'y');
const fields = (model: Record<string, fc.Arbitrary<Json>>) =>
  fc.record(model, { requiredKeys: [] }) as fc.Arbitrary<JsonObject>;
const values = fields({
  a: word,
  name: word,
  namespace: word,
  list: fc.array(fields({ name: word, type: word, b: fields({ c: word }) }), { maxLength: 3 }),
  labels: fc.dictionary(word, word),
  open: fc.dictionary(word, word),
});
const rules = [
  "has(self.a) ? self.a != 'x' : true",
  "!has(self.__namespace__) || self.name == ''",
  "has(self.list) && self.list.exists_one(i, has(i.b) && has(i.b.c) && i.b.c == 'x')",
  "!has(self.list) || self.list.all(i, has(i.type) && i.type in ['x', 'y'])",
  "!has(self.list) || self.list.filter(i, has(i.type) && i.type == 'x').size() <= 1",
  'has(self.list) && self.list.size() > 1 && has(self.list[1].b)',
  "has(self.labels) && self.labels.all(key, key.startsWith('x'))",
  'size(self.open) > 0',
];

it('rules tell no values apart that look the same to them', () => {
  fc.assert(
    fc.property(fc.array(values, { minLength: 2, maxLength: 40 }), (all) => {
      for (const rule of rules) {
        const read = fieldsReadBy(rule);
        expect(read).toBeDefined();
        const verdicts = new Map<string, unknown>();
        for (const value of all) {
          const look = relevantText(node, value, read);
          const verdict = compileRule(rule)?.(ruleValue(node, value));
          if (verdicts.has(look)) expect(verdict).toBe(verdicts.get(look));
          verdicts.set(look, verdict);
        }
      }
    }),
  );
});

it('most rules of the definitions that come along are told', () => {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const validations = (value as Schema)['x-kubernetes-validations'];
    if (Array.isArray(validations)) for (const { rule } of validations) found.add(rule);
    for (const inner of Object.values(value)) visit(inner);
  };
  for (const file of readdirSync('imports/schemas')) visit(JSON.parse(readFileSync(`imports/schemas/${file}`, 'utf8')));
  const told = [...found].filter((rule) => fieldsReadBy(rule) !== undefined);
  expect(told.length / found.size).toBeGreaterThan(0.7);
});

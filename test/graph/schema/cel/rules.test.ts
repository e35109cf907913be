import { ruleValue } from '../../../../lib/graph/schema/defaults';
import type { Node } from '../../../../lib/graph/schema/node';
import { packedSchemas } from '../../../../lib/graph/schema/read-schemas';
import { schemaStore } from '../../../../lib/graph/schema/store';
import { compileRule } from '../../../../lib/systems/cel/compile';
import { generate, random } from '../generate';

/** Every rule of every kind whose release is known, with the schemas that have it. */
function allRules(): Map<string, Node[]> {
  const store = schemaStore(packedSchemas());
  const rules = new Map<string, Node[]>();
  const seen = new Set<Node>();
  const visit = (node: Node): void => {
    if (seen.has(node)) return;
    seen.add(node);
    for (const { rule } of node.rules) rules.set(rule, [...(rules.get(rule) ?? []), node]);
    for (const field of node.fields.values()) visit(field());
    for (const part of [node.items, node.values]) if (part) visit(part());
  };
  for (const [group, , { kind, catalog, versions }] of packedSchemas().kinds()) {
    for (const version of catalog ? [] : Object.keys(versions)) {
      const found = store.lookup(group === '' ? version : `${group}/${version}`, kind ?? '');
      if (found.state === 'found') visit(found.schema.node);
    }
  }
  return rules;
}

const rules = allRules();
const isTransition = (rule: string) => rule.includes('oldSelf');

test('there are as many rules as the definitions have', () => {
  expect(rules.size).toBe(192);
  expect([...rules.keys()].filter(isTransition).sort()).toEqual([
    'oldSelf == self',
    'self == oldSelf',
    'self.name == oldSelf.name',
  ]);
});

test('every rule can be parsed', () => {
  expect([...rules.keys()].filter((rule) => !isTransition(rule) && !compileRule(rule))).toEqual([]);
});

test('every rule can be evaluated, is kept by some objects and broken by others', () => {
  const chance = random(1);
  const one: string[] = [];
  const unsure: string[] = [];
  for (const [rule, nodes] of rules) {
    if (isTransition(rule)) continue;
    // What the rule itself names is what it tells apart.
    const named = [...rule.matchAll(/'([^']*)'/g)].map(([, text]) => text as string);
    const words = [
      ...named,
      'a',
      'b',
      'aws',
      'Service',
      '/a',
      '/a//b/./c/../d%2f%2F#',
      '/a/..',
      '/a/.',
      'Exact',
      '1s',
      '2s',
      '',
    ];
    const outcomes = new Set<unknown>();
    for (let i = 0; i < 1000 && outcomes.size < 2; i++) {
      const node = nodes[i % nodes.length] as Node;
      outcomes.add(compileRule(rule)?.(ruleValue(node, generate(node, chance, words))));
    }
    if (!outcomes.has(true) || !outcomes.has(false)) one.push(`${rule.slice(0, 60)} ${[...outcomes].join()}`);
    if (outcomes.has(undefined)) unsure.push(rule);
  }
  // Keys have to be longer, lists longer than those made here; texts are no addresses; and an enum leaves some no other choice.
  expect(one).toEqual([
    '!(has(self.caCertificateRefs) && size(self.caCertificateRefs true',
    '!(self.type != "URI" && has(self.uri) && self.uri != "") true',
    'self.all(key, key.split("/")[0].size() < 253) true',
    '(self.size() > 0 ? (has(self[0].matches) ? self[0].matches.s true',
    '(self.size() > 0 ? self[0].matches.size() : 0) + (self.size( true',
    "self.type in ['Exact','PathPrefix'] || self.type == 'Regular true",
    'self.all(h, !isIP(h)) true',
    "self.all(h, !h.contains('*') ? h.matches('^([a-z0-9]([-a-z0- true",
    "self.all(h, h.contains('*') ? (h.startsWith('*.') && h.subst true",
    "!self.endsWith('.cluster.local') true",
    'size(self) == 0 || format.dns1123Label().validate(self) == n ',
    "!(duration(self) < duration('1s') || duration(self) > durati true",
  ]);
  // Of Gateway API's experimental channel; what cannot be evaluated counts as kept.
  expect(unsure).toEqual([expect.stringMatching(/^size\(self\) == 0 \|\| format\.dns1123Label/)]);
});

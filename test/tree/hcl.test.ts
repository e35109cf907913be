import type { ParseHcl } from '../../lib/systems/vault/hcl';
import { loadHcl } from '../../lib/tree/hcl';

let parse: ParseHcl;
beforeAll(async () => {
  parse = await loadHcl();
});

test('HCL is blocks, attributes and lists, with the lines that they begin on', () => {
  expect(parse('name = "shop"\n\npath "kv/*" {\n  capabilities = ["read", "list",]\n}\n')).toEqual({
    attributes: [{ name: 'name', value: 'shop', line: 1 }],
    blocks: [
      {
        type: 'path',
        labels: ['kv/*'],
        line: 3,
        attributes: [{ name: 'capabilities', value: ['read', 'list'], line: 4 }],
        blocks: [],
      },
    ],
    fault: undefined,
  });
});

test('comments say nothing, whatever stands in them', () => {
  const { blocks, fault } = parse('# path "a" {}\n// path "b" {}\n/* path "c" {}\n */ path "d" {} # }\n');
  expect([blocks.map(({ labels }) => labels), fault]).toEqual([[['d']], undefined]);
});

test('strings mean what they mean to Vault', () => {
  const value = (text: string) => parse(`a = ${text}`).attributes[0]?.value;
  expect(value(String.raw`"a\n\t\"\\\u00e9\U0001F600"`)).toBe('a\n\t"\\é😀');
  expect(value(String.raw`"\u0024{x}"`)).toBe('${x}');
  expect(value('"${a}/b"')).toBe('${a}/b');
  expect(value('"{{identity.entity.id}}"')).toBe('{{identity.entity.id}}');
  expect(value('<<EOT\none\ntwo\nEOT\n')).toBe('one\ntwo\n');
  expect(value('""')).toBe('');
});

test('what is neither a string nor a list is not read, nor is a list in a list', () => {
  const values = parse('a = 1\nb = true\nc = { d = "e" }\nf = [["g"], "h"]\ni = x.y').attributes;
  expect(values.map(({ value }) => value)).toEqual([undefined, undefined, undefined, [undefined, 'h'], undefined]);
});

test.each([
  ['path "a" {', '1:11 "}" is missing'],
  ['\n\npath "a" { x }', '3:1 it is not HCL from here on'],
  ['{{', '1:1 it is not HCL from here on'],
])('of what is no HCL (%j) it says where it goes wrong', (text, at) => {
  const { fault } = parse(text);
  expect(fault && `${fault.line}:${fault.column} ${fault.message}`).toBe(at);
});

test('blocks in blocks are read to a depth that no policy has', () => {
  const depth = (text: string): number => {
    let levels = 0;
    for (let body = parse(text).blocks[0]; body !== undefined; body = body.blocks[0]) levels += 1;
    return levels;
  };
  expect(depth('a {'.repeat(4) + '}'.repeat(4))).toBe(4);
  expect(depth('a {'.repeat(5000) + '}'.repeat(5000))).toBe(9);
});

test('one parser serves all', async () => {
  expect(await loadHcl()).toBe(parse);
});

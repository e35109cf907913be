import fc from 'fast-check';

/** One change to a tree: what it does, and numbers that say where and with what, taken modulo how many there are. */
export interface Mutation<Name extends string> {
  readonly change: Name;
  readonly where: number;
  readonly what: number;
}

export function mutationOf<Name extends string>(changes: readonly Name[]): fc.Arbitrary<Mutation<Name>> {
  return fc.record({ change: fc.constantFrom(...changes), where: fc.nat(), what: fc.nat() });
}

/** The item that a number means; undefined of an empty list. */
export function pick<T>(list: readonly T[], number: number): T | undefined {
  return list[number % Math.max(list.length, 1)];
}

/** Texts that stand where they should not. */
export const hostileTexts: readonly string[] = [
  '',
  ' ',
  '.',
  './',
  '..',
  '../..',
  '/',
  '//',
  '-',
  '~',
  'null',
  '0',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'prototype',
  'length',
  '${',
  '${}',
  '${a}',
  '${a:=${b}}',
  '${a:=}',
  '${a:?}',
  '${a/b/c}',
  '${a:1:2}',
  '${a^^}${b,,}',
  '${__proto__}',
  '$${a}',
  '${a:=&x}',
  '${'.repeat(500),
  '{{',
  '{{ . }}',
  '{{ .a.b }}',
  '{{ index . "x" | default }}',
  '{{ range . }}{{ end }}{{ end }}',
  '{{'.repeat(500),
  '('.repeat(2000),
  'a[0].b[*]',
  "a['",
  '[',
  '*',
  '&a',
  '!!x',
  '<<',
  '# no',
  '@',
  '`',
  'a\nb',
  '\n---\n',
  '\t',
  '\r',
  'é\u0301',
  '👩‍👩‍👧',
  '\u202e',
  '\u2028',
  '\ufeff',
  '\ud800',
  '\0',
  '\u0007',
  '\u001b[31m',
  'a/b/c/d',
  'v1',
  '/v1',
  'v1/',
  'a/b/c',
  'https://example.com/x?ref=main',
  'git@x:y.git',
  '2001-01-01',
  '1e999',
  '0x1F',
  '1Gi',
  '-1m',
  '99999999999999999999999h',
  'ENC[AES256_GCM,data:x,type:str]',
  'x'.repeat(100_000),
  'espalier.dev/ignore',
  '^(a+)+$',
  '(?<x',
  'path "a" { capabilities = [',
  '"',
  "'",
  '\\',
  '%',
  '<&>"\'',
  ']]>',
  '|',
];

import { readsOf, TemplateError, TemplateTooLong } from '../../lib/systems/go-template';

function reads(text: string) {
  const found = readsOf(text);
  if (found instanceof TemplateError) throw found;
  return found;
}

function keys(text: string): string[] {
  return reads(text).keys.map(({ key, how, optionalBy }) =>
    [key, how, ...(optionalBy === undefined ? [] : [optionalBy])].join(' '),
  );
}

describe('what a Go template reads', () => {
  it.each([
    ['{{ .A }} and {{.B}}', ['A field', 'B field']],
    ['{{ index . "a-b" }}{{ $.A }}', ['a-b index', 'A field']],
    ['{{ .A | trim | default "x" }}', ['A field default']],
    ['{{ .A | default .B }}', ['A field default', 'B field']],
    ['{{ default "x" .A }}{{ default "x" (.B) }}', ['A field default', 'B field default']],
    ['{{ coalesce .A .B }}', ['A field coalesce', 'B field']],
    ['{{ if .A }}{{ .A }}{{ .B }}{{ end }}', ['A field if', 'B field']],
    ['{{ if and (index . "A") .A }}{{ end }}', ['A index if']],
    ['{{ if index . "A" }}{{ .A }}{{ else }}{{ .A }}{{ end }}', ['A index if']],
    ['{{ if eq .A "x" }}{{ end }}', ['A field']],
    ['{{ with .A }}{{ .B }}{{ . }}{{ $.C }}{{ end }}', ['A field with', 'C field']],
    ['{{ range $k, $v := . }}{{ .A }}{{ $v.B }}{{ end }}', []],
    ['{{ with . }}{{ .A }}{{ end }}', ['A field']],
    ['{{ $all := . }}{{ range .A }}{{ $all.B }}{{ end }}', ['A field', 'B field']],
    ['{{ (fromJson .A).b.c }}', ['A field']],
    ['{{/* .A */}}{{ `{{ .B }}` }}{{ "{{ .C }}" }}', []],
    ['{{ define "x" }}{{ .A }}{{ end }}{{ template "x" . }}', []],
  ])('of %s', (text, expected) => {
    expect(keys(text)).toEqual(expected);
  });

  it.each([
    ['{{ get . "A" }}{{ . | keys }}{{ pluck "A" $ }}{{ dig "A" "x" . }}', ['get', 'keys', 'pluck', 'dig']],
    ['{{ $d := dict "a" . }}{{ get $d "a" }}{{ set $d "b" . }}', []],
    ['{{ range $k, $v := . }}{{ get . "A" }}{{ end }}', []],
  ])('which functions %s gives all values', (text, expected) => {
    expect(reads(text).calls).toEqual(expected);
  });

  it('which fields of a value it reads', () => {
    expect(reads('{{ .tls.crt }}{{ $.a.b.c }}').nested).toEqual([
      ['tls', 'crt'],
      ['a', 'b', 'c'],
    ]);
  });

  it('which functions it calls', () => {
    expect([...reads('{{ .A | trim | quote }}{{ if not (now) }}{{ end }}').functions]).toEqual([
      'trim',
      'quote',
      'not',
      'now',
    ]);
  });
});

describe('what Go refuses', () => {
  it.each([
    ['{{ .tls-key }}', 1, "bad character U+002D '-'"],
    ['{{ .A', 1, 'unclosed action'],
    ['{{ "a }}', 1, 'unterminated quoted string'],
    ['a\n{{ if .A }}\nb', 3, 'unexpected EOF'],
    ['{{ end }}', 1, 'unexpected {{end}}'],
    ['{{ }}', 1, 'missing value for command'],
    ['{{ (.A }}', 1, 'unclosed left paren'],
    ['{{ $x }}', 1, 'undefined variable "$x"'],
    ['{{ .A | "x" }}', 1, 'non executable command in pipeline stage 2'],
    ['{{/* a }}', 1, 'unclosed comment'],
    ['{{ break }}', 1, '{{break}} outside {{range}}'],
    ['{{ "a".b }}', 1, 'unexpected . after term "\\"a\\""'],
  ])('%s', (text, line, message) => {
    const error = readsOf(text);
    expect(error instanceof TemplateError ? [error.line, error.message] : error).toEqual([line, message]);
  });

  it.each([
    '{{- .A -}}',
    '{{ .A | }}',
    '{{ $x = "a" }}',
    '{{.A|default ""}}',
    '}} { {',
    '{{ range .A }}{{ break }}{{ end }}',
  ])('but not %s', (text) => {
    expect(readsOf(text)).not.toBeInstanceOf(TemplateError);
  });
});

describe('what is longer than anybody writes is not followed', () => {
  it.each([
    ['50,000 pipes', `{{ .a${' | upper'.repeat(50_000)} }}`, 'it has more than 10,000 parts'],
    ['50,000 variables', '{{ $a := . }}'.repeat(50_000), 'it has more than 10,000 parts'],
    ['parentheses within parentheses', `{{ ${'('.repeat(9000)}`, 'it is nested too deeply'],
  ])('%s', (_, text, message) => {
    const error = readsOf(text);
    expect(error).toBeInstanceOf(TemplateTooLong);
    expect((error as TemplateTooLong).message).toBe(message);
  });

  it('but thousands of actions are', () => {
    expect(reads('{{ .a }}\n'.repeat(1500)).keys).toHaveLength(1500);
  });
});

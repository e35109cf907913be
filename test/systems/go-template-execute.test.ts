import { execute, NotFollowed, parseTemplate, TemplateError, undefinedFunction } from '../../lib/systems/go-template';
import type { Value } from '../../lib/systems/go-template/values';
import { slimSprig } from '../../lib/systems/slim-sprig';
import { symbol } from '../../lib/text/symbolic';

const notFollowed = new Set(['now']);

function filled(text: string, data: Value = null) {
  return execute(parseTemplate(text), { data, functions: slimSprig, notFollowed, budget: { left: 1_000_000 } });
}

const data: Value = { a: 'x', n: 3, list: ['p', 'q'], map: { k: 'v', b: null }, no: false };

describe('what a Go template makes', () => {
  it.each([
    ['{{ .a }}-{{ .n }}-{{ .list }}-{{ .map }}-{{ .map.b }}', 'x-3-[p q]-map[b:<nil> k:v]-<no value>'],
    ['{{ if .no }}a{{ else if eq .n 3 }}b{{ else }}c{{ end }}', 'b'],
    ['{{ range $i, $x := .list }}{{ $i }}{{ $x }}{{ else }}none{{ end }}', '0p1q'],
    ['{{ range $k, $v := .map }}{{ $k }}={{ $v }};{{ end }}', 'b=<no value>;k=v;'],
    ['{{ range .list }}{{ if eq . "q" }}{{ break }}{{ end }}{{ . }}{{ end }}', 'p'],
    ['{{ $x := 1 }}{{ range .list }}{{ $x = add $x 1 }}{{ end }}{{ $x }}', '3'],
    ['{{ with .map }}{{ .k }}{{ $.a }}{{ end }}', 'vx'],
    ['{{ define "t" }}<{{ . }}>{{ end }}{{ template "t" .a }}{{ block "b" .n }}{{ . }}{{ end }}', '<x>3'],
    ['a {{- .a -}} b', 'axb'],
    ['{{ or .no .a }}{{ and .no .missing }}{{ not .no }}', 'xfalsetrue'],
    ['{{ printf "%s %5d|%-3s|%q" .a .n .a .a }}', 'x     3|x  |"x"'],
    ['{{ index .list 1 }}{{ index .map "none" }}{{ len .list }}', 'q<no value>2'],
    ['{{ .a | upper | quote }}{{ .list | join "," }}{{ get .map "none" | default "d" }}', '"X"p,qd'],
    ['{{ dict "b" 1 "a" .list | toJson }}', '{"a":["p","q"],"b":1}'],
  ])('of %s', (text, expected) => {
    expect(filled(text, data).text).toBe(expected);
  });

  it('says of each line which line of the template it is from', () => {
    const text = '# head\n{{- range .list }}\nitem: {{ . }}\n  {{ "a\\nb" }}\n{{- end }}\nend\n';
    expect(filled(text, data)).toEqual({
      text: '# head\nitem: p\n  a\nb\nitem: q\n  a\nb\nend\n',
      lines: [1, 3, 4, 4, 3, 4, 4, 6, 5],
    });
  });
});

describe('where Go fails', () => {
  it.each([
    ['a\n{{ .missing }}', 'map has no entry for key "missing"', 2],
    ['{{ .a.b }}', "can't evaluate field b in a value that is no map", 1],
    ['{{ .map.b.c }}', 'nil pointer evaluating interface {}.c', 1],
    ['{{ upper .n }}', 'error calling upper: it takes a string', 1],
    ['{{ eq .n .a }}', 'error calling eq: incompatible types for comparison', 1],
    ['{{ index .list 5 }}', 'error calling index: index out of range: 5', 1],
    ['{{ fail "no" }}', 'error calling fail: no', 1],
    ['{{ range .a }}{{ end }}', "range can't iterate over a value that is neither a list nor a map", 1],
    ['{{ template "gone" }}', 'template "gone" not defined', 1],
  ])('at %j: %s', (text, message, line) => {
    expect(() => filled(text, data)).toThrow(expect.objectContaining({ message, line }));
    expect(() => filled(text, data)).toThrow(TemplateError);
  });

  it('at a function that there is not, with its line', () => {
    const nodes = parseTemplate('{{ if .a }}\n{{ .a | toUpper }}{{ end }}');
    expect(undefinedFunction(nodes, { functions: slimSprig, notFollowed })).toMatchObject({
      message: 'function "toUpper" not defined',
      line: 2,
    });
  });
});

describe('what is not known', () => {
  const unknown: Value = { s: symbol('S'), t: `t-${symbol('S')}` };

  it('stays a part of the text', () => {
    expect(filled('{{ .t }}/{{ .s | quote }}/{{ .t | default "d" }}', unknown).text).toBe(
      `t-${symbol('S')}/"${symbol('S')}"/t-${symbol('S')}`,
    );
  });

  it.each([
    '{{ upper .s }}',
    '{{ if .s }}{{ end }}',
    '{{ eq .s "a" }}',
    '{{ .s | default "d" }}',
    '{{ now }}',
    '{{ keys (dict "a" 1 "b" 2) | first }}',
    '{{ repeat 1000 (printf "%1000s" "") }}{{ printf "%!" }}',
    '{{ define "t" }}{{ template "t" }}{{ end }}{{ template "t" }}',
    '{{ range until 90000 }}{{ range until 90000 }}{{ end }}{{ . }}{{ end }}',
  ])('is not followed into %s', (text) => {
    expect(() => filled(text, unknown)).toThrow(NotFollowed);
  });
});

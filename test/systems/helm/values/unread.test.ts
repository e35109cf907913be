import { pathText } from '../../../../lib/json/path-text';
import { unreadKeys } from '../../../../lib/systems/helm/values';
import { chartOf, yaml } from './chart';

function unread(chart: ReturnType<typeof chartOf>, values: string): string[] {
  return unreadKeys(chart, yaml(values)).map(
    ({ path, meant }) => `${pathText(path)}${meant === undefined ? '' : ` → ${pathText(meant)}`}`,
  );
}

const web = chartOf({
  values: `
replicas: 1
image: {repository: web, tag: ""}
resources: {}
controller:
  # kind: DaemonSet
  port: 80
  annotations: {}
`,
  templates: `
{{- define "labels" }}{{ toYaml .Values.labels }}{{ end -}}
{{ include "labels" . }}
{{ .Values.replicas }}{{ with .Values.image }}{{ .repository }}:{{ .tag }}{{ end }}
{{ toYaml .Values.resources }}
{{ with .Values.controller }}{{ .port }}{{ .probes.path }}{{ range $k, $v := .annotations }}{{ $k }}{{ $v }}{{ end }}{{ end }}
{{ range .Values.hosts }}{{ .host }}{{ range .paths }}{{ .path }}{{ end }}{{ end }}`,
});

describe('values that a chart does not read', () => {
  it.each([
    ['replicas: 2\nimage: {tag: v1}\nresources: {limits: {cpu: 1}}\nlabels: {a: b}', []],
    ['replica: 2', ['replica → replicas']],
    ['image: {Tag: v1}', ['image.Tag → image.tag']],
    ['port: 8080', ['port → controller.port']],
    ['controller: {resources: {limits: {cpu: 1}}}', ['controller.resources → resources']],
    ['controller: {kind: DaemonSet, port: 1}', []],
    ['controller: {probes: {pth: /}}', ['controller.probes.pth → controller.probes.path']],
    ['controller: {annotations: {any: thing}}', []],
    [
      'hosts: [{host: a, paths: [{path: /, pathTyp: x}]}, {hst: b}]',
      ['hosts[0].paths[0].pathTyp', 'hosts[1].hst → hosts[1].host'],
    ],
    ['x-common: {a: b}\n_anchors: {c: d}\nglobal: {e: f}\nreplicas: null\nunset: null', []],
  ])('of %s', (values, expected) => {
    expect(unread(web, values)).toEqual(expected);
  });

  it.each([
    ['{{ toYaml .Values }}', 'all of them printed'],
    ['{{ include "of.a.library" . }}', 'a definition that the chart lacks'],
    ['{{ $v := merge (deepCopy .Values) (dict "a" 1) }}{{ toYaml $v }}', 'a copy printed'],
    ['{{ range $k, $v := .Values }}{{ $v }}{{ end }}', 'each of them read'],
    ['{{ .Values.a', 'a template that Go refuses'],
    ['{{ .Values.a }}{{ get .Values (printf "%s" .Release.Name) }}', 'a key that is put together'],
  ])('none where %s: %s', (templates) => {
    expect(unread(chartOf({ templates }), 'typo: 1')).toEqual([]);
  });

  it.each([
    ['{{ index .Values "a" "b-c" }}', 'a: {b-c: 1, d: 2}', ['a.d']],
    ['{{ get .Values.a "b" }}{{ if hasKey .Values.a "c" }}{{ end }}', 'a: {b: 1, c: 1, dd: 2}', ['a.dd']],
    ['{{ dig "b" "c" "x" .Values.a }}', 'a: {b: {c: 1, dd: 2}}', ['a.b.dd']],
    ['{{ $a := .Values.a }}{{ $a.b }}{{ $.Values.c }}', 'a: {b: 1, dd: 2}\nc: 1', ['a.dd']],
    [
      '{{ $ctx := dict "top" . "own" .Values.a }}{{ $ctx.own.b }}{{ $ctx.top.Values.c }}',
      'a: {b: 1, dd: 2}\nc: 1',
      ['a.dd'],
    ],
    ['{{ define "x" }}{{ .own.b }}{{ end }}{{ template "x" (dict "own" .Values.a) }}', 'a: {b: 1, dd: 2}', ['a.dd']],
    [
      '{{ define "x" }}{{ (index . 1).b }}{{ (index . 0).Values.c }}{{ end }}{{ include "x" (list . .Values.a) }}',
      'a: {b: 1, dd: 2}\nc: 1',
      ['a.dd'],
    ],
    ['{{ $m := merge (dict) .Values.a .Values.c }}{{ $m.b }}', 'a: {b: 1, dd: 2}\nc: {b: 1}', ['a.dd']],
    ['{{ $_ := set . "extra" .Values.a }}{{ .extra.b }}', 'a: {b: 1, dd: 2}', ['a.dd']],
    ['{{ if and .Values.a.b (eq .Values.a.c "x") }}{{ end }}', 'a: {b: {e: 1}, c: 1, dd: 2}', ['a.dd']],
    ['{{ include (print $.Template.BasePath "/config.yaml") . | sha256sum }}{{ .Values.a }}', 'a: 1\ndd: 2', ['dd']],
    [
      '{{ define "x" }}{{ include "x" .Values.sub }}{{ .b }}{{ end }}{{ include "x" . }}{{ .Values.a }}',
      'a: 1\nddd: 2',
      ['ddd'],
    ],
  ])('%s reads of %s all but %j', (templates, values, expected) => {
    expect(unread(chartOf({ templates }), values)).toEqual(expected);
  });

  it('knows what texts run as templates read', () => {
    const chart = chartOf({ templates: '{{ tpl .Values.config . }}', values: 'other: "{{ .Values.c }}"' });
    expect(unread(chart, 'config: "{{ .Values.a.b }}"\na: {b: 1}\nc: 1\ntypo: 1')).toEqual(['typo']);
    expect(unread(chart, 'config: "{{ toYaml .Values }}"\ntypo: 1')).toEqual([]);
  });

  it('knows what texts of a chart within it read of its own values', () => {
    const inner = chartOf({ name: 'redis', templates: '{{ tpl .Values.config . }}' });
    const chart = chartOf({ subcharts: [inner] });
    expect(unread(chart, 'redis: {config: "{{ with .Values.a }}{{ .b }}{{ end }}", a: {b: 1}, typo: 1}')).toEqual([
      'redis.typo',
    ]);
  });

  it('is silent about what a text is given that is no `.Values` of a chart', () => {
    const templates = '{{ .Values.a.name }}{{ tpl "{{ .Values.any }}" (dict "Values" .Values.a) }}';
    expect(unread(chartOf({ templates }), 'a: {other: 1}\nb: 1')).toEqual(['b']);
  });

  it('is silent where texts that nobody knows may read any', () => {
    const chart = chartOf({ templates: '{{ tpl .Values.config . }}' });
    expect(unreadKeys(chart, yaml('typo: 1'), false)).toEqual([]);
  });

  it('reads the comments of values.yaml and the table of the README', () => {
    const chart = chartOf({
      templates: '{{ .Values.a }}{{ .Values.b.c }}',
      values: 'a: 1\n# -- more\n# more:\n#   deep: 1\nb:\n  c: 1\n  # d: 1\n## @param b.e of people',
      readme: '| Key | Default |\n|---|---|\n| `b.f` | 1 |',
    });
    expect(unread(chart, 'more: {deep: 1}\nb: {d: 1, e: 1, f: 1, ggg: 1}')).toEqual(['b.ggg']);
  });

  it('looks for the values of charts within it below their keys', () => {
    const redis = chartOf({ name: 'redis', templates: '{{ .Values.port }}{{ .Values.global.name }}' });
    const chart = chartOf({
      templates: '{{ .Values.own }}',
      subcharts: [redis],
      metadata: { dependencies: [{ name: 'redis', alias: 'cache', condition: 'cache.enabled', tags: ['stores'] }] },
    });
    const values =
      'own: 1\ncache: {enabled: true, port: 1, prot: 2}\ntags: {stores: true}\nredis: {port: 1}\nglobal: {name: a}';
    expect(unread(chart, values)).toEqual(['cache.prot', 'redis']);
  });

  it('is silent about a chart within it that is not there', () => {
    const chart = chartOf({ templates: '{{ .Values.own }}', metadata: { dependencies: [{ name: 'redis' }] } });
    expect(unread(chart, 'redis: {any: thing}\ntypo: 1')).toEqual(['typo']);
  });

  it.each([
    [
      'definitions that ask for one another',
      `${[...Array(40).keys()].map((i) => `{{ define "d${i}" }}{{ include "d${i + 1}" (dict "a" . "b" .) }}{{ include "d${i + 1}" (dict "b" .) }}{{ end }}`).join('')}{{ include "d0" . }}`,
    ],
    [
      'maps that hold themselves',
      '{{ $d := dict }}{{ $_ := set $d "d" $d }}{{ $_ := merge $d (dict "e" $d) }}{{ toYaml $d }}{{ $d.d.d.e.d.x }}',
    ],
    ['copies of copies', `{{ $d := .Values }}${'{{ $d = deepCopy $d }}'.repeat(20_000)}{{ $d.a }}`],
    [
      'names of many parts',
      `{{ define "${'a'.repeat(60)}" }}{{ end }}{{ include (printf "${'%s'.repeat(30)}b" "x") . }}`,
    ],
    ['expressions within expressions', `{{ ${'('.repeat(20_000)}.Values.a${')'.repeat(20_000)} }}`],
    ['templates without end', '{{ .Values.a }}'.repeat(100_000)],
  ])('comes to an end with %s', (_, templates) => {
    expect(unread(chartOf({ templates }), 'typo: 1').filter((key) => key !== 'typo')).toEqual([]);
  });
});

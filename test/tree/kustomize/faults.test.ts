import { makeBuild } from '../../../lib/tree/kustomize';
import { hasKubectl, kubectlKustomize } from './kubectl';
import { component, configMap, kustomization, memory, type Texts } from './memory';

/** What is told of the folder `app`: place, kind, message, and `(in silence)` where the build goes on. */
function told(texts: Texts): string[] {
  const { faults } = makeBuild(memory(texts))('app');
  return faults.map(({ document, path, kind, message, fails }) => {
    const place = [document.file.path, ...path].join(' ');
    return `${place}: ${kind}: ${message}${fails ? '' : ' (in silence)'}`;
  });
}

interface Case {
  readonly name: string;
  readonly texts: Texts;
  readonly faults: readonly string[];
  /** Where Flux and `kubectl kustomize` part, on purpose. */
  readonly kubectl?: 'takes it' | 'refuses it';
}

const a = configMap('a');
const json = '- op: add\n  path: /data/x\n  value: y\n';

const cases: readonly Case[] = [
  {
    name: 'an entry that is not there',
    texts: { 'app/kustomization.yaml': kustomization('resources: [x.yaml]') },
    faults: ['app/kustomization.yaml resources 0: missing: app/x.yaml does not exist; add it, or correct the entry'],
  },
  {
    name: 'an empty entry',
    texts: { 'app/kustomization.yaml': kustomization('resources: [""]') },
    faults: ['app/kustomization.yaml resources 0: invalid: the entry is empty; remove it'],
  },
  {
    name: 'a folder without a kustomization.yaml as an entry',
    texts: { 'app/kustomization.yaml': kustomization('resources: [x]'), 'app/x/a.yaml': a },
    faults: [
      'app/kustomization.yaml resources 0: missing: app/x has no kustomization.yaml; add one, or list the files in it',
    ],
  },
  {
    name: 'an entry outside the source',
    texts: { 'app/kustomization.yaml': kustomization('resources: [../../x.yaml]') },
    faults: [
      'app/kustomization.yaml resources 0: outside: ../../x.yaml lies outside the source; move it into the source',
    ],
  },
  {
    name: 'an absolute entry',
    texts: { 'app/kustomization.yaml': kustomization('resources: [/etc/hostname]') },
    faults: [
      'app/kustomization.yaml resources 0: outside: /etc/hostname lies outside the source; move it into the source',
    ],
  },
  {
    name: 'one object in two files',
    texts: { 'app/kustomization.yaml': kustomization('resources: [a.yaml, b.yaml]'), 'app/a.yaml': a, 'app/b.yaml': a },
    faults: [
      'app/kustomization.yaml resources 1: duplicate: ConfigMap a exists twice: in app/a.yaml and in app/b.yaml; keep one of them',
    ],
  },
  {
    name: 'one object twice in a file',
    texts: { 'app/kustomization.yaml': kustomization('resources: [a.yaml]'), 'app/a.yaml': `${a}---\n${a}` },
    faults: [
      'app/kustomization.yaml resources 0: duplicate: ConfigMap a exists twice: in app/a.yaml and in app/a.yaml (document 2); keep one of them',
    ],
  },
  {
    name: 'one object with and without the namespace default',
    texts: {
      'app/kustomization.yaml': kustomization('resources: [a.yaml, b.yaml]'),
      'app/a.yaml': a,
      'app/b.yaml': configMap('a', 'default'),
    },
    faults: [
      'app/kustomization.yaml resources 1: duplicate: ConfigMap a exists twice: in app/a.yaml and in app/b.yaml; keep one of them',
    ],
  },
  {
    name: 'two objects that the namespace makes one',
    texts: {
      'app/kustomization.yaml': kustomization('namespace: z', 'resources: [a.yaml, b.yaml]'),
      'app/a.yaml': configMap('a', 'x'),
      'app/b.yaml': configMap('a', 'y'),
    },
    faults: [
      'app/kustomization.yaml namespace: duplicate: the namespace gives two objects one name: ConfigMap a in namespace z, in namespace z; rename one of them',
    ],
  },
  {
    name: 'a folder that lists itself',
    texts: { 'app/kustomization.yaml': kustomization('resources: [.]') },
    faults: [
      'app/kustomization.yaml resources 0: cycle: the entry closes a circle: app is built already; list what lies in it',
    ],
  },
  {
    name: 'a folder that lists the one that holds it',
    texts: {
      'app/kustomization.yaml': kustomization('resources: [x]'),
      'app/x/kustomization.yaml': kustomization('resources: [..]'),
    },
    faults: [
      'app/x/kustomization.yaml resources 0: cycle: the entry closes a circle: app is built already; list what lies in it',
    ],
  },
  {
    name: 'folders that list each other',
    texts: {
      'app/kustomization.yaml': kustomization('resources: [../x]'),
      'x/kustomization.yaml': kustomization('resources: [../y]'),
      'y/kustomization.yaml': kustomization('resources: [../x]'),
    },
    faults: [
      'y/kustomization.yaml resources 0: cycle: the entry closes a circle: x is built already; list what lies in it',
    ],
  },
  {
    name: 'a document without kind',
    texts: {
      'app/kustomization.yaml': kustomization('resources: [a.yaml]'),
      'app/a.yaml': 'apiVersion: v1\nmetadata: { name: a }\n',
    },
    faults: [
      'app/a.yaml: invalid: an object has no kind; give it apiVersion, kind and metadata.name, or keep it out of what Flux builds',
    ],
  },
  {
    name: 'a document without a name',
    texts: {
      'app/kustomization.yaml': kustomization('resources: [a.yaml]'),
      'app/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { generateName: a }\n',
    },
    faults: [
      'app/a.yaml: invalid: ConfigMap has no metadata.name; generateName is not enough, since Flux must find it again',
    ],
  },
  {
    name: 'a document without apiVersion, which only Flux refuses',
    texts: {
      'app/kustomization.yaml': kustomization('resources: [a.yaml]'),
      'app/a.yaml': 'kind: ConfigMap\nmetadata: { name: a }\n',
    },
    faults: ['app/a.yaml: invalid: ConfigMap has no apiVersion; give it one, as in apiVersion: v1'],
    kubectl: 'takes it',
  },
  {
    name: 'a document that is text',
    texts: { 'app/kustomization.yaml': kustomization('resources: [a.yaml]'), 'app/a.yaml': 'hello\n' },
    faults: [
      'app/a.yaml: invalid: plain text stands where an object should; give it apiVersion, kind and metadata.name, or keep it out of what Flux builds',
    ],
  },
  {
    name: 'a List whose items are no list',
    texts: {
      'app/kustomization.yaml': kustomization('resources: [a.yaml]'),
      'app/a.yaml': '{apiVersion: v1, kind: List, metadata: {name: l}, items: {a: b}}\n',
    },
    faults: ['app/a.yaml items: invalid: items of a List must be a list; write each object as an entry of it'],
  },
  {
    name: 'a kustomization listed as a file',
    texts: {
      'app/kustomization.yaml': kustomization('resources: [x/kustomization.yaml]'),
      'app/x/kustomization.yaml': kustomization('resources: []'),
    },
    faults: ['app/x/kustomization.yaml: invalid: a kustomization is listed as a file; list the folder that it lies in'],
  },
  {
    name: 'an empty kustomization below another',
    texts: { 'app/kustomization.yaml': kustomization('resources: [x]'), 'app/x/kustomization.yaml': kustomization() },
    faults: ['app/x/kustomization.yaml: invalid: the kustomization is empty; list something under resources'],
  },
  {
    name: 'an empty kustomization at the top, which Flux takes',
    texts: { 'app/kustomization.yaml': kustomization() },
    faults: [],
    kubectl: 'refuses it',
  },
  {
    name: 'an unknown field at the top, which Flux drops',
    texts: { 'app/kustomization.yaml': kustomization('resource: [a.yaml]'), 'app/a.yaml': a },
    faults: [
      'app/kustomization.yaml resource: invalid: "resource" is not a field of a kustomization, and Flux drops it without a message; write resources (in silence)',
    ],
    kubectl: 'refuses it',
  },
  {
    name: 'an unknown field below',
    texts: {
      'app/kustomization.yaml': kustomization('resources: [x]'),
      'app/x/kustomization.yaml': kustomization('images: [{ name: x, tag: y }]'),
    },
    faults: [
      'app/x/kustomization.yaml images 0 tag: invalid: "tag" is not a field of a kustomization, and the build fails; known here: name, newName, newTag, tagSuffix, digest',
    ],
  },
  {
    name: 'a field of another type',
    texts: { 'app/kustomization.yaml': kustomization('resources: a.yaml'), 'app/a.yaml': a },
    faults: ['app/kustomization.yaml resources: invalid: resources must be a list, and is a string'],
  },
  {
    name: "a label's value that is a number",
    texts: {
      'app/kustomization.yaml': kustomization('resources: [a.yaml]', 'commonLabels: { a: 1 }'),
      'app/a.yaml': a,
    },
    faults: [
      'app/kustomization.yaml commonLabels a: invalid: a must be a string, and is a number: Flux turns it into the text "1"; put it in quotes (in silence)',
    ],
    kubectl: 'refuses it',
  },
  {
    name: "a tag that is a number, in a base, which kustomize reads and not Flux, and a generator's name, which neither reads",
    texts: {
      'app/kustomization.yaml': kustomization(
        'resources: [x]',
        'configMapGenerator: [{ name: 5 }]',
        'images: [{ name: app, newTag: 1.20 }]',
      ),
      'app/x/kustomization.yaml': kustomization('resources: [a.yaml]', 'images: [{ name: app, newTag: 1.25 }]'),
      'app/x/a.yaml': a,
    },
    faults: [
      'app/kustomization.yaml configMapGenerator 0 name: invalid: name must be a string, and is a number',
      'app/kustomization.yaml images 0 newTag: invalid: newTag must be a string, and is a number: Flux turns it into the text "1.2"; put it in quotes (in silence)',
    ],
  },
  {
    name: 'a list of operations that begins like JSON and is none',
    texts: {
      'app/kustomization.yaml': kustomization(
        'resources: [a.yaml]',
        'patches:',
        '  - { path: p.yaml, target: { kind: ConfigMap } }',
        "  - { patch: '[{op: remove, path: /data}]', target: { kind: ConfigMap } }",
        '  - { patch: \'[{"op": "remove", "path": "/data"}]\', target: { kind: ConfigMap } }',
      ),
      'app/a.yaml': a,
      'app/p.yaml': '[{"op": "remove", "path": "/data"},]\n',
    },
    faults: ['app/p.yaml', 'app/kustomization.yaml'].map(
      (at) =>
        `${at}: invalid: a patch that begins with "[" must be JSON, and this is none; put names and texts into double quotes, or begin each operation with "- " on a line of its own`,
    ),
  },
  {
    name: "a Flux Kustomization in kustomize's file",
    texts: { 'app/kustomization.yaml': 'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n' },
    faults: [
      'app/kustomization.yaml apiVersion: invalid: apiVersion "kustomize.toolkit.fluxcd.io/v1" must be kustomize.config.k8s.io/v1beta1; a Flux Kustomization needs another file name: this one is kustomize\'s own',
    ],
  },
  {
    name: 'another kind',
    texts: { 'app/kustomization.yaml': 'kind: Foo\nresources: [a.yaml]\n', 'app/a.yaml': a },
    faults: ['app/kustomization.yaml kind: invalid: kind "Foo" must be Kustomization or Component'],
  },
  {
    name: 'two kustomizations in one folder',
    texts: {
      'app/kustomization.yaml': kustomization('resources: [a.yaml]'),
      'app/kustomization.yml': kustomization('resources: [a.yaml]'),
      'app/a.yaml': a,
    },
    faults: [
      'app/kustomization.yaml: invalid: app/kustomization.yaml and app/kustomization.yml are both kustomizations of one folder; keep one of them',
    ],
  },
  {
    name: 'a second document',
    texts: {
      'app/kustomization.yaml': `${kustomization('resources: [a.yaml]')}---\nnamespace: x\n`,
      'app/a.yaml': a,
    },
    faults: [
      'app/kustomization.yaml: invalid: the file has several documents, but only the first counts; merge them into that (in silence)',
    ],
  },
  {
    name: 'a component among the resources',
    texts: {
      'app/kustomization.yaml': kustomization('resources: [x]'),
      'app/x/kustomization.yaml': component('namespace: team'),
    },
    faults: ['app/kustomization.yaml resources 0: invalid: app/x is a Component; list it under components'],
  },
  {
    name: 'a kustomization among the components',
    texts: {
      'app/kustomization.yaml': kustomization('components: [x]'),
      'app/x/kustomization.yaml': kustomization('namespace: team'),
    },
    faults: [
      'app/kustomization.yaml components 0: invalid: app/x is not a Component (its kind is Kustomization); list it under resources',
    ],
  },
  {
    name: 'a file among the components',
    texts: { 'app/kustomization.yaml': kustomization('components: [a.yaml]'), 'app/a.yaml': a },
    faults: [
      'app/kustomization.yaml components 0: invalid: app/a.yaml is a file, but a component must be a folder with a kustomization.yaml',
    ],
  },
  {
    name: 'a patch file that is not there',
    texts: {
      'app/kustomization.yaml': kustomization('resources: [a.yaml]', 'patches: [{ path: p.yaml }]'),
      'app/a.yaml': a,
    },
    faults: ['app/kustomization.yaml patches 0 path: missing: app/p.yaml does not exist; add it, or correct the entry'],
  },
  {
    name: 'a patch without patch and path',
    texts: {
      'app/kustomization.yaml': kustomization('resources: [a.yaml]', 'patches: [{ target: { kind: ConfigMap } }]'),
      'app/a.yaml': a,
    },
    faults: ['app/kustomization.yaml patches 0: invalid: the patch must have one of patch and path'],
  },
  {
    name: 'a target that nothing fits, which kustomize passes over',
    texts: {
      'app/kustomization.yaml': kustomization(
        'resources: [a.yaml]',
        'patches:',
        '  - target: { kind: ConfigMap, name: b }',
        '    path: p.yaml',
      ),
      'app/a.yaml': a,
      'app/p.yaml': json,
    },
    faults: [
      'app/kustomization.yaml patches 0: empty-patch: the patch changes nothing: no object here matches {kind: ConfigMap, name: b}; here: ConfigMap a (in silence)',
    ],
  },
  {
    name: 'a patch of an object that is not here',
    texts: {
      'app/kustomization.yaml': kustomization('resources: [a.yaml]', 'patches: [{ path: p.yaml }]'),
      'app/a.yaml': a,
      'app/p.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: { name: a }\n',
    },
    faults: [
      'app/kustomization.yaml patches 0: empty-patch: the patch fails the build: there is no Secret a (v1) here; there is no Secret at all',
    ],
  },
  {
    name: 'a list of operations without a target',
    texts: {
      'app/kustomization.yaml': kustomization('resources: [a.yaml]', 'patches: [{ path: p.yaml }]'),
      'app/a.yaml': a,
      'app/p.yaml': json,
    },
    faults: ['app/kustomization.yaml patches 0: invalid: a patch that is a list of operations must have a target'],
  },
  {
    name: 'a strategic-merge patch file that is not there',
    texts: {
      'app/kustomization.yaml': kustomization('resources: [a.yaml]', 'patchesStrategicMerge: [p.yaml]'),
      'app/a.yaml': a,
    },
    faults: [
      'app/kustomization.yaml patchesStrategicMerge 0: missing: app/p.yaml does not exist; add it, or correct the entry',
    ],
  },
  {
    name: 'a Helm chart, for which Flux has no Helm',
    texts: { 'app/kustomization.yaml': kustomization('helmCharts: [{ name: x, repo: https://example.org }]') },
    faults: [
      'app/kustomization.yaml helmCharts 0: helm: Flux builds without Helm, so the build fails; use a HelmRelease, or commit what the chart renders',
    ],
  },
  {
    name: 'a generator of a file that is not there, with a literal that is no pair, of a key twice',
    texts: {
      'app/kustomization.yaml': kustomization(
        'configMapGenerator:',
        '  - { name: a, files: [x.txt] }',
        '  - { name: b, literals: [password] }',
        '  - { name: c, literals: [a=b, a=c] }',
        '  - { literals: [a=b] }',
        '  - { name: d, literals: [10=b] }',
      ),
    },
    faults: [
      'app/kustomization.yaml configMapGenerator 0 files 0: missing: app/x.txt does not exist; add the file, or correct the entry',
      'app/kustomization.yaml configMapGenerator 1 literals 0: invalid: a literal must be key=value',
      'app/kustomization.yaml configMapGenerator 2: invalid: the key a appears twice in one generator',
      'app/kustomization.yaml configMapGenerator 3: invalid: the generator has no name',
      'app/kustomization.yaml configMapGenerator 4: invalid: the key 10 is no text in YAML, and kustomize fails at it; give it another name',
    ],
  },
  {
    name: 'a transformer that meets text where it expects a map',
    texts: {
      'app/kustomization.yaml': kustomization('resources: [a.yaml]', 'commonLabels: { a: b }'),
      'app/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, labels: x }\n',
    },
    faults: ['app/kustomization.yaml commonLabels: invalid: labels and annotations must be maps'],
  },
];

test.each(cases)('$name', ({ texts, faults }) => {
  expect(told(texts)).toEqual(faults);
});

(hasKubectl ? describe : describe.skip)('beside kubectl (skipped where there is none)', () => {
  test.each(cases)('kubectl agrees about $name', ({ texts, faults, kubectl }) => {
    const fails = faults.some((fault) => !fault.endsWith('(in silence)'));
    const refuses = 'error' in kubectlKustomize(texts, 'app');
    expect(refuses).toBe(kubectl === undefined ? fails : kubectl === 'refuses it');
  });
});

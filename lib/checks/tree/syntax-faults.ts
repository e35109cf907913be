import type { Graph } from '../../graph/graph';
import { memoize } from '../../text/memoize';
import { foldersOf } from '../../tree/paths';
import { readerOf } from '../../tree/source/parse';
import type { SourceFile, SyntaxFault } from '../../tree/source/source';
import type { TreeCheck } from '../check';

type Table = readonly (Omit<TreeCheck, 'checkTree' | 'severity'> & { readonly takes: SyntaxFault['kind'] })[];

const rules: Table = [
  {
    // Or more YAML than a reader should take.
    takes: 'syntax',
    id: 'tree/syntax',
    title: 'File that is not YAML',
    atRunTime: 'the build fails with a YAML error, and nothing of the whole Kustomization is applied',
    remedy: 'fix the YAML at the place that the message names',
    source: 'https://yaml.org/spec/1.2.2/',
  },
  {
    // kyaml reads with go-yaml 3, and kustomize its own file with sigs.k8s.io/yaml.
    takes: 'duplicate-key',
    id: 'tree/duplicate-key',
    title: 'One key twice in a mapping',
    atRunTime:
      'the build fails with "mapping key already defined"; in a kustomization.yaml the last value wins, and the first is lost without a message',
    remedy: 'merge the two values under one key',
    source: 'https://yaml.org/spec/1.2.2/#3213-node-comparison',
  },
  {
    // kustomize turns YAML into JSON, where every key is text (kyaml; the top level aside).
    takes: 'key-type',
    id: 'tree/key-type',
    title: 'Key that is not text',
    atRunTime:
      'the build fails with "unsupported type: map[interface {}]interface {}", and nothing of the whole Kustomization is applied',
    remedy: 'put the key in quotes',
    source: 'kubernetes-sigs/kustomize kyaml/yaml/fns.go',
  },
  {
    // No permission, no text, too large.
    takes: 'unreadable',
    id: 'tree/unreadable',
    title: 'File that could not be read',
    atRunTime: 'Flux may fail to build the file; nothing in it was checked',
    remedy: 'give read permission, store the file as UTF-8, or split it',
    source: 'docs/check.md',
  },
];

/** The rules that report why files could not be read. */
export const syntaxRules: readonly TreeCheck[] = rules.map(({ takes, ...rule }) => ({
  ...rule,
  severity: 'error',
  *checkTree(graph) {
    for (const file of faulty(graph)) {
      for (const { kind, line, column, message } of file.faults) {
        if (kind !== takes || isElsewhere(file, graph)) continue;
        // What Flux does not build harms nobody yet.
        const isHarmless = !graph.reached.has(file.path) || !failsBuild(kind, file.path);
        yield {
          at: { file: file.path, line, column },
          message,
          ...(isHarmless && { severity: 'warning' as const }),
        };
      }
    }
  },
}));

/** A kustomization.yaml with a key that stands twice is built all the same. */
function failsBuild(kind: SyntaxFault['kind'], path: string): boolean {
  return kind !== 'duplicate-key' || readerOf(path) !== 'kustomization';
}

/** The folders that some build reads in, and those above them; not the tree's own. */
const foldersRead = memoize(
  ({ builds, clusters }: Graph): ReadonlySet<string> =>
    new Set(
      [
        ...builds.flatMap(({ files }) => [...files]),
        ...clusters.flatMap(({ begun }) => begun.map((one) => one.document.file.path)),
      ]
        .flatMap((path) => foldersOf(path))
        .filter((folder) => folder !== ''),
    ),
);

/** The files that could not be read as they are; of a tree hardly any. Looked for once: several rules ask. */
const faulty = memoize(({ tree }: Graph): readonly SourceFile[] => {
  const found: SourceFile[] = [];
  for (const file of tree.files.values()) if (file.faults.length > 0) found.push(file);
  return found;
});

/**
 * Whether a file is nothing that Flux sees: a template of another program (Jinja, Helm, Go), which is no YAML before it is
 * rendered, what a generator puts into a ConfigMap as it is, or what other readers of YAML take.
 */
function isElsewhere({ path, text, faults }: SourceFile, graph: Graph): boolean {
  const { reached, builds } = graph;
  const readers = builds.filter(({ files }) => files.has(path));
  if (readers.length > 0 && readers.every(({ inputs }) => inputs.has(path))) return true;
  if (reached.has(path)) return false;
  // A folder in which Flux reads nothing is another program's: Terraform's, Ansible's.
  const folders = foldersOf(path);
  if (builds.length > 0 && folders.length > 0 && !folders.some((folder) => foldersRead(graph).has(folder))) return true;
  return /\{[{%]/.test(text) || faults.every((fault) => fault.kind === 'key-type');
}

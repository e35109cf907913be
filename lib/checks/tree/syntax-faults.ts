import type { Graph } from '../../graph/graph';
import { memoize } from '../../text/memoize';
import { readerOf } from '../../tree/source/parse';
import type { SourceFile, SyntaxFault } from '../../tree/source/source';
import type { TreeCheck } from '../check';

/** A rule that reports some kinds of why a file could not be read. */
export function syntaxCheck(kind: SyntaxFault['kind'], rule: Omit<TreeCheck, 'checkTree'>): TreeCheck {
  return {
    ...rule,
    *checkTree(graph) {
      for (const file of faulty(graph)) {
        for (const fault of file.faults) {
          if (fault.kind !== kind || isElsewhere(file, graph)) continue;
          const { line, column, message } = fault;
          yield {
            at: { file: file.path, line, column },
            message,
            // What Flux does not build harms nobody yet.
            ...((!graph.reached.has(file.path) || !failsBuild(kind, file.path)) && { severity: 'warning' as const }),
          };
        }
      }
    },
  };
}

/** A kustomization.yaml with a key that stands twice is built all the same. */
function failsBuild(kind: SyntaxFault['kind'], path: string): boolean {
  return kind !== 'duplicate-key' || readerOf(path) !== 'kustomization';
}

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
function isElsewhere({ path, text, faults }: SourceFile, { reached, builds }: Graph): boolean {
  const readers = builds.filter(({ files }) => files.has(path));
  if (readers.length > 0 && readers.every(({ inputs }) => inputs.has(path))) return true;
  if (reached.has(path)) return false;
  return /\{[{%]/.test(text) || faults.every((fault) => fault.kind === 'key-type');
}

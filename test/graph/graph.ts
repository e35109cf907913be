import type { Graph } from '../../lib/graph/graph';
import { type GraphOptions, makeGraph } from '../../lib/graph/make-graph';
import { makeBuild } from '../../lib/tree/kustomize';
import { memory, type Texts } from '../tree/kustomize/memory';

/** The graph of a tree in memory, by the texts of its files; a Kustomization's path means a folder of it. */
export function graphOf(texts: Texts, options: GraphOptions = {}): Graph {
  const source = memory(texts);
  return makeGraph(source, makeBuild(source), options);
}

/** A Flux Kustomization as a text. */
export function fluxKustomization(name: string, path: string, more = '', namespace = 'flux-system'): string {
  return `---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  path: ${path}
  sourceRef: { kind: GitRepository, name: flux-system, namespace: flux-system }
${more
  .split('\n')
  .map((line) => `  ${line}`)
  .join('\n')}
`;
}

/** An object as a text: `fields` in flow style, such as `data: { a: b }`. */
export function object(apiVersion: string, kind: string, name: string, fields = '', namespace = 'shop'): string {
  const where = namespace === '' ? '' : `, namespace: ${namespace}`;
  return `---\napiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: ${name}${where} }\n${fields}\n`;
}

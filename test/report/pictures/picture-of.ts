import type { NodeKind, Picture, PictureNode } from '../../../lib/pictures/picture';

/** A picture of one node for each text, in a group and on an edge of that text. */
export function picture(texts: readonly string[], kinds: readonly NodeKind[] = ['secret']): Picture {
  const nodes = texts.map(
    (label, i): PictureNode => ({
      id: `${i}`,
      kind: kinds[i % kinds.length] as NodeKind,
      label,
      details: [label],
      keys: { known: [label], open: false },
      group: i % 2 === 0 ? 'g' : undefined,
      object: { group: '', kind: 'Secret', namespace: label, name: label, file: label },
      namespace: label,
      app: label,
      state: 'present',
      outside: false,
    }),
  );
  const edges = nodes.slice(1).map(({ id, label }, i) => {
    return { from: `${i}`, to: id, kind: 'flow' as const, label, optional: i % 3 === 0, implied: false };
  });
  const groups = [{ id: 'g', label: texts[0] ?? '' }];
  return { name: 'secrets', title: texts[0] ?? '', direction: 'right', groups, nodes, edges };
}

export const kinds: readonly NodeKind[] = [
  'remote',
  'generator',
  'external-secret',
  'push-secret',
  'store',
  'secret',
  'database',
  'workload',
  'object',
  'flux',
  'kustomization',
];

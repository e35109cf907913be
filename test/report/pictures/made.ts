import type { Picture, PictureEdge, PictureNode } from '../../../lib/pictures/picture';

/** A picture of nodes and edges by their ids. */
export function pictureOf(
  ids: readonly string[],
  edges: readonly (readonly [from: string, to: string, label?: string])[],
  name: Picture['name'] = 'secrets',
): Picture {
  const nodes = ids.map(
    (id): PictureNode => ({
      id,
      kind: 'object',
      label: `ConfigMap ${id}`,
      details: [],
      keys: undefined,
      group: undefined,
      object: undefined,
      namespace: '',
      app: undefined,
      state: 'present',
      outside: false,
    }),
  );
  return {
    name,
    title: 'made up',
    direction: name === 'order' ? 'down' : 'right',
    groups: [],
    nodes,
    edges: edges.map(
      ([from, to, label = '']): PictureEdge => ({ from, to, kind: 'flow', label, optional: false, implied: false }),
    ),
  };
}

/** Texts that a tree may hold, and that mean something to one reader or another. */
export const hostile = [
  '</script><script>window.hacked = 1</script>',
  '<!--<script>',
  '"><img src=x onerror="window.hacked = 1">',
  "' onload='window.hacked=1",
  ']]>',
  '&lt;b&gt; &amp; &#60;',
  '${window.hacked = 1}',
  '\\u003cscript\\u003e',
  'javascript:window.hacked=1',
  '\u202Eevil\u2028\u2029\u0000\uFFFF',
  'a\nb\r\nc',
  '\uD800',
];

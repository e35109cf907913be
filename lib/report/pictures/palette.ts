import type { NodeKind } from '../../pictures/picture';

/**
 * The colour of each kind on light ground and on dark: of its edge, its sign and its caption. Red and amber are left to what is
 * missing and to findings, and nothing that is chosen has a colour of its own: a colour means one thing.
 */
export const colours: Readonly<Record<NodeKind, readonly [light: string, dark: string]>> = {
  remote: ['#0b7792', '#5cc8e0'],
  generator: ['#7d6253', '#c9ab98'],
  'external-secret': ['#7a3fc2', '#c297ff'],
  'push-secret': ['#b02a7c', '#f778ba'],
  store: ['#6e5b9a', '#b8a6e0'],
  secret: ['#1f6fd0', '#6cb2ff'],
  database: ['#5d7300', '#b8d045'],
  workload: ['#2c7a37', '#6fcf7c'],
  object: ['#57606a', '#a3adb8'],
  flux: ['#326ce5', '#79a8ff'],
  kustomization: ['#326ce5', '#79a8ff'],
};

/** What each kind is called where the colours are explained. */
export const kindNames: Readonly<Record<NodeKind, string>> = {
  remote: 'Store entry',
  generator: 'Generator',
  'external-secret': 'ExternalSecret',
  'push-secret': 'PushSecret',
  store: 'Store',
  secret: 'Secret',
  database: 'Database',
  workload: 'Workload',
  object: 'Other object',
  flux: 'Flux',
  kustomization: 'Kustomization',
};

/** A sign for each kind: the path of an icon of 14 by 14 pixels, drawn as lines. */
export const signs: Readonly<Record<NodeKind, string>> = {
  // A safe with its dial.
  remote: 'M1.5 2.5h11v9h-11zM7 4.8a2.2 2.2 0 1 0 .01 0M7 7h2.2',
  // A die.
  generator: 'M2 2h10v10h-10zM4.6 4.6h.02M9.4 4.6h.02M7 7h.02M4.6 9.4h.02M9.4 9.4h.02',
  // Into the cluster, and out of it.
  'external-secret': 'M7 1v7.5M3.8 5.5L7 8.7l3.2-3.2M1.5 9v3.5h11V9',
  'push-secret': 'M7 9V1.3M3.8 4.5L7 1.3l3.2 3.2M1.5 9v3.5h11V9',
  store: 'M1.5 5.5L7 1.5l5.5 4v7h-11zM5 12.5v-4h4v4',
  // A key.
  secret: 'M4.2 5a2.7 2.7 0 1 0 .01 0M6.6 8h6M10.2 8v2.4M12.4 8v1.6',
  // A drum.
  database: 'M2 3.4c0-2.4 10-2.4 10 0s-10 2.4-10 0v7.2c0 2.4 10 2.4 10 0V3.4M2 7c0 2.4 10 2.4 10 0',
  // A box.
  workload: 'M7 1l5.5 3v6L7 13l-5.5-3V4zM1.5 4L7 7l5.5-3M7 7v6',
  object: 'M3 1h5.5L11.5 4v9H3zM8.5 1v3h3',
  flux: 'M7 1l4.5 2.6L7 6.2 2.5 3.6zM7 8v5M4.5 10.5L7 13l2.5-2.5',
  // Layers.
  kustomization: 'M7 1.5l5.5 2.8L7 7.1 1.5 4.3zM1.5 7.1L7 9.9l5.5-2.8M1.5 9.8L7 12.6l5.5-2.8',
};

import { configMap, type Texts } from '../tree/kustomize/memory';

/** A Flux Kustomization; `more` are further lines of its spec. */
export function fluxKustomization(name: string, path: string, ...more: string[]): string {
  return [
    'apiVersion: kustomize.toolkit.fluxcd.io/v1',
    'kind: Kustomization',
    `metadata: { name: ${name}, namespace: flux-system }`,
    'spec:',
    '  interval: 1h',
    '  retryInterval: 1m',
    '  prune: true',
    `  path: ${path}`,
    '  sourceRef: { kind: GitRepository, name: flux-system }',
    ...more.map((line) => `  ${line}`),
    '',
  ].join('\n');
}

/** As many documents in one text. */
export function documents(count: number, document: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => document(index)).join('---\n');
}

/** Kustomizations, each of which lists the next. */
export function chain(length: number, kind: 'resources' | 'components'): Texts {
  const type = kind === 'components' ? 'v1alpha1\nkind: Component' : 'v1beta1\nkind: Kustomization';
  const texts: Record<string, string> = { 'flux/a.yaml': fluxKustomization('a', './k0') };
  for (let i = 0; i < length; i++) {
    const own = i === 0 ? 'v1beta1\nkind: Kustomization' : type;
    const next = i + 1 < length ? `${kind}: [../k${i + 1}]` : 'namePrefix: end-';
    const also = i === 0 && kind === 'components' ? 'resources: [a.yaml]\n' : '';
    texts[`k${i}/kustomization.yaml`] = `apiVersion: kustomize.config.k8s.io/${own}\n${also}${next}\n`;
  }
  return { ...texts, 'k0/a.yaml': configMap('a', 'x') };
}

/** Many Kustomizations, all of one folder with many objects. */
export function product(kustomizations: number, objects: number): Texts {
  return {
    'flux/a.yaml': documents(kustomizations, (i) => fluxKustomization(`k${i}`, './apps')),
    'apps/a.yaml': documents(objects, (i) => configMap(`c${i}`, 'x')),
  };
}

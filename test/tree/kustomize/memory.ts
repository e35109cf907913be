export { sourceOfTexts as memory, type Texts } from '../../../lib/tree/source/of-texts';

/** A kustomization.yaml with these lines. */
export function kustomization(...lines: string[]): string {
  return ['apiVersion: kustomize.config.k8s.io/v1beta1', 'kind: Kustomization', ...lines, ''].join('\n');
}

/** A component's. */
export function component(...lines: string[]): string {
  return ['apiVersion: kustomize.config.k8s.io/v1alpha1', 'kind: Component', ...lines, ''].join('\n');
}

/** A ConfigMap. */
export function configMap(name: string, namespace?: string): string {
  const metadata = namespace === undefined ? `{ name: ${name} }` : `{ name: ${name}, namespace: ${namespace} }`;
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: ${metadata}\ndata: { key: value }\n`;
}

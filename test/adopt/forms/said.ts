import { adopted } from '../adopted';

const ks = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: shop, namespace: flux-system }
spec:
  interval: 1h
  path: ./apps/shop/app
  targetNamespace: shop
  prune: true
  sourceRef: { kind: GitRepository, name: flux-system, namespace: flux-system }
`;

/** What adopt says of the objects of an app, by file: its statements but for the Kustomization's. What they make equals the objects. */
export function said(files: Readonly<Record<string, string>>): string {
  const resources = Object.keys(files).map((name) => `  - ./${name}.yaml\n`);
  const kustomization = `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n${resources.join('')}`;
  const { code } = adopted({
    'apps/shop/ks.yaml': ks,
    'apps/shop/app/kustomization.yaml': kustomization,
    ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`apps/shop/app/${name}.yaml`, text])),
  });
  const [module = ''] = code.values();
  const [, statements = ''] = module.split(/^ {2}(?:const \w+ = )?new FluxKustomization\([\s\S]*?^ {2}\}\);\n/m);
  return flat(statements.replace(/\}\n$/, '').replace(/\b\w+\.directory\b/g, 'app'));
}

/** Code on as few lines as can be: how it is broken into lines depends on what names are long. */
export function flat(code: string): string {
  return code
    .replace(/,?\s*\n\s*(?=[\]})])/g, ' ')
    .replace(/\n\s*/g, ' ')
    .replace(/([[(]) /g, '$1')
    .replace(/ ([\])])/g, '$1')
    .trim();
}

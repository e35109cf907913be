import { compareText } from '../../text/compare';

/** Resources of a kustomization.yaml by their names: files in its folder, then folders and what is in them. */
export function resourcesByName<T>(resources: readonly T[], textOf: (resource: T) => string): T[] {
  const named = resources.map((resource) => {
    const name = textOf(resource)
      .replace(/^(?:\.\/)+/, '')
      .replace(/\/$/, '');
    return { resource, name, isFile: /^[^/]*\.(?:ya?ml|json)$/.test(name) };
  });
  named.sort((a, b) => Number(b.isFile) - Number(a.isFile) || compareText(a.name, b.name));
  return named.map(({ resource }) => resource);
}

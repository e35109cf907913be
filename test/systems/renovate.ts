import { renovateManagers } from '../../lib/systems/renovate';

interface Match {
  readonly text: string;
  readonly found: Record<string, string>;
}

/** As Renovate reads a source: every match of every pattern. */
function matches(source: string): Match[] {
  return renovateManagers.flatMap(({ matchStrings, datasourceTemplate, depNameTemplate }) =>
    (matchStrings as string[]).flatMap((pattern) =>
      [...source.matchAll(new RegExp(pattern, 'g'))].map(({ 0: text, groups = {} }) => {
        const { registry, repository, ...others } = groups;
        const parts = { depName: registry === undefined ? repository : `${registry}/${repository}` };
        const all = { datasource: datasourceTemplate, ...others, ...(depNameTemplate !== undefined && parts) };
        const given = Object.entries(all).filter(([, value]) => value !== undefined);
        return { text, found: Object.fromEntries(given) as Record<string, string> };
      }),
    ),
  );
}

/** What Renovate finds in a source with the managers of renovate.json. */
export function foundByRenovate(source: string): Record<string, string>[] {
  return matches(source).map(({ found }) => found);
}

/** A source of one version, with the next: Renovate replaces each text that is the version in what has matched. */
export function updatedByRenovate(source: string, next: string): string {
  const [{ text, found } = { text: '', found: {} }] = matches(source);
  return source.replace(text, text.replaceAll(found.currentValue ?? '', next));
}

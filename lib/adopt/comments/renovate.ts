import type { Json } from '../../json/json';
import { textAt } from '../../json/read';
import type { Draft } from '../draft';
import { type CodeObject, Commented } from '../program';
import type { Survey, WrittenObject } from '../survey';

/**
 * Says above the version of a chart where its repository is, as Renovate reads it: that stands elsewhere in the code, or in no code at
 * all, and Renovate's patterns see one place alone.
 */
export function addHints(drafts: readonly Draft[], survey: Survey): void {
  for (const draft of drafts) {
    const { version } = draft.props ?? {};
    if (draft.className !== 'HelmRelease' || typeof version !== 'string') continue;
    const hint = hintOf(draft.of as WrittenObject, survey);
    if (hint !== undefined) draft.props = { ...draft.props, version: new Commented(version, [hint]) } as CodeObject;
  }
}

/** Undefined for a chart of another source, and for one whose name or repository is known only in the cluster. */
function hintOf(release: WrittenObject, survey: Survey): string | undefined {
  const chart = textAt(release.value, 'spec', 'chart', 'spec', 'chart');
  const url = urlOf(release, survey);
  if (chart === undefined || url === undefined || /[\s$]/.test(chart + url)) return undefined;
  const repository = url.replace(/\/$/, '');
  return url.startsWith('oci://')
    ? `renovate: datasource=docker depName=${repository.slice('oci://'.length)}/${chart}`
    : `renovate: datasource=helm depName=${chart} registryUrl=${repository}`;
}

/** The address of the HelmRepository that a release names. */
function urlOf(release: WrittenObject, { graph, references }: Survey): string | undefined {
  const reference = references(release).find(({ kind }) => kind === 'HelmRepository');
  const cluster = reference && graph.clusters.find(({ resources }) => resources.includes(reference.resource));
  const [repository] = (reference && cluster?.find(reference)) ?? [];
  return textAt(repository?.value as Json | undefined, 'spec', 'url');
}

import type { Json } from '../../json/json';
import { textAt } from '../../json/read';
import { pinnedVersion } from '../../systems/release';
import type { Draft } from '../draft';
import { type Code, type CodeObject, Commented, isCodeObject } from '../program';
import type { Survey, WrittenObject } from '../survey';

/** Where code has the version of a chart: a construct, and an object that is said as it is. */
const versions = [['version'], ['spec', 'chart', 'spec', 'version']];

/**
 * Says above the version of a chart where its repository is, as Renovate reads it: that stands elsewhere in the code, or in no code at
 * all, and Renovate's patterns see one place alone.
 */
export function addHints(drafts: readonly Draft[], survey: Survey): void {
  for (const draft of drafts) {
    const release = draft.of as WrittenObject | undefined;
    // Of a folder or file, neither is it a release.
    if (release?.value?.kind !== 'HelmRelease') continue;
    const hint = hintOf(release, survey);
    if (hint === undefined) continue;
    for (const way of versions) draft.props = withHint(draft.props as CodeObject, way, hint) as CodeObject;
  }
}

function withHint(code: Code | undefined, [field, ...way]: readonly string[], hint: string): Code | undefined {
  if (field === undefined)
    return typeof code === 'string' && pinnedVersion.accepts(code) ? new Commented(code, [hint]) : code;
  if (!isCodeObject(code) || code[field] === undefined) return code;
  return { ...code, [field]: withHint(code[field], way, hint) as Code };
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

import { at } from '../../json/read';
import { installsCrds, releaseOf, runsHooks } from '../../systems/flux/helm-release';
import { ValueFault } from '../../systems/helm/set-value';
import { display, isKnown } from '../../text/symbolic';
import type { ChartSource, Closed, RenderInput } from '../../tree/charts/chart';
import type { ChartContents } from '../chart-contents';
import type { Cluster } from '../cluster';
import type { Resource } from '../resource';
import { chartOfRelease, closed } from './source';
import { valuesOfRelease } from './values';

/** What it takes to render the chart of a release. */
export interface Request {
  readonly type: 'request';
  readonly release: Resource;
  readonly source: ChartSource;
  readonly input: Omit<RenderInput, 'apiVersions'>;
  /** Why what is rendered may be otherwise. */
  readonly uncertain: string | undefined;
}

/** What a release asks of Helm; what became of it where that is known at once. */
export function requestOf(
  release: Resource,
  cluster: Cluster,
  { above, kubeVersion }: { readonly above: string; readonly kubeVersion: string },
): Request | Exclude<ChartContents, { type: 'opened' }> {
  const chart = chartOfRelease(release, cluster, above);
  if ('type' in chart) return chart;
  const { name, target } = releaseOf(release);
  for (const text of [name, target]) if (isOpen(text)) return unnamed(text);
  try {
    const { values, uncertain, secret } = valuesOfRelease(release, cluster);
    return {
      type: 'request',
      release,
      source: chart.source,
      input: {
        release: { name, namespace: target },
        values,
        valuesFiles: chart.valuesFiles,
        ignoreMissingValuesFiles: chart.ignoreMissingValuesFiles,
        secret,
        crds: installsCrds(release),
        hooks: runsHooks(release),
        kubeVersion,
        origin: { name: release.name, namespace: release.namespace },
        postRenderers: at(release.value, 'spec', 'postRenderers'),
        postRenderStrategy: at(release.value, 'spec', 'postRenderStrategy'),
        commonMetadata: at(release.value, 'spec', 'commonMetadata'),
      },
      uncertain: uncertain ?? (release.uncertain ? 'something that espalier does not follow changes it' : undefined),
    };
  } catch (error) {
    if (!(error instanceof ValueFault)) throw error;
    const message = `its values cannot be put together: ${error.message}`;
    const path = ['spec', 'valuesFrom'];
    return {
      type: 'failed',
      chart: undefined,
      input: undefined,
      message,
      template: undefined,
      path,
      uncertain: undefined,
    };
  }
}

function isOpen(text: string): boolean {
  return !isKnown(text) || text.includes('${');
}

function unnamed(text: string): Closed {
  return closed(`its release is called ${display(text)}, and the tree does not show what is filled in`);
}

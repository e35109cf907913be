import type { Cluster } from '../../graph/cluster';
import { dependentsOf, waitersFor } from '../../graph/dependents';
import { isSuspended } from '../../graph/kustomization';
import type { Dependency, FluxKustomization } from '../../graph/resource';
import { at, textAt } from '../../json/read';
import { fluxOrder } from '../../pictures/flux-order';
import { readiness } from '../../pictures/readiness';
import { enumerated } from '../../text/listed';
import { escapeMarkdown } from '../markdown-text';
import { renderMermaid } from '../pictures/mermaid';
import { list, mark, paragraphs } from './markdown';
import { appLink, objectLink, type Page, type Section } from './page';
import { picture } from './picture';

/** What Flux waits for before it applies the app, when the app counts as ready, and what waits for it. */
export const ordering: Section = {
  heading: 'Reconciliation and ordering',
  body(page) {
    const { cluster, app } = page;
    const { kustomization } = app;
    const needs = kustomization.dependsOn;
    const waiting = waitersFor(kustomization, cluster);
    return paragraphs(
      needs.length === 0
        ? `Flux waits for nothing before it applies this app (${objectLink(page, kustomization.resource)}).`
        : `Flux applies this app when these are ready (${objectLink(page, kustomization.resource)}):\n\n${list(needs.map((need) => dependency(page, need, kustomization)))}`,
      isSuspended(kustomization)
        ? '**It is suspended: Flux applies nothing of it until `spec.suspend` is gone.**'
        : `It counts as ${readyText(kustomization)}.${timing(kustomization)}`,
      isCircular(kustomization, cluster)
        ? '**It waits for itself, by what it depends on: Flux applies none of the circle.**'
        : undefined,
      waiting.length === 0 ? undefined : `These wait for it: ${enumerated(waiting.map((one) => appLink(page, one)))}.`,
      picture(renderMermaid(fluxOrder(cluster, { app: kustomization }))),
    );
  },
};

/** Whether what it waits for waits for it. */
function isCircular(kustomization: FluxKustomization, cluster: Cluster): boolean {
  const waiting = dependentsOf(kustomization, cluster);
  return kustomization.dependsOn.some(
    ({ target }) => target === kustomization || (target !== undefined && waiting.includes(target)),
  );
}

function dependency(page: Page, { target, namespace, name, path }: Dependency, { spec }: FluxKustomization): string {
  const where = namespace === '' ? '' : ` in namespace ${mark(namespace)}`;
  if (target === undefined) return `${mark(name)}${where}: not in the tree, so that Flux waits for ever`;
  const when = textAt(spec, ...path.slice(1, -1), 'readyExpr');
  const ready = when === undefined ? readyText(target) : `when ${mark(when)}`;
  return `${appLink(page, target)}${where}: ${ready}`;
}

/** When a Kustomization counts as ready, in a clause. */
function readyText(kustomization: FluxKustomization): string {
  const [first = '', ...others] = readiness(kustomization).map(escapeMarkdown);
  return others.length === 0 ? first : `${first} (${others.join('; ')})`;
}

function timing({ spec }: FluxKustomization): string {
  const interval = textAt(spec, 'interval');
  const retry = textAt(spec, 'retryInterval');
  const timeout = textAt(spec, 'timeout');
  const parts = [
    ...(interval === undefined ? [] : [`compares the cluster with Git every ${mark(interval)}`]),
    ...(timeout === undefined ? [] : [`gives up waiting after ${mark(timeout)}`]),
    ...(retry === undefined ? [] : [`tries again ${mark(retry)} after a failure`]),
    ...(at(spec, 'prune') === true ? ['deletes what leaves the tree'] : ['leaves what leaves the tree in the cluster']),
  ];
  return parts.length === 0 ? '' : ` Flux ${enumerated(parts)}.`;
}

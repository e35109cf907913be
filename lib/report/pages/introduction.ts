import { descriptionOf } from '../../graph/description';
import { nameOf } from '../../graph/kustomization';
import type { Resource } from '../../graph/resource';
import { containersOf, podTemplate } from '../../graph/workload';
import { listAt } from '../../json/read';
import { isCluster } from '../../systems/cnpg/names';
import { count } from '../../text/count';
import { enumerated } from '../../text/listed';
import { escapeMarkdown } from '../markdown-text';
import { mark, paragraphs, sentence } from './markdown';
import type { Page } from './page';
import { pushesOf, secretsOf } from './secrets';

/** The paragraphs below the title: what the app is for, and what it consists of. */
export function introduction(page: Page): string {
  const { kustomization } = page.app;
  return paragraphs(
    described(descriptionOf(kustomization.resource)),
    `${summary(page)} This page is written from the tree: it says what Git holds, not how the cluster is at the moment.`,
  );
}

/** A description as paragraphs. */
export function described(description: string | undefined): string | undefined {
  if (description === undefined) return undefined;
  return description
    .split(/\n\s*\n/)
    .map(sentence)
    .join('\n\n');
}

function summary(page: Page): string {
  const { app, name } = page;
  const { kustomization, resources } = app;
  const secrets = secretsOf(page);
  const generated = secrets.filter(({ generators }) => generators.length > 0);
  const read = secrets.filter(({ reads }) => reads.length > 0);
  const others = secrets.filter(({ reads, generators }) => reads.length + generators.length === 0);
  const pushes = pushesOf(page);
  const pushed = pushes.some(({ writes }) => writes.length > 0) ? 'Vault' : 'a store';
  const of = (group: string, kind: string) => resources.filter((one) => one.group === group && one.kind === kind);
  const parts = [
    ...workloads(resources),
    ...counted(resources.filter(isCluster).length, 'PostgreSQL database'),
    ...counted(of('helm.toolkit.fluxcd.io', 'HelmRelease').length, 'Helm release'),
    ...(read.length > 0 ? [`secrets that External Secrets reads from Vault`] : []),
    ...(others.length > 0
      ? [`secrets that External Secrets reads from ${read.length > 0 ? 'other stores' : 'a store'}`]
      : []),
    ...(generated.length > 0 ? ['credentials that are generated in the cluster'] : []),
    ...(pushes.length > 0 ? [`values that are pushed to ${pushed}`] : []),
  ];
  const what = parts.length > 0 ? enumerated(parts) : count(resources.length, 'object');
  const where = app.namespace === '' ? '' : ` in namespace ${mark(app.namespace)}`;
  return `It is what the Flux Kustomization ${mark(nameOf(kustomization))} of the cluster ${mark(name)} applies${where}: ${what}.`;
}

function workloads(resources: readonly Resource[]): string[] {
  const running = resources.filter((resource) => {
    const pod = podTemplate(resource);
    return pod !== undefined && containersOf(pod).length > 0 && listAt(pod.spec, 'containers').length > 0;
  });
  if (running.length > 3) return [count(running.length, 'workload')];
  return running.map(({ kind, name }) => `the ${escapeMarkdown(kind)} ${mark(name)}`);
}

function counted(number: number, what: string): string[] {
  if (number === 0) return [];
  return [number === 1 ? `a ${what}` : count(number, what)];
}

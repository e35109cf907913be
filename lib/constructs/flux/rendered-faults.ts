import type { Construct } from 'constructs';
import { EspalierError } from '../../errors';
import type { JsonObject } from '../../json/json';
import { pathText } from '../../json/path-text';
import { keysAt, textAt, textsIn } from '../../json/read';
import { enumerated, listed } from '../../text/listed';
import { isKnown } from '../../text/symbolic';
import type { RenderedObject } from '../../tree/charts';
import { refuse, where } from '../input-error';
import { kustomizationOf } from '../scopes';

/*
 * What of a chart cannot stand in a tree as plain objects.
 */

/** What only helm-controller does, and what to do instead. */
const ofController: Readonly<Record<string, { readonly allowed: string; readonly example: string }>> = {
  valuesFrom: {
    allowed:
      'values that are known here: what is rendered into the tree cannot read a ConfigMap or Secret of the cluster',
    example: 'values: { … }',
  },
  dependsOn: {
    allowed: 'an order of Kustomizations: there is no HelmRelease that could wait',
    example: 'release.node.addDependency(other)',
  },
  kubeConfig: {
    allowed: 'the cluster that the Kustomization applies to',
    example: 'spec.kubeConfig of the FluxKustomization',
  },
};

/** @throws EspalierError for settings without which it would be another release, and for variables of Flux, which the chart would see */
export function refuseUnrenderable(release: Construct, spec: JsonObject): void {
  for (const [field, instead] of Object.entries(ofController)) {
    if (spec[field] !== undefined) refuse(release, { field: `spec.${field}`, ...instead });
  }
  const replaces = kustomizationOf(release)?.substitutes === true;
  const variable = [...textsIn(spec.values)].find(({ text }) => !isKnown(text) || (replaces && text.includes('${')));
  if (variable === undefined) return;
  refuse(release, {
    field: `values: ${pathText(variable.path)}`,
    allowed: 'a text without variables of Flux: the chart is rendered before Flux replaces them',
    example: 'the value itself',
  });
}

/** @throws EspalierError for hooks that are not to be left out */
export function withoutHooks(
  release: Construct,
  objects: readonly RenderedObject[],
  hooks: 'refuse' | 'drop' = 'refuse',
): RenderedObject[] {
  const run = objects.filter((object) => object.hooks.length > 0);
  if (run.length > 0 && hooks === 'refuse') {
    const names = run.map((object) => `${nameOf(object)} (${object.hooks.join(', ')})`);
    throw new EspalierError(
      `${where(release)}: the chart has hooks, which only Helm runs: ${listed(names)}. Switch them off by the chart's values, or leave them out: rendered: { hooks: 'drop' }.`,
    );
  }
  return objects.filter((object) => object.hooks.length === 0);
}

/** @throws EspalierError for Secrets that hold something, unless they are to be left out or kept */
export function withoutSecrets(
  release: Construct,
  objects: readonly RenderedObject[],
  secrets: 'refuse' | 'drop' | 'keep' = 'refuse',
): readonly RenderedObject[] {
  const readable = objects.filter(({ value }) => keysOf(value).length > 0);
  if (readable.length === 0 || secrets === 'keep') return objects;
  if (secrets === 'drop') return objects.filter((object) => !readable.includes(object));
  const names = readable.map((object) => `${nameOf(object)} with ${enumerated(keysOf(object.value))}`);
  throw new EspalierError(
    `${where(release)}: the chart makes a Secret, which everybody who reads the tree could read: ${listed(names)}. Give the chart an existing Secret by its values; or leave it out, and make one of the same name with an ExternalSecret: rendered: { secrets: 'drop' }. If nothing in it is secret: { secrets: 'keep' }.`,
  );
}

/** @throws EspalierError for what would be another at each rendering */
export function refuseUncertain(release: Construct, objects: readonly RenderedObject[], incomplete: boolean): void {
  for (const object of objects) {
    const random = [...textsIn(object.value)].find(({ text }) => !isKnown(text));
    if (random === undefined) continue;
    throw new EspalierError(
      `${where(release)}: the chart makes ${pathText(random.path)} of ${nameOf(object)} anew at each rendering (${object.template}), so the tree would never be the same. Give the value, or an existing Secret, by the chart's values.`,
    );
  }
  if (!incomplete) return;
  throw new EspalierError(
    `${where(release)}: which objects the chart makes depends on what is random, so the tree would never be the same.`,
  );
}

/** The keys of a Secret; none of what is no Secret. */
function keysOf(value: JsonObject): readonly string[] {
  if (value.kind !== 'Secret' || value.apiVersion !== 'v1') return [];
  return [...new Set([...keysAt(value, 'data'), ...keysAt(value, 'stringData')])];
}

function nameOf({ value }: RenderedObject): string {
  return `${textAt(value, 'kind')} ${textAt(value, 'metadata', 'name') ?? '?'}`;
}

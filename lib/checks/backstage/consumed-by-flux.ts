import { type Backstage, backstagesIn, type ConfigFile } from '../../graph/backstage/containers';
import type { Cluster } from '../../graph/cluster';
import { describe, identityKey, step } from '../../graph/identity';
import { nameOf } from '../../graph/kustomization';
import type { FluxKustomization, Resource } from '../../graph/resource';
import { resourceOf } from '../../graph/resource-of';
import { isExempt } from '../../graph/substitution';
import type { Path } from '../../json/json';
import { textAt } from '../../json/read';
import type { ClusterCheck, Problem } from '../check';
import type { MayHaveFix } from '../meant';

/** A variable with a fallback that is not escaped. */
const withFallback = /(?<!\$)\$\{(\w+):[-=][^{}]*\}/g;

export const consumedByFlux: ClusterCheck = {
  id: 'backstage/consumed-by-flux',
  severity: 'error',
  title: 'Variable meant for Backstage that Flux substitutes',
  atRunTime:
    'Flux substitutes the ${…} of an app-config itself: if it has no value, the build fails ("variable not set"), or the fallback is written into the app-config',
  remedy: 'write $${NAME}, or annotate the ConfigMap with kustomize.toolkit.fluxcd.io/substitute: disabled',
  fixes: 'write $${ for ${',
  source: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution',
  *check(cluster) {
    const configs = configsIn(cluster);
    if (configs.size === 0) return;
    for (const kustomization of cluster.kustomizations) {
      yield* missing(kustomization, configs);
      yield* fallbacks(kustomization, configs);
    }
  },
};

type Configs = ReadonlyMap<string, { readonly backstage: Backstage; readonly file: ConfigFile }>;

function configsIn(cluster: Cluster): Configs {
  const found = new Map<string, { backstage: Backstage; file: ConfigFile }>();
  for (const backstage of backstagesIn(cluster)) {
    for (const file of backstage.files) found.set(keyOf(file.map, file.key), { backstage, file });
  }
  return found;
}

function keyOf(map: Resource, key: string): string {
  return `${identityKey(map)}/${key}`;
}

function* missing(kustomization: FluxKustomization, configs: Configs): Generator<Problem> {
  for (const { kind, resource, path, variable, expression } of kustomization.substitution) {
    const [field, key] = path;
    if (kind !== 'missing-variable' || resource === undefined || field !== 'data' || typeof key !== 'string') continue;
    const config = configs.get(keyOf(resource, key));
    if (config === undefined || variable === undefined) continue;
    const { pod, environment } = config.backstage;
    const has = environment.values.has(variable) ? 'which the container sets' : 'which Backstage should read';
    yield {
      at: { resource, path, part: expression },
      ...escaped(resource, path, expression),
      message: `Flux substitutes ${expression}, ${has}, in Kustomization ${nameOf(kustomization)}: write $${expression}`,
      chain: [step(pod.resource), `ConfigMap/${resource.name} key \`${key}\``, `Kustomization/${kustomization.name}`],
      sensitive: true,
    };
  }
}

function escaped({ value }: Resource, path: Path, expression: string): MayHaveFix {
  const text = textAt(value, ...path) ?? '';
  const set = text
    .split(expression)
    .reduce((before, after) => `${before}${before.endsWith('$') ? '' : '$'}${expression}${after}`);
  return set === text ? {} : { fix: { title: 'write $${ for ${', changes: [{ path, set }] } };
}

/** With a fallback Flux has no fault to find, and Backstage never reads the variable. */
function* fallbacks({ contents, variables, name }: FluxKustomization, configs: Configs): Generator<Problem> {
  if (contents.type !== 'built' || variables?.substitutes !== 'always') return;
  for (const object of contents.built.objects) {
    const resource = resourceOf(object.value, object);
    if (resource?.kind !== 'ConfigMap' || isExempt(resource.value)) continue;
    for (const key of Object.keys((object.value.data as object | undefined) ?? {})) {
      const config = configs.get(keyOf(resource, key));
      const text = textAt(object.value, 'data', key);
      if (config === undefined || text === undefined) continue;
      for (const [written, variable = ''] of text.matchAll(withFallback)) {
        if (variables.of(variable).state !== 'absent' || !config.backstage.environment.values.has(variable)) continue;
        // Not the fallback itself: it may be a password.
        const shown = written.replace(/(?<=:[-=]).*(?=\})/s, '…');
        yield {
          at: { resource, path: ['data', key], part: written },
          ...escaped(resource, ['data', key], written),
          message: `Flux writes the fallback of ${shown}, and ${describe(config.backstage.pod.resource)} never reads its ${variable}: write $${shown}`,
          chain: [
            step(config.backstage.pod.resource),
            `ConfigMap/${resource.name} key \`${key}\``,
            `Kustomization/${name}`,
          ],
          sensitive: true,
        };
      }
    }
  }
}

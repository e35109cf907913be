import { type Backstage, backstagesIn, type ConfigFile } from '../../graph/backstage/containers';
import { type ServiceVariables, serviceVariables } from '../../graph/environment';
import { describe, step } from '../../graph/identity';
import { isKnown } from '../../graph/substitution';
import { pathText } from '../../json/path-text';
import { at, textAt } from '../../json/read';
import { type ConfigReference, referencesIn, setByOthers, variableOf } from '../../systems/backstage/app-config';
import { nearest } from '../../text/nearest';
import type { ClusterCheck, Problem } from '../check';
import { didYouMean } from '../hint';

export const unsetVariable: ClusterCheck = {
  id: 'backstage/unset-variable',
  severity: 'error',
  title: 'Variable of an app-config that the container does not set',
  atRunTime:
    'Backstage drops the whole value that contains the variable: it fails ("Missing required config value at …"), or the setting has no effect',
  remedy: 'set the variable in the container (env or envFrom), or give it a fallback: ${NAME:-value}',
  source: 'https://backstage.io/docs/conf/writing/#environment-variable-substitution',
  *check(cluster) {
    const services = serviceVariables(cluster);
    for (const backstage of backstagesIn(cluster)) {
      if (!backstage.environment.complete) continue;
      for (const file of backstage.files) yield* inFile(backstage, file, services(backstage.pod));
    }
  },
};

function* inFile(backstage: Backstage, file: ConfigFile, services: readonly ServiceVariables[]): Generator<Problem> {
  const { pod, container, environment } = backstage;
  const reported = new Set<string>();
  for (const reference of referencesIn(file.value)) {
    const { of, name: variable, text, path, by } = reference;
    if (of === 'file') continue;
    const written = by === undefined ? text : `${by}: ${text}`;
    if (environment.values.has(variable) || setByOthers.test(variable) || reported.has(variable)) continue;
    if (!isKnown(variable) || isGivenElsewhere(backstage, file, reference)) continue;
    // Kubernetes sets those of a Service: with another value than is meant, which is another rule's.
    if (services.some(({ prefix }) => new RegExp(`^${prefix}_(?:SERVICE|PORT)(?:_|$)`).test(variable))) continue;
    reported.add(variable);
    const near = nearest(variable, [...environment.values.keys()]);
    yield {
      at: { resource: file.map, path: ['data', file.key], part: written },
      message: `${written} in ${pathText(path)} is not set in container ${textAt(container.value, 'name') ?? ''} of ${describe(pod.resource)}${didYouMean(near)}`,
      chain: [
        step(pod.resource),
        `ConfigMap/${file.map.name} key \`${file.key}\``,
        `${pathText(path)} reads ${variable}`,
      ],
      sensitive: true,
    };
  }
}

/** Whether the value is there all the same, of another file or of a variable for just this setting. */
function isGivenElsewhere({ files, environment }: Backstage, file: ConfigFile, { path }: ConfigReference): boolean {
  if (environment.values.has(variableOf(path))) return true;
  return files.some((other) => other !== file && at(other.value, ...path) !== undefined);
}

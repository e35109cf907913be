import { posix } from 'node:path';
import { type Backstage, backstagesIn, type ConfigFile } from '../../graph/backstage/containers';
import { keyStep, step } from '../../graph/identity';
import { isKnown } from '../../graph/substitution';
import { pathText } from '../../json/path-text';
import { keysAt, listAt, textAt } from '../../json/read';
import { referencesIn } from '../../systems/backstage/app-config';
import { listed } from '../../text/listed';
import { nearest } from '../../text/nearest';
import type { ClusterCheck, Problem } from '../check';
import { didYouMean } from '../hint';

export const includeMissing: ClusterCheck = {
  id: 'backstage/include-missing',
  severity: 'error',
  title: 'File that an app-config includes and that is not mounted',
  atRunTime: 'Backstage does not start: "failed to include …, no such file or directory"',
  remedy: 'add the file to the ConfigMap that is mounted there, or name one of its files',
  source: 'backstage packages/config-loader/src/sources/transform/include.ts',
  *check(cluster) {
    for (const backstage of backstagesIn(cluster)) {
      for (const file of backstage.files) yield* inFile(backstage, file);
    }
  },
};

function* inFile({ pod, container, mounts }: Backstage, file: ConfigFile): Generator<Problem> {
  for (const { of, name, path, by = '' } of referencesIn(file.value)) {
    if (of !== 'file' || !isKnown(name)) continue;
    // Of `$include`, what follows # is a path within the file.
    const wanted = posix.resolve(posix.dirname(file.path), by === '$include' ? name.replace(/#.*/, '') : name);
    const map = mounts.folders.get(posix.dirname(wanted));
    if (map === undefined || mounts.files.some((other) => other.path === wanted)) continue;
    if (listAt(container.value, 'volumeMounts').some((mount) => textAt(mount, 'mountPath') === wanted)) continue;
    const keys = keysAt(map.value, 'data');
    yield {
      at: { resource: file.map, path: ['data', file.key], part: `${by}: ${name}` },
      message: `${by}: ${name} in ${pathText(path)} means ${wanted}, but ConfigMap ${map.name}, which is mounted there, has ${listed(keys)}${didYouMean(nearest(posix.basename(wanted), keys))}`,
      chain: [step(pod.resource), keyStep(file.map, file.key), keyStep(map, posix.basename(wanted))],
      sensitive: true,
    };
  }
}

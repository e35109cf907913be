import { backstagesIn, baseName } from '../../graph/backstage/containers';
import { keyStep, step } from '../../graph/identity';
import { isKnown } from '../../graph/substitution';
import { keysAt, listAt, textAt } from '../../json/read';
import { listed } from '../../text/listed';
import type { ClusterCheck } from '../check';

export const configMissing: ClusterCheck = {
  id: 'backstage/config-missing',
  severity: 'error',
  title: 'App-config that does not exist',
  atRunTime: 'Backstage does not start: "Config file … does not exist"',
  remedy: 'name a file that is mounted there, or add the file to the ConfigMap',
  source: 'backstage packages/config-loader/src/sources/FileConfigSource.ts',
  *check(cluster) {
    for (const { pod, container, mounts, named } of backstagesIn(cluster)) {
      for (const { file, path } of named) {
        const map = mounts.folders.get(file.slice(0, file.length - baseName(file).length - 1));
        if (map === undefined || !file.startsWith('/') || !isKnown(file) || file.includes('$')) continue;
        if (mounts.files.some((other) => other.path === file)) continue;
        // A file may also be mounted on its own into the folder, of a Secret, say.
        if (listAt(container.value, 'volumeMounts').some((mount) => textAt(mount, 'mountPath') === file)) continue;
        yield {
          at: { resource: pod.resource, path },
          message: `--config names ${file}, but ConfigMap ${map.name}, which is mounted there, has ${listed(keysAt(map.value, 'data'))}`,
          chain: [step(pod.resource), keyStep(map, baseName(file))],
        };
      }
    }
  },
};

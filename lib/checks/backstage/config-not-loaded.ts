import { type Backstage, backstagesIn, baseName } from '../../graph/backstage/containers';
import { keyStep, step } from '../../graph/identity';
import { listAt, textAt } from '../../json/read';
import { isAppConfig } from '../../systems/backstage/app-config';
import type { ClusterCheck } from '../check';

export const configNotLoaded: ClusterCheck = {
  id: 'backstage/config-not-loaded',
  severity: 'warning',
  title: 'App-config that is mounted but not loaded',
  atRunTime:
    'with --config, Backstage loads only the files that it names, so the settings of the other file have no effect',
  remedy: 'name the file in one more --config, after the files that it overrides, or stop mounting it',
  source: 'https://backstage.io/docs/conf/writing/#configuration-files',
  *check(cluster) {
    for (const backstage of backstagesIn(cluster)) {
      const { pod, container, mounts, named, ownCommand } = backstage;
      // Without the whole command, the image may name others.
      if (named.length === 0 || !ownCommand) continue;
      for (const { map, key, path } of mounts.files) {
        const name = baseName(path);
        if (!isAppConfig(name) || isMentioned(backstage, name)) continue;
        const mount = listAt(container.value, 'volumeMounts').findIndex((other) => {
          const place = textAt(other, 'mountPath') ?? '';
          return path === place || path.startsWith(`${place.replace(/\/$/, '')}/`);
        });
        yield {
          at: { resource: pod.resource, path: [...container.path, 'volumeMounts', Math.max(mount, 0), 'mountPath'] },
          message: `${path} is mounted but not loaded: --config names only ${named.map(({ file }) => file).join(', ')}`,
          chain: [step(pod.resource), keyStep(map, key)],
        };
      }
    }
  },
};

/** Whether a command, a variable or another file names it: `$include`, say. */
function isMentioned({ container, environment, mounts }: Backstage, name: string): boolean {
  const words = (['command', 'args'] as const).flatMap((field) => listAt(container.value, field));
  if (words.some((word) => typeof word === 'string' && (word.includes(name) || word.includes('app-config*'))))
    return true;
  for (const { text } of environment.values.values()) if (text === undefined || text.includes(name)) return true;
  return mounts.files.some(({ map, key }) => textAt(map.value, 'data', key)?.includes(name) === true);
}

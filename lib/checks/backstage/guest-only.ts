import { backstagesIn } from '../../graph/backstage/containers';
import { keyStep, step } from '../../graph/identity';
import { at, keysAt } from '../../json/read';
import type { ClusterCheck } from '../check';

export const guestOnly: ClusterCheck = {
  id: 'backstage/guest-only',
  severity: 'warning',
  title: 'Sign-in only for guests, which Backstage refuses in production',
  atRunTime: 'nobody can sign in: "The guest provider cannot be used outside of a development environment unless …"',
  remedy: 'add a provider to auth.providers: github, oidc or another',
  source: 'https://backstage.io/docs/auth/guest/provider/',
  *check(cluster) {
    for (const { pod, files, complete, environment } of backstagesIn(cluster)) {
      // Otherwise the image's app-config may have others.
      if (!complete) continue;
      const providers = new Set(files.flatMap((file) => keysAt(file.value, 'auth', 'providers')));
      const [file] = files.filter(({ value }) => at(value, 'auth', 'providers', 'guest') !== undefined);
      if (file === undefined || providers.size > 1 || environment.values.get('NODE_ENV')?.text === 'development')
        continue;
      const allowed = files.some(
        ({ value }) => at(value, 'auth', 'providers', 'guest', 'dangerouslyAllowOutsideDevelopment') !== undefined,
      );
      const variables = [...environment.values.keys()].some((name) => name.startsWith('APP_CONFIG_auth_'));
      if (allowed || variables) continue;
      yield {
        at: { resource: file.map, path: ['data', file.key] },
        message: `guest is the only provider in auth.providers, and Backstage refuses it outside development`,
        chain: [step(pod.resource), keyStep(file.map, file.key)],
        sensitive: true,
      };
    }
  },
};

import { plainCredential } from '../../graph/masking';
import type { Resource } from '../../graph/resource';
import type { Path } from '../../json/json';
import type { RuleOptions } from '../../rules/rule';
import type { ClusterCheck, Problem } from '../check';
import { knownFaultless } from '../known-faultless';
import { credentialsIn } from './credentials-in';

interface Options extends RuleOptions {
  /** Names that hold none although they say so. */
  readonly allow: readonly string[];
}

export const literalCredential: ClusterCheck<Options> = {
  id: 'security/literal-credential',
  severity: 'error',
  title: 'Credential in a ConfigMap, an argument or an environment variable',
  atRunTime:
    'everyone who can read the repository or the object (kubectl get, without access to Secrets) has the credential',
  remedy:
    'keep it in a Secret and refer to that (valueFrom.secretKeyRef); then change the credential: the old one stays in the Git history',
  source: 'https://kubernetes.io/docs/concepts/configuration/secret/',
  options: { allow: [] },
  *check(cluster, graph, { allow }) {
    const faultless = knownFaultless(graph)(cluster);
    for (const resource of cluster.resources) {
      if (faultless.has(resource)) continue;
      for (const { path, name, credential } of credentialsIn(resource)) {
        if (!allow.includes(name)) yield problemOf(resource, path, name, credential);
      }
    }
  },
};

function problemOf(resource: Resource, path: Path, name: string, credential: string): Problem {
  const message =
    credential === plainCredential
      ? `${name} holds its credential in plain text`
      : `${name || 'the value'} holds ${credential}`;
  return { at: { resource, path }, message, sensitive: true };
}

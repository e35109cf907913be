import type { JsonObject, Path } from '../../json/json';
import { keysAt, listAt, objectAt, textAt } from '../../json/read';
import { generatorGroup } from './spec';

/** A generator that a spec names. */
export interface GeneratorRef {
  readonly kind: string;
  readonly name: string;
  /** The way to the reference from the spec. */
  readonly path: Path;
}

/** The generators of an ExternalSecret's `dataFrom`, or of a PushSecret's selector. */
export function generatorRefs(spec: JsonObject): GeneratorRef[] {
  const refs = listAt(spec, 'dataFrom').flatMap((item, i) => {
    return refIn(objectAt(item, 'sourceRef', 'generatorRef'), ['dataFrom', i, 'sourceRef', 'generatorRef']);
  });
  return [...refs, ...refIn(objectAt(spec, 'selector', 'generatorRef'), ['selector', 'generatorRef'])];
}

function refIn(ref: JsonObject | undefined, path: Path): GeneratorRef[] {
  const [kind, name] = [textAt(ref, 'kind'), textAt(ref, 'name')];
  const group = textAt(ref, 'apiVersion')?.split('/')[0] ?? generatorGroup;
  return kind !== undefined && name !== undefined && group === generatorGroup ? [{ kind, name, path }] : [];
}

/** What is known of a kind of generators. */
interface GeneratorFacts {
  /** The field in which a ClusterGenerator keeps its spec. */
  readonly field: string;
  /** The keys that it yields; left out where its spec, or the answer of another system, decides. */
  readonly keys?: readonly string[];
  /** Whether its value is meant to stay. Others make tokens that expire. */
  readonly lasting?: true;
  /** How long its token is good for, in hours, where it is always the same. */
  readonly hours?: number;
}

/**
 * The generators of External Secrets 2.9 (generators/v1/<kind>, Generate; apis/generators/v1alpha1/types_cluster.go). Hours:
 * docs/api/generator/ecr.md and github.md, docs/snippets/generator-quay-example.yaml; https://cloud.google.com/docs/authentication/token-types.
 */
export const generators = {
  ACRAccessToken: { field: 'acrAccessTokenSpec', keys: ['username', 'password'] },
  BeyondtrustWorkloadCredentialsDynamicSecret: {
    field: 'beyondtrustWorkloadCredentialsDynamicSecretSpec',
    // sessionToken only where the answer has one.
    keys: ['accessKeyId', 'secretAccessKey', 'sessionToken', 'leaseId', 'expiration'],
  },
  CloudsmithAccessToken: { field: 'cloudsmithAccessTokenSpec', keys: ['auth', 'expiry'] },
  // proxy_endpoint not of a public registry.
  ECRAuthorizationToken: {
    field: 'ecrAuthorizationTokenSpec',
    keys: ['username', 'password', 'proxy_endpoint', 'expires_at'],
    hours: 12,
  },
  Fake: { field: 'fakeSpec' },
  GCRAccessToken: { field: 'gcrAccessTokenSpec', keys: ['username', 'password', 'expiry'], hours: 1 },
  GithubAccessToken: { field: 'githubAccessTokenSpec', keys: ['token'], hours: 1 },
  GitlabDeployToken: { field: 'gitlabDeployTokenSpec', keys: ['username', 'token'] },
  Grafana: { field: 'grafanaSpec', keys: ['login', 'token'] },
  MFA: { field: 'mfaSpec', keys: ['token', 'timeLeft'] },
  Password: { field: 'passwordSpec', lasting: true },
  QuayAccessToken: { field: 'quayAccessTokenSpec', keys: ['registry', 'auth', 'expiry'], hours: 1 },
  SSHKey: { field: 'sshKeySpec', keys: ['privateKey', 'publicKey'], lasting: true },
  STSSessionToken: {
    field: 'stsSessionTokenSpec',
    keys: ['access_key_id', 'secret_access_key', 'session_token', 'expiration'],
  },
  UUID: { field: 'uuidSpec', keys: ['uuid'], lasting: true },
  VaultDynamicSecret: { field: 'vaultDynamicSecretSpec' },
  Webhook: { field: 'webhookSpec' },
} as const satisfies Readonly<Record<string, GeneratorFacts>>;

export type GeneratorKind = keyof typeof generators;

function factsOf(kind: string): GeneratorFacts | undefined {
  return Object.hasOwn(generators, kind) ? generators[kind as GeneratorKind] : undefined;
}

export function makesLastingValue(kind: string): boolean {
  return factsOf(kind)?.lasting === true;
}

/** How long a token is good for, in hours; undefined where it does not expire, or nobody knows. */
export function hoursOf(kind: string): number | undefined {
  return factsOf(kind)?.hours;
}

/** What a generator makes: of a ClusterGenerator, what it stands for. */
export function generatorIn(object: JsonObject): { kind: string; spec: JsonObject; path: Path } {
  const kind = textAt(object, 'kind') ?? '';
  if (kind !== 'ClusterGenerator') return { kind, spec: objectAt(object, 'spec') ?? {}, path: ['spec'] };
  const of = textAt(object, 'spec', 'kind') ?? '';
  const path = ['spec', 'generator', factsOf(of)?.field ?? ''];
  return { kind: of, spec: objectAt(object, ...path) ?? {}, path };
}

/** The keys that a generator yields; undefined where that is not known. */
export function keysOfGenerator(kind: string, spec: JsonObject | undefined): readonly string[] | undefined {
  if (kind === 'Fake') return objectAt(spec, 'data') && keysAt(spec, 'data');
  if (kind !== 'Password') return factsOf(kind)?.keys;
  const named = listAt(spec, 'secretKeys').filter((key) => typeof key === 'string');
  return named.length > 0 ? named : ['password'];
}

/** The keys of what a reference to a generator yields, given the generator's object where it is known. */
export function keysYielded(kind: string, generator: JsonObject | undefined): readonly string[] | undefined {
  if (generator === undefined) return keysOfGenerator(kind, undefined);
  const made = generatorIn(generator);
  return keysOfGenerator(made.kind, made.spec);
}

import type { JsonObject, Path } from '../../json/json';
import { listAt, objectAt, textAt } from '../../json/read';
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

/** Generators of a value that is meant to stay, with the field in which a ClusterGenerator keeps their spec. Others make tokens that expire. */
const lasting: Readonly<Record<string, string>> = {
  Password: 'passwordSpec',
  SSHKey: 'sshKeySpec',
  UUID: 'uuidSpec',
};

export function makesLastingValue(kind: string): boolean {
  return Object.hasOwn(lasting, kind);
}

/** What a generator makes: of a ClusterGenerator, what it stands for. */
export function generatorIn(object: JsonObject): { kind: string; spec: JsonObject; path: Path } {
  const kind = textAt(object, 'kind') ?? '';
  if (kind !== 'ClusterGenerator') return { kind, spec: objectAt(object, 'spec') ?? {}, path: ['spec'] };
  const of = textAt(object, 'spec', 'kind') ?? '';
  const path = ['spec', 'generator', (Object.hasOwn(lasting, of) && lasting[of]) || ''];
  return { kind: of, spec: objectAt(object, ...path) ?? {}, path };
}

/** The keys that generators yield, by kind (https://external-secrets.io/latest/api/generator/). */
const keys: Readonly<Record<string, readonly string[]>> = {
  UUID: ['uuid'],
  SSHKey: ['privateKey', 'publicKey'],
  ACRAccessToken: ['username', 'password'],
  ECRAuthorizationToken: ['username', 'password', 'proxy_endpoint', 'expires_at'],
  GCRAccessToken: ['username', 'password', 'expiry'],
};

/** The keys that a generator yields; undefined where that is not known. */
export function keysOfGenerator(kind: string, spec: JsonObject | undefined): readonly string[] | undefined {
  if (kind !== 'Password') return Object.hasOwn(keys, kind) ? keys[kind] : undefined;
  const named = listAt(spec, 'secretKeys').filter((key) => typeof key === 'string');
  return named.length > 0 ? named : ['password'];
}

import { ApiObject } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { groupVersion } from '../../systems/api-version';
import { refuse } from '../input-error';
import type { Resource } from '../resource';
import { isNamespace, namespaceAt, requireSameCluster } from '../scopes';
import { readSecret, Secret, type SecretKey } from '../secret';
import { type ServiceHandle, ServicePort } from '../service-handle';
import { GatewayListener, NamedObject } from './named-object';

/** An object that a handle stands for. */
export interface Target {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** Undefined where nobody has said it. */
  readonly namespace: string | undefined;
  /** What is named within it: a key, a port, a listener. */
  readonly key?: string;
  readonly port?: number | undefined;
  readonly portName?: string | undefined;
  readonly sectionName?: string;
  /** Has the reader wait for whoever makes it, or notes that nobody here does. */
  readonly need: () => void;
}

/** Whether a value stands for an object, rather than being one as the API has it. */
export function isHandle(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  if (value instanceof Secret || value instanceof NamedObject || value instanceof GatewayListener) return true;
  return Construct.isConstruct(value) || isServiceHandle(value) || isKey(value);
}

/**
 * The object that a handle stands for.
 *
 * @param kinds those that may be named here, `group/Kind`; undefined for any
 */
export function targetOf(reader: Resource, field: string, value: object, kinds: readonly string[] | undefined): Target {
  if (value instanceof NamedObject) return ofNamed(reader, value);
  if (value instanceof GatewayListener) {
    return { ...targetOf(reader, field, value.gateway, kinds), sectionName: value.sectionName };
  }
  if (value instanceof Secret) return ofSecret(reader, value);
  if (isServiceHandle(value)) return ofService(reader, value);
  if (isKey(value)) {
    if ('configMap' in value) return { ...targetOf(reader, field, value.configMap, kinds), key: value.key };
    return { ...ofSecret(reader, value.secret), key: value.secret.key(value.key as never).key };
  }
  return ofConstruct(reader, field, value as Construct, kinds);
}

function ofNamed(reader: Resource, object: NamedObject): Target {
  const { apiVersion, kind, name, namespace } = object;
  return { apiVersion, kind, name, namespace, need: () => object.referredBy(reader) };
}

function ofSecret(reader: Resource, secret: Secret): Target {
  const { name, namespace } = secret;
  const need = () => readSecret(reader, secret, namespace ?? namespaceAt(reader));
  return { apiVersion: 'v1', kind: 'Secret', name, namespace, need };
}

function ofService(reader: Resource, handle: ServiceHandle & Partial<ServicePort>): Target {
  const { name, namespace, port, portName, producer } = handle;
  const need = () => producer && reader.node.addDependency(producer);
  return { apiVersion: 'v1', kind: 'Service', name, namespace, port, portName, need };
}

function ofConstruct(
  reader: Resource,
  field: string,
  construct: Construct,
  kinds: readonly string[] | undefined,
): Target {
  const { service } = construct as { service?: unknown };
  // Requests for a workload go to its Service.
  if (kinds?.includes('/Service') && Construct.isConstruct(service)) return ofConstruct(reader, field, service, kinds);
  const object = objectOf(construct);
  if (object === undefined) {
    refuse(reader, {
      field,
      value: construct.node.path,
      allowed: secretOf(construct) ? 'the Secret that it makes' : `a construct that makes ${kindsText(kinds)}`,
      ...(secretOf(construct) && { example: 'credentials.secret' }),
    });
  }
  requireSameCluster(reader, field, construct);
  const { apiVersion, kind, name } = object;
  const namespace = object.metadata.namespace ?? namespaceAt(construct);
  const port = kind === 'Service' ? (construct as { port?: unknown }).port : undefined;
  const need = () => reader.node.addDependency(construct);
  return { apiVersion, kind, name, namespace, ...(typeof port === 'number' && { port }), need };
}

function secretOf(construct: IConstruct): boolean {
  return (construct as { secret?: unknown }).secret instanceof Secret;
}

/** The object that a construct stands for: an L1 itself, or the one beneath. */
export function objectOf(construct: IConstruct): ApiObject | undefined {
  const { resource } = construct as { resource?: unknown };
  const { kustomization } = construct as { kustomization?: unknown };
  const all = [construct, resource, construct.node.defaultChild, construct.node.tryFindChild('Resource')];
  const found = all.find((one) => ApiObject.isApiObject(one));
  if (found !== undefined) return found as ApiObject;
  return Construct.isConstruct(kustomization) ? objectOf(kustomization) : undefined;
}

/** `group/Kind` of a target. */
export function kindOf({ apiVersion, kind }: Pick<Target, 'apiVersion' | 'kind'>): string {
  return `${groupVersion(apiVersion).group}/${kind}`;
}

/** Kinds for a sentence: `an Issuer or ClusterIssuer`. */
export function kindsText(kinds: readonly string[] | undefined): string {
  const names = (kinds ?? []).map((kind) => kind.slice(kind.indexOf('/') + 1));
  if (names.length === 0) return 'an object';
  return `${/^[AEIOU]/.test(names[0] as string) ? 'an' : 'a'} ${names.join(' or ')}`;
}

/** The labels by which objects are found: those of a workload's pods, those of an object, the name of a namespace. */
export function labelsOf(construct: object, kinds: readonly string[] | undefined): Readonly<Record<string, string>> {
  const { service, selector, matchLabels } = construct as Readonly<Record<string, unknown>>;
  if (Construct.isConstruct(construct) && isNamespace(construct)) {
    return { 'kubernetes.io/metadata.name': construct.namespaceName };
  }
  if (kinds?.includes('/Service') && Construct.isConstruct(service)) return labelsOf(service, undefined);
  // Of a workload of ours, and of one of cdk8s-plus.
  for (const labels of kinds === undefined ? [selector, matchLabels] : []) {
    if (typeof labels === 'object' && labels !== null) return { ...(labels as Record<string, string>) };
  }
  const object = Construct.isConstruct(construct) ? objectOf(construct) : undefined;
  const { labels } = (object?.metadata.toJson() ?? {}) as { readonly labels?: Record<string, string> };
  return labels ?? {};
}

function isKey(value: object): value is SecretKey | { readonly configMap: Construct; readonly key: string } {
  if (Object.getPrototypeOf(value) === Object.prototype) return false;
  const { secret, configMap, key } = value as Readonly<Record<string, unknown>>;
  return typeof key === 'string' && (secret instanceof Secret || Construct.isConstruct(configMap));
}

function isServiceHandle(value: object): value is ServiceHandle {
  return value instanceof ServicePort || Construct.isConstruct((value as ServiceHandle).producer);
}

import { Construct } from 'constructs';
import type { Field } from '../../../imports/kinds/specs';
import type { JsonObject } from '../../json/json';
import { groupVersion } from '../../systems/api-version';
import { isClusterScoped } from '../../systems/kinds/scope';
import { memoizeText } from '../../text/memoize';
import { maximumDepth } from '../../tree/yaml/refuse';
import { resolveHandles } from '../handles';
import { refuse } from '../input-error';
import type { Resource } from '../resource';
import { isNamespace, namespaceAt } from '../scopes';
import { ServicePort } from '../service-handle';
import type { KnownKind } from './given';
import { GatewayListener } from './named-object';
import { isHandle, kindOf, kindsText, labelsOf, type Target, targetOf } from './target';

/**
 * A spec as the API takes it: where a handle stands for an object that is named, the fields that name it.
 *
 * @throws EspalierError for a handle of another kind than may stand there, and of another namespace where the API looks in its own
 */
export function resolveSpec(reader: Resource, apiVersion: string, kind: string, spec: unknown): JsonObject {
  const anyNamespace = isClusterScoped({ group: groupVersion(apiVersion).group, kind }) === true;
  const within: Within = { reader, namespace: anyNamespace ? undefined : namespaceAt(reader) };
  const named = visit(within, spec, 'spec', stepsOf(`${apiVersion}/${kind}`));
  const reading = { field: 'spec', namespace: namespaceAt(reader), anyNamespace };
  return withoutUndefined(resolveHandles(reader, named, reading)) as JsonObject;
}

interface Within {
  readonly reader: Resource;
  /** Where the API looks for what has no namespace; undefined where that is the operator's to say. */
  readonly namespace: string | undefined;
  /** Whether a selector of namespaces stands beside: labels are looked for elsewhere, too. */
  readonly anywhere?: boolean;
}

function visit(within: Within, value: unknown, path: string, at: Step | undefined, depth = 0): unknown {
  // What is deeper is refused by who resolves what is left.
  if (typeof value !== 'object' || value === null || depth > maximumDepth) return value;
  if (at?.field !== undefined && isHandle(value)) return said(within, at.field, value, path);
  if (Array.isArray(value))
    return value.map((item, i) => visit(within, item, `${path}[${i}]`, at?.steps['[]'], depth + 1));
  if (value instanceof ServicePort || value instanceof GatewayListener) {
    const allowed = `a value as the API has it, since the field names no ${value instanceof ServicePort ? 'port of a Service' : 'listener'}`;
    refuse(within.reader, { field: path, allowed });
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  const nowhere = { reader: within.reader, namespace: undefined };
  const below = 'namespaceSelector' in value ? { ...within, anywhere: true } : within;
  const each = Object.entries(value).map(([name, item]) => {
    // Of an object elsewhere, since the namespace is said.
    if (at?.field?.is === 'reference' && name === 'name' && 'namespace' in value && isHandle(item)) {
      return [name, said(nowhere, { is: 'name', ...(at.field.to && { to: at.field.to }) }, item, `${path}.name`)];
    }
    const step = at && (Object.hasOwn(at.steps, name) ? at.steps[name] : at.steps['*']);
    return [name, visit(below, item, `${path}.${name}`, step, depth + 1)];
  });
  return Object.fromEntries(each);
}

/** What is written where a handle stands. */
function said(within: Within, field: Field, value: object, path: string): unknown {
  if (field.is === 'selector') return { matchLabels: labels(within, field, value, path) };
  const { reader } = within;
  if (field.is === 'port') return nameOfPort(reader, value, path);
  const target = targetOf(reader, path, value, field.to);
  requireKind(reader, field, target, path);
  const namespace = namespaceSaid(within, field, target, path);
  if (!happensTo(field)) target.need();
  return field.is === 'name' ? target.name : written(reader, field, target, namespace, path);
}

/** Events and labels are looked for: what they are about may be there later, or fail, which is what an Alert tells. */
function happensTo({ to }: Field): boolean {
  return to?.includes('kustomize.toolkit.fluxcd.io/Kustomization') === true;
}

function requireKind(reader: Resource, { to }: Field, target: Target, path: string): void {
  if (to === undefined || to.includes(kindOf(target)) || to.includes(`*/${target.kind}`)) return;
  refuse(reader, { field: path, value: `${target.kind} ${target.name}`, allowed: kindsText(to) });
}

/** The namespace to be written; undefined where the API looks there anyway. */
function namespaceSaid(within: Within, field: Field, target: Target, path: string): string | undefined {
  const { reader, namespace: own } = within;
  const { namespace } = target;
  const { group } = groupVersion(target.apiVersion);
  if (isClusterScoped({ group, kind: target.kind }) === true) return undefined;
  if (own === undefined || namespace === undefined || namespace === own) return undefined;
  const isGranted = /\b(backendRefs?|certificateRefs)\b/.test(path);
  if (field.own !== true && field.is === 'reference' && !isGranted) return namespace;
  return refuse(reader, {
    field: path,
    value: `${namespace}/${target.name}`,
    allowed: `${kindsText(field.to ?? [kindOf(target)])} of namespace ${own}${isGranted ? ': another namespace needs a ReferenceGrant' : ', where it is looked for'}`,
    ...(isGranted && { example: `{ name: '${target.name}', namespace: '${namespace}' }, with a ReferenceGrant there` }),
  });
}

/** The fields that name a target: those that must be there, and those without which another would be meant. */
function written(
  reader: Resource,
  { fields: all = [], to = [] }: Field,
  target: Target,
  namespace: string | undefined,
  path: string,
): JsonObject {
  const has = (name: string) => all.includes(name) || all.includes(`${name}!`);
  const must = (name: string) => all.includes(`${name}!`);
  const [meant] = to;
  const { group } = groupVersion(target.apiVersion);
  const kind = must('kind') || (has('kind') && to.length !== 1);
  const isOtherGroup = meant?.slice(0, meant.indexOf('/')) !== group;
  const port = target.port ?? undefined;
  const fields: Readonly<Record<string, unknown>> = {
    // Where a namespace may be said, the kind alone is enough.
    apiVersion: must('apiVersion') || (kind && !has('namespace')) ? target.apiVersion : undefined,
    group: must('group') || isOtherGroup ? group : undefined,
    apiGroup: must('apiGroup') || (isOtherGroup && group !== '') ? group : undefined,
    kind: kind ? target.kind : undefined,
    namespace,
    name: target.name,
    sectionName: target.sectionName,
    // An Ingress has it in an object, with a name or a number.
    port: has('apiGroup') || has('group') ? port : portObject(target),
    key: target.key,
  };
  for (const name of ['key', 'sectionName'] as const) {
    if (target[name] === undefined ? must(name) : !has(name)) {
      const allowed = must(name) ? `a key of ${target.kind} ${target.name}` : `${target.kind} ${target.name} itself`;
      refuse(reader, { field: path, value: target.name, allowed });
    }
  }
  return Object.fromEntries(
    all
      .map((field) => field.replace('!', ''))
      .flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]])),
  ) as JsonObject;
}

function portObject({ port, portName }: Target): object | undefined {
  if (portName !== undefined) return { name: portName };
  return port === undefined ? undefined : { number: port };
}

function nameOfPort(reader: Resource, value: object, path: string): string {
  const { portName, name } = value as { readonly portName?: string; readonly name?: string };
  if (portName !== undefined) return portName;
  const allowed = 'the name of a port, or a port that has a name';
  return refuse(reader, { field: path, value: name, allowed, example: "service.port('http')" });
}

function labels(within: Within, { to }: Field, value: object, path: string): JsonObject {
  const { reader, namespace: own } = within;
  if (to?.includes('/Service')) requireKind(reader, { is: 'selector', to }, targetOf(reader, path, value, to), path);
  const found = labelsOf(value, to);
  const construct = Construct.isConstruct(value) ? value : undefined;
  const given = construct && { value: construct.node.path };
  if (Object.keys(found).length === 0) {
    refuse(reader, { field: path, ...given, allowed: 'an object with labels, by which it is found' });
  }
  const namespace = construct && !isNamespace(construct) ? namespaceAt(construct) : undefined;
  if (!within.anywhere && own !== undefined && namespace !== undefined && namespace !== own) {
    const allowed = `one of namespace ${own}, where labels are looked for, or a namespaceSelector beside`;
    refuse(reader, { field: path, ...given, allowed });
  }
  return found;
}

/** The fields of a kind by the steps that lead to them. */
interface Step {
  field?: Field;
  readonly steps: Record<string, Step>;
}

const stepsOf = memoizeText((kind): Step => {
  const made: Step = { steps: {} };
  // Only apps that have such an object load it.
  const { fields } = require('../../../imports/kinds/specs') as typeof import('../../../imports/kinds/specs');
  for (const [path, field] of Object.entries(fields[kind as KnownKind] ?? {})) {
    let at = made;
    for (const step of path.replaceAll('[]', '.[]').split('.')) at = at.steps[step] ??= { steps: {} };
    at.field = field;
  }
  return made;
});

/** Not those of cdk8s, which it resolves itself. */
function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  const given = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(given.map(([name, item]) => [name, withoutUndefined(item)]));
}

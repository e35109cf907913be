import type { Cluster } from '../graph/cluster';
import { generatedKeys } from '../graph/external-secrets/generated';
import { type Asked, externalSecrets, targetOf } from '../graph/external-secrets/specs';
import { findStore, storeRefs } from '../graph/external-secrets/stores';
import { keyStep, step } from '../graph/identity';
import type { Resource } from '../graph/resource';
import type { SecretKind } from '../graph/secrets/secret-index';
import { keysAt } from '../json/read';
import { isWrittenOnce } from '../systems/external-secrets/spec';
import type { Context } from './context';
import { isBelow, pathText } from './difference';
import type { Changed } from './pairs';
import { isAppliedAlike } from './pairs';

/** A Secret or ConfigMap whose content becomes another. */
export interface NewContent {
  readonly kind: SecretKind;
  readonly namespace: string;
  readonly name: string;
  /** The keys that come, go or change; undefined for all. */
  readonly keys: ReadonlySet<string> | undefined;
  /** What leads there, from the change on. */
  readonly chain: readonly string[];
  readonly change: Changed;
  /** Of what makes it now. */
  readonly maker: Resource;
  /** Whether it may be the same all the same: read from elsewhere, say. */
  readonly maybe: boolean;
}

/** Every Secret and ConfigMap that is written with another content because of the change. */
export function newContents(context: Context): NewContent[] {
  return [...written(context), ...external(context)];
}

/** Those that the tree itself holds. */
function* written({ changes }: Context): Generator<NewContent> {
  for (const change of changes) {
    const { before, after } = change;
    if (before === undefined || after === undefined || after.group !== '' || !/^(?:Secret|ConfigMap)$/.test(after.kind))
      continue;
    // With another name it is another object: whoever reads it says so.
    if (before.name !== after.name) continue;
    const keys = new Set<string>();
    for (const { path } of change.fields) {
      const [top, key] = path;
      if (!/^(?:data|stringData|binaryData)$/.test(String(top))) continue;
      if (typeof key === 'string') keys.add(key);
      else for (const one of [...keysAt(before.value, String(top)), ...keysAt(after.value, String(top))]) keys.add(one);
    }
    if (keys.size === 0) continue;
    const { namespace, name } = after;
    yield {
      kind: after.kind as SecretKind,
      namespace,
      name,
      keys,
      chain: [step(after)],
      change,
      maker: after,
      maybe: false,
    };
  }
}

/** Those that External Secrets writes: what it reads, or the template, changes, or the store that it reads from. */
function* external(context: Context): Generator<NewContent> {
  if (context.base === undefined || context.head === undefined) return;
  const { cluster } = context.head;
  for (const asked of externalSecrets(cluster)) {
    const { resource, spec, namespaces } = asked;
    const name = targetOf(asked);
    if (name === undefined || isWrittenOnce(spec)) continue;
    const change = context.changeOf(resource);
    const own =
      change?.before === undefined
        ? undefined
        : (contentKeys(change, asked.path.map(String)) ?? redrawn(change, asked, cluster));
    const through = own === undefined ? changedStore(asked, cluster, context) : undefined;
    const because = own === undefined ? through : change;
    if (because === undefined) continue;
    const chain = through?.after === undefined ? [step(resource)] : [step(through.after), step(resource)];
    for (const namespace of namespaces) {
      yield {
        kind: 'Secret',
        namespace,
        name,
        keys: own?.keys,
        chain,
        change: because,
        maker: resource,
        maybe: own?.keys === undefined,
      };
    }
  }
}

/** The generated keys of an ExternalSecret that is refreshed, whatever changes of it. */
function redrawn(change: Changed, asked: Asked, cluster: Cluster): { readonly keys: ReadonlySet<string> } | undefined {
  const keys = new Set(generatedKeys(cluster, asked).keys());
  return keys.size === 0 || refreshReason(change) === undefined ? undefined : { keys };
}

/** What of a change makes External Secrets refresh: the generation, labels and annotations (GetResourceVersion in runtime/util). */
export function refreshReason({ before, after, fields }: Changed): string | undefined {
  if (fields.some(({ path }) => isBelow(path, 'spec'))) return 'its spec changes';
  if (fields.some(({ path }) => isBelow(path, 'metadata', 'labels') || isBelow(path, 'metadata', 'annotations')))
    return 'its labels or annotations change';
  const moved = before !== undefined && after !== undefined && !isAppliedAlike(before, after);
  return moved ? "Flux's labels on it change with the Kustomization that applies it" : undefined;
}

/** Fields of an ExternalSecret that what it writes depends on; undefined where none of them differs. */
function contentKeys(
  { fields }: Changed,
  spec: readonly string[],
): { readonly keys: ReadonlySet<string> | undefined } | undefined {
  const keys = new Set<string>();
  let all = false;
  let any = false;
  for (const { path } of fields) {
    if (!isBelow(path, ...spec)) continue;
    const below = path.slice(spec.length);
    const text = pathText(below);
    if (!/^(?:data|dataFrom|secretStoreRef|target\.template|target\.name)\b/.test(text)) continue;
    any = true;
    const [top, second, third, key] = below;
    if (top === 'data' && typeof second === 'object') keys.add(second.item);
    else if (second === 'template' && third === 'data' && typeof key === 'string') keys.add(key);
    else if (!/^target\.template\.(?:metadata|type)\b/.test(text)) all = true;
  }
  if (!any || (!all && keys.size === 0)) return undefined;
  return { keys: all ? undefined : keys };
}

/** The store, where it is changed so that it reads from elsewhere. */
function changedStore(asked: Asked, cluster: Cluster, context: Context): Changed | undefined {
  for (const ref of storeRefs(asked)) {
    const store = findStore(cluster, ref, asked.resource.namespace);
    const change = store && context.changeOf(store);
    const elsewhere = change?.fields.some(({ path }) => isBelow(path, 'spec', 'provider') && !path.includes('auth'));
    if (change?.before !== undefined && elsewhere === true) return change;
  }
  return undefined;
}

/** "Secret/db key `host`" for few keys, else "Secret/db". */
export function contentSteps({ kind, name, keys, chain }: NewContent): string[] {
  const own = { kind, name };
  const last = keys?.size === 1 ? keyStep(own, [...keys][0] ?? '') : step(own);
  return chain.at(-1) === step(own) ? [...chain.slice(0, -1), last] : [...chain, last];
}

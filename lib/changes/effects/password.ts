import { generatedKeys } from '../../graph/external-secrets/generated';
import { type Asked, externalSecrets, targetOf } from '../../graph/external-secrets/specs';
import { step } from '../../graph/identity';
import { textAt } from '../../json/read';
import { creationPolicy, isWrittenOnce, refreshOf } from '../../systems/external-secrets/spec';
import { listed, listedCode } from '../../text/listed';
import { refreshReason } from '../contents';
import type { Context } from '../context';
import { isBelow } from '../difference';
import { type EffectRule, effect, type Happening } from '../effect';
import type { Changed } from '../pairs';
import { readerNames } from '../readers';
import { skippedBy } from '../skipped';

/** Generated values that are drawn anew, and changes that look as if they did that and do not. */
export const password: EffectRule = function* (context) {
  const cluster = context.head?.cluster;
  if (cluster === undefined) return;
  for (const asked of externalSecrets(cluster)) {
    const keys = generatedKeys(cluster, asked);
    if (keys.size === 0) continue;
    const { resource } = asked;
    const change = context.changeOf(resource);
    if (change?.before !== undefined && skippedBy(change) === undefined)
      for (const one of ofExternalSecret(change, asked, [...keys.keys()], context))
        yield { ...one, on: resource, change, by: resource.appliedBy };
    for (const generator of new Set([...keys.values()].map((key) => key.resource))) {
      const own = context.changeOf(generator);
      if (own?.before === undefined || own.after === undefined || !own.fields.some(({ path }) => isBelow(path, 'spec')))
        continue;
      const message =
        refreshOf(asked.spec) === 'once'
          ? `applies to what is generated from now on: Secret ${resource.namespace}/${targetOf(asked)} keeps its value`
          : `takes effect with the next refresh of ${step(resource)}`;
      yield { ...effect('other', 'low', message), on: generator, change: own, by: generator.appliedBy };
    }
  }
};

function* ofExternalSecret(
  change: Changed,
  asked: Asked,
  keys: readonly string[],
  context: Context,
): Generator<Happening> {
  const { resource, spec, namespaces } = asked;
  const [namespace = resource.namespace] = namespaces;
  const target = targetOf(asked) ?? resource.name;
  const shown = listedCode(keys);
  const readers = readerNames(context.head?.cluster, 'Secret', namespace, target);
  const read = readers.length === 0 ? '' : `, which ${listed(readers, 4)} ${readers.length === 1 ? 'reads' : 'read'}`;
  const old =
    change.before === undefined
      ? undefined
      : (textAt(change.before.value, ...asked.path, 'target', 'name') ?? change.before.name);
  if (old !== undefined && old !== target) {
    const kept =
      creationPolicy(spec) === 'Owner'
        ? `the old Secret ${old} is deleted, and its value is lost`
        : `the old value stays only in Secret ${old}`;
    yield effect(
      'password',
      'critical',
      `creates Secret ${namespace}/${target} with a new ${shown}${read}; ${kept}`,
      `Before the merge, save the value of Secret ${namespace}/${old} if it is needed, such as in Vault with a PushSecret.`,
    );
    return;
  }
  if (isWrittenOnce(spec)) {
    const own = asked.path.map(String);
    const touches = change.fields.some(
      ({ path }) => isBelow(path, ...own, 'dataFrom') || isBelow(path, ...own, 'target', 'template', 'data'),
    );
    if (touches)
      yield effect(
        'other',
        'medium',
        `does not write Secret ${namespace}/${target} again: it is made once, and this change has no effect on it`,
      );
    return;
  }
  const why = refreshReason(change);
  if (why === undefined) return;
  yield effect(
    'password',
    'critical',
    `generates a new ${shown}${read}${read === '' ? '' : ','} as soon as the change is applied: External Secrets refreshes it, because ${why}`,
    'To keep the value, set `refreshPolicy: CreatedOnce`, `target.immutable: true` and `target.creationPolicy: Orphan` in a commit before this one.',
  );
}

import { identityKey } from '../../graph/identity';
import type { SecretReference } from '../../graph/secrets/secret-index';
import { push } from '../../text/group-by';
import { listed } from '../../text/listed';
import { contentSteps, type NewContent, newContents } from '../contents';
import type { Context } from '../context';
import { isBelow } from '../difference';
import type { EffectRule, Found, Happening } from '../effect';
import { metadataOf, readingAnew } from '../readers';

/** Who reads a Secret or ConfigMap whose content changes: pods that restart, or keep the old one until somebody restarts them. */
export const takeover: EffectRule = function* (context) {
  const cluster = context.head?.cluster;
  if (cluster === undefined) return;
  /** By reader: one that reads three changed Secrets restarts once. */
  const reading = new Map<string, { reference: SecretReference; content: NewContent }[]>();
  for (const content of newContents(context)) {
    for (const reference of cluster.secrets.readersOf(content.kind, content.namespace, content.name)) {
      // What is of a hook reads it when it runs next.
      if ((reference.resource.chart?.hooks.length ?? 0) > 0) continue;
      if (reference.key !== undefined && content.keys !== undefined && !content.keys.has(reference.key)) continue;
      push(reading, identityKey(reference.resource), { reference, content });
    }
  }
  for (const group of reading.values()) yield* effectsOn(group, context);
};

function* effectsOn(
  group: readonly { reference: SecretReference; content: NewContent }[],
  context: Context,
): Generator<Found> {
  const [first] = group;
  if (first === undefined) return;
  const { reference, content } = first;
  const names = group.map(({ content: { kind, namespace, name } }) => `${kind} ${namespace}/${name}`);
  const happening = happeningTo(reference, listed(new Set(names), 3), group, context);
  if (happening === undefined) return;
  yield {
    ...happening,
    message: `${happening.message}${content.maybe ? ', if its content differs' : ''}`,
    on: reference.resource,
    chain: contentSteps(content),
    by: content.change.after?.appliedBy,
    cause: content.change,
  };
}

function happeningTo(
  { resource, use }: SecretReference,
  what: string,
  group: readonly { reference: SecretReference; content: NewContent }[],
  context: Context,
): Happening | undefined {
  const [content] = group.map((one) => one.content);
  switch (use) {
    case 'env':
    case 'envFrom':
    case 'volume':
      if (rolloutAnyway(resource, context)) return undefined;
      break;
    case 'bootstrap':
    case 'managedRole':
    case 'superuser':
      if (content?.keys !== undefined && !content.keys.has('password') && !content.keys.has('username'))
        return undefined;
      break;
    case 'values':
      // Of what its chart makes of them, upgrades.ts tells.
      if (context.releaseOf(resource)?.state === 'compared') return undefined;
      break;
  }
  return readingAnew(
    group.map((one) => ({ reference: one.reference, metadata: metadataOf(one.content.maker, one.content.kind) })),
    what,
  );
}

/** Whether its pods are replaced because of its own change: then they read what is new. */
function rolloutAnyway(resource: SecretReference['resource'], context: Context): boolean {
  const change = context.changeOf(resource);
  // What is held back replaces no pods.
  if (change === undefined || context.delayedBy(resource.appliedBy) !== undefined) return false;
  return change.before === undefined || change.fields.some(({ path }) => isBelow(path, 'spec', 'template'));
}

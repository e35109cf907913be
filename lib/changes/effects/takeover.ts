import { identityKey } from '../../graph/identity';
import type { SecretReference } from '../../graph/secrets/secret-index';
import type { JsonObject } from '../../json/json';
import { keysAt, objectAt } from '../../json/read';
import { reloadLabel } from '../../systems/cnpg/names';
import { push } from '../../text/group-by';
import { listed } from '../../text/listed';
import { contentSteps, type NewContent, newContents } from '../contents';
import type { Context } from '../context';
import { isBelow } from '../difference';
import { type EffectRule, effect, type Found, type Happening } from '../effect';
import { takeoverOf } from '../readers';

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
    case 'volume': {
      if (rolloutAnyway(resource, context)) return undefined;
      const takes = group.map((one) => takeoverOf(one.reference, annotationsOf(one.content)));
      if (takes.includes('reloader'))
        return effect('restart', 'medium', `is restarted by Reloader, as its annotation asks: ${what} changes`);
      if (takes.includes('stale'))
        return effect(
          'stale',
          'medium',
          `keeps running with the old ${what} until it is restarted`,
          `Once Flux has applied the change: \`kubectl -n ${resource.namespace} rollout restart ${resource.kind.toLowerCase()}/${resource.name}\`.`,
        );
      return takes.includes('files')
        ? effect('other', 'low', `reads the new ${what} in its files within minutes`)
        : effect('other', 'low', `reads the new ${what} the next time that its pods start`);
    }
    case 'bootstrap':
    case 'managedRole':
    case 'superuser': {
      if (content?.keys !== undefined && !content.keys.has('password') && !content.keys.has('username'))
        return undefined;
      const when = content !== undefined && reloads(content) ? '' : ', at its next reconciliation';
      return effect(
        'password',
        'high',
        `sets the password of the role to that of ${what}${when}: from then on, logins with the old one are refused`,
      );
    }
    case 'values':
      // Of what its chart makes of them, upgrades.ts tells.
      if (context.releaseOf(resource)?.state === 'compared') return undefined;
      return effect('upgrade', 'medium', `is upgraded with the new ${what} at its next reconciliation`);
    case 'push':
      return effect('vault', 'low', `pushes the new ${what}`);
    case 'store':
    case 'credentials':
      return effect('other', 'medium', `logs in with the new ${what}`);
    case 'flux':
      return undefined;
    default:
      return effect('other', 'low', `reads the new ${what}`);
  }
}

/** Whether its pods are replaced because of its own change: then they read what is new. */
function rolloutAnyway(resource: SecretReference['resource'], context: Context): boolean {
  const change = context.changeOf(resource);
  if (change === undefined) return false;
  return change.before === undefined || change.fields.some(({ path }) => isBelow(path, 'spec', 'template'));
}

/** Whether CloudNativePG is told of the Secret's change at once. */
function reloads(content: NewContent): boolean {
  return keysAt(metadataOf(content), 'labels').includes(reloadLabel);
}

function annotationsOf(content: NewContent): JsonObject | undefined {
  return objectAt(metadataOf(content), 'annotations');
}

/** The metadata of what is written: its own, or what External Secrets gives it; without a template, that of the ExternalSecret. */
function metadataOf({ maker, kind }: NewContent): JsonObject | undefined {
  const { value } = maker;
  const spec = objectAt(value, 'spec', 'externalSecretSpec') ?? objectAt(value, 'spec');
  const template = objectAt(spec, 'target', 'template');
  return maker.kind === kind || template === undefined ? objectAt(value, 'metadata') : objectAt(template, 'metadata');
}

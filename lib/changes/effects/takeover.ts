import { identityKey } from '../../graph/identity';
import type { SecretReference } from '../../graph/secrets/secret-index';
import type { JsonObject } from '../../json/json';
import { keysAt, objectAt } from '../../json/read';
import { push } from '../../text/group-by';
import { listed } from '../../text/listed';
import { contentSteps, type NewContent, newContents } from '../contents';
import type { Context } from '../context';
import { isBelow } from '../difference';
import type { EffectRule, Found } from '../effect';
import { takeoverOf } from '../readers';

/** Who reads a Secret or ConfigMap whose content changes: pods that restart, or keep the old one until somebody restarts them. */
export const takeover: EffectRule = function* (context) {
  const cluster = context.head?.cluster;
  if (cluster === undefined) return;
  /** By reader: one that reads three changed Secrets restarts once. */
  const reading = new Map<string, { reference: SecretReference; content: NewContent }[]>();
  for (const content of newContents(context)) {
    for (const reference of cluster.secrets.readersOf(content.kind, content.namespace, content.name)) {
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
  for (const { reference, content } of group.slice(0, 1)) {
    const { resource, use } = reference;
    const read = group.map((one) => one.content);
    const what = listed(new Set(read.map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`)), 3);
    const may = content.maybe ? ', if its content is another' : '';
    const common = {
      on: resource,
      chain: contentSteps(content),
      by: content.change.after?.appliedBy,
      cause: content.change,
    };
    if (use === 'env' || use === 'envFrom' || use === 'volume') {
      if (rolloutAnyway(resource, context)) continue;
      const takes = group.map((one) => takeoverOf(one.reference, annotationsOf(one.content)));
      if (takes.includes('reloader')) {
        yield {
          ...common,
          kind: 'restart',
          danger: 'medium',
          message: `is restarted by Reloader, which its annotation asks for, since ${what} changes${may}`,
        };
      } else if (takes.includes('stale')) {
        yield {
          ...common,
          kind: 'stale',
          danger: 'medium',
          message: `keeps running with the old ${what} until it is restarted${may}`,
          todo: [
            `Once Flux has applied the change: \`kubectl -n ${resource.namespace} rollout restart ${resource.kind.toLowerCase()}/${resource.name}\`.`,
          ],
        };
      } else if (takes.includes('files')) {
        yield {
          ...common,
          kind: 'other',
          danger: 'low',
          message: `finds the new ${what} in its files within minutes${may}`,
        };
      } else
        yield {
          ...common,
          kind: 'other',
          danger: 'low',
          message: `reads the new ${what} the next time that its pods start${may}`,
        };
    } else if (use === 'bootstrap' || use === 'managedRole' || use === 'superuser') {
      if (content.keys === undefined || content.keys.has('password') || content.keys.has('username')) {
        yield {
          ...common,
          kind: 'password',
          danger: 'high',
          message: `gives the role the password of ${what}${reloads(content) ? '' : ', at its next reconciliation'}: whoever logs in with the old one is refused from then on${may}`,
        };
      }
    } else if (use === 'values') {
      yield {
        ...common,
        kind: 'upgrade',
        danger: 'medium',
        message: `is upgraded with the new ${what} at its next reconciliation${may}`,
      };
    } else if (use === 'push') {
      yield { ...common, kind: 'vault', danger: 'low', message: `pushes the new ${what}${may}` };
    } else if (use === 'store' || use === 'credentials') {
      yield { ...common, kind: 'other', danger: 'medium', message: `logs in with the new ${what}${may}` };
    } else if (use !== 'flux')
      yield { ...common, kind: 'other', danger: 'low', message: `reads the new ${what}${may}` };
  }
}

/** Whether its pods are replaced because of its own change: then they read what is new. */
function rolloutAnyway(resource: SecretReference['resource'], context: Context): boolean {
  const change = context.changeOf(resource);
  if (change === undefined) return false;
  return change.before === undefined || change.fields.some(({ path }) => isBelow(path, 'spec', 'template'));
}

/** Whether CloudNativePG is told of the Secret's change at once (https://cloudnative-pg.io/documentation/current/labels_annotations/). */
function reloads(content: NewContent): boolean {
  return keysAt(metadataOf(content), 'labels').includes('cnpg.io/reload');
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

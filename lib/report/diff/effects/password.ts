import { generatedKeys } from '../../../checks/eso/generated';
import { type Asked, externalSecrets, targetOf } from '../../../checks/eso/specs';
import { listed } from '../../../checks/listed';
import { step } from '../../../graph/identity';
import { at, textAt } from '../../../graph/json';
import { isWrittenOnce } from '../contents';
import type { Changed, Context } from '../context';
import { isBelow, pathText } from '../difference';
import type { EffectRule, Found } from '../effect';
import { readerNames } from '../readers';

/** Generated values that are drawn anew, and changes that look as if they did that and do not. */
export const password: EffectRule = function* (context) {
  const cluster = context.head?.cluster;
  if (cluster === undefined) return;
  for (const asked of externalSecrets(cluster)) {
    const keys = generatedKeys(cluster, asked);
    if (keys.size === 0) continue;
    const { resource } = asked;
    const change = context.changeOf(resource);
    if (change?.before !== undefined && change.fields.length > 0)
      yield* ofExternalSecret(change, asked, [...keys.keys()], context);
    for (const generator of new Set([...keys.values()].map((key) => key.resource))) {
      const own = context.changeOf(generator);
      if (own?.before === undefined || own.after === undefined || !own.fields.some(({ path }) => isBelow(path, 'spec')))
        continue;
      yield {
        kind: 'other',
        danger: 'low',
        on: generator,
        change: own,
        by: generator.appliedBy,
        message: isWrittenOnce(asked)
          ? `counts for what is generated from now on: Secret ${resource.namespace}/${targetOf(asked)} keeps its value`
          : `counts from the next refresh of ${step(resource)} on`,
      };
    }
  }
};

function* ofExternalSecret(change: Changed, asked: Asked, keys: readonly string[], context: Context): Generator<Found> {
  const { resource, spec, namespaces } = asked;
  const common = { on: resource, change, by: resource.appliedBy };
  const [namespace = resource.namespace] = namespaces;
  const target = targetOf(asked) ?? resource.name;
  const shown = keys.map((key) => `\`${key}\``).join(', ');
  const readers = readerNames(context.head?.cluster, 'Secret', namespace, target);
  const read = readers.length === 0 ? '' : `, which ${listed(readers, 4)} ${readers.length === 1 ? 'reads' : 'read'}`;
  const moved = change.fields.find(({ path }) => pathText(path) === 'spec.target.name');
  if (moved !== undefined) {
    yield {
      ...common,
      kind: 'password',
      danger: 'critical',
      message: `makes a new Secret ${namespace}/${target} with a new ${shown}${read}; the old value stays in the old Secret alone`,
    };
    return;
  }
  if (at(spec, 'target', 'immutable') === true || isWrittenOnce(asked)) {
    const touches = change.fields.some(
      ({ path }) => isBelow(path, 'spec', 'dataFrom') || isBelow(path, 'spec', 'target', 'template', 'data'),
    );
    if (touches) {
      yield {
        ...common,
        kind: 'other',
        danger: 'medium',
        message: `does not write Secret ${namespace}/${target} again: it is made once, and this change has no effect on it`,
      };
    }
    return;
  }
  const metadataOnly = change.fields.every(({ path: [top] }) => top === 'metadata');
  if (
    textAt(spec, 'refreshPolicy') === 'OnChange' ||
    metadataOnly ||
    change.fields.some(({ path }) => isBelow(path, 'spec'))
  ) {
    yield {
      ...common,
      kind: 'password',
      danger: 'critical',
      message: `draws a new ${shown} as soon as the change is applied${read}: External Secrets refreshes on any change of its spec, labels or annotations`,
      todo: [
        `If the value is to stay, set \`refreshPolicy: CreatedOnce\`, \`target.immutable: true\` and \`target.creationPolicy: Orphan\` in a commit before this one.`,
      ],
    };
  }
}

import { listAt, textAt } from '../../json/read';
import { contentSteps, newContents } from '../contents';
import type { EffectRule } from '../effect';

/** Kustomizations that put the values of a Secret into what they apply: values that nobody sees, so that no object shows the change. */
export const substituted: EffectRule = function* (context) {
  const contents = newContents(context).filter(({ kind }) => kind === 'Secret');
  if (contents.length === 0) return;
  for (const kustomization of context.head?.cluster.kustomizations ?? []) {
    for (const from of listAt(kustomization.spec, 'postBuild', 'substituteFrom')) {
      if (textAt(from, 'kind') !== 'Secret') continue;
      const content = contents.find(
        ({ namespace, name }) => namespace === kustomization.namespace && name === textAt(from, 'name'),
      );
      if (content === undefined) continue;
      yield {
        kind: 'other',
        danger: 'medium',
        on: kustomization.resource,
        chain: contentSteps(content),
        by: kustomization,
        message: `fills in new values of Secret ${content.namespace}/${content.name}: objects that use them change, and this report cannot show which`,
      };
    }
  }
};

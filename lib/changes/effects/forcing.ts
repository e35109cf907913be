import { describe } from '../../graph/identity';
import { at } from '../../json/read';
import { listed } from '../../text/listed';
import type { EffectRule } from '../effect';

/** Kustomizations that are allowed to delete and remake what they apply. */
export const forcing: EffectRule = function* ({ changes, head }) {
  for (const change of changes) {
    const { before, after } = change;
    if (before === undefined || after?.group !== 'kustomize.toolkit.fluxcd.io') continue;
    const kustomization = head?.cluster.kustomization(after.namespace, after.name);
    const [was, is] = [before, after].map(({ value }) => at(value, 'spec', 'force') === true);
    if (was || !is || kustomization === undefined) continue;
    const data = kustomization.resources.filter(({ group, kind }) => holdsData.test(`${group}/${kind}`));
    yield {
      kind: 'other',
      danger: data.length > 0 ? 'high' : 'medium',
      on: after,
      change,
      by: after.appliedBy,
      message: `may delete and remake what it applies from now on, wherever a change is refused${data.length > 0 ? `: ${listed(data.map(describe), 4)} with the data, too` : ''}`,
    };
  }
};

const holdsData = /^(?:postgresql\.cnpg\.io\/(?:Cluster|Database)|\/PersistentVolumeClaim|\/Namespace)$/;

import { checks } from '../../../lib/checks';
import { runChecks } from '../../../lib/checks/run';
import { makeGraph } from '../../../lib/graph/make-graph';
import { makeBuild } from '../../../lib/tree/kustomize';
import { fluxKustomization, object } from '../../graph/graph';
import { memory, type Texts } from '../../tree/kustomize/memory';

/** What the rule finds in a tree that kustomize itself builds. */
function found(texts: Texts): string[] {
  const source = memory(texts);
  const { findings } = runChecks(makeGraph(source, makeBuild(source)), { checks });
  return findings.flatMap(({ rule, file }) => (rule === 'tree/patch-without-target' ? [file] : []));
}

const giving = (target: string) => `patches:
  - target: { kind: Kustomization }
    patch: |
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: all }
      spec:
        patches:
          - target: ${target}
            patch: |
              - { op: add, path: /metadata/labels, value: { team: shop } }`;

describe('a patch that a parent gives to all Kustomizations', () => {
  it('is no fault of one that has nothing for it', () => {
    expect(
      found({
        'flux/root.yaml': fluxKustomization('root', './apps', giving('{ kind: Deployment }')),
        'apps/shop.yaml': fluxKustomization('shop', './shop'),
        'shop/settings.yaml': object('v1', 'ConfigMap', 'settings', 'data: { colour: blue }'),
      }),
    ).toEqual([]);
  });

  it('is one where the Kustomization itself says it', () => {
    const patch = "patches: [{ target: { kind: Deployment }, patch: '- { op: remove, path: /metadata/labels }' }]";
    expect(
      found({
        'apps/shop.yaml': fluxKustomization('shop', './shop', patch),
        'shop/settings.yaml': object('v1', 'ConfigMap', 'settings', 'data: { colour: blue }'),
      }),
    ).toEqual(['apps/shop.yaml']);
  });
});

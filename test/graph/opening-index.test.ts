import fc from 'fast-check';
import type { Opening } from '../../lib/graph/cluster';
import type { Identity } from '../../lib/graph/identity';
import { OpeningIndex } from '../../lib/graph/opening-index';

const name = fc.constantFrom('a', 'b', 'c');
const opening = fc.record({
  why: fc.string(),
  namespaces: fc.option(
    fc.uniqueArray(name, { maxLength: 2 }).map((names) => new Set(names)),
    { nil: undefined },
  ),
  helm: fc.boolean(),
  createsNamespace: fc.option(name, { nil: undefined }),
}) as fc.Arbitrary<Partial<Opening>> as fc.Arbitrary<Opening>;
const identity: fc.Arbitrary<Identity> = fc.oneof(
  fc.record({ group: fc.constant(''), kind: fc.constant('Namespace'), namespace: fc.constant(''), name }),
  fc.record({
    group: fc.constantFrom('', 'apps', 'source.toolkit.fluxcd.io'),
    kind: fc.constantFrom('Secret', 'GitRepository'),
    namespace: fc.constantFrom('', 'a', 'b', 'c'),
    name,
  }),
);

/** Whether an object may be among what the tree does not show, asked of one opening after the other. */
function mayBring({ namespaces, helm, createsNamespace }: Opening, { group, kind, namespace, name: called }: Identity) {
  if (helm && /\.toolkit\.fluxcd\.io$/.test(group)) return false;
  if (helm && group === '' && kind === 'Namespace') return createsNamespace === called;
  return namespaces === undefined || namespace === '' || namespaces.has(namespace);
}

it('the first opening that may bring an object is the one that is found by asking each', () => {
  fc.assert(
    fc.property(fc.array(opening, { maxLength: 6 }), fc.array(identity, { maxLength: 20 }), (openings, objects) => {
      const index = new OpeningIndex(openings);
      for (const object of objects) {
        expect(index.bringing(object)).toBe(openings.find((one) => mayBring(one, object)));
      }
    }),
    { numRuns: 1000 },
  );
});

import fc from 'fast-check';
import type { Identity } from '../../lib/graph/identity';
import { mayMake, UnknownIndex } from '../../lib/graph/unknown-index';
import type { UnknownSource } from '../../lib/graph/unknown-source';

const name = fc.constantFrom('a', 'b', 'c');
const source = fc.record({
  why: fc.string(),
  namespaces: fc.uniqueArray(fc.constantFrom('a', 'b', '*', 'a*'), { minLength: 1, maxLength: 2 }),
  makes: fc.option(
    name.map((only) => (object: Identity) => object.name === only),
    { nil: undefined },
  ),
  helm: fc.boolean(),
  createsNamespace: fc.option(name, { nil: undefined }),
}) as fc.Arbitrary<Partial<UnknownSource>> as fc.Arbitrary<UnknownSource>;
const identity: fc.Arbitrary<Identity> = fc.oneof(
  fc.record({ group: fc.constant(''), kind: fc.constant('Namespace'), namespace: fc.constant(''), name }),
  fc.record({
    group: fc.constantFrom('', 'apps', 'source.toolkit.fluxcd.io'),
    kind: fc.constantFrom('Secret', 'GitRepository'),
    namespace: fc.constantFrom('', 'a', 'b', 'c'),
    name,
  }),
);

it('an unknown source that may make an object is found if and only if one of all may', () => {
  fc.assert(
    fc.property(fc.array(source, { maxLength: 6 }), fc.array(identity, { maxLength: 20 }), (sources, objects) => {
      const index = new UnknownIndex(sources);
      for (const object of objects) {
        const found = index.making(object);
        expect(found !== undefined).toBe(sources.some((one) => mayMake(one, object)));
        if (found !== undefined) expect(mayMake(found, object)).toBe(true);
      }
    }),
    { numRuns: 1000 },
  );
});

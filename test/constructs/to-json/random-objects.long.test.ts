import { ApiObject, type ApiObjectMetadata, type IResolver, type JsonPatch, type ResolutionContext } from 'cdk8s';
import fc from 'fast-check';
import { patch, record, value } from './arbitrary';
import { type BothWays, bothWays } from './both-ways';

const anything = value({ odd: true });
const sound = value({ odd: false });

interface Given {
  readonly metadata: Record<string, unknown> | undefined;
  readonly body: Record<string, unknown>;
  readonly added: readonly (readonly [string, unknown])[];
  readonly patches: readonly JsonPatch[];
}

function given(values: fc.Arbitrary<unknown>): fc.Arbitrary<Given> {
  const map = fc.option(record(values), { nil: undefined });
  const metadata = fc.record(
    {
      ...{ name: fc.option(values, { nil: undefined }), namespace: values, labels: map, annotations: map },
      ...{
        finalizers: fc.array(values, { maxLength: 3 }),
        ownerReferences: fc.array(record(values), { maxLength: 2 }),
      },
      ...{ generation: values, managedFields: values },
    },
    { requiredKeys: [] },
  );
  return fc.record({
    metadata: fc.option(metadata, { nil: undefined }),
    body: fc.record(
      { spec: values, data: values, status: values, resolve: fc.constantFrom('a', 1), '10': values },
      { requiredKeys: [] },
    ),
    added: fc.array(fc.tuple(fc.constantFrom('labels', 'name', 'extra', 'uid'), values), { maxLength: 2 }),
    patches: fc.oneof(
      { weight: 3, arbitrary: fc.constant<JsonPatch[]>([]) },
      { weight: 1, arbitrary: fc.array(patch, { minLength: 1, maxLength: 3 }) },
    ),
  });
}

function render(all: readonly Given[], resolvers: IResolver[] = []): BothWays {
  const build = (scope: ConstructorParameters<typeof ApiObject>[0]) =>
    all.map(({ metadata, body, added, patches }, i) => {
      const props = { apiVersion: 'v1', kind: 'Sample', metadata: metadata as ApiObjectMetadata | undefined, ...body };
      const object = new ApiObject(scope, `sample-${i}`, props);
      for (const [key, attribute] of added) object.metadata.add(key, attribute);
      object.addJsonPatch(...patches);
      return object;
    });
  return bothWays(build, { resolvers });
}

test('random objects render as cdk8s renders them, to the order of keys and the words of errors', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(given(sound), given(anything)), { minLength: 1, maxLength: 4 }), (all) => {
      const { cdk8s, fast, standsIn } = render(all);
      expect(fast).toEqual(cdk8s);
      expect(standsIn).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('so do they with resolvers of the app', () => {
  class Shout implements IResolver {
    resolve(context: ResolutionContext): void {
      if (context.value === 'name' || context.key.at(-1) === 'a') context.replaceValue('SHOUTED');
    }
  }
  fc.assert(
    fc.property(fc.array(given(sound), { minLength: 1, maxLength: 2 }), (all) => {
      const { cdk8s, fast, standsIn } = render(all, [new Shout()]);
      expect(fast).toEqual(cdk8s);
      expect(standsIn).toBe(false);
    }),
    { numRuns: 100 },
  );
});

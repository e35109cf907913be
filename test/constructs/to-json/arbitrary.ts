import { JsonPatch, Lazy } from 'cdk8s';
import fc from 'fast-check';

/** As `cdk8s import` makes of IntOrString and Quantity. */
class Union {
  constructor(readonly value: unknown) {}
}

class Other {
  readonly field = 'text';
}

const scalar = fc.oneof(
  ...[fc.string(), fc.integer(), fc.double(), fc.boolean()],
  fc.constantFrom(null, undefined, '', 0, -0, 'Upper', '\u{1f600}', 10n),
);

/** What cdk8s refuses, or passes on although no manifest can hold it. */
const odd = fc.oneof(
  fc.constantFrom(new Date(0), new Other(), new Map(), /x/, Symbol.iterator, () => 1),
  fc.constant(Object.create(null)),
);

const key = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('a', 'b', 'Z', 'é', '10', '9', '', 'name', 'value') },
  { weight: 2, arbitrary: fc.string({ maxLength: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom('resolve', 'produce', 'constructor', '__proto__', 'toString', 'length') },
);

/** Values as they are given to API objects: JSON with tokens in it, and a little that is wrong. */
export function value(options: { readonly odd: boolean }): fc.Arbitrary<unknown> {
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      { weight: 6, arbitrary: scalar },
      { weight: options.odd ? 1 : 0, arbitrary: odd },
      { weight: 3, arbitrary: fc.array(tie('tree'), { maxLength: 4 }) },
      { weight: 5, arbitrary: record(tie('tree')) },
      { weight: 1, arbitrary: tie('tree').map((produced) => Lazy.any({ produce: () => produced })) },
      { weight: 1, arbitrary: tie('tree').map((resolved) => ({ resolve: () => resolved })) },
      { weight: 1, arbitrary: tie('tree').map((inner) => new Union(inner)) },
    ),
  }));
  return tree;
}

/** An object of such values. */
export function record(values: fc.Arbitrary<unknown>): fc.Arbitrary<Record<string, unknown>> {
  return fc.dictionary(key, values, { maxKeys: 5, noNullPrototype: true });
}

const pointer = fc
  .array(
    fc.constantFrom('spec', 'metadata', 'labels', 'name', 'kind', 'a', 'b', '0', '-', 'data', 'apiVersion', 'status'),
    { maxLength: 4 },
  )
  .map((path) => path.map((part) => `/${part}`).join(''));

/** Patches of which many do not apply. */
export const patch: fc.Arbitrary<JsonPatch> = fc.oneof(
  fc.tuple(pointer, value({ odd: false })).map(([path, given]) => JsonPatch.add(path, given)),
  fc.tuple(pointer, value({ odd: false })).map(([path, given]) => JsonPatch.replace(path, given)),
  fc.tuple(pointer, value({ odd: false })).map(([path, given]) => JsonPatch.test(path, given)),
  fc.tuple(pointer, pointer).map(([from, to]) => JsonPatch.copy(from, to)),
  fc.tuple(pointer, pointer).map(([from, to]) => JsonPatch.move(from, to)),
  pointer.map((path) => JsonPatch.remove(path)),
);

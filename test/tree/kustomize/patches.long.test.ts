import fc from 'fast-check';
import { isJsonObject, type Json } from '../../../lib/json/json';
import { makeBuild } from '../../../lib/tree/kustomize';
import { placeWithin } from '../../../lib/tree/kustomize/origin';
import { memory, type Texts } from './memory';
import { operations, type PatchedObject, strategic } from './patched-objects';
import { hasKustomize, realKustomize } from './real-kustomize';

const runs = Number(process.env.FAST_CHECK_RUNS ?? 10);
const together = 40;

/** A kustomization of objects, each with its patch. */
function tree(pairs: readonly PatchedObject[], hasTargets: boolean): Texts {
  const named = (value: Json, i: number) => JSON.stringify(value).replaceAll('"NAME"', `"o${i}"`);
  const patches = pairs.map((_, i) => ({
    path: `p${i}.yaml`,
    ...(hasTargets && { target: { name: `o${i}` } }),
  }));
  return {
    'kustomization.yaml': JSON.stringify({ resources: ['all.yaml'], patches }),
    'all.yaml': pairs.map(({ object }, i) => named(object, i)).join('\n---\n'),
    ...Object.fromEntries(pairs.map(({ patch }, i) => [`p${i}.yaml`, named(patch, i)])),
  };
}

function built(texts: Texts) {
  const { objects, faults } = makeBuild(memory(texts))('');
  return { objects, refusals: faults.filter(({ fails }) => fails).map(({ message }) => message) };
}

/** Without nulls, which Kubernetes takes for nothing, and with sorted keys. */
function plain(value: Json): Json {
  if (Array.isArray(value)) return value.map(plain);
  if (!isJsonObject(value)) return value;
  const fields = Object.entries(value).filter(([, each]) => each !== null);
  return Object.fromEntries(fields.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, plain(each)]));
}

function byName(values: readonly Json[]): Json {
  return Object.fromEntries(
    values.map((value) => [(value as { metadata: { name: string } }).metadata.name, plain(value)]),
  );
}

/** Each plain value is what stands where it is said to be written. */
function expectPlaces({ objects }: ReturnType<typeof built>): void {
  for (const { value, document, path = [] } of objects) {
    const visit = (at: Json, way: readonly (string | number)[]): void => {
      if (typeof at === 'object' && at !== null) {
        for (const [key, each] of Object.entries(at))
          visit(each as Json, [...way, Array.isArray(at) ? Number(key) : key]);
        return;
      }
      const place = placeWithin(value, { document, path }, way);
      const written = place.path.reduce<Json | undefined>(
        (of, step) => (of as { [key: string]: Json } | undefined)?.[step],
        place.document.value,
      );
      // Annotations become texts; a key that an item lacks is put into it.
      if (written !== undefined && typeof written !== 'object') expect(String(written)).toBe(String(at));
    };
    visit(value, []);
  }
}

(hasKustomize ? describe : describe.skip)('beside kustomize (skipped where there is none)', () => {
  test.each([
    ['strategic-merge patches', strategic, false],
    ['strategic-merge patches with a target', strategic, true],
    ['JSON patches', operations, true],
  ] as const)('%s', (_, pairs, hasTargets) => {
    fc.assert(
      fc.property(fc.array(pairs, { minLength: together, maxLength: together }), (all) => {
        const alone = all.map((pair) => ({ pair, texts: tree([pair], hasTargets) }));
        const [refused, done] = [true, false].map((is) =>
          alone.filter(({ texts }) => built(texts).refusals.length > 0 === is),
        );
        for (const { texts, pair } of refused?.slice(0, 3) ?? []) {
          const real = realKustomize(texts);
          expect({ real, pair, refusals: built(texts).refusals }).toMatchObject({
            real: { error: expect.any(String) },
          });
        }
        const pairsDone = done?.map(({ pair }) => pair) ?? [];
        const texts = tree(pairsDone, hasTargets);
        const real = realKustomize(texts);
        if ('error' in real) {
          for (const { texts: one } of done ?? []) {
            const real = realKustomize(one);
            // What a patch leaves of an object may be nothing that references can be mended in.
            if ('error' in real && !/name reference/.test(real.error))
              throw new Error(`${real.error}\n${JSON.stringify(one)}`);
          }
          return;
        }
        const made = built(texts);
        const [mine, theirs] = [byName(made.objects.map(({ value }) => value)), byName(real)] as {
          [name: string]: Json;
        }[];
        for (const [i, pair] of pairsDone.entries()) {
          expect({ pair, is: mine?.[`o${i}`] }).toEqual({ pair, is: theirs?.[`o${i}`] });
        }
        expectPlaces(made);
      }),
      // To make a tree smaller takes many processes.
      { numRuns: runs, endOnFailure: true },
    );
  });
});

import type { JsonObject } from '../../json/json';
import { adler32 } from '../adler32';

/** What hands out inputs: the ResourceSet itself, first, and its providers. */
export interface InputProvider {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly inputs: readonly JsonObject[];
}

/** More permutations the operator refuses. */
const mostPermutations = 10_000;

/**
 * The inputs of a ResourceSet as the operator combines them, those of the ResourceSet first (flux-operator 0.58: internal/inputs).
 *
 * @returns a text where the operator fails
 */
export function combinedInputs(
  set: InputProvider,
  providers: readonly InputProvider[],
  strategy: { readonly name: string; readonly includeEmptyProviders: boolean },
): readonly JsonObject[] | string {
  const all = [set, ...[...providers].sort(byIdentity)].map(annotated);
  return strategy.name === 'Permute'
    ? permuted(all, strategy.includeEmptyProviders)
    : all.flatMap(({ inputs }) => inputs);
}

function byIdentity(a: InputProvider, b: InputProvider): number {
  return compare(a.namespace, b.namespace) || compare(a.name, b.name);
}

function compare(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** Each input says where it is from. */
function annotated({ inputs, ...of }: InputProvider): InputProvider {
  const { apiVersion, kind, name, namespace } = of;
  return { ...of, inputs: inputs.map((input) => ({ ...input, provider: { apiVersion, kind, name, namespace } })) };
}

function permuted(providers: readonly InputProvider[], includeEmpty: boolean): readonly JsonObject[] | string {
  const scoped: { readonly key: string; readonly inputs: readonly JsonObject[] }[] = [];
  let expected = 1;
  for (const { name, inputs } of providers) {
    if (!includeEmpty && inputs.length === 0) continue;
    expected *= inputs.length;
    if (expected > mostPermutations) {
      return `its inputs would have more than ${mostPermutations.toLocaleString('en')} permutations`;
    }
    const key = normalizedKey(name);
    if (key === '') return `nothing is left of the provider's name ${name} that a template could use`;
    scoped.push({ key, inputs });
  }
  if (scoped.length === 0) return [];
  let found: { readonly input: JsonObject; readonly id: readonly string[] }[] = [{ input: {}, id: [] }];
  for (const { key, inputs } of scoped) {
    found = found.flatMap((before) =>
      inputs.map((input, i) => ({ input: { ...before.input, [key]: input }, id: [...before.id, `${key}=${i}`] })),
    );
  }
  return found.map(({ input, id }) => ({ ...input, id: String(adler32(id.join('/'))) }));
}

/** The key of a provider's inputs where they are permuted (internal/inputs/keys.go). */
function normalizedKey(name: string): string {
  return name
    .toLowerCase()
    .replace(/[\s\p{P}]/gu, '_')
    .replace(/[^a-z0-9_]/g, '')
    .split('_')
    .filter((word) => word !== '')
    .join('_');
}

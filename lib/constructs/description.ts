import type { IConstruct } from 'constructs';
import { literal } from './flux/substitution';
import { descriptionText, requireFormat } from './formats';
import { refuse } from './input-error';
import { orDefault } from './merge';
import { isKustomization } from './scopes';

/** A well-known annotation (https://kubernetes.io/docs/reference/labels-annotations-taints/#description). */
const descriptionAnnotation = 'kubernetes.io/description';

/** What the keys of an ExternalSecret are for: a line each, `KEY: text`. */
const keysAnnotation = 'espalier/keys';

/** The annotation that says what an object is for; none where nobody has said it. */
export function describedBy(scope: IConstruct, description: string | undefined): Readonly<Record<string, string>> {
  if (description === undefined) return {};
  const text = requireFormat(scope, 'description', description, descriptionText);
  // Where variables are replaced in Kustomizations, their own texts are exempt.
  return { [descriptionAnnotation]: isKustomization(scope) ? text : literal(scope, text) };
}

/** What a construct says of itself, unless its author says it, or takes it away. */
export function ownDescription(
  { defaults }: { readonly defaults: boolean },
  given: string | null | undefined,
  own: string,
): string | undefined {
  return orDefault(given, defaults ? own : undefined);
}

/** The annotation that says what keys are for, in their order; none where nobody has said it. */
export function keysDescribedBy(
  scope: IConstruct,
  descriptions: readonly (readonly [key: string, text: string])[],
): Readonly<Record<string, string>> {
  const lines = descriptions.map(([key, text]) => `${key}: ${text}\n`);
  return lines.length === 0 ? {} : { [keysAnnotation]: literal(scope, lines.join('')) };
}

/** Keys alone, or each with what its value is for or where it comes from, in a line. */
export type Keys<K extends string> = readonly K[] | Readonly<Record<K, string>>;

/** The keys of such a list, and what is said of them. */
export function keysOf<K extends string>(
  scope: IConstruct,
  field: string,
  given: Keys<K> = [],
): { readonly keys: readonly K[]; readonly descriptions: readonly [key: string, text: string][] } {
  if (Array.isArray(given)) return { keys: given as readonly K[], descriptions: [] };
  if (typeof given !== 'object' || given === null) {
    const allowed = 'a list of keys, or an object with the keys and the purpose of each';
    refuse(scope, { field, value: given, allowed, example: "['API_TOKEN']" });
  }
  const entries = Object.entries<string>(given as Readonly<Record<K, string>>);
  for (const [key, text] of entries) requireFormat(scope, `${field}.${key}`, text, descriptionText);
  return { keys: entries.map(([key]) => key as K), descriptions: entries };
}

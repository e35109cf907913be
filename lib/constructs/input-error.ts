import type { IConstruct } from 'constructs';
import { EspalierError } from '../errors';
import { display } from '../text/symbolic';
import { takeComments } from './commented';

/** What is wrong with one value that a construct was given. */
export interface Refusal {
  /** The property as the author wrote it, such as `storage.size`. */
  readonly field: string;
  /** The value as given; printed as JSON. Leave it out where it may be secret. */
  readonly value?: unknown;
  /** What is allowed, as a phrase: `a DNS label, at most 63 characters`. */
  readonly allowed: string;
  /** Whether the phrase ends a sentence that begins with "It must be". @default - it follows "Allowed:" */
  readonly endsSentence?: boolean;
  /** A value that would have been accepted, or what to write instead. */
  readonly example?: string;
}

/**
 * Refuses bad input where it is given.
 *
 * @throws EspalierError that names the construct's path, the field, the value, what is allowed and an example.
 */
export function refuse(scope: IConstruct, refusal: Refusal): never {
  const value = 'value' in refusal ? ` is ${show(refusal.value)}` : '';
  const example = refusal.example === undefined ? '' : ` Example: ${refusal.example}.`;
  const lead = refusal.endsSentence ? 'It must be' : 'Allowed:';
  throw new EspalierError(display(`${where(scope)}: ${refusal.field}${value}. ${lead} ${refusal.allowed}.${example}`));
}

/** A construct's path for messages; the root of an app has none. */
export function where(scope: IConstruct): string {
  return scope.node.path || 'the app';
}

function show(value: unknown): string {
  if (value === undefined) return 'not set';
  const text = JSON.stringify(takeComments(value, [])) ?? String(value);
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}

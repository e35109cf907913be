import type { Construct } from 'constructs';
import type { JsonObject } from '../../json/json';
import { keysAt } from '../../json/read';
import { optional, optionalOperand, required, requiredOperand } from '../../systems/external-secrets/template';
import { literal } from '../flux/substitution';
import { refuse } from '../input-error';
import { merge } from '../merge';
import { specJson } from '../spec';
import type { AnyExternalSecretProps } from './external-secret-props';
import { composeTemplate } from './template';

/** Keys that the sources yield, and how templates read them. */
export interface SourceKeys {
  readonly keys: readonly string[];
  /** Those that may be missing. */
  readonly optional: readonly string[];
  /** What templates call those that have another name there. */
  readonly calls: ReadonlyMap<string, string>;
}

/** The template of a Secret with keys that are known: the Secret holds these alone (mergePolicy Replace). */
export function ownTemplate(
  scope: Construct,
  { defaults = {}, type, secretLabels, secretAnnotations, template }: AnyExternalSecretProps,
  { keys, optional: optionalKeys, calls }: SourceKeys,
): JsonObject {
  const annotations = secretAnnotations && literals(scope, secretAnnotations);
  const own = specJson(scope, {
    engineVersion: 'v2',
    mergePolicy: 'Replace',
    type,
    metadata: secretLabels || annotations ? { labels: secretLabels, annotations } : undefined,
  });
  const read = (key: string, whenRequired: typeof required, whenOptional: typeof optional) => {
    const mayMiss = optionalKeys.includes(key) || Object.hasOwn(defaults, key);
    return mayMiss
      ? whenOptional(key, (defaults as Readonly<Record<string, string>>)[key])
      : whenRequired(calls.get(key) ?? key);
  };
  if (typeof template !== 'function') {
    const texts = keys.map((key) => [key, read(key, required, optional)] as const);
    // A default may hold a `$` that is not meant for Flux.
    return { ...own, data: literals(scope, Object.fromEntries(texts)) };
  }
  const operands = keys.map((key) => [key, read(key, requiredOperand, optionalOperand)] as const);
  const made = specJson(scope, composeTemplate(scope, new Map(operands), template));
  if (keysAt(made, 'data').length === 0) {
    refuse(scope, {
      field: 'template',
      allowed: 'a function that returns a template with the keys of the Secret in data',
      example: '(k) => ({ data: { URL: `https://${k.user}@db/` } })',
    });
  }
  return merge(own, made);
}

function literals(scope: Construct, texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, literal(scope, text)]));
}

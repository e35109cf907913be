import type { Construct } from 'constructs';
import type { JsonObject } from '../../json/json';
import { keysAt } from '../../json/read';
import { makesLastingValue } from '../../systems/external-secrets/generators';
import { requiredOperand } from '../../systems/external-secrets/template';
import { requireObject } from '../formats';
import { readSecret, Secret } from '../secret';
import { specJson } from '../spec';
import type { ComposedTemplate, SecretTemplate } from './external-secret-props';
import type { GeneratorHandle } from './generator';
import { composeTemplate, type TemplateValues } from './template';

/** What a PushSecret reads, and what it makes of it. */
export interface PushSource {
  readonly selector: JsonObject | undefined;
  readonly template: JsonObject | undefined;
  /** The keys that are pushed where nothing says which: those that the template makes, or all. */
  readonly keys: readonly string[];
  /** Whether its value is meant to stay, but made anew at every refresh. */
  readonly isLasting: boolean;
  /** @throws EspalierError for a key that there is not */
  key(key: string): string;
}

type Template = SecretTemplate | ((values: TemplateValues<string>) => ComposedTemplate);

/** Declares that a PushSecret reads a Secret or a generator. */
export function pushSource(
  pusher: Construct,
  secret: Secret<string> | GeneratorHandle<string> | null,
  template: Template | undefined,
): PushSource {
  const selector = secret === null ? undefined : selectorOf(pusher, secret);
  const isOpen = secret instanceof Secret ? secret.open : secret?.keys === undefined;
  const operands = new Map((secret?.keys ?? []).map((key) => [key, requiredOperand(key)]));
  const written =
    typeof template === 'function'
      ? { engineVersion: 'v2', ...specJson(pusher, composeTemplate(pusher, operands, template, isOpen)) }
      : template && specJson(pusher, template);
  const made = keysAt(written, 'data');
  return {
    selector,
    template: written,
    keys: made.length > 0 ? made : [...operands.keys()],
    isLasting: secret !== null && !(secret instanceof Secret) && makesLastingValue(secret.generates),
    key: (key) => (secret === null || made.includes(key) ? key : secret.key(key).key),
  };
}

function selectorOf(pusher: Construct, secret: Secret<string> | GeneratorHandle<string>): JsonObject {
  requireObject(pusher, 'secret', secret, {
    allowed: 'the Secret whose values are pushed',
    example: 'new GeneratedSecret(…).secret',
  });
  if ('referredBy' in secret) return { generatorRef: { ...secret.referredBy(pusher) } };
  readSecret(pusher, secret);
  return { secret: { name: secret.name } };
}

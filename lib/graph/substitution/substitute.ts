import type { JsonObject } from '../../json/json';
import type { Variables } from '../../systems/flux/envsubst/variable';
import { isExempt } from '../../systems/flux/substitution';
import { mayChange, substituteStrings } from './substitute-strings';
import type { Substituted } from './substituted';

/**
 * Substitutes variables in an object as Flux 1.9 does: fluxcd/pkg/kustomize 1.35, kustomize_varsub.go.
 *
 * Flux prints the object as YAML, substitutes in the text, and reads that again. So keys are substituted, too; whoever quoted
 * `"${PORT}"` gets a number all the same; and a value may end its string and add fields. That is done here a string at a time
 * where it surely comes to the same, and to the whole document where not.
 *
 * What a missing variable or one of unknown value would have put there is a symbol (symbolic.ts).
 */
export function substitute(object: JsonObject, variables: Variables): Substituted {
  if (variables.substitutes === 'never' || !mayChange(object) || isExempt(object))
    return { value: object, faults: none, typed: none };
  const byStrings = substituteStrings(object, variables);
  if (byStrings !== undefined) return byStrings;
  // Loaded when it is needed: its YAML parser takes as long to load as most trees to be checked.
  const { substituteDocument } = require('./substitute-document') as typeof import('./substitute-document');
  return substituteDocument(object, variables);
}

const none: readonly never[] = [];

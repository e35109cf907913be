/** What Flux makes of `${…}`: the variables of a Kustomization, and what they do to a text and to an object. */
export { type Evaluated, type ExpansionFault, evaluate } from '../../systems/flux/envsubst/evaluate';
export { knownVariables, type Variable, type Variables } from '../../systems/flux/envsubst/variable';
export { isExempt } from '../../systems/flux/substitution';
export { display, isKnown, symbol } from '../../text/symbolic';
export { substitute } from './substitute';
export type { Path, Substituted, SubstitutionFault, TypeChange } from './substituted';
export { type KustomizationVariables, type SourceLookup, type VariableSource, variablesOf } from './variables-of';

/** What Flux makes of `${…}`: the variables of a Kustomization, and what they do to a text and to an object. */
export { type Evaluated, type ExpansionFault, evaluate } from './evaluate';
export { isExempt, substitute } from './substitute';
export type { Path, Substituted, SubstitutionFault, TypeChange } from './substituted';
export { display, isKnown, symbol } from './symbolic';
export { knownVariables, type Variable, type Variables } from './variable';
export { type KustomizationVariables, type SourceLookup, type VariableSource, variablesOf } from './variables-of';

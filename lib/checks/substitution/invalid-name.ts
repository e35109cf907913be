import { of, substitutionCheck } from './faults';

/** fluxcd/pkg/kustomize, kustomize_varsub.go: the pattern of names is checked for every variable before any is filled in. */
export const invalidName = substitutionCheck(
  ['invalid-name'],
  ({ variable, expression }, kustomization) =>
    variable === expression
      ? `${of(kustomization)} gives the variable ${variable}`
      : `${of(kustomization)} takes the variable ${variable} from ${expression}`,
  {
    id: 'substitution/invalid-name',
    severity: 'error',
    title: 'Invalid name of a variable',
    atRunTime: 'the whole build fails: "var name is invalid, must match ^[_[:alpha:]][_[:alpha:][:digit:]]*$"',
    remedy: 'use only letters, digits and underscores, and begin with no digit',
    source: 'fluxcd/pkg kustomize/kustomize_varsub.go',
  },
);

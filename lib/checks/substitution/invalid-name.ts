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
    title: 'Name that no variable may have',
    atRunTime: 'the whole build fails: "var name is invalid, must match ^[_[:alpha:]][_[:alpha:][:digit:]]*$"',
    remedy: 'use letters, digits and underscores only, and no digit first',
    source: 'fluxcd/pkg kustomize/kustomize_varsub.go',
  },
);

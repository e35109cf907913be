import { of, substitutionCheck } from './faults';

/** Strict since kustomize-controller 1.9: before, a variable without a value was empty. (internal/features/features.go, StrictPostBuildSubstitutions) */
export const missingVariable = substitutionCheck(
  ['missing-variable'],
  ({ expression, variable }, kustomization) => `${expression}: ${of(kustomization)} gives no variable ${variable}`,
  {
    id: 'substitution/missing-variable',
    severity: 'error',
    title: 'Variable without a value or a default',
    atRunTime:
      'the build fails with "variable not set", and nothing of the whole Kustomization is applied; before kustomize-controller 1.9 it was empty',
    remedy:
      'give the variable in postBuild, write a default (${NAME:=default}), or $${NAME} if Flux shall leave it alone',
    source: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution',
  },
);

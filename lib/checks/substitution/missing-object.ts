import { of, substitutionCheck } from './faults';

/** Looked for in the Kustomization's own namespace only. */
export const missingObject = substitutionCheck(
  ['missing-object'],
  ({ expression }, kustomization) =>
    `nothing makes ${expression} in namespace ${kustomization.namespace}, from which ${of(kustomization)} takes variables`,
  {
    id: 'substitution/missing-object',
    severity: 'error',
    title: 'ConfigMap or Secret of variables that does not exist',
    atRunTime: 'the build fails with "not found", and nothing of the whole Kustomization is applied',
    remedy:
      "make it in the Kustomization's namespace, or say optional: true; espalier.config.* can name what is made elsewhere",
    source: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution',
  },
);

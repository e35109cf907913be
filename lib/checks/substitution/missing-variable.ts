import { substitutesStrictly } from '../../graph/flux/installed-version';
import { of, substitutionCheck } from './faults';

export const missingVariable = substitutionCheck(
  ['missing-variable'],
  ({ expression, variable }, kustomization, cluster) => {
    const fate = substitutesStrictly(cluster) ? '' : ', and the Flux that the tree installs makes it empty';
    return `${expression}: ${of(kustomization)} gives no variable ${variable}${fate}`;
  },
  {
    id: 'substitution/missing-variable',
    severity: 'error',
    title: 'Variable without a value or a default',
    atRunTime:
      'the build fails with "variable not set", and nothing of the whole Kustomization is applied; before Flux 2.9 (kustomize-controller 1.9) it was empty, and is a warning where the tree installs such a release',
    remedy:
      'give the variable in postBuild, write a default (${NAME:=default}), or $${NAME} if Flux shall leave it alone',
    source: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution',
  },
  (cluster) => (substitutesStrictly(cluster) ? 'error' : 'warning'),
);

import { substitutesStrictly } from '../../graph/flux/installed-version';
import { of, substitutionCheck } from './faults';

export const missingVariable = substitutionCheck(
  ['missing-variable'],
  ({ expression, variable }, kustomization, cluster) => {
    const fate = substitutesStrictly(cluster) ? '' : ', and the Flux release that the tree installs makes it empty';
    return `${expression}: ${of(kustomization)} gives no variable ${variable}${fate}`;
  },
  {
    id: 'substitution/missing-variable',
    severity: 'error',
    title: 'Variable without a value or a default',
    atRunTime:
      'the build fails with "variable not set", and nothing of the whole Kustomization is applied; before Flux 2.9 (kustomize-controller 1.9) the variable was empty, so this is a warning where the tree installs such a release',
    remedy:
      'set the variable in postBuild, or write a default (${NAME:=default}), or write $${NAME} if Flux should leave it alone',
    source: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution',
  },
  (cluster) => (substitutesStrictly(cluster) ? 'error' : 'warning'),
);

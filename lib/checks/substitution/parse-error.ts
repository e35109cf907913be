import { substitutionCheck } from './faults';

/** What a shell or a template understands and envsubst does not: `${X-d}`, `${A[@]}`, `${!x}`, `${{ x }}`. */
export const parseError = substitutionCheck(
  ['parse-error', 'broken-character', 'invalid-yaml'],
  ({ expression, message, kind }) =>
    kind === 'invalid-yaml'
      ? 'with its variables filled in, the object is no YAML any more'
      : `${expression} is no variable that Flux can read${message === undefined ? '' : ` (${message})`}`,
  {
    id: 'substitution/parse-error',
    severity: 'error',
    title: 'Text that Flux cannot fill variables into',
    atRunTime: 'the build fails, and nothing of the whole Kustomization is applied',
    remedy:
      'write $${ for a ${ that is not for Flux, or put the annotation kustomize.toolkit.fluxcd.io/substitute: disabled on the object',
    source: 'fluxcd/pkg envsubst parse/parse.go',
  },
);

import { substitutionCheck } from './faults';

/** What a shell or a template understands and envsubst does not: `${X-d}`, `${A[@]}`, `${!x}`, `${{ x }}`. */
export const parseError = substitutionCheck(
  ['parse-error', 'broken-character', 'invalid-yaml'],
  ({ expression, message, kind }) =>
    kind === 'invalid-yaml'
      ? 'with its variables filled in, the object is no longer YAML'
      : `${expression} is not a variable that Flux can read${message === undefined ? '' : ` (${message})`}`,
  {
    id: 'substitution/parse-error',
    severity: 'error',
    title: 'Text in which Flux cannot substitute variables',
    atRunTime: 'the build fails, and nothing of the whole Kustomization is applied',
    remedy:
      'write $${ for a ${ that is not meant for Flux, or annotate the object with kustomize.toolkit.fluxcd.io/substitute: disabled',
    source: 'fluxcd/pkg envsubst parse/parse.go',
  },
);

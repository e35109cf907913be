import { substitutionCheck } from './faults';

/** envsubst treats every operator with a colon as a default. (fluxcd/pkg envsubst, funcs.go, lookupFunc) */
export const ignoredOperator = substitutionCheck(
  ['ignored-operator'],
  ({ expression }) => `${expression} does not mean what it means in a shell: Flux takes the word as a default`,
  {
    id: 'substitution/ignored-operator',
    severity: 'error',
    title: 'Shell operator that Flux takes for a default',
    atRunTime: "the shell's error message or alternative ends up in the manifest as a value",
    remedy: 'write ${NAME}, which fails when there is no value, or ${NAME:=default}',
    source: 'fluxcd/pkg envsubst funcs.go',
  },
);

import { substitutionCheck } from './faults';

/** envsubst treats every operator with a colon as a default. (fluxcd/pkg envsubst, funcs.go, lookupFunc) */
export const ignoredOperator = substitutionCheck(
  ['ignored-operator'],
  ({ expression }) => `${expression} is not what a shell makes of it: Flux takes the word for a default`,
  {
    id: 'substitution/ignored-operator',
    severity: 'error',
    title: 'Operator that Flux takes for a default',
    atRunTime: 'the words of an error message or an alternative stand in the manifest as a value',
    remedy: 'write ${NAME}, which fails when there is no value, or ${NAME:=default}',
    source: 'fluxcd/pkg envsubst funcs.go',
  },
);

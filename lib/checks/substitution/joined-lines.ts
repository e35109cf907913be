import { substitutionCheck } from './faults';

/** fluxcd/pkg/kustomize, kustomize_varsub.go: line feeds are taken out of every value. */
export const joinedLines = substitutionCheck(
  ['joined-lines'],
  ({ variable }) => `the value of ${variable} has several lines, which Flux joins to one`,
  {
    id: 'substitution/joined-lines',
    severity: 'warning',
    title: 'Variable of several lines',
    atRunTime: 'a certificate, key or script arrives on one line and cannot be read',
    remedy: 'give what has lines in a Secret or ConfigMap that the workload reads itself',
    source: 'fluxcd/pkg kustomize/kustomize_varsub.go',
  },
);

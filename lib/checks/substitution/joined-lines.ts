import { substitutionCheck } from './faults';

/** fluxcd/pkg/kustomize, kustomize_varsub.go: line feeds are taken out of every value. */
export const joinedLines = substitutionCheck(
  ['joined-lines'],
  ({ variable }) => `the value of ${variable} has several lines, which Flux joins into one`,
  {
    id: 'substitution/joined-lines',
    severity: 'warning',
    title: 'Variable with several lines',
    atRunTime: 'a certificate, key or script arrives on one line and cannot be read',
    remedy: 'put text of several lines into a Secret or ConfigMap that the workload reads itself',
    source: 'fluxcd/pkg kustomize/kustomize_varsub.go',
  },
);

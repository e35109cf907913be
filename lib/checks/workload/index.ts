export { backendMissing } from './backend-missing';
export { backendPort } from './backend-port';
export { probePort } from './probe-port';
export { selectorMismatch } from './selector-mismatch';
export { serviceLink } from './service-link';
export { serviceSelectsNothing } from './service-selects-nothing';
export { serviceTargetPort } from './service-target-port';
export { staleEnv } from './stale-env';

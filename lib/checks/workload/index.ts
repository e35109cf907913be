import type { Check } from '../check';
import { backendMissing } from './backend-missing';
import { backendPort } from './backend-port';
import { probePort } from './probe-port';
import { refused } from './refused';
import { selectorMismatch } from './selector-mismatch';
import { serviceLink } from './service-link';
import { serviceSelectsNothing } from './service-selects-nothing';
import { serviceTargetPort } from './service-target-port';
import { staleEnv } from './stale-env';

export const workload: readonly Check[] = [
  selectorMismatch,
  refused,
  serviceSelectsNothing,
  serviceTargetPort,
  probePort,
  backendMissing,
  backendPort,
  serviceLink,
  staleEnv,
];

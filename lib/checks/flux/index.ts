import type { Check } from '../check';
import { cel } from './cel';
import { crdOrder } from './crd-order';
import { deadlock } from './deadlock';
import { dependsOnCycle } from './depends-on-cycle';
import { dependsOnMissing } from './depends-on-missing';
import { dependsOnNotReady } from './depends-on-not-ready';
import { forcesData } from './forces-data';
import { healthCheckMissing } from './health-check-missing';
import { healthChecksIgnored } from './health-checks-ignored';
import { healthExprDuplicate } from './health-expr-duplicate';
import { healthExprMissing } from './health-expr-missing';
import { healthExprUnused } from './health-expr-unused';
import { healthExprVerdict } from './health-expr-verdict';
import { labelsLost } from './labels-lost';
import { namespaceMissingField } from './namespace-missing-field';
import { namespaceUndeclared } from './namespace-undeclared';
import { noRetryInterval } from './no-retry-interval';
import { notDecrypted } from './not-decrypted';
import { objectTwice } from './object-twice';
import { pathMissing } from './path-missing';
import { prunesData } from './prunes-data';
import { readyExprStale } from './ready-expr-stale';
import { releaseTwice } from './release-twice';
import { sourceMissing } from './source-missing';
import { targetNamespaceOverrides } from './target-namespace-overrides';

export const flux: readonly Check[] = [
  pathMissing,
  sourceMissing,
  dependsOnMissing,
  dependsOnCycle,
  dependsOnNotReady,
  deadlock,
  crdOrder,
  healthChecksIgnored,
  healthExprMissing,
  healthExprVerdict,
  healthExprUnused,
  healthExprDuplicate,
  readyExprStale,
  healthCheckMissing,
  noRetryInterval,
  prunesData,
  forcesData,
  namespaceMissingField,
  namespaceUndeclared,
  targetNamespaceOverrides,
  objectTwice,
  labelsLost,
  notDecrypted,
  cel,
  releaseTwice,
];

import type { Check } from '../check';
import { ignoredOperator } from './ignored-operator';
import { invalidName } from './invalid-name';
import { joinedLines } from './joined-lines';
import { lostDollar } from './lost-dollar';
import { missingObject } from './missing-object';
import { missingVariable } from './missing-variable';
import { noVariables } from './no-variables';
import { parseError } from './parse-error';
import { secretData } from './secret-data';
import { typed } from './typed';

/** What goes wrong where Flux fills in variables (spec.postBuild). */
export const substitution: readonly Check[] = [
  missingVariable,
  parseError,
  ignoredOperator,
  lostDollar,
  noVariables,
  missingObject,
  invalidName,
  joinedLines,
  typed,
  secretData,
];

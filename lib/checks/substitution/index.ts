/** What goes wrong where Flux fills in variables (spec.postBuild). */

export { substitutionRules } from './faults';
export { lostDollar } from './lost-dollar';
export { missingObject } from './missing-object';
export { noVariables } from './no-variables';
export { secretData } from './secret-data';
export { typed } from './typed';

export { missing } from './missing';
export { missingPart } from './missing-part';
export { selectsNothing } from './selects-nothing';
export { twoClaims } from './two-claims';

export { missing } from './missing';
export { missingPart } from './missing-part';
export { notAccepted } from './not-accepted';
export { selectsNothing } from './selects-nothing';
export { twoClaims } from './two-claims';

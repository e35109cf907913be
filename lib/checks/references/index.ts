export { twoClaims } from './two-claims';
export { missing } from './missing';
export { missingPart } from './missing-part';

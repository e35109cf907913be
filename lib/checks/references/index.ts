export { missing } from './missing';
export { missingPart } from './missing-part';
export { twoClaims } from './two-claims';

export { missing } from './missing';
export { missingPart } from './missing-part';

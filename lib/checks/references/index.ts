export { claimedTwice } from './claimed-twice';
export { missing } from './missing';
export { missingPart } from './missing-part';

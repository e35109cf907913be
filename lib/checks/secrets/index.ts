export { missing } from './missing';
export { missingKey } from './missing-key';
export { renamedTarget } from './renamed';
export { typed } from './typed';
export { wrongType } from './wrong-type';

export { secretMissing } from './secret-missing';

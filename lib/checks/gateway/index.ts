export { grantMissing } from './grant-missing';
export { routeNotAllowed } from './route-not-allowed';

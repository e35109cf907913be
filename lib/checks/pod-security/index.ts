export { containerRules } from './containers';
export { level } from './level';

export { isExempt } from '../../graph/substitution';

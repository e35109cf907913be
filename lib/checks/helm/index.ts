export { chartFails } from './chart-fails';

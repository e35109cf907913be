export { violated } from './violated';

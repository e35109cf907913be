export { kyverno } from './kyverno';
export { violated } from './violated';

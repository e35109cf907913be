export type { WatchOptions } from './session';
export { watch } from './watch';

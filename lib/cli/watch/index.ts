export { type WatchOptions, watch } from './watch';

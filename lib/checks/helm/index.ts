export { chartFails } from './chart-fails';
export { refusedValue } from './refused-value';
export { unreadValue } from './unread-value';

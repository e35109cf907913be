export type { ChartTexts } from './chart';
export { type UnreadKey, unreadKeys } from './unread';

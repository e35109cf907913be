export type { ChartTexts } from './chart';
export { type PlacedChart, renderValues } from './coalesce';
export { type UnreadKey, unreadKeys } from './unread';

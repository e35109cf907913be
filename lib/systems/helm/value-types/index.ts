export { type ChartTypes, chartTypes } from './chart-types';
export type { ObjectType, ValueKey, ValueType } from './value-type';

export { type ChartTypes, chartTypes, type ValuesOfChart } from './chart-types';
export type { ObjectType, ValueKey, ValueType } from './value-type';

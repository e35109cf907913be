/** What HelmReleases become once their charts are opened. */
export { textsOf } from './chart-texts';
export { type OpenOptions, openCharts } from './open-charts';

/** What HelmReleases become once their charts are opened. */
export { type OpenOptions, openCharts } from './open-charts';

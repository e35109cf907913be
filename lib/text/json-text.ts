import { memoize } from './memoize';

/** An object as JSON, put together once: values of HelmReleases are large, and several ask. */
export const jsonText = memoize((value: object) => JSON.stringify(value));

import type { Format } from './format';

/** A release of a program, as far as it counts here. */
export type Release = readonly [major: number, minor: number];

/** The release that a version, or a range that takes no other minor releases, is of; undefined where nobody can tell. */
export function minorOf(version: string | undefined): Release | undefined {
  const text = version?.trim() ?? '';
  const [, major, minor] = /^[v=~\s]*(\d+)\.(\d+)(?:\.|$|-)/.exec(text) ?? [];
  return major === undefined || minor === undefined || /[<>|,\s]/.test(text)
    ? undefined
    : [Number(major), Number(minor)];
}

/** Whether a version is surely older than a release. */
export function isBefore(version: string | undefined, [major, minor]: Release): boolean {
  const found = minorOf(version);
  return found !== undefined && (found[0] < major || (found[0] === major && found[1] < minor));
}

/** A chart version that names one release: a range would let what runs change without a commit. */
export const pinnedVersion: Format = {
  allowed: 'one exact version, not a range',
  example: '"1.4.2"',
  accepts: (value) => /^v?[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/.test(value),
};

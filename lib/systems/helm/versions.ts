/** A chart's version. */
export interface Version {
  readonly numbers: readonly [major: number, minor: number, patch: number];
  /** What stands after the hyphen: `rc.1`; '' for none. */
  readonly pre: string;
  /** As it is written. */
  readonly text: string;
}

/**
 * Versions and their ranges as Helm and Flux read them (github.com/Masterminds/semver/v3 3.5, version.go, constraints.go), which
 * take more than npm does: a `v` before, zeros before, `!=`, commas; and of a range with a prerelease in it all prereleases.
 */
export function parseVersion(text: string): Version | undefined {
  // (github.com/fluxcd/pkg/version 0.16, version.go, ParseVersion)
  return text.split('.').length < 3 ? undefined : looseVersion(text);
}

/** The tag of a version in a registry, where a tag has no `+`: Helm writes `_` in its place (Helm v4.3 pkg/registry/reference.go). */
export function tagOf(version: string): string {
  return version.replaceAll('+', '_');
}

/** What a registry is asked for: the tag of a version, or a range. */
export function tagOrRange(text: string): { readonly tag: string } | { readonly semver: string } {
  return parseVersion(text) === undefined ? { semver: text } : { tag: tagOf(text) };
}

const identifiers = String.raw`[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*`;
const loose = new RegExp(String.raw`^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-(${identifiers}))?(?:\+${identifiers})?$`);
const longestVersion = 256;

function looseVersion(text: string): Version | undefined {
  const [, major, minor = '0', patch = '0', pre = ''] = (text.length <= longestVersion && loose.exec(text)) || [];
  if (major === undefined || pre.split('.').some((part) => /^0\d+$/.test(part))) return undefined;
  return { numbers: [Number(major), Number(minor), Number(patch)], pre, text };
}

/** Below 0 where the first is older; what stands after a plus does not count. */
export function compareVersions(a: Version, b: Version): number {
  for (const i of [0, 1, 2] as const) if (a.numbers[i] !== b.numbers[i]) return a.numbers[i] - b.numbers[i];
  // A release is newer than what came before it.
  if (a.pre === '' || b.pre === '') return (a.pre === '' ? 1 : 0) - (b.pre === '' ? 1 : 0);
  return comparePre(a.pre.split('.'), b.pre.split('.'));
}

function comparePre(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const [one, other] = [a[i], b[i]];
    if (one === other) continue;
    if (one === undefined || other === undefined) return one === undefined ? -1 : 1;
    const [isNumber, isOtherNumber] = [/^\d+$/.test(one), /^\d+$/.test(other)];
    if (isNumber && isOtherNumber) return Number(one) - Number(other);
    if (isNumber !== isOtherNumber) return isNumber ? -1 : 1;
    return one < other ? -1 : 1;
  }
  return 0;
}

/** Whether a version is in a range. */
export type VersionRange = (version: Version) => boolean;

interface Bound {
  readonly operator: string;
  readonly version: Version;
  /** How many numbers are given: 1 of `^4`, 2 of `1.2.x`, 0 of `*`. */
  readonly given: number;
}

const operator = '=|!=|>|<|>=|=>|<=|=<|~|~>|\\^|';
const wanted = String.raw`v?([0-9xX*|]+)(\.[0-9xX*|]+)?(\.[0-9xX*|]+)?(-${identifiers})?(?:\+${identifiers})?`;
const oneBound = new RegExp(`^(${operator})${wanted}$`);
/** The same without groups. */
const anyWanted = wanted.replaceAll(/\((?!\?)/g, '(?:');
const hyphen = new RegExp(String.raw`\s*(${anyWanted})\s+-\s+(${anyWanted})\s*`, 'g');
const longestRange = 512;
const mostAlternatives = 32;

/** A range of versions; undefined for a text that is none. */
export function parseRange(text: string): VersionRange | undefined {
  if (text.length > longestRange) return undefined;
  const alternatives = text.replaceAll(hyphen, '>= $1, <= $2 ').split('||').map(parseBounds);
  if (alternatives.length > mostAlternatives) return undefined;
  const known = alternatives.filter((bounds) => bounds !== undefined);
  if (known.length < alternatives.length) return undefined;
  return (version) => known.some((bounds) => isWithin(version, bounds));
}

/** Bounds of which all must hold: a comma or space between them, spaces after an operator. */
function parseBounds(text: string): readonly Bound[] | undefined {
  const joined = text.trim().replaceAll(/([=!<>~^])\s+(?=[v\dxX*|])/g, '$1');
  const bounds = joined.split(/\s*,\s*|\s+/).map(parseBound);
  const known = bounds.filter((bound) => bound !== undefined);
  return known.length === bounds.length ? known : undefined;
}

function parseBound(text: string): Bound | undefined {
  const match = oneBound.exec(text);
  if (match === null) return undefined;
  const [, operator = '', ...parts] = match;
  const numbers = parts.slice(0, 3).map((part) => part?.replace('.', ''));
  const open = numbers.findIndex((part) => part === undefined || /^[xX*]$/.test(part));
  const given = open < 0 ? 3 : open;
  const version = looseVersion([...numbers.slice(0, given), '0', '0', '0'].slice(0, 3).join('.') + (parts[3] ?? ''));
  return version && { operator, version, given };
}

function isWithin(version: Version, bounds: readonly Bound[]): boolean {
  if (version.pre !== '' && bounds.every((bound) => bound.version.pre === '')) return false;
  return bounds.every((bound) => satisfies(version, bound));
}

function satisfies(version: Version, bound: Bound): boolean {
  const order = compareVersions(version, bound.version);
  switch (bound.operator) {
    case '!=':
      return isOther(version, bound, order);
    case '>':
      return isAbove(version, bound, order);
    case '<':
      return order < 0;
    case '>=':
    case '=>':
      return order >= 0;
    case '<=':
    case '=<':
      return isNotAbove(version, bound, order);
    case '^':
      return order >= 0 && isCompatible(version, bound);
    case '':
    case '=':
      return bound.given === 3 ? order === 0 : order >= 0 && isLike(version, bound);
    default:
      return order >= 0 && isLike(version, bound);
  }
}

function isOther({ numbers: [major, minor], pre }: Version, { version, given }: Bound, order: number): boolean {
  const [ofMajor, ofMinor] = version.numbers;
  if (given === 1) return major !== ofMajor;
  if (given === 2) return major !== ofMajor || minor !== ofMinor || pre !== version.pre;
  return order !== 0;
}

function isAbove({ numbers: [major, minor] }: Version, { version, given }: Bound, order: number): boolean {
  const [ofMajor, ofMinor] = version.numbers;
  if (given === 1) return major > ofMajor;
  if (given === 2) return major > ofMajor || (major === ofMajor && minor > ofMinor);
  return order > 0;
}

function isNotAbove({ numbers: [major, minor] }: Version, { version, given }: Bound, order: number): boolean {
  const [ofMajor, ofMinor] = version.numbers;
  if (given === 3) return order <= 0;
  return major < ofMajor || (major === ofMajor && (minor <= ofMinor || given === 1));
}

/** `~1.2.3`: the same minor release; `~1`, of which no minor is given: the same major. */
function isLike({ numbers: [major, minor] }: Version, { version, given }: Bound): boolean {
  const [ofMajor, ofMinor, ofPatch] = version.numbers;
  if (ofMajor === 0 && ofMinor === 0 && ofPatch === 0 && given !== 1 && given !== 2) return true;
  return major === ofMajor && (minor === ofMinor || given === 1);
}

/** `^1.2.3`: the same first number that is not 0, and those before it. */
function isCompatible({ numbers: [major, minor, patch] }: Version, { version, given }: Bound): boolean {
  const [ofMajor, ofMinor, ofPatch] = version.numbers;
  if (ofMajor > 0 || given === 1) return major === ofMajor;
  if (ofMinor > 0 || given === 2) return major === 0 && minor === ofMinor;
  return major === 0 && minor === 0 && patch === ofPatch;
}

import type { JsonObject } from '../json/json';
import { pinnedCall } from './image-pin';

/*
 * What Renovate (https://docs.renovatebot.com/modules/manager/regex/, 42) is told to find versions in TypeScript: its regex manager reads
 * files with RE2, and writes the next version in the place of what the groups have found.
 */

const text = (group: string, pattern: string) => `['"](?<${group}>${pattern})['"]`;
const version = String.raw`version:\s*${text('currentValue', '[^\'"]+')}`;
const oci = String.raw`chart:\s*\{\s*oci:\s*['"]oci://(?<depName>[^'"]+)['"]\s*,?\s*\}`;
const repository = String.raw`chart:\s*\{\s*repository:\s*${text('registryUrl', '[^\'"]+')}\s*,\s*name:\s*${text('depName', '[^\'"]+')}\s*,?\s*\}`;

/** The two fields beside each other, whichever comes first. */
const eitherOrder = (one: string, other: string) =>
  [one, other].map((first) => `${first}\\s*,\\s*${first === one ? other : one}`);

const files = { customType: 'regex', managerFilePatterns: ['/\\.[cm]?ts$/'] };

/** Managers that find `pinned(…)`, `pinnedParts(…)`, and the chart and version of a HelmRelease, for `customManagers` of renovate.json. */
export const renovateManagers: readonly JsonObject[] = [
  {
    ...files,
    description: 'Images: pinned(…) of cdk8s-espalier',
    matchStrings: [pinnedCall],
    datasourceTemplate: 'docker',
  },
  {
    ...files,
    description: 'Charts of OCI registries: HelmRelease of cdk8s-espalier',
    matchStrings: eitherOrder(oci, version),
    datasourceTemplate: 'docker',
    versioningTemplate: 'helm',
  },
  {
    ...files,
    description: 'Charts of Helm repositories: HelmRelease of cdk8s-espalier',
    matchStrings: eitherOrder(repository, version),
    datasourceTemplate: 'helm',
  },
];

/**
 * renovate.json of a repository of Espalier.
 *
 * @param output the folder that synth writes, which follows from the source: Renovate leaves it alone
 */
export function renovateConfig(output?: string): JsonObject {
  return {
    $schema: 'https://docs.renovatebot.com/renovate-schema.json',
    extends: ['config:recommended'],
    ...(output !== undefined && { ignorePaths: [`${output}/**`] }),
    customManagers: renovateManagers,
  };
}

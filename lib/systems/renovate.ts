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
const eitherOrder = (one: string, other: string, between = '') =>
  [one, other].map((first) => `${first}\\s*,\\s*${between}${first === one ? other : one}`);

/** A text, also one with a comment in YAML: `commented('1.2.3', 'why')`. */
const literal = (pattern: string) =>
  String.raw`(?:commented\(\s*)?['"]${pattern}['"](?:\s*,\s*(?:textBlock)?(?:\x60[^\x60]*\x60|'[^'\n]*'|"[^"\n]*")(?:\s*,\s*'end')?\s*\))?`;
const imageName = String.raw`[a-zA-Z0-9][\w./:-]*`;
const imageTag = String.raw`(?<currentValue>\w[\w.-]*)`;
const digest = '(?<currentDigest>sha256:[a-f0-9]+)';
const image = String.raw`\b\w*[iI]mage(?:Name)?:\s*${literal(`(?<depName>${imageName}):${imageTag}(?:@${digest})?`)}`;

/** A tag in an object, and its digest behind it or in the next field. */
const tag = String.raw`\btag:\s*${literal(String.raw`${imageTag}(?:(?:@|['"]\s*,\s*digest:\s*['"])${digest})?`)}`;
const pullPolicy = String.raw`(?:pullPolicy:\s*['"]\w+['"]\s*,\s*)?`;
const imageRepository = String.raw`(?:\bregistry:\s*${literal('(?<registry>[^\'"]+)')}\s*,\s*${pullPolicy})?\brepository:\s*${literal(`(?<repository>${imageName})`)}`;

/** The tag of a source of Flux and its address, with fields between them: texts, numbers, and maps of such. */
const ofSource = (url: string) =>
  eitherOrder(
    String.raw`\bref:\s*\{\s*${tag}[^{}]*\}`,
    String.raw`\burl:\s*${literal(url)}`,
    String.raw`(?:\w+:\s*(?:['"][^'"\n]*['"]|\w+|\{[^{}]*\})\s*,\s*)*`,
  );

/** `renovate: datasource=docker depName=…`, as Renovate's own presets have it: the fields in this order, only the first two needed. */
const hint = [
  String.raw`renovate:\s+datasource=(?<datasource>[\w.-]+)`,
  String.raw`\s+depName=(?<depName>[^\s'"\x60]+)`,
  ...['packageName', 'versioning', 'extractVersion', 'registryUrl'].map(
    (field) => String.raw`(?:\s+${field}=(?<${field}>[^\s'"\x60]+))?`,
  ),
].join('');
/** A version alone, or behind the name of its image. */
const hinted = String.raw`['"]?(?:[^'"\s]*:)?(?<currentValue>[a-zA-Z_-]*\d[\w.+-]*)(?:@(?<currentDigest>sha256:[a-f0-9]+))?['"]?`;

const files = { customType: 'regex', managerFilePatterns: ['/\\.[cm]?ts$/'] };

/**
 * Managers for `customManagers` of renovate.json: they find `pinned(…)`, `pinnedParts(…)`, the chart and version of a HelmRelease, and
 * what `espalier adopt` writes: images and sources as YAML has them, and what has a comment `renovate: …`.
 */
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
  {
    ...files,
    description: 'Images in objects and values: image, imageName and the like',
    matchStrings: [image],
    datasourceTemplate: 'docker',
  },
  {
    ...files,
    description: 'Images in values: repository and tag',
    matchStrings: eitherOrder(imageRepository, tag, pullPolicy),
    depNameTemplate: '{{#if registry}}{{{registry}}}/{{/if}}{{{repository}}}',
    datasourceTemplate: 'docker',
  },
  {
    ...files,
    description: 'OciRepository of cdk8s-espalier',
    matchStrings: ofSource(`oci://(?<depName>[^'"]+)`),
    datasourceTemplate: 'docker',
  },
  {
    ...files,
    description: 'GitRepository of cdk8s-espalier, of GitHub',
    matchStrings: ofSource(String.raw`(?:https://|ssh://git@)github\.com/(?<depName>[\w.-]+/[\w.-]+?)(?:\.git)?`),
    datasourceTemplate: 'github-tags',
  },
  {
    ...files,
    description: 'What has a comment: renovate: datasource=… depName=…',
    matchStrings: [
      String.raw`//\s*${hint}[^\n]*\n\s*['"]?[\w./-]+['"]?:\s*(?:commented\(\s*)?${hinted}`,
      String.raw`commented\(\s*${hinted}\s*,\s*(?:textBlock)?['"\x60](?:[^'"\x60]*\s)?${hint}`,
    ],
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

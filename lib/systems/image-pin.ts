/**
 * A call of `pinned` or `pinnedParts` in TypeScript, as RE2 reads it, too: no look-around, no reference to a group. Whoever edits the
 * source by it, Renovate or `espalier synth --accept-images`, finds the same: two literal texts, on one line or several.
 */
export const pinnedCall = String.raw`\bpinned(?:Parts)?\(\s*['"](?<depName>[a-zA-Z0-9][\w./:-]*)['"]\s*,\s*['"](?<currentValue>\w[\w.-]*)(?:@(?<currentDigest>sha256:[a-f0-9]+))?['"]`;

/** `# {"$imagepolicy": "flux-system:web:tag"}` (image-automation-controller 1.2, internal/update/setters.go). */
export const imageMarker = /\{\s*"\$imagepolicy"\s*:\s*"([^"]*)"\s*\}/;

/** What a marker means: of which policy, and which part of its image; the whole image where it names none. */
export interface ImageMarker {
  /** `namespace:name` of the ImagePolicy. */
  readonly policy: string;
  readonly part: 'image' | 'tag' | 'name' | 'digest';
}

/** The marker in a comment, if there is one. */
export function readMarker(comment: string): ImageMarker | undefined {
  const [, policy, part = 'image'] =
    /^([^:]+:[^:]+)(?::(tag|name|digest))?$/.exec(imageMarker.exec(comment)?.[1] ?? '') ?? [];
  return policy === undefined ? undefined : { policy, part: part as ImageMarker['part'] };
}

/** The comment by which Flux's image automation finds a value. */
export function markerOf({ policy, part }: ImageMarker): string {
  return `{"$imagepolicy": "${policy}${part === 'image' ? '' : `:${part}`}"}`;
}

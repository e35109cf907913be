/**
 * What kustomize takes for a kustomization, in the order in which Flux looks for one (sigs.k8s.io/kustomize/api v0.21, konfig/general.go,
 * RecognizedKustomizationFileNames).
 */
export const kustomizationNames: readonly string[] = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** Whether a file is a kustomization by the name at the end of its path. */
export function isKustomizationFile(path: string): boolean {
  return kustomizationNames.includes(path.slice(path.lastIndexOf('/') + 1));
}

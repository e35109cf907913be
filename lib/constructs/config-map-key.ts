/** One key of a ConfigMap, as a workload or a chart reads it. */
export class ConfigMapKey {
  constructor(
    /** A construct, an object of a file, or what nothing here makes. */
    readonly configMap: object,
    readonly key: string,
  ) {}
}

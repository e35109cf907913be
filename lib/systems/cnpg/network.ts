/** Which connections the pods of CloudNativePG 1.30 have. */

/** The label of the pods of a Cluster, its Jobs among them, with its name. (https://cloudnative-pg.io/documentation/1.30/labels_annotations/) */
export const clusterLabel = 'cnpg.io/cluster';

/** The label of the pods of a Pooler, with its name. (pkg/utils/labels_annotations.go) */
export const poolerLabel = 'cnpg.io/poolerName';

/** The labels of the operator's pods. (docs/src/samples/networkpolicy-example.yaml) */
export const operatorLabels = { 'app.kubernetes.io/name': 'cloudnative-pg' };

export const postgresPort = 5432;

/** What the operator asks instances for, and they one another. (https://cloudnative-pg.io/documentation/1.30/networking/) */
export const statusPort = 8000;

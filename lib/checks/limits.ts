/** Faults of Flux trees that a tree does not show, each with the reason: for docs/checks.md. */
export const limits: readonly string[] = [
  'A field that may not change (a selector, the type of a Secret, the name of a Database), and an `initdb` that is changed once the database is there: only a comparison with what is in the cluster shows it.',
  'A folder without a kustomization.yaml: Flux takes every YAML file in it, which is how `flux bootstrap` lays its folders out. What goes wrong there is reported as what it is: a document that is no object (`tree/build-fails`), an object twice (`tree/duplicate-object`).',
  'Policies and roles made with Terraform, the Vault CLI or another operator are not in the tree, so what they allow is not known.',
  'Whether a person created a Vault path cannot be seen; only a Secret that is pushed back to where it is read from is (`eso/push-loop`).',
  'That a template replaces the raw keys of an ExternalSecret matters only where something reads one of them, and there `secrets/missing-key` reports it.',
  'That several ExternalSecrets use one generator is normal, since a generator is a recipe; only a second Secret for the same login of a database is reported.',
  'Whether a value from a store is a JSON object, or safe in an address, cannot be seen; only what the tree itself makes is judged.',
  'External Secrets may be started with other template delimiters, which no tree shows; `{{` is assumed.',
  'Of ClusterExternalSecrets that choose namespaces by label, what they lack in those namespaces is not looked for.',
  "Health expressions of kinds other than CloudNativePG's Cluster are not judged: whether a controller sets other conditions before Ready is not written anywhere in a tree, and Flux's own documentation shows the same form.",
  "`healthChecks` without a namespace, and those of operators' kinds, are not looked up: an operator may create the object.",
  'A missing order towards charts is not reported where the repository installs definitions before Flux (a `bootstrap` folder, helmfile), nor for charts whose definitions are not known.',
  'A Namespace without data may be pruned unreported: nothing is lost that the tree does not bring back.',
  'A property that is deleted where check-and-set is required is reported only when the tree pushes another property of the same key: of the last one External Secrets deletes the whole secret.',
  'The service account of a ClusterSecretStore without a namespace is not judged where a HelmRelease may create it in the namespace of a consumer.',
  'What a HelmRelease, another repository or an operator that is not understood makes: it is never reported missing.',
];

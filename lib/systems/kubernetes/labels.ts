/** Labels that Kubernetes, operators and the programs themselves put on their pods. */
const setAtRunTime =
  /^(?:statefulset|apps|batch|batch\.kubernetes|acme\.cert-manager)\.(?:kubernetes\.)?io\/|^cnpg\.io\/|^(?:pod-template-hash|controller-revision-hash|controller-uid|job-name)$|role|active|leader|master|primary|replica/i;

/** Whether pods get a label only once they run. */
export function isSetAtRunTime(label: string): boolean {
  return setAtRunTime.test(label);
}

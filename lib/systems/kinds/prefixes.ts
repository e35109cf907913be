/**
 * How operators call what they make of an object, before its name: `vmalertmanager-monitoring` of VMAlertmanager monitoring
 * (prometheus-operator 0.93 pkg/operator, VictoriaMetrics operator 0.66 api/operator/v1beta1: PrefixedName).
 */
const prefixes =
  /^(?:prometheus|prom-agent|alertmanager|thanos-ruler|vm(?:agent|alert|alertmanager|anomaly|auth|single|insert|select|storage|cluster)|v[lt](?:agent|single|cluster|insert|select|storage)|vlogs)-(?=.)/;

/** The name of the object that an operator has made something of, by the name of that; undefined where it does not begin so. */
export function withoutPrefix(name: string): string | undefined {
  return prefixes.test(name) ? name.replace(prefixes, '') : undefined;
}

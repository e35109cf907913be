const factors: Readonly<Record<string, number>> = {
  ...{ '': 1, m: 1e-3, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18 },
  ...{ Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60 },
};

/** The number that a Kubernetes quantity stands for: bytes, or CPUs. The quantity must be well-formed. */
export function quantityValue(quantity: string): number {
  const [, number = '', unit = ''] = /^([0-9.]+)(.*)$/.exec(quantity) ?? [];
  return Number(number) * (factors[unit] ?? 10 ** Number(unit.slice(1)));
}

const postgresUnits: Readonly<Record<string, number>> = { B: 1, kB: 2 ** 10, MB: 2 ** 20, GB: 2 ** 30, TB: 2 ** 40 };

/** Bytes of a size as CNPG reads it in PostgreSQL's parameters: a bare number means MB. Undefined where it is malformed. */
export function postgresSize(text: string): number | undefined {
  const [, number, unit = 'MB'] = /^([0-9]+(?:\.[0-9]+(?= *[kMGT]?B))?) *([kMGT]?B)?$/.exec(text) ?? [];
  const factor = postgresUnits[unit];
  return number === undefined || factor === undefined ? undefined : Number(number) * factor;
}

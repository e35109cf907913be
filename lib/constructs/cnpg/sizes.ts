const postgresUnits: Readonly<Record<string, number>> = { B: 1, kB: 2 ** 10, MB: 2 ** 20, GB: 2 ** 30, TB: 2 ** 40 };

/** Bytes of a size as CNPG reads it in PostgreSQL's parameters: a bare number means MB. Undefined where it is malformed. */
export function postgresSize(text: string): number | undefined {
  const [, number, unit = 'MB'] = /^([0-9]+(?:\.[0-9]+(?= *[kMGT]?B))?) *([kMGT]?B)?$/.exec(text) ?? [];
  const factor = postgresUnits[unit];
  return number === undefined || factor === undefined ? undefined : Number(number) * factor;
}

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Whether the nearest package.json makes its files ES modules. */
export function isOfModules(folder: string, root: string): boolean {
  const file = join(folder, 'package.json');
  if (existsSync(file)) return /"type"\s*:\s*"module"/.test(readFileSync(file, 'utf8'));
  return folder !== root && folder !== dirname(folder) && isOfModules(dirname(folder), root);
}
